import { asString, type JsonValue } from "../../../src/recording/json/value.ts";
import { type Matched, matchOf } from "../../../src/server/matching/match.ts";
import { baseOf, routeOf } from "../../../src/server/matching/routes.ts";
import type { Folder, Kept } from "./folder.ts";

/** What became of a recording that was asked for. */
export interface Outcome {
  matched: Matched | null;
  /** The row of the table that the request went to. */
  route: string;
  /** In a few words; "found" where the recording itself was, under its own name. */
  is: string;
}

/** Asks the recordings of a folder for one of them, with a request as it is on the wire. */
export function askedFor(
  one: Kept,
  sent: { method: string; target: string; body: JsonValue },
  { recordings }: Folder,
  given: boolean,
): Outcome {
  const routed = routeOf(sent.method, sent.target);
  if (!routed) return { matched: null, route: "none", is: "no route" };
  const url = asString(one.request_.get("url"));
  const base = one.head.kind === "tool" ? one.provider : url === undefined ? null : baseOf(routed.route, url);
  const mounts = new Map(given && base !== null ? [[routed.mount, base]] : []);
  const matched = matchOf({ routed, body: sent.body, testId: one.head.testId }, { recordings, mounts });
  return { matched, route: routed.route.id, is: saidOf(matched, one) };
}

function saidOf(matched: Matched, one: Kept): string {
  if (matched.kind !== "hit") return matched.kind;
  if (matched.tried.name !== one.hash) return "another recording of the same request on the wire";
  if (!matched.found.some(({ path }) => path === one.path)) return "its name, in a folder that comes first";
  return "found";
}

/** How many of each, sorted. */
export function tally(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of [...words].sort()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
