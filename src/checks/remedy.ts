import { forShell } from "../text/escape.ts";

/** What to do about a file that came to harm: what it held is not in it any more. */
export const anew = (path: string): string =>
  `record it anew, or take it from an earlier commit: git log --oneline -- ${forShell(path)}`;
