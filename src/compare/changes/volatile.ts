import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonNumber, type JsonValue } from "../../recording/json/value.ts";
import type { Volatile } from "../change.ts";
import type { Budget } from "./budget.ts";
import { type Found, placeholder, volatileAt } from "./placeholder.ts";

/** Texts that are longer together are not looked at as a whole. */
const LONG = 20_000;

/** For what the change of a value is known that comes with every run; null where it is no such change. */
export function volatileOf(old: JsonValue, now: JsonValue, path: JsonPath, budget: Budget): Volatile | null {
  const key = path.findLast((step) => typeof step === "string") ?? "";
  if (typeof old === "string" && typeof now === "string") return ofKey(key, path) ?? volatileBetween(old, now, budget);
  if (!(old instanceof JsonNumber && now instanceof JsonNumber)) return null;
  if (/score$|similarity$/.test(key)) return "score";
  return /(?:^|_)(?:created|updated|timestamp|time)$|_at$/.test(key) ? "time" : null;
}

/** Ids of calls may look like anything, so their keys tell. */
function ofKey(key: string | number, path: JsonPath): Volatile | null {
  if (key === "tool_call_id" || key === "call_id" || key === "tool_use_id") return "call id";
  return key === "id" && path.includes("tool_calls") ? "call id" : null;
}

/**
 * For what two texts differ that are equal with placeholders; null where they are not, and for equal ones. Only what lies
 * around each difference is looked at, for texts are long.
 */
export function volatileBetween(old: string, now: string, budget: Budget): Volatile | null {
  let first: Volatile | null = null;
  let [a, b] = [0, 0];
  for (;;) {
    while (a < old.length && b < now.length && old.charCodeAt(a) === now.charCodeAt(b)) {
      a++;
      b++;
    }
    if (a === old.length && b === now.length) return isSure(old, now) ? first : null;
    if (budget.looks-- <= 0) return null;
    const pair = pairAt(old, a, now, b);
    if (!pair) return null;
    const [was, is] = pair;
    first ??= was.kind;
    [a, b] = [was.end, is.end];
  }
}

/** What stands at the places where two texts differ, if the same stands for it and it begins where they are still equal. */
function pairAt(old: string, a: number, now: string, b: number): [Found, Found] | undefined {
  const others = volatileAt(now, b);
  for (const was of volatileAt(old, a)) {
    const is = others.find(({ start, stand }) => start - b === was.start - a && stand === was.stand);
    if (is && (was.end > a || is.end > b)) return [was, is];
  }
  return undefined;
}

/** Placeholders of long texts would cost much, and what overlaps in an odd way is seldom. */
const isSure = (old: string, now: string): boolean =>
  old.length + now.length > LONG || placeholder(old) === placeholder(now);
