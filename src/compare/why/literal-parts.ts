import { JsonNumber, type JsonValue } from "../../recording/json/value.ts";

/** What an escape of one character means; any other stands for itself, with its backslash. */
export const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\r": "",
  "\r\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
/** Values that are words. */
export const WORDS = new Map<string, JsonValue>([
  ["None", null],
  ["True", true],
  ["False", false],
  ["nan", new JsonNumber("NaN")],
  ["inf", new JsonNumber("Infinity")],
  ["-inf", new JsonNumber("-Infinity")],
]);

/** `1.` and `.5` are numbers of Python's and none of JSON's; of ints only 0 begins with one. */
export function numberOf(digits: string): JsonNumber | undefined {
  if (/^-?0\d*[1-9]\d*$/.test(digits)) return undefined;
  const whole = digits.replace(/^(-?)0+(?=\d)/, "$1");
  return new JsonNumber(whole.replace(/^(-?)\./, "$10.").replace(/\.(?!\d)/, ".0"));
}

/** A key as `json.dumps` writes it. */
export function keyOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof JsonNumber) return value.text;
  return value === null || typeof value === "boolean" ? String(value) : undefined;
}
