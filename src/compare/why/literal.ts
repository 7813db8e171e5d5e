import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { ESCAPES, keyOf, numberOf, WORDS } from "./literal-parts.ts";

/** A literal that is longer than this, or nested deeper, is not read. */
const LONGEST = 1_000_000;
const DEEPEST = 200;

/**
 * The Python literal at the start of a text, as `repr` writes dicts, lists, strings and numbers, and as `json.dumps` would
 * take it: a tuple is a list, a key that is no string becomes one. What stands behind it does not matter. Undefined where it is
 * none, is cut, or holds anything that JSON has not.
 */
export function readLiteral(text: string): JsonValue | undefined {
  if (text.length > LONGEST) return undefined;
  return new LiteralReader(text).value(0);
}

/** Where numbers and words end; `sticky`, so that each place is looked at once. */
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y;
const WORD = /-?[A-Za-z]+(?![\w(.])/y;
const SPACE = /[ \t\n\r\f]*/y;
/** What stands in a string as it is. */
const PLAIN = { "'": /[^'\\\n\r]*/y, '"': /[^"\\\n\r]*/y } as const;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r\n|[^xuUN0-7]))/y;

class LiteralReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonValue | undefined {
    const first = this.peek();
    if (depth > DEEPEST) return undefined;
    if (first === "'" || first === '"') return this.string(first);
    if (first === "{") return this.dict(depth);
    if (first === "[") return this.list("]", depth);
    if (first === "(") return this.list(")", depth);
    const digits = this.take(NUMBER);
    if (digits !== undefined) return numberOf(digits);
    return WORDS.get(this.take(WORD) ?? "");
  }

  private dict(depth: number): JsonObject | undefined {
    this.at++;
    const out = new JsonObject();
    while (this.peek() !== "}") {
      const key = keyOf(this.value(depth + 1));
      if (key === undefined || this.peek() !== ":") return undefined;
      this.at++;
      const value = this.value(depth + 1);
      if (value === undefined || !this.next("}")) return undefined;
      out.keys.push(key);
      out.values.push(value);
    }
    this.at++;
    return out;
  }

  private list(close: string, depth: number): JsonValue[] | undefined {
    this.at++;
    const out: JsonValue[] = [];
    while (this.peek() !== close) {
      const value = this.value(depth + 1);
      if (value === undefined || !this.next(close)) return undefined;
      out.push(value);
    }
    this.at++;
    return out;
  }

  /** Steps over a comma; at the end none is needed. */
  private next(close: string): boolean {
    const code = this.peek();
    if (code === ",") this.at++;
    return code === "," || code === close;
  }

  private string(quote: "'" | '"'): string | undefined {
    this.at++;
    let out = "";
    for (;;) {
      out += this.take(PLAIN[quote]) ?? "";
      if (this.text[this.at] === quote) {
        this.at++;
        // Texts beside each other, and in three quotes, are nothing that repr writes.
        return /["']/.test(this.text[this.at] ?? "") ? undefined : out;
      }
      const written = this.escape();
      if (written === undefined) return undefined;
      out += written;
    }
  }

  private escape(): string | undefined {
    ESCAPE.lastIndex = this.at;
    const found = ESCAPE.exec(this.text);
    if (found === null) return undefined;
    this.at = ESCAPE.lastIndex;
    const [, two, four, eight, octal, one] = found;
    const hex = two ?? four ?? eight;
    if (one !== undefined) return ESCAPES[one] ?? `\\${one}`;
    const code = hex === undefined ? Number.parseInt(octal as string, 8) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }

  private peek(): string | undefined {
    this.take(SPACE);
    return this.text[this.at];
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
