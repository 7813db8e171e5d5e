import { blobDigest } from "../../recording/digest.ts";
import { byPath, type LeftOut, type Side, type SideFile } from "./side.ts";

/** A file of the old side and one of the new. */
export type FilePair = [old: SideFile, now: SideFile];

/** What two sides have otherwise, file by file; each list is in the order of (the new) paths. */
export interface Difference {
  added: SideFile[];
  removed: SideFile[];
  /** At one path on both sides, with another text. */
  changed: FilePair[];
  /** Of one name and text, at another path: neither added nor removed. */
  moved: FilePair[];
  /** How many are as they were, at the same path. */
  same: number;
  /** What either side does not compare, each path once; the other side's file there is not counted. */
  leftOut: LeftOut[];
}

/** SHA-256, where no side says what git would take. */
const DIGITS = 64;

/** Lets others run between files that are read. */
export type Pause = () => Promise<void> | undefined;

/**
 * What differs, by path and by text. Files are read only where neither sizes nor git tell. One that cannot be read is taken
 * for another than any other.
 */
export async function differenceOf(old: Side, now: Side, pause: Pause = () => undefined): Promise<Difference> {
  const leftOut = [...new Map([...old.leftOut, ...now.leftOut].map((one) => [one.path, one])).values()];
  const counts = countedBy(leftOut);
  const before = new Map(old.files.filter(counts).map((file) => [file.path, file]));
  const added: SideFile[] = [];
  const both: FilePair[] = [];
  for (const file of now.files) {
    const was = before.get(file.path);
    if (was) both.push([was, file]);
    else if (counts(file)) added.push(file);
    before.delete(file.path);
  }
  const removed = [...before.values()];
  const open = both.filter(([one, other]) => !tellApart(one, other));
  const digests = await digestsOf(old, now, open, [...namesakes(removed, added), ...namesakes(added, removed)], pause);
  const same = new Set(open.filter((pair) => areAlike(pair, digests)));
  const moved = movesOf(removed, added, digests);
  const gone = new Set(moved.flat());
  return {
    added: added.filter((file) => !gone.has(file)),
    removed: removed.filter((file) => !gone.has(file)),
    changed: both.filter((pair) => !same.has(pair)),
    moved,
    same: same.size,
    leftOut: byPath(leftOut),
  };
}

/** Whether a file lies where nothing is left out. */
function countedBy(leftOut: readonly LeftOut[]): (file: SideFile) => boolean {
  const paths = new Set(leftOut.map(({ path }) => path));
  const folders = [...paths].filter((path) => path.endsWith("/"));
  return ({ path }) => !paths.has(path) && !folders.some((folder) => folder === "./" || path.startsWith(folder));
}

/** Whether two files are told apart without being read: both lie on the disk, where sizes compare. */
const tellApart = (one: SideFile, other: SideFile): boolean =>
  one.size !== null && other.size !== null && one.size !== other.size;

const nameOf = ({ path }: SideFile): string => path.slice(path.lastIndexOf("/") + 1);

/** Those of the files whose name one of the others has. */
function namesakes(files: readonly SideFile[], others: readonly SideFile[]): SideFile[] {
  const names = new Set(others.map(nameOf));
  return files.filter((file) => names.has(nameOf(file)));
}

/** What tells the texts of files apart; none of those that cannot be read. */
type Digests = ReadonlyMap<SideFile, string>;

/** Those of pairs and of single files; what no one knows is read, first on the old side. */
async function digestsOf(
  old: Side,
  now: Side,
  pairs: readonly FilePair[],
  single: readonly SideFile[],
  pause: Pause,
): Promise<Digests> {
  const digests = new Map<SideFile, string>();
  const wanted = new Set([...pairs.flat(), ...single]);
  for (const file of wanted) if (file.digest !== null) digests.set(file, file.digest);
  const digits = [...digests.values()][0]?.length ?? DIGITS;
  for (const side of [old, now]) {
    const unknown = side.files.filter((file) => wanted.has(file) && file.digest === null);
    await side.read(unknown, async (file, got) => {
      const bytes = "bytes" in got ? got.bytes : got.pointer;
      if (bytes) digests.set(file, blobDigest(bytes, digits));
      await pause();
    });
  }
  return digests;
}

function areAlike([one, other]: FilePair, digests: Digests): boolean {
  const digest = digests.get(one);
  return digest !== undefined && digest === digests.get(other);
}

/** Pairs of equal name and text, each file in one of them. */
function movesOf(removed: readonly SideFile[], added: readonly SideFile[], digests: Digests): FilePair[] {
  const keyOf = (file: SideFile): string => `${digests.get(file)} ${nameOf(file)}`;
  const free = new Map<string, SideFile[]>();
  for (const file of removed) if (digests.has(file)) free.set(keyOf(file), [...(free.get(keyOf(file)) ?? []), file]);
  return added.flatMap((file): FilePair[] => {
    const was = digests.has(file) ? free.get(keyOf(file))?.shift() : undefined;
    return was ? [[was, file]] : [];
  });
}
