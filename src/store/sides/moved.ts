import { movedFiles } from "../git/revisions.ts";
import type { Origin, Side } from "./side.ts";

/**
 * The test files that git saw move between two sides, by their old path from the top of the repository: their new one.
 * Between folders nobody knows. A file that is moved in the working tree is seen where its new place is staged (`git mv`).
 * @throws UserError where git fails
 */
export async function movedTests(old: Side, now: Side): Promise<Map<string, string>> {
  const between = argumentsFor(old.origin, now.origin);
  const git = "git" in now.origin ? now.origin.git : null;
  return between === null || git === null ? new Map() : movedFiles(git, between, ":(top)*.py");
}

/** How `git diff` is asked for the way from one to the other; null where it cannot be. */
function argumentsFor(old: Origin, now: Origin): string[] | null {
  if (old.kind === "folder" || now.kind === "folder" || old.git.dir !== now.git.dir) return null;
  if (old.kind === "revision" && old.commit !== null) {
    if (now.kind === "revision") return now.commit === null ? null : [old.commit, now.commit];
    return now.kind === "index" ? ["--cached", old.commit] : [old.commit];
  }
  if (now.kind === "revision" && now.commit !== null) return old.kind === "work tree" ? ["-R", now.commit] : null;
  return null;
}
