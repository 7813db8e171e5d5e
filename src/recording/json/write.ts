import { floatText, intText, isFloat } from "./number.ts";
import { JsonNumber, JsonObject, type JsonValue } from "./value.ts";

/** What a report may hold: a recording's own values, and plain data around them. */
export type Jsonable = JsonValue | number | undefined | readonly Jsonable[] | { readonly [key: string]: Jsonable };

/** How a document is laid out as text. */
export interface JsonStyle {
  /** Spaces a level, or 0 for one line. */
  indent: number;
  /** What stands between the members of one line, and after a key. */
  comma: string;
  colon: string;
  /** Everything outside space…`~` escaped, as Python does. Lone surrogates always are. */
  ascii: boolean;
  /** NaN and the infinities as null: JSON proper knows none. */
  finite?: true;
  /** As CPython would write it after reading it: numbers as it prints them, of a repeated key the last value at the first one's place. */
  reread?: true;
}

/** Python's `json.dump(value, indent=2)`: the text form of every recording. */
export const PYTHON_INDENTED: JsonStyle = { indent: 2, comma: ",", colon: ": ", ascii: true };
/** The same of a document that was read first: what `json.dump(json.load(f), f, indent=2)` writes. */
export const RECORDER: JsonStyle = { ...PYTHON_INDENTED, reread: true };
/** One line as JavaScript's `JSON.stringify` and most APIs write it. */
export const COMPACT: JsonStyle = { indent: 0, comma: ",", colon: ":", ascii: false };
/** The same for machines, every reader of JSON among them. */
export const STRICT: JsonStyle = { ...COMPACT, finite: true };
/** Two spaces a level, text as people read it. */
export const INDENTED: JsonStyle = { indent: 2, comma: ",", colon: ": ", ascii: false };

const UNSAFE_ASCII = /["\\]|[^ -~]/;
const NOT_ASCII = /[^ -~]/;
const NOT_ASCII_ALL = /[^ -~]/g;
const UNSAFE = /["\\\u0000-\u001f\ud800-\udfff]/;
const UNSAFE_ALL = /["\\\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SHORT: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};
const escapeUnit = (unit: string): string => SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A string as a JSON literal; `ascii` escapes as Python's `ensure_ascii`: lower-case hex, one escape a UTF-16 unit. */
export function quoteJson(text: string, ascii: boolean): string {
  if (ascii) return UNSAFE_ASCII.test(text) ? quoteAscii(text) : `"${text}"`;
  return UNSAFE.test(text) ? `"${text.replace(UNSAFE_ALL, escapeUnit)}"` : `"${text}"`;
}

/** JSON.stringify escapes what it escapes as Python does, and leaves what is not ASCII, and DEL. */
function quoteAscii(text: string): string {
  const quoted = JSON.stringify(text);
  return NOT_ASCII.test(quoted) ? quoted.replace(NOT_ASCII_ALL, escapeUnit) : quoted;
}

/** The text of `value` in `style`, without a newline at its end. Members that are undefined are left out. */
export function writeJson(value: Jsonable, style: JsonStyle): string {
  return text(value, style, "\n");
}

/** `line` is a newline and the indentation of the value's own line. */
function text(value: Jsonable, style: JsonStyle, line: string): string {
  if (typeof value === "string") return quoteJson(value, style.ascii);
  if (typeof value === "number" && !Number.isFinite(value) && style.finite) return "null";
  if (typeof value !== "object" || value === null) return value === undefined ? "null" : String(value);
  if (value instanceof JsonNumber) return numberText(value, style);
  if (value instanceof JsonObject) {
    const { keys, values } = style.reread ? onceEach(value) : value;
    return members(keys, values, style, line);
  }
  if (Array.isArray(value)) return elements(value, style, line);
  const shown = Object.entries(value).filter(([, member]) => member !== undefined);
  return members(
    shown.map(([key]) => key),
    shown.map(([, member]) => member),
    style,
    line,
  );
}

function numberText({ text, value }: JsonNumber, style: JsonStyle): string {
  if (style.finite && /[NI]/.test(text)) return "null";
  if (!style.reread) return text;
  if (!isFloat(text)) return intText(text);
  return floatText(value);
}

/** An object without repeated keys, as Python reads it. */
function onceEach(object: JsonObject): JsonObject {
  const { keys } = object;
  if (keys.length < 2 || new Set(keys).size === keys.length) return object;
  const distinct = [...new Set(keys)];
  return new JsonObject(
    distinct,
    distinct.map((key) => object.get(key) as JsonValue),
  );
}

function members(keys: readonly string[], values: readonly Jsonable[], style: JsonStyle, line: string): string {
  if (keys.length === 0) return "{}";
  const inner = style.indent > 0 ? line + " ".repeat(style.indent) : "";
  let out = "{";
  for (let index = 0; index < keys.length; index++) {
    out += index > 0 ? style.comma + inner : inner;
    out += quoteJson(keys[index] as string, style.ascii) + style.colon;
    out += text(values[index], style, inner);
  }
  return style.indent > 0 ? `${out}${line}}` : `${out}}`;
}

function elements(values: readonly Jsonable[], style: JsonStyle, line: string): string {
  if (values.length === 0) return "[]";
  const inner = style.indent > 0 ? line + " ".repeat(style.indent) : "";
  let out = "[";
  for (let index = 0; index < values.length; index++) {
    out += index > 0 ? style.comma + inner : inner;
    out += text(values[index], style, inner);
  }
  return style.indent > 0 ? `${out}${line}]` : `${out}]`;
}
