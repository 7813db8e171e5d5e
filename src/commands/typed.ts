import { forShell } from "../text/escape.ts";
import type { Context } from "./command.ts";

/** The command as it was typed, with these words behind its options instead of `without`: for pasting. */
export function typedWith(more: readonly string[], { io }: Context, without: readonly string[] = ["--apply"]): string {
  const end = io.argv.indexOf("--");
  const options = (end < 0 ? io.argv : io.argv.slice(0, end)).filter((word) => !without.includes(word));
  return ["recctl", ...options, ...more, ...(end < 0 ? [] : io.argv.slice(end))].map(forShell).join(" ");
}
