import { JsonError } from "../../recording/json/error.ts";
import { parseJson } from "../../recording/json/parse.ts";
import { asArray, asNumber, asObject, asString, type JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { STRICT, writeJson } from "../../recording/json/write.ts";
import { kindOf } from "../../recording/kinds.ts";
import { readName } from "../../recording/name.ts";
import { hashesOf } from "../../recording/names/schemes.ts";
import { Refused } from "../refusal.ts";
import { distinctMisses } from "./misses.ts";
import { type Lookup, type Miss, NOTHING, type Run } from "./run.ts";
import { unfinishedIn } from "./unfinished.ts";

/** A line of the journal of `recctl serve` or of the library, so far as it is read. */
interface Entry {
  readonly time: number;
  /** The process that wrote it; null in journals that do not tell. */
  readonly run: string | null;
  readonly testId: string | null;
  readonly name: string | null;
  readonly outcome: keyof typeof LOOKUPS;
  readonly paths: readonly string[];
  readonly says: Miss["says"];
  readonly request: JsonObject | null;
}

/** What became of a request, as what a log says of its look-up; null: nothing was looked up by a name that is told. */
const LOOKUPS = {
  hit: { kind: "look-up", found: "primary" },
  miss: { kind: "look-up", found: "missed" },
  recorded: { kind: "stored", found: null },
  live: { kind: "hash computation", found: null },
  refused: { kind: "hash computation", found: null },
  aborted: { kind: "hash computation", found: null },
} as const satisfies Record<string, Pick<Lookup, "kind" | "found">>;

/** So many broken lines are no accident of a crash. */
const MANY = 1000;

/** Whether a text means to be such a journal: one of its lines begins as every line of one does, even where it is cut. */
export const isJournal = (text: string): boolean => /^\{"time":"[^"\n]{0,40}",(?:"test_id":|"lost":\d+\}$)/m.test(text);

/** How a line begins that may stand behind half a line, with which a run that was killed ended. */
const BEGUN = /\{"time":"[^"\n]{0,40}","(?:test_id|lost)":/;

/**
 * A journal, or several of them in one text. It has no outcomes of tests. A last line that was half written is left out, and the run
 * is then not complete; so it is where a line within is broken (a server was killed, and the next went on behind it), where one says
 * that lines are missing, and where the last one has no newline, which who could not write another took away.
 * @throws Refused where a line is JSON, and none of a journal
 */
export function readJournal(text: string): Run {
  const lines = text.split("\n");
  const entries: { entry: Entry; at: number }[] = [];
  let broken = 0;
  let lost = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const value = parsed(line);
    if (value === undefined) {
      if (++broken > MANY) throw new Refused("a journal of which most lines are broken", index + 1);
      continue;
    }
    const loss = lossIn(value);
    lost += loss ?? 0;
    if (loss === null) entries.push({ entry: entryOf(value, index + 1), at: index + 1 });
  }
  if (entries.length === 0) {
    throw new Refused(lost > 0 ? "a journal of which all lines are missing" : "a journal without a whole line");
  }
  const last = lines.at(-1) as string;
  const isCut = last.trim() !== "" && parsed(last) === undefined;
  const isOpen = last.trim() !== "" && !isCut;
  const lookups = entries.flatMap(({ entry, at }) => lookupsOf(entry, at));
  const asked = entries.map(({ entry }) => entry);
  // Whoever was refused something may have asked for less than it would, named or not.
  const refused = asked.filter(
    ({ name, outcome }) => outcome === "refused" || (outcome === "aborted" && name === null),
  );
  const named = asked.flatMap(({ testId }) => testId ?? []);
  // Of each process the last tests may have gone on; what another asked behind them says nothing of these.
  const byRun = new Map<string | null, string[]>();
  for (const { run, testId } of asked) {
    if (testId === null) continue;
    const tests = byRun.get(run) ?? [];
    if (tests.push(testId) === 1) byRun.set(run, tests);
  }
  const times = asked.map(({ time }) => time);
  return {
    ...NOTHING,
    forms: new Set(["journal"]),
    lookups,
    misses: distinctMisses(asked.flatMap(missOf)),
    mentioned: new Set([
      ...(text.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? []),
      ...lookups.map((one) => one.hash),
    ]),
    // What was refused of nobody may have been any test's.
    dropped: broken - (isCut ? 1 : 0) + refused.filter(({ testId }) => testId === null).length,
    complete: broken === 0 && lost === 0 && !isOpen,
    lost: lost + (isOpen ? 1 : 0),
    vouched: false,
    seen: new Set(named),
    unfinished: new Set([
      ...[...byRun.values()].flatMap((one) => [...unfinishedIn(one)]),
      ...refused.flatMap(({ testId }) => testId ?? []),
    ]),
    oldest: times.reduce<number | null>((least, time) => Math.min(least ?? time, time), null),
    newest: times.reduce<number | null>((most, time) => Math.max(most ?? time, time), null),
  };
}

