import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import type { Change } from "../change.ts";
import { isKeyOrder } from "./changes.ts";
import { exchanged } from "./running.ts";

/** A change at one place; one that is found at several is several. */
interface Step {
  op: Change["op"] | "order";
  from: JsonPath | null;
  to: JsonPath | null;
  old: JsonValue | undefined;
  now: JsonValue | undefined;
}

/**
 * What is asked now, made of what was recorded and what changed. Neither is altered; the result shares parts with both.
 * Of some changes alone it makes what can be made: paths count on those that were left out.
 */
export function applied(old: JsonValue, changes: readonly Change[]): JsonValue {
  const steps = changes.flatMap((change): Step[] => {
    const { old, now } = change;
    const op = isKeyOrder(change) ? "order" : change.op;
    return [change, ...change.also].map(({ from, to }) => ({ op, from, to, old, now }));
  });
  return valueAt(old, steps, 0);
}

/** @param depth how many steps of the paths lead to `value` */
function valueAt(value: JsonValue, steps: readonly Step[], depth: number): JsonValue {
  if (steps.length === 0) return value;
  const here: Step[] = [];
  const inner: Step[] = [];
  for (const step of steps) {
    const whole = (step.op === "replace" || step.op === "order") && step.from?.length === depth;
    (whole ? here : inner).push(step);
  }
  let result = value;
  if (result instanceof JsonObject) result = objectWith(result, inner, depth);
  else if (Array.isArray(result)) result = arrayWith(result, inner, depth);
  for (const { op, old, now } of here) {
    if (op === "order") result = ordered(result, now as JsonValue);
    else if (typeof result === "string" && typeof old === "string") result = exchanged(result, old, now as string);
    else result = now as JsonValue;
  }
  return result;
}

function objectWith(object: JsonObject, steps: readonly Step[], depth: number): JsonObject {
  const inside = new Map<string | number, Step[]>();
  const removed = new Set<string | number>();
  const result = new JsonObject([...object.keys], [...object.values]);
  for (const step of steps) {
    const key = (step.from ?? step.to)?.[depth];
    if (typeof key !== "string") continue;
    if (step.op === "remove" && step.from?.length === depth + 1) {
      removed.add(key);
    } else if (step.op === "add" && step.to?.length === depth + 1) {
      result.keys.push(key);
      result.values.push(step.now as JsonValue);
    } else {
      grouped(inside, key, step);
    }
  }
  // Of a repeated key the last one is meant.
  const last = new Map(result.keys.map((key, at) => [key, at]));
  for (const [key, within] of inside) {
    const at = last.get(key as string);
    if (at !== undefined) result.values[at] = valueAt(result.values[at] as JsonValue, within, depth + 1);
  }
  if (removed.size === 0) return result;
  const kept = result.keys.map((_, at) => at).filter((at) => !removed.has(result.keys[at] as string));
  return new JsonObject(
    kept.map((at) => result.keys[at] as string),
    kept.map((at) => result.values[at] as JsonValue),
  );
}

/** An element of the array that is made: new, or from a place in the old one. */
type Origin = { added: JsonValue } | { was: number };

function arrayWith(array: readonly JsonValue[], steps: readonly Step[], depth: number): JsonValue[] {
  const placed = new Map<number, Origin>();
  const gone = new Set<number>();
  const rest: Step[] = [];
  for (const step of steps) {
    const [i, j] = [step.from?.[depth], step.to?.[depth]];
    // Where only some changes are applied, others may lead nowhere.
    if (typeof i === "string" || typeof j === "string" || (i !== undefined && i >= array.length)) continue;
    const isHere = (step.to ?? step.from)?.length === depth + 1;
    if (!isHere || step.op === "replace" || step.op === "order") rest.push(step);
    else if (j !== undefined) placed.set(j, i === undefined ? { added: step.now as JsonValue } : { was: i });
    if (isHere && i !== undefined && (step.op === "remove" || step.op === "move")) gone.add(i);
  }
  // What is neither new nor moved fills the places that are left, in its order.
  const staying = [...array.keys()].filter((i) => !gone.has(i));
  const made = new Map<number, Origin>();
  for (let [j, next, count] = [0, 0, 0]; next < staying.length || count < placed.size; j++) {
    const origin = placed.get(j);
    if (origin) count++;
    if (origin) made.set(j, origin);
    else if (next < staying.length) made.set(j, { was: staying[next++] as number });
  }
  const inside = new Map<string | number, Step[]>();
  for (const step of rest) {
    const origin = made.get(step.to?.[depth] as number);
    const i = step.from?.[depth] ?? (origin && "was" in origin ? origin.was : undefined);
    if (i !== undefined) grouped(inside, i, step);
  }
  return [...made.values()].map((origin) => {
    if ("added" in origin) return origin.added;
    return valueAt(array[origin.was] as JsonValue, inside.get(origin.was) ?? [], depth + 1);
  });
}

function grouped(groups: Map<string | number, Step[]>, key: string | number, step: Step): void {
  const group = groups.get(key);
  if (group) group.push(step);
  else groups.set(key, [step]);
}

function ordered(value: JsonValue, keys: JsonValue): JsonValue {
  if (!(value instanceof JsonObject) || !Array.isArray(keys)) return value;
  const members = new Map(value.entries());
  const wanted = keys.filter((key) => typeof key === "string" && members.has(key)) as string[];
  const order = [...new Set([...wanted, ...members.keys()])];
  return new JsonObject(
    order,
    order.map((key) => members.get(key) as JsonValue),
  );
}
