import { join } from "node:path";
import { type Checks, checkFile } from "../checks/check.ts";
import { UserError } from "../errors.ts";
import { isLfsPointer } from "../recording/document.ts";
import { readBlobs } from "../store/git/blobs.ts";
import { openGit } from "../store/git/open.ts";
import { LINK, stagedFiles } from "../store/git/staged.ts";
import { absolute, inRecordings, shown } from "../store/paths.ts";
import { countText } from "../text/bytes.ts";
import type { CheckedFiles } from "./checking.ts";
import type { Context } from "./command.ts";
import { settingsOf } from "./settings.ts";

/**
 * Checks what is staged as git's index has it, whatever the working tree says: files that differ from HEAD,
 * lie in a folder called `recordings`, and below one of the paths where some are given, else of the configured roots.
 */
export async function checkStaged(
  args: readonly string[],
  checks: Checks,
  context: Context,
): Promise<CheckedFiles & { files: number; notes: string[] }> {
  const { cwd, io, recctl } = context;
  const git = await openGit(cwd, io.env);
  if (!git)
    throw new UserError("not in a git repository: nothing is staged", { place: cwd, remedy: `${recctl} validate` });
  const below = args.length > 0 ? args.map((arg) => absolute({ cwd }, arg)) : await startsOf(context);
  const staged = await stagedFiles(
    git,
    (path) =>
      path.endsWith(".json") &&
      inRecordings(path) &&
      below.some((place) => path === place || path.startsWith(`${place.replace(/\/$/, "")}/`)),
  );
  // A link's blob is where it leads: what it leads to is looked at when it is staged itself.
  const files = staged.filter(({ mode }) => mode !== LINK);
  const paths = new Map<string, string[]>();
  for (const { oid, path } of files) paths.set(oid, [...(paths.get(oid) ?? []), path]);
  const all: CheckedFiles = { findings: [], facts: [] };
  let pointers = 0;
  await readBlobs(git, [...paths.keys()], async (oid, bytes) => {
    await io.breathe();
    for (const place of paths.get(oid) ?? []) {
      const path = shown({ cwd }, place);
      if (!bytes) throw new UserError("git does not have what is staged", { place: path, remedy: "git fsck" });
      // Git LFS keeps the recording elsewhere: what is staged is right as it is.
      if (isLfsPointer(bytes)) {
        pointers++;
        continue;
      }
      // Checking uses the bytes up.
      const { findings, fact } = checkFile({ path, place, bytes: Buffer.from(bytes) }, checks);
      for (const finding of findings) all.findings.push(finding);
      // What is staged is on no disk: it never counts as seen there.
      if (fact) all.facts.push({ ...fact, stamp: "" });
    }
  });
  const notes = pointers > 0 ? [`${countText(pointers, "file")} in Git LFS: their recordings were not looked at`] : [];
  return { ...all, files: files.length, notes };
}

/** Where a search without paths begins: of a root that is a glob, the folder before it. */
async function startsOf(context: Context): Promise<string[]> {
  const { roots, folder } = await settingsOf(context);
  return roots.length === 0 ? [context.cwd] : roots.map((root) => join(folder, root.replace(/[^/]*[*?[{].*$/s, "")));
}