/** Whether a whole line is one of a journal, or one that begins behind what a run that was killed left there. */
export function isJournalLine(line: string): boolean {
  const value = parsed(line);
  if (value === undefined) return BEGUN.test(line);
  if (lossIn(value) !== null) return true;
  try {
    entryOf(value, 1);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** Undefined where it is no JSON. */
function parsed(line: string): JsonValue | undefined {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** About how many lines are missing where this one stands; null: it says nothing of that. */
function lossIn(value: JsonValue): number | null {
  const root = asObject(value);
  if (!root || root.has("test_id") || Number.isNaN(Date.parse(asString(root.get("time")) ?? ""))) return null;
  const lost = asNumber(root.get("lost"));
  return lost !== undefined && Number.isInteger(lost) && lost > 0 ? lost : null;
}

function entryOf(value: JsonValue, at: number): Entry {
  const root = asObject(value);
  const text = (key: string): string | null => asString(root?.get(key)) ?? null;
  const time = Date.parse(text("time") ?? "");
  const outcome = text("outcome") ?? "";
  if (
    !root ||
    Number.isNaN(time) ||
    !["test_id", "name", "outcome", "path", "endpoint"].every((key) => root.has(key))
  ) {
    throw new Refused("a line that is none of recctl's journal", at);
  }
  if (!Object.hasOwn(LOOKUPS, outcome))
    throw new Refused(`a journal with an outcome that is not known: ${outcome}`, at);
  const more = (asArray(root.get("more")) ?? []).flatMap((path) => asString(path) ?? []);
  const path = text("path");
  const request = asObject(root.get("request")) ?? null;
  const says = {
    Model: text("model"),
    Method: text("method"),
    Endpoint: text("endpoint"),
    Stored: request && writeJson(request, STRICT),
  };
  return {
    time,
    run: text("run"),
    testId: text("test_id"),
    name: text("name"),
    outcome: outcome as Entry["outcome"],
    paths: path === null ? more : [path, ...more],
    says: Object.fromEntries(Object.entries(says).filter((one): one is [string, string] => one[1] !== null)),
    request,
  };
}

/** By `--match request` a recording answers that has another name than what was asked: it is used all the same. */
function lookupsOf({ testId, name, outcome, paths }: Entry, at: number): Lookup[] {
  const hashes = new Map<string, string | null>(name === null ? [] : [[name, paths[0] ?? null]]);
  for (const path of paths) hashes.set(readName(path).hash, path);
  return [...hashes].map(([hash, path]) => ({ hash, testId, path, at, ...LOOKUPS[outcome] }));
}

function missOf({ outcome, name, testId, says, request }: Entry): Miss[] {
  if (outcome !== "miss") return [];
  return [{ form: "journal", hash: name !== null && isName(name, request, testId) ? name : null, testId, says }];
}

/** By `--match request` what was looked for is no name that a recording could have. */
function isName(name: string, request: JsonObject | null, testId: string | null): boolean {
  if (request === null) return true;
  const kind = kindOf(new Set(request.keys));
  return kind === "unknown" || [...hashesOf({ kind, request, testId }).values()].includes(name);
}
