import { join } from "node:path";
import { type Flaw, isLfsPointer } from "../../recording/document.ts";
import { readBlobs } from "../git/blobs.ts";
import { FETCH_ALL } from "../git/listing.ts";
import type { Git } from "../git/open.ts";
import { FileReader, ReadError } from "../read.ts";
import type { Got, SideFile, Take } from "./side.ts";

/** A flaw of a whole file. */
const flaw = (message: string, remedy?: string): { flaw: Flaw } => ({
  flaw: { line: 1, column: 1, message, ...(remedy ? { remedy } : {}) },
});

/** What was read, unless it only stands for what Git LFS keeps. */
const got = (bytes: Buffer, remedy: string): Got =>
  isLfsPointer(bytes) ? { ...flaw("a Git LFS pointer, not the recording itself", remedy), pointer: bytes } : { bytes };

/** Reads files from the disk; `top` is the folder that their keys are taken from. */
export async function readFromDisk(top: string, files: readonly SideFile[], take: Take): Promise<void> {
  const reader = new FileReader();
  for (const file of files) await take(file, readOne(reader, join(top, file.key)));
}

function readOne(reader: FileReader, path: string): Got {
  try {
    const { bytes } = reader.read(path);
    return got(bytes, "git lfs pull");
  } catch (error) {
    if (error instanceof ReadError) return flaw(error.message, error.remedy);
    throw error;
  }
}

/** Reads files that git has; each has a digest. What is in Git LFS stays a pointer there: no filter is run. */
export async function readFromGit(git: Git, files: readonly SideFile[], take: Take): Promise<void> {
  let next = 0;
  const oids = files.map(({ digest }) => digest as string);
  await readBlobs(git, oids, async (_, bytes) => {
    const file = files[next++] as SideFile;
    if (bytes === null)
      await take(file, flaw("git does not have this text: the clone is partial, or damaged", FETCH_ALL));
    else await take(file, got(bytes, "git worktree add DIR REV"));
  });
}
