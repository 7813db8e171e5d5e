import { readName } from "../../recording/name.ts";
import { forShell } from "../../text/escape.ts";
import type { Matched, Question } from "../matching/match.ts";
import { distanceOf } from "../matching/nearness.ts";
import type { ServePorts, ServeSettings } from "./types.ts";

type Store = Pick<ServePorts, "store">;

const isFlawed = (path: string, { store }: Store): boolean => {
  const opened = store.open(path);
  return opened !== null && "message" in opened;
};

/** Of files, those that are there and cannot be read. */
export const brokenOf = (paths: readonly string[], ports: Store): string[] =>
  paths.filter((path) => isFlawed(path, ports));

/** Files that cannot be read and have the name of this one. */
export const brokenNamed = (name: string, ports: Store): string[] =>
  brokenOf(ports.store.broken?.(readName(name).hash) ?? [], ports);

/** Files that cannot be read, and would have answered a request before what was found for it. */
export function brokenFor(
  matched: Matched,
  { testId }: Question,
  { store }: Store,
  { fallback, match }: Pick<ServeSettings, "fallback" | "match">,
): string[] {
  if (matched.kind === "miss")
    return matched.tried.flatMap(({ name }) => brokenOf(store.broken?.(name) ?? [], { store }));
  // Of lists each tells a part. A request says nothing of the name of its file.
  if (matched.kind !== "hit" || matched.list || match === "request") return [];
  const least = distanceOf(matched.found[0], testId, fallback);
  const nearer = (store.broken?.(matched.tried.name) ?? []).filter(
    (path) => distanceOf({ path }, testId, fallback) < least,
  );
  return brokenOf(nearer, { store });
}

/** Why nobody knows whether a recording is there; null where somebody does. */
export function shutText({ store }: Store): string | null {
  const shut = store.shut?.() ?? null;
  if (!shut) return null;
  const why = shut.message.replace(/^[A-Z]+: /, "");
  return `a folder of recordings cannot be read: ${shut.path}: ${why}; ls -ld ${forShell(shut.path)}`;
}

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
