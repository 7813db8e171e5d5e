import { UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";
import type { Git } from "../git/open.ts";
import { commitOf, mergeBaseOf, wholeNameOf } from "../git/revisions.ts";
import { kindAt } from "../paths.ts";
import { ambiguous, type Naming, nameRevision } from "./naming.ts";

/** A revision of a range. */
export interface RangeSide {
  title: string;
  commit: string | null;
  git: Git;
}

/** The revisions of `A..B` or `A...B`, where either may be left out for HEAD, as in git; null for what is no range. */
export async function rangeOf(typed: string, naming: Naming): Promise<[RangeSide, RangeSide] | null> {
  const [, first = "", dots, last = ""] = /^([^./].*?|)(\.\.\.?)(?![./])(.*)$/s.exec(typed) ?? [];
  if (dots === undefined || (first === "" && last === "")) return null;
  const isFolder = kindAt(naming, typed) === "folder";
  const { git } = naming;
  if (isFolder) {
    if (git === null || git instanceof UserError) return null;
    if ((await commitOf(git, first || "HEAD")) === null || (await commitOf(git, last || "HEAD")) === null) return null;
    throw ambiguous(typed, `${await wholeNameOf(git, first || "HEAD")}${dots}${last}`, naming);
  }
  const [old, now] = [await nameRevision(first || "HEAD", naming), await nameRevision(last || "HEAD", naming)];
  if (dots === "..")
    return [
      { ...old, title: first || "HEAD" },
      { ...now, title: last || "HEAD" },
    ];
  const base = await mergeBaseOf(old.git, old.commit, now.commit);
  if (base !== null)
    return [
      { ...old, commit: base, title: base.slice(0, 8) },
      { ...now, title: last || "HEAD" },
    ];
  throw new UserError(`no commit is known from which both come: ${typed}`, {
    remedy: old.git.shallow ? "git fetch --unshallow" : `${naming.recctl} diff ${forShell(`${first}..${last}`)}`,
  });
}
