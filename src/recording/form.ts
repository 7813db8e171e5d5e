import { floatText, isFloat } from "./json/number.ts";
import { GIVE_UP, NEWLINE, valueEnd } from "./json/step.ts";
import { JsonNumber, JsonObject, type JsonValue } from "./json/value.ts";

/**
 * Whether a document stands in its file as a recorder writes it (`json.dump(indent=2)` and a newline), without
 * writing it out: its layout, its escapes, its numbers, and no key twice. False may also mean that it
 * was too odd to tell. `text` is what `bytes` say, `root` what `text` says.
 */
export function isRecorderForm(bytes: Buffer, text: string, root: JsonValue): boolean {
  return hasLayout(bytes) && !ODD_ESCAPE.test(text) && new Walk().isPlain(root, 0);
}

function hasLayout(bytes: Buffer): boolean {
  try {
    const end = valueEnd(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, 0);
    return bytes[end] === NEWLINE && bytes.length === end + 1;
  } catch (error) {
    if (error === GIVE_UP) return false;
    throw error;
  }
}

/** An escape that Python would not write: of `/` or printable ASCII, in capitals, or long where there is a short one. */
const ODD_ESCAPE = /(?<!\\)(?:\\\\)*\\(?:\/|u(?:00(?:[2-6].|7[0-9a-eA-E]|0[89acdACD])|.{0,3}[A-F]))/;

class Walk {
  /** The keys of the object that was last seen at each nesting: the chunks of a stream are alike. */
  private readonly seen: (readonly string[])[] = [];

  /** Whether every number is written as Python prints it, and no object has a key twice. */
  isPlain(value: JsonValue, depth: number): boolean {
    if (typeof value !== "object" || value === null) return true;
    if (value instanceof JsonNumber) return isPlainNumber(value);
    if (!(value instanceof JsonObject)) return value.every((element) => this.isPlain(element, depth + 1));
    if (!this.isDistinct(value.keys, depth)) return false;
    return value.values.every((member) => this.isPlain(member, depth + 1));
  }

  private isDistinct(keys: readonly string[], depth: number): boolean {
    const before = this.seen[depth];
    if (before?.length === keys.length && keys.every((key, index) => key === before[index])) return true;
    this.seen[depth] = keys;
    return keys.length < 2 || new Set(keys).size === keys.length;
  }
}

function isPlainNumber({ text, value }: JsonNumber): boolean {
  if (!isFloat(text)) return text !== "-0";
  // Most floats are written alike in both languages, and printing them JavaScript's way is quick.
  return String(value) === text || floatText(value) === text;
}
