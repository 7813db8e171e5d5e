import { JsonNumber, type JsonObject, type JsonValue } from "../../../recording/json/value.ts";

/** Python's `str(value)` of what `json.loads` gave. */
export const strOf = (value: JsonValue): string => (typeof value === "string" ? value : reprOf(value));

/** Python's `repr(value)` of what `json.loads` gave: `{'error': None}`. */
export function reprOf(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return reprOfText(value);
  if (value instanceof JsonNumber) return CONSTANTS[value.text] ?? value.text;
  if (Array.isArray(value)) return `[${value.map(reprOf).join(", ")}]`;
  return `{${[...(value as JsonObject).entries()].map(([key, member]) => `${reprOfText(key)}: ${reprOf(member)}`).join(", ")}}`;
}

const CONSTANTS: Record<string, string> = { NaN: "nan", Infinity: "inf", "-Infinity": "-inf" };
const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** What `str.isprintable` refuses, and the backslash: CPython escapes by Unicode category. */
const ESCAPED = /[\p{C}\p{Zl}\p{Zp}\\]|(?! )\p{Zs}/gu;

/** Single quotes, unless only double ones save an escape. */
function reprOfText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(ESCAPED, escapeOf);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) as number;
  const hex = (digits: number): string => code.toString(16).padStart(digits, "0");
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex(2)}` : code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`);
}
