import type { Broken } from "../../listing/entry.ts";
import { ownText } from "../../text/own.ts";
import type { FlawedBody } from "../state/state.ts";

/** Lines before and behind the flaw that are kept, and characters: a file may be one line. */
const LINES = 200;
const CHARACTERS = 20_000;

/** What stands in the place of a recording that cannot be read; of its text what lies around the flaw is kept. */
export function flawedBody(path: string, flaw: Omit<Broken, "path">, text: string): FlawedBody {
  let at = 0;
  for (let line = 1; line < flaw.line; line++) {
    const next = text.indexOf("\n", at);
    if (next < 0) break;
    at = next + 1;
  }
  const place = Math.min(text.length, at + flaw.column - 1);
  const least = Math.max(0, place - CHARACTERS);
  let from = at;
  for (let line = 0; line < LINES && from > least; line++) from = text.lastIndexOf("\n", from - 2) + 1;
  from = Math.max(from, least);
  let to = place;
  for (let line = 0; line < LINES && to >= 0 && to < text.length; line++) to = text.indexOf("\n", to + 1);
  if (to < 0) to = text.length;
  const before = text.slice(0, from);
  const line = before.split("\n").length;
  const column = before.length - (before.lastIndexOf("\n") + 1);
  const end = Math.min(to, place + CHARACTERS);
  // A newline at the end of a file is nothing to be seen.
  const left = text.slice(end).trimEnd().length;
  return { path, flaw, text: ownText(text.slice(from, end)), from: { line, column }, left };
}
