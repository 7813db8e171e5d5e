import { differences } from "../recording/json/difference.ts";
import { JsonError } from "../recording/json/error.ts";
import type { JsonPath } from "../recording/json/locate.ts";
import { parseJson } from "../recording/json/parse.ts";
import { asObject, asString, JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Name } from "../recording/name.ts";
import { wrappedIn } from "./chunks.ts";
import { type Claim, claimOf, namedUnder } from "./explain/claim.ts";
import { pastRuleOf } from "./explain/past-rules.ts";
import type { Commit, Reading, Rename } from "./explain/reading.ts";
import { type Before, before, type Way, waysBack } from "./explain/rename.ts";

/** A recording whose name verifies under no scheme. */
export interface Explained {
  path: string;
  name: Name;
  text: string;
  /** As parsed from the text, with nothing mapped. */
  root: JsonObject;
}

/** A text that the file once had, and the commit that replaced it; null: none has yet. */
export interface Revision {
  text: string;
  until: Commit | null;
}

/** What may explain a name. */
export interface World {
  /** Those seen in the tree. */
  testIds: readonly string[];
  renames: readonly Rename[];
  /** Newest first; read only as far as it takes, and only where nothing else explained the name. */
  revisions: Iterable<Revision>;
}

/** How many paths are told of an edit, and how many are counted. */
const TOLD = 3;
const COUNTED = 1000;

/** How many test ids may be tried on one recording with its renames taken back: this many take some 20 ms. */
const MOST_TRIES = 3000;

/**
 * Finds out why a recording has its name: it was named under another test id, or by a rule of the past, or before a
 * rename, or its text was edited, or its file renamed. What is surest comes first; a test id of another test comes
 * after the file's own past, which tells more.
 */
export function explain(it: Explained, world: World): Reading {
  const now = claimOf(it.root);
  if (!now) return unknown(it);
  const past = before(now, world.renames);
  return (
    byTestId(it, now, [null, undefined]) ??
    byPastRule(it, [{ part: now, ids: [{ renames: [], testId: now.testId }] }]) ??
    byRename(it, now, past) ??
    byPastRule(it, waysBack(now, past)) ??
    byRevision(it, world.revisions) ??
    byTestId(it, now, world.testIds) ??
    byRenameAndTestId(it, past, world.testIds) ??
    byAnswer(it, now, past, world.testIds) ??
    unknown(it)
  );
}

function byTestId(it: Explained, now: Claim, testIds: readonly (string | null | undefined)[]): Reading | null {
  const found = namedUnder(it.name.hash, now, testIds);
  return found && { reading: "test-id", ...found };
}

function byRename(it: Explained, now: Claim, past: Before): Reading | null {
  for (const { part, ids } of waysBack(now, past)) {
    for (const { renames, testId } of ids) {
      const found = namedUnder(it.name.hash, part, [testId]);
      if (found) return { reading: "rename", renames, scheme: found.scheme };
    }
  }
  return null;
}

function byPastRule(it: Explained, ways: Iterable<Way>): Reading | null {
  for (const { part, ids } of ways) {
    const found = pastRuleOf(
      it.name.hash,
      part,
      ids.map(({ testId }) => testId),
    );
    if (!found) continue;
    const { renames = [] } = ids[found.at] ?? {};
    return { reading: "past-rule", rule: found.rule.id, ...(renames.length > 0 ? { renames } : {}) };
  }
  return null;
}

function byRevision(it: Explained, revisions: Iterable<Revision>): Reading | null {
  for (const { text, until } of revisions) {
    const root = text === it.text ? undefined : documentOf(text);
    const then = root && claimOf(root);
    const found = then && namedUnder(it.name.hash, then, [then.testId, null, undefined]);
    if (!found) continue;
    const paths = changes(root, it.root);
    return {
      reading: "edited",
      changed: paths.slice(0, TOLD),
      more: Math.max(0, paths.length - TOLD),
      revision: until && { short: until.short, date: until.date, subject: until.subject },
      scheme: found.scheme,
    };
  }
  return null;
}

function documentOf(text: string): JsonObject | undefined {
  try {
    return asObject(parseJson(text));
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** Where test id and request differ; paths begin in the request. */
function changes(then: JsonObject, now: JsonObject): JsonPath[] {
  const part = (root: JsonObject, key: string): JsonObject => {
    const value = root.get(key);
    return value === undefined ? new JsonObject() : new JsonObject([key], [value]);
  };
  const testId = differences(part(then, "test_id"), part(now, "test_id"), COUNTED);
  const request = differences(then.get("request") as JsonValue, now.get("request") as JsonValue, COUNTED);
  return [...testId, ...request];
}

function byRenameAndTestId(it: Explained, past: Before, testIds: readonly string[]): Reading | null {
  const most = Math.floor(MOST_TRIES / Math.max(1, testIds.length));
  for (const { renames, part } of past.requests.slice(0, most)) {
    const found = namedUnder(it.name.hash, part, testIds);
    if (found) return { reading: "rename", renames, ...found };
  }
  return null;
}

function byAnswer(it: Explained, now: Claim, past: Before, testIds: readonly string[]): Reading | null {
  const hashes = recordedAs(it);
  const hash12 = hashes[0];
  if (hash12 === undefined || isNamed(it, hashes)) return null;
  const own = [...past.testIds.map(({ part }) => part), null, undefined];
  const verifies =
    namedUnder(hash12, now, [...own, ...testIds]) !== null ||
    past.requests.some(({ part }) => namedUnder(hash12, part, own) !== null);
  return { reading: "recorded-as", hash12, verifies };
}

/** What the ids of an answer say: a recorder gives them the first twelve digits of the name that it records under. */
function recordedAs({ root }: Explained): string[] {
  const body = asObject(root.get("response"))?.get("body") ?? null;
  const ids = wrappedIn({ body }).map(({ data }) => asString(data.get("id")) ?? "");
  return [...new Set(ids.flatMap((id) => /^rec-([0-9a-f]{12})$/.exec(id)?.[1] ?? []))];
}

const isNamed = (it: Explained, hashes: readonly string[]): boolean => hashes.includes(it.name.hash.slice(0, 12));

const unknown = (it: Explained): Reading => ({ reading: "unknown", asNamed: isNamed(it, recordedAs(it)) });
