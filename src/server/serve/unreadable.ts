import { forShell } from "../../text/escape.ts";
import type { ServePorts, ServeSettings } from "./types.ts";

/** Why a recording that was found does not answer: where its text is wrong, and what shows more of it. */
export function unreadableText(
  paths: readonly string[],
  { store }: Pick<ServePorts, "store">,
  { recctl }: Pick<ServeSettings, "recctl">,
): string {
  for (const path of paths) {
    const opened = store.open(path);
    if (opened === null) return `the recording cannot be read: ${path} is gone, or may not be read; ask again`;
    if (!("message" in opened)) continue;
    const { line, column, message, remedy } = opened;
    const shows = remedy ?? `${recctl} validate ${forShell(path)}`;
    return `the recording cannot be read: ${path}:${line}:${column}: ${message}; ${shows}`;
  }
  return `the recording changed while it was read: ${paths.join(", ")}; ask again`;
}
