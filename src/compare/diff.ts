import { type JsonPath, pathText } from "../recording/json/locate.ts";
import type { JsonValue } from "../recording/json/value.ts";
import { JsonNumber, JsonObject } from "../recording/json/value.ts";
import type { Recording } from "../recording/recording.ts";
import { ownText } from "../text/own.ts";
import type { Change, Place } from "./change.ts";
import { changesOf } from "./changes/changes.ts";
import type { Via } from "./pairs/pair.ts";
import type { Subject } from "./pairs/subject.ts";
import { type ResponseChange, responseChange } from "./responses/change.ts";

/** What is looked at of a pair. */
export interface Looking {
  /** Null: both. */
  only: "request" | "response" | null;
  /** Paths whose changes are not told, as reports write them: `[]` stands for any index. */
  ignore: readonly string[];
}

/** A recording of a run, its predecessor, and what changed between them. */
export interface ComparedPair {
  old: Subject;
  now: Subject;
  via: Via;
  /** Of the request; paths begin at it. */
  changes: readonly Change[];
  /** Whether names see any of these. */
  request: "same" | "changed";
  /** Null where responses were not asked for. */
  response: ResponseChange | null;
}

/** What changed between the recordings of a pair. Nothing of it hangs on the files' texts. */
export function compared(
  { old, now, via }: { old: Subject; now: Subject; via: Via },
  before: Recording,
  behind: Recording,
  { only, ignore }: Looking,
): ComparedPair {
  const isTold = ignoring(ignore);
  const changes =
    only === "response"
      ? []
      : changesOf(before.request, behind.request)
          .filter((change) => isTold(placeOf(change)) && !isOwnTest(change, via))
          .map(detached);
  const answer = only === "request" ? null : responseChange(before, behind, changesOf);
  return {
    old,
    now,
    via,
    changes,
    request: changes.some(({ evened }) => !evened) ? "changed" : "same",
    response: answer && withoutIgnored(answer, isTold),
  };
}

/** Where a change stands, for people: now, or where it stood. */
export const placeOf = ({ from, to }: Place): JsonPath => to ?? from ?? [];

/** Where a change of a response stands, as reports write it. */
export const inResponse = (path: JsonPath): string => pathText(["response", ...path]);

/** A test that is called otherwise is how the pair was found, and no change of its request. */
const isOwnTest = (change: Change, via: Via): boolean =>
  (via === "renamed" || via === "parameters") && placeOf(change).length === 1 && placeOf(change)[0] === "test_id";

function withoutIgnored(answer: ResponseChange, isTold: (path: JsonPath) => boolean): ResponseChange {
  const changes = answer.changes.filter((change) => isTold(["response", ...placeOf(change)])).map(detached);
  const kind = answer.kind === "changed" && changes.length === 0 ? "noise" : answer.kind;
  return { ...answer, kind, changes };
}

/** Tells the changes that nobody wants to hear of from the others. */
function ignoring(ignore: readonly string[]): (path: JsonPath) => boolean {
  if (ignore.length === 0) return () => true;
  const wanted = ignore.map((path) => {
    const steps = path.replaceAll("[*]", "[]").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${steps.replaceAll("\\[\\]", "\\[\\d*\\]")}(?:[.[]|$)`);
  });
  return (path) => {
    const text = pathText(path);
    return !wanted.some((one) => one.test(text));
  };
}

/** A change with strings of its own: what is cut out of a file's text keeps all of it in memory. */
const detached = (change: Change): Change => ({
  ...change,
  old: change.old === undefined ? undefined : ownValue(change.old),
  now: change.now === undefined ? undefined : ownValue(change.now),
  words: change.words?.map(({ op, text }) => ({ op, text: ownText(text) })) ?? null,
});

function ownValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return ownText(value);
  if (value instanceof JsonNumber) return new JsonNumber(ownText(value.text));
  if (Array.isArray(value)) return value.map(ownValue);
  if (!(value instanceof JsonObject)) return value;
  return new JsonObject(value.keys.map(ownText), value.values.map(ownValue));
}
