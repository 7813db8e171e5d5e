import { forShell } from "../text/escape.ts";
import type { Context } from "./command.ts";

/** The command as it was typed, with these words behind its options instead of `without` (with `--format`, its value too): for pasting. */
export function typedWith(more: readonly string[], { io }: Context, without: readonly string[] = ["--apply"]): string {
  const end = io.argv.indexOf("--");
  const options = (end < 0 ? io.argv : io.argv.slice(0, end)).filter((word, at, words) => {
    const value = words[at - 1] === "--format" && without.includes("--format");
    return !value && !without.includes(word.replace(/^--format=.*/, "--format"));
  });
  return ["recctl", ...options, ...more, ...(end < 0 ? [] : io.argv.slice(end))].map(forShell).join(" ");
}
