import { asObject, JsonNumber, type JsonObject, type JsonValue } from "../json/value.ts";
import { quoteJson } from "../json/write.ts";
import { floatText, intText, isFloat, round5 } from "./number.ts";
import { blankFileSearch, evenDecimals } from "./text.ts";

/** What a scheme does to a body before it is hashed. None: it is hashed as it is. */
export interface Normaliser {
  decimals: boolean;
  projectId: boolean;
  fileSearch: boolean;
}

/** The body as it is. */
export const RAW: Normaliser = { decimals: false, projectId: false, fileSearch: false };

/** CPython's `json.dumps(value, sort_keys=True)` of a value, normalised first. */
export function dumps(value: JsonValue, rules: Normaliser = RAW, leaveOut?: string): string {
  return dump(value, rules, true, leaveOut);
}

/** `root`: the body itself, or an object that is an element of a list: the recorder takes that for a root again. */
function dump(value: JsonValue, rules: Normaliser, root: boolean, leaveOut?: string): string {
  if (value === null) return "null";
  if (typeof value === "string") return quoteJson(normalText(value, rules), true);
  if (typeof value === "boolean") return String(value);
  if (value instanceof JsonNumber) return numberText(value, rules);
  if (Array.isArray(value)) return `[${value.map((element) => dump(element, rules, true)).join(", ")}]`;
  const dropsProject = root && rules.projectId;
  const members = sortedKeys(value).flatMap((key) => {
    if (key === leaveOut) return [];
    const member = value.get(key) as JsonValue;
    const project = dropsProject && (key === "extra_body" || key === "extra_query") && asObject(member) !== undefined;
    return [`${quoteJson(key, true)}: ${dump(member, rules, false, project ? "project_id" : undefined)}`];
  });
  return `{${members.join(", ")}}`;
}

function normalText(text: string, rules: Normaliser): string {
  const blanked = rules.fileSearch ? blankFileSearch(text) : text;
  return rules.decimals ? evenDecimals(blanked) : blanked;
}

function numberText({ text, value }: JsonNumber, rules: Normaliser): string {
  if (!isFloat(text)) return intText(text);
  return floatText(rules.decimals ? round5(value) : value);
}

/** Distinct keys by code point, as Python sorts them: UTF-16 units would put astral characters before U+E000. */
function sortedKeys(object: JsonObject): string[] {
  const keys = new Set(object.keys).size === object.keys.length ? [...object.keys] : [...new Set(object.keys)];
  return keys.sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; ) {
    const left = a.codePointAt(at) as number;
    const right = b.codePointAt(at) as number;
    if (left !== right) return left - right;
    at += left > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}
