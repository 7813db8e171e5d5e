import { floatText, intText, isFloat, round5 } from "../json/number.ts";
import { asObject, JsonNumber, type JsonObject, type JsonValue } from "../json/value.ts";
import { quoteJson } from "../json/write.ts";
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
  return new Dump(rules).text(value, true, leaveOut);
}

/** Writes a value as {@link dumps} does, and notes which of the rules made a difference. */
export class Dump {
  readonly changed = { decimals: false, projectId: false, fileSearch: false };

  constructor(private readonly rules: Normaliser) {}

  /** `root`: the body itself, or an object that is an element of a list: the recorder takes that for a root again. */
  text(value: JsonValue, root: boolean, leaveOut?: string): string {
    if (value === null) return "null";
    if (typeof value === "string") return quoteJson(this.normal(value), true);
    if (typeof value === "boolean") return String(value);
    if (value instanceof JsonNumber) return this.number(value);
    if (Array.isArray(value)) return this.list(value);
    return this.object(value, root, leaveOut);
  }

  private list(values: readonly JsonValue[]): string {
    let out = "";
    for (const value of values) out += (out === "" ? "" : ", ") + this.text(value, true);
    return `[${out}]`;
  }

  private object(value: JsonObject, root: boolean, leaveOut: string | undefined): string {
    let out = "";
    for (const key of sortedKeys(value)) {
      if (key === leaveOut) continue;
      const member = value.get(key) as JsonValue;
      const text = this.text(member, false, root && this.dropsProject(key, member) ? "project_id" : undefined);
      out += `${out === "" ? "" : ", "}${quoteJson(key, true)}: ${text}`;
    }
    return `{${out}}`;
  }

  private dropsProject(key: string, member: JsonValue): boolean {
    if (!this.rules.projectId || (key !== "extra_body" && key !== "extra_query")) return false;
    if (asObject(member)?.has("project_id") !== true) return false;
    this.changed.projectId = true;
    return true;
  }

  private normal(text: string): string {
    const blanked = this.rules.fileSearch ? blankFileSearch(text) : text;
    if (blanked !== text) this.changed.fileSearch = true;
    const even = this.rules.decimals ? evenDecimals(blanked) : blanked;
    if (even !== blanked) this.changed.decimals = true;
    return even;
  }

  private number({ text, value }: JsonNumber): string {
    if (!isFloat(text)) return intText(text);
    if (!this.rules.decimals) return floatText(value);
    const rounded = round5(value);
    if (!Object.is(rounded, value)) this.changed.decimals = true;
    return floatText(rounded);
  }
}

/** Distinct keys by code point, as Python sorts them: UTF-16 units would put astral characters before U+E000. */
function sortedKeys(object: JsonObject): string[] {
  const keys = object.keys.slice();
  // Without surrogates the order of code units, which is the built-in one, is that of code points.
  if (keys.some((key) => SURROGATE.test(key))) keys.sort(byCodePoint);
  else keys.sort();
  return keys.every((key, index) => key !== keys[index + 1]) ? keys : [...new Set(keys)];
}

const SURROGATE = /[\ud800-\udfff]/;

/** Compares as Python compares strings. */
export function byCodePoint(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; ) {
    const left = a.codePointAt(at) as number;
    const right = b.codePointAt(at) as number;
    if (left !== right) return left - right;
    at += left > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}
