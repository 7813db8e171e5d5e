import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonNumber, type JsonValue } from "../../recording/json/value.ts";
import type { Volatile } from "../change.ts";
import { commonEnds } from "./ends.ts";
import { volatileBetween } from "./placeholder.ts";

/** What lies around a change of a long text: enough for what is volatile to be known in it. */
const AROUND = 300;
const LONG = 20_000;

/** For what the change of a value is known that comes with every run; null where it is no such change. */
export function volatileOf(old: JsonValue, now: JsonValue, path: JsonPath): Volatile | null {
  const key = path.findLast((step) => typeof step === "string") ?? "";
  if (typeof old === "string" && typeof now === "string") return ofKey(key, path) ?? ofTexts(old, now);
  if (!(old instanceof JsonNumber && now instanceof JsonNumber)) return null;
  if (/score$|similarity$/.test(key)) return "score";
  return /(?:^|_)(?:created|updated|timestamp|time)$|_at$/.test(key) ? "time" : null;
}

/** Ids of calls may look like anything, so their keys tell. */
function ofKey(key: string | number, path: JsonPath): Volatile | null {
  if (key === "tool_call_id" || key === "call_id" || key === "tool_use_id") return "call id";
  return key === "id" && path.includes("tool_calls") ? "call id" : null;
}

function ofTexts(old: string, now: string): Volatile | null {
  if (old.length + now.length < LONG) return volatileBetween(old, now);
  const { before, behind } = commonEnds(old, now);
  const from = Math.max(0, before - AROUND);
  const to = Math.max(0, behind - AROUND);
  return volatileBetween(old.slice(from, old.length - to), now.slice(from, now.length - to));
}
