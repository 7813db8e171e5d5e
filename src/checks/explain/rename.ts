import { JsonError } from "../../recording/json/error.ts";
import { parseJson } from "../../recording/json/parse.ts";
import { asObject, type JsonValue } from "../../recording/json/value.ts";
import { quoteJson, writeJson } from "../../recording/json/write.ts";
import { type Claim, claim } from "./claim.ts";
import type { Rename } from "./reading.ts";

/** With more renames than this not every subset of them is tried: 64 are. */
const MOST_SUBSETS = 6;

/** A request or test id with some renames taken back. */
export interface Undone<Part> {
  renames: Rename[];
  part: Part;
}

/** How a recording may have read before renames: its request and its test id, each with any of them taken back. */
export interface Before {
  /** Without the present one. */
  requests: Undone<Claim>[];
  /** The present one is the last. */
  testIds: Undone<JsonValue | undefined>[];
}

/** Takes renames back: all at once first, then fewer of them, for some files were renamed in part. */
export function before(now: Claim, renames: readonly Rename[]): Before {
  const requests = undone(now.request, renames).flatMap(({ renames: used, part }) => {
    const request = asObject(part);
    return request ? [{ renames: used, part: claim(request, now.testId) }] : [];
  });
  const testIds = now.testId === undefined ? [] : undone(now.testId, renames);
  return { requests, testIds: [...testIds, { renames: [], part: now.testId }] };
}

/** A request, and the test ids that it may have been named under, each with the renames that are taken back in both. */
export interface Way {
  part: Claim;
  ids: { renames: Rename[]; testId: JsonValue | undefined }[];
}

/** Request and test id may have been renamed together, or one of them alone, or each in part. */
export function* waysBack(now: Claim, past: Before): Generator<Way> {
  for (const { renames, part } of [...past.requests, { renames: [], part: now }]) {
    // What was taken back from both alike is the likeliest.
    const alike = past.testIds.filter((id) => id.renames.every((one) => renames.includes(one)));
    const others = past.testIds.filter((id) => !alike.includes(id));
    const own = [...alike, ...others].map((id) => ({
      renames: [...new Set([...renames, ...id.renames])],
      testId: id.part,
    }));
    const none = [null, undefined].map((testId) => ({ renames, testId }));
    yield { part, ids: [...own, ...none].filter((id) => id.renames.length > 0) };
  }
}

/** Every other value that `value` was before some of the renames, that with most taken back first. */
function undone(value: JsonValue, renames: readonly Rename[]): Undone<JsonValue>[] {
  const text = writeJson(value, TEXT);
  const found = renames.filter((rename) => rename.new !== "" && takeBack(text, [rename]).text !== text);
  const seen = new Set([text]);
  return subsets(found).flatMap((some) => {
    const { text: changed, used } = takeBack(text, some);
    if (seen.has(changed)) return [];
    seen.add(changed);
    const part = parsed(changed);
    return part === undefined ? [] : [{ renames: used, part }];
  });
}

/** ASCII alone, as recordings are written. */
const TEXT = { indent: 0, comma: ", ", colon: ": ", ascii: true } as const;

/** A rename may have hit a number or a bracket. */
function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/**
 * JSON text with every NEW put back to its OLD, and which renames that took. What people type is escaped as the
 * text is. An escape is one letter: the `n` of `\n` is no part of a name. Where one NEW begins with another, the
 * longer one is meant.
 */
export function takeBack(text: string, renames: readonly Rename[]): { text: string; used: Rename[] } {
  const byNew = new Map<string, Rename>();
  // Of two with the same NEW the first counts here; the other has its turn in a subset without it.
  for (const rename of renames.toReversed()) byNew.set(escaped(rename.new), rename);
  const longestFirst = [...byNew.keys()].sort((a, b) => b.length - a.length);
  const pattern = [...longestFirst.map(literal), "\\\\(?:u[0-9a-fA-F]{4}|.)"].join("|");
  const used = new Set<Rename>();
  const changed = text.replace(new RegExp(pattern, "gs"), (found) => {
    const rename = byNew.get(found);
    if (!rename) return found;
    used.add(rename);
    return escaped(rename.old);
  });
  return { text: changed, used: renames.filter((rename) => used.has(rename)) };
}

const escaped = (word: string): string => quoteJson(word, true).slice(1, -1);
const literal = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** Every choice of members but the empty one, larger ones first; of many members: all of them, and each alone. */
function subsets<Member>(members: readonly Member[]): Member[][] {
  if (members.length === 0) return [];
  if (members.length > MOST_SUBSETS) return [[...members], ...members.map((member) => [member])];
  const all = Array.from({ length: 2 ** members.length - 1 }, (_, index) =>
    members.filter((_, at) => (index + 1) & (1 << at)),
  );
  return all.sort((a, b) => b.length - a.length);
}
