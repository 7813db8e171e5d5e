import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { COMPACT, writeJson } from "../../recording/json/write.ts";
import { byCodePoint } from "../../recording/names/dumps.ts";
import type { Recording } from "../../recording/recording.ts";
import type { Change, Volatile } from "../change.ts";
import { same } from "../changes/same.ts";
import { type Answer, answerOf, answerValue } from "./answer.ts";
import { isVector, type Noise, nearVectors, noiseAt, streamNoise } from "./noise.ts";

/** What became of a response. */
export interface ResponseChange {
  /** `noise`: the answer says what it said. */
  kind: "same" | "noise" | "changed";
  /** What moved beside what the answer says; of a changed one only what can be told apart from that: usage, ids, vectors. */
  noise: Noise[];
  /** Paths into {@link answerValue}; where the message is the same and another member of an unstreamed body changed, into `body`. */
  changes: Change[];
}

/** Tells the changes from a recorded value to one that is there now. */
export type ChangesOf = (old: JsonValue, now: JsonValue) => Change[];

/** What changes with every run and says nothing, also where it stands in an answer. */
const RESTLESS: Partial<Record<Volatile, Noise>> = {
  "call id": "ids",
  uuid: "ids",
  id: "ids",
  date: "times",
  time: "times",
};

/**
 * What changed from a recorded response to another, in the terms of the message that it adds up to. Counts of usage are noise
 * while both have them (they follow the text and the provider's caches); that there are any, or none, is a change.
 */
export function responseChange(old: Recording, now: Recording, changesOf: ChangesOf): ResponseChange {
  if (same(old.response, now.response)) return { kind: "same", noise: [], changes: [] };
  const [before, behind] = [answerOf(old), answerOf(now)];
  const noise = new Set<Noise>();
  const near = nearVectors(before.data, behind.data);
  const usage = (before.message.usage === null) !== (behind.message.usage === null);
  const telling = { vectors: !near, usage };
  const told = (changes: Change[], isBody: boolean): Change[] =>
    changes.filter((change) => {
      const what = noiseOf(change, isBody);
      if (what) noise.add(what);
      return what === null;
    });
  let changes = told(changesOf(answerValue(before, old, telling), answerValue(behind, now, telling)), false);
  if (!usage && textOf(before.message.usage) !== textOf(behind.message.usage)) noise.add("usage");
  if (callIds(before) !== callIds(behind)) noise.add("ids");
  if (changes.length === 0 && before.streamed !== behind.streamed) noise.add("chunk borders");
  else if (changes.length === 0 && before.streamed)
    for (const one of streamNoise(before.data, behind.data)) noise.add(one);
  else if (changes.length === 0) changes = told(changesOf(body(before, near), body(behind, near)).map(inBody), true);
  const [a, b] = [before, behind].map(({ data }) => textOf(data));
  if (changes.length === 0 && near && a !== b && textOf(body(before, true)) !== textOf(body(before, false))) {
    noise.add("vectors");
  }
  if (changes.length === 0 && noise.size === 0) noise.add(before.unordered ? "order" : "other fields");
  return { kind: changes.length > 0 ? "changed" : "noise", noise: [...noise].sort(), changes };
}

/** Where an answer says something, in {@link answerValue}. */
const SAID: ReadonlySet<string> = new Set(["text", "reasoning", "refusal"]);

const textOf = (value: JsonValue): string => writeJson(value, COMPACT);

/** As which noise a change counts. In the message keys are anyone's (arguments of tools), so they tell nothing there. */
function noiseOf({ op, from, to, volatile, evened }: Change, isBody: boolean): Noise | null {
  // The order of keys.
  if (op === "move" && evened) return "order";
  // A time that an answer tells is what it says.
  if (SAID.has(String((to ?? from ?? []).at(-1))) && (volatile === "date" || volatile === "time")) return null;
  return (volatile && RESTLESS[volatile]) ?? (isBody ? noiseAt(to ?? from ?? []) : null);
}

const callIds = ({ message }: Answer): string =>
  message.choices.flatMap(({ parts }) => parts.map((part) => (part.type === "tool-call" ? part.id : ""))).join();

/** An unstreamed body to be compared member by member: vectors as their length, lists without order in order. */
function body({ data, unordered }: Answer, near: boolean): JsonValue {
  const [whole] = data;
  const list = unordered && Array.isArray(whole) ? [...whole].sort((a, b) => byCodePoint(idOf(a), idOf(b))) : whole;
  return plain(list ?? null, near);
}

const idOf = (value: JsonValue): string =>
  value instanceof JsonObject ? textOf(value.get("id") ?? value) : textOf(value);

function plain(value: JsonValue, near: boolean): JsonValue {
  if (isVector(value)) return near ? `${value.length} numbers` : textOf(value);
  if (Array.isArray(value)) return value.map((element) => plain(element, near));
  if (!(value instanceof JsonObject)) return value;
  return new JsonObject(
    value.keys,
    value.values.map((member) => plain(member, near)),
  );
}

function inBody(change: Change): Change {
  const put = (path: JsonPath | null): JsonPath | null => path && ["body", ...path];
  const also = change.also.map(({ from, to }) => ({ from: put(from), to: put(to) }));
  return { ...change, from: put(change.from), to: put(change.to), also };
}
