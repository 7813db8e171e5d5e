import { asObject, asString, JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** What an element of an array is told by, beside what it says: a message's role, a part's type. */
function labelOf(element: JsonObject): string | undefined {
  return asString(element.get("role")) ?? asString(element.get("type"));
}

/** The name that a tool goes by; undefined for what is none. */
export function toolName(element: JsonValue, inTools: boolean): string | undefined {
  const tool = asObject(element);
  if (!tool || tool.has("role") || tool.has("arguments") || tool.has("call_id")) return undefined;
  const name = asString(asObject(tool.get("function"))?.get("name")) ?? asString(tool.get("name"));
  if (name !== undefined || !inTools) return name;
  // Tools of the API's own have a type alone: {"type": "web_search"}; servers have a label.
  return asString(tool.get("server_label")) ?? asString(tool.get("type"));
}

/** Least likeness of two tools of different names that are one tool renamed, and of messages whose role changed. */
const ALIKE = 0.5;

/**
 * What it is worth to take two elements for the same, from 0 (they are not) to 1. Messages of one role may always be
 * the same, however little they have in common; where many could be paired, the likest are.
 */
export function worth(a: JsonValue, b: JsonValue, named: boolean, likeness: () => number): number {
  if (a instanceof JsonObject && b instanceof JsonObject) {
    const like = likeness();
    if (named) return like >= ALIKE ? like : 0;
    if (labelOf(a) === labelOf(b)) return 0.05 + 0.95 * like;
    return like >= ALIKE ? 0.6 * like : 0;
  }
  if (typeof a === "string" && typeof b === "string") return 0.05 + 0.95 * likeness();
  if (a instanceof JsonNumber && b instanceof JsonNumber) return a.text === b.text ? 1 : 0.05;
  if (Array.isArray(a) && Array.isArray(b)) return 0.05 + 0.95 * likeness();
  return a === b ? 1 : 0.01;
}
