import { controlName, JsonError, position, whatStandsThere } from "./error.ts";
import { floatText, isFloat } from "./number.ts";
import { JsonNumber } from "./value.ts";

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

/** With more escapes than these a string is put together by JSON.parse. */
const FEW = 4;

/** Reads strings and numbers out of JSON text, and notes what no recorder would have written so. */
export class JsonCursor {
  at = 0;
  /** Something was read that is not as CPython's `json.dump(indent=2)` writes it. Values that are skipped are not looked at. */
  odd = false;

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

  protected number(): JsonNumber {
    const start = this.at;
    if (this.text.startsWith("-Infinity", start)) {
      this.at += 9;
      return new JsonNumber("-Infinity");
    }
    const whole = this.text.charCodeAt(start) === 45 ? start + 1 : start;
    let at = this.text.charCodeAt(whole) === 48 ? whole + 1 : this.digits(whole);
    const point = at;
    if (this.text.charCodeAt(at) === 46) at = this.digits(at + 1);
    const fraction = at;
    const exponent = this.text.charCodeAt(at);
    if (exponent === 101 || exponent === 69) {
      const sign = this.text.charCodeAt(at + 1);
      at = this.digits(sign === 43 || sign === 45 ? at + 2 : at + 1);
    }
    this.at = at;
    const number = new JsonNumber(this.text.slice(start, at));
    const isShort = fraction === at && this.isShort(whole, point, at);
    if (!this.odd && !isShort && !isPrinted(number)) this.odd = true;
    return number;
  }

  /**
   * Whether a decimal has so few digits that no other one of as few is the same double, and Python writes it without
   * an exponent: it need not be written anew to know that it stands there as Python prints it.
   */
  private isShort(whole: number, point: number, end: number): boolean {
    const { text } = this;
    if (end - point < 2 || end - whole > 16 || text.charCodeAt(end - 1) === 48) return false;
    return text.charCodeAt(whole) !== 48 || !text.startsWith("0000", point + 1);
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
    let escapes = 0;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        this.at = at + 1;
        // Every escape was looked at by now: they are those that JSON.parse takes.
        return escapes > FEW ? (JSON.parse(text.slice(open - 1, at + 1)) as string) : out + text.slice(start, at);
      }
      if (code === 92) {
        if (escapes < FEW) out += text.slice(start, at);
        this.at = at;
        const meant = this.escape();
        if (escapes++ < FEW) out += meant;
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
      let code = 0;
      for (let at = this.at + 2; at < this.at + 6; at++) {
        const digit = HEX[this.text.charCodeAt(at)] ?? -1;
        if (digit < 0) this.fail("four hex digits after \\u", this.at + 2);
        // Python writes small letters.
        if (digit >= 16) this.odd = true;
        code = (code << 4) | (digit & 15);
      }
      if (isWrittenOtherwise(code)) this.odd = true;
      this.at += 6;
      return String.fromCharCode(code);
    }
    const meant = ESCAPES[letter];
    if (letter === "/") this.odd = true;
    if (meant === undefined) this.fail('one of "\\/bfnrtu after a backslash', this.at + 1);
    this.at += 2;
    return meant as string;
  }
}

/** Hex digits by the code of their character; capitals have 16 more. */
const HEX: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(code));
  return digit < 0 && code > 64 && code < 71 ? code - 55 + 16 : digit;
});

/** What Python does not write as `\u…`: printable ASCII, and what has a short escape. */
const isWrittenOtherwise = (code: number): boolean =>
  (code >= 32 && code < 127) || (code >= 8 && code <= 13 && code !== 11);

/** Whether a number stands there as Python prints it. */
function isPrinted({ text, value }: JsonNumber): boolean {
  if (!isFloat(text)) return text !== "-0";
  return floatText(value) === text;
}
