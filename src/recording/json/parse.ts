import { controlName, JsonError, position, whatStandsThere } from "./error.ts";
import { JsonNumber, JsonObject, type JsonValue } from "./value.ts";

/** Nesting beyond this is refused: CPython's own reader gives up at its recursion limit, 1,000. */
export const MAX_DEPTH = 1000;

const ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** A cursor over JSON text that accepts exactly what CPython's `json.loads` accepts. */
export class JsonReader {
  at = 0;
  private depth = 0;

  constructor(readonly text: string) {}

  /** An error at `offset`, told in terms of what stands there. */
  fail(expected: string, offset = this.at): never {
    this.refuse(whatStandsThere(this.text, offset, expected), offset);
  }

  /** An error at `offset`. */
  refuse(message: string, offset = this.at): never {
    const { line, column } = position(this.text, offset);
    throw new JsonError(message, line, column);
  }

  /** Skips white space and tells the code of what follows (NaN at the end). */
  peek(): number {
    const { text } = this;
    let { at } = this;
    let code = text.charCodeAt(at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
    this.at = at;
    return code;
  }

  /** Reads one value, whole. */
  value(): JsonValue {
    const code = this.peek();
    if (code === 34) return this.string();
    if (code === 123) return this.object();
    if (code === 91) return this.array();
    if (code === 45 || (code >= 48 && code <= 57)) return this.number();
    if (code === 110 && this.word("null")) return null;
    if (code === 116 && this.word("true")) return true;
    if (code === 102 && this.word("false")) return false;
    if (code === 78 && this.word("NaN")) return new JsonNumber("NaN");
    if (code === 73 && this.word("Infinity")) return new JsonNumber("Infinity");
    return this.fail("a value");
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private number(): JsonNumber {
    const start = this.at;
    if (this.text.startsWith("-Infinity", start)) {
      this.at += 9;
      return new JsonNumber("-Infinity");
    }
    let at = this.text.charCodeAt(start) === 45 ? start + 1 : start;
    at = this.text.charCodeAt(at) === 48 ? at + 1 : this.digits(at);
    if (this.text.charCodeAt(at) === 46) at = this.digits(at + 1);
    const exponent = this.text.charCodeAt(at);
    if (exponent === 101 || exponent === 69) {
      const sign = this.text.charCodeAt(at + 1);
      at = this.digits(sign === 43 || sign === 45 ? at + 2 : at + 1);
    }
    this.at = at;
    return new JsonNumber(this.text.slice(start, at));
  }

  /** Where the digits that must begin at `start` end. */
  private digits(start: number): number {
    const { text } = this;
    let at = start;
    let code = text.charCodeAt(at);
    while (code >= 48 && code <= 57) code = text.charCodeAt(++at);
    if (at === start) this.fail("a digit", at);
    return at;
  }

  /** Reads a string whose opening quote is next. */
  string(): string {
    const { text } = this;
    const start = this.at + 1;
    let at = start;
    let code = text.charCodeAt(at);
    while (code >= 32 && code !== 34 && code !== 92) code = text.charCodeAt(++at);
    if (code !== 34) return this.escapedString(start, at);
    this.at = at + 1;
    return text.slice(start, at);
  }

  /** The rest of a string in which something at `from` does not stand for itself. */
  private escapedString(open: number, from: number): string {
    const { text } = this;
    let start = open;
    let at = from;
    let out = "";
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        this.at = at + 1;
        return out + text.slice(start, at);
      }
      if (code === 92) {
        out += text.slice(start, at);
        this.at = at;
        out += this.escape();
        at = start = this.at;
      } else if (code >= 32) at++;
      else if (at >= text.length) this.fail(`the end of the string that opens at ${this.where(open - 1)}`, at);
      else this.refuse(`raw ${controlName(code)} inside a string`, at);
    }
  }

  private where(offset: number): string {
    const { line, column } = position(this.text, offset);
    return `${line}:${column}`;
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? "";
    if (letter === "u") {
      const hex = this.text.slice(this.at + 2, this.at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail("four hex digits after \\u", this.at + 2);
      this.at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const meant = ESCAPES[letter];
    if (meant === undefined) this.fail('one of "\\/bfnrtu after a backslash', this.at + 1);
    this.at += 2;
    return meant as string;
  }

  /** Steps into `{` or `[`; tells whether anything is inside. */
  private enter(close: number): boolean {
    if (++this.depth > MAX_DEPTH) this.refuse(`nested more than ${MAX_DEPTH} levels deep`);
    this.at++;
    if (this.peek() !== close) return true;
    this.leave();
    return false;
  }

  private leave(): void {
    this.at++;
    this.depth--;
  }

  /** After an element: true where another follows, false where the container ended. */
  private more(close: number, expected: string): boolean {
    const code = this.peek();
    if (code === 44) {
      this.at++;
      return true;
    }
    if (code !== close) this.fail(expected);
    this.leave();
    return false;
  }

  private array(): JsonValue[] {
    const out: JsonValue[] = [];
    if (!this.enter(93)) return out;
    do out.push(this.value());
    while (this.more(93, '"," or "]"'));
    return out;
  }

  private object(): JsonObject {
    const keys: string[] = [];
    const values: JsonValue[] = [];
    if (this.enter(125)) {
      do {
        keys.push(this.key());
        values.push(this.value());
      } while (this.more(125, '"," or "}"'));
    }
    return new JsonObject(keys, values);
  }

  /** Reads a key and its colon. */
  private key(): string {
    if (this.peek() !== 34) this.fail("a key in double quotes");
    const key = this.string();
    if (this.text.charCodeAt(this.at) !== 58 && this.peek() !== 58) this.fail('":"');
    this.at++;
    return key;
  }

  /** Reads an object whose `{` is next; `member` must read the value of each key. */
  members(member: (key: string) => void): void {
    if (!this.enter(125)) return;
    do member(this.key());
    while (this.more(125, '"," or "}"'));
  }

  /** Reads an array whose `[` is next; `element` must read each element. */
  elements(element: (index: number) => void): void {
    if (!this.enter(93)) return;
    let index = 0;
    do element(index++);
    while (this.more(93, '"," or "]"'));
  }

  /** Steps over one value, and builds nothing. */
  skip(): void {
    const code = this.peek();
    if (code === 123) this.members(() => this.skip());
    else if (code === 91) this.elements(() => this.skip());
    else this.value();
  }

  /** Fails where anything but white space is left. */
  end(): void {
    this.peek();
    if (this.at < this.text.length) this.fail("the end of the file");
  }
}

/**
 * Reads JSON text as CPython's `json.loads` would, with `NaN` and `Infinity`.
 * @throws JsonError with the line and column where the text stops being JSON.
 */
export function parseJson(text: string): JsonValue {
  const reader = new JsonReader(text);
  if (text.charCodeAt(0) === 0xfeff) reader.refuse("the file begins with a byte order mark");
  const value = reader.value();
  reader.end();
  return value;
}
