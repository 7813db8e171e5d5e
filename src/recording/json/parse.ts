import { JsonCursor } from "./cursor.ts";
import { Bytes, Series } from "./template.ts";
import { JsonNumber, JsonObject, type JsonValue } from "./value.ts";

/** Nesting beyond this is refused: CPython's own reader gives up at its recursion limit, 1,000. */
export const MAX_DEPTH = 1000;

/** A cursor over JSON text that accepts exactly what CPython's `json.loads` accepts. */
export class JsonReader extends JsonCursor {
  depth = 0;
  /** The keys of the object that was last read at each nesting: the chunks of a stream are alike. */
  private readonly shapes: (readonly string[])[] = [];

  /** @param bytes the same as `text`, which must be ASCII then: what is alike in an array is read once */
  constructor(
    text: string,
    private readonly bytes?: Bytes,
  ) {
    super(text);
  }

  /** Reads one value, whole. */
  value(code = this.peek()): JsonValue {
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

  /**
   * Skips white space, which a recorder writes as a newline and two spaces a level, and tells the code of
   * what follows.
   */
  private line(depth: number): number {
    const { text, at: start } = this;
    let at = start + 1;
    let code = text.charCodeAt(at);
    while (code === 32) code = text.charCodeAt(++at);
    this.at = at;
    if (text.charCodeAt(start) === 10 && at - start === 1 + 2 * depth && code > 32) return code;
    this.odd = true;
    this.at = start;
    return this.peek();
  }

  private array(): JsonValue[] {
    const out: JsonValue[] = [];
    let code = this.open(93);
    if (code === 93) return out;
    const { bytes } = this;
    let series: Series | undefined;
    do {
      const from = this.at;
      const like = code === 123 ? series?.read(this) : undefined;
      const value = like ?? this.value(code);
      out.push(value);
      const to = this.at;
      code = this.next(93, '"," or "]"');
      if (like === undefined && bytes && code === 123 && !this.odd && value instanceof JsonObject) {
        series ??= new Series(bytes);
        series.learn(from, to, value);
      }
    } while (code !== 0);
    return out;
  }

  private object(): JsonObject {
    const keys: string[] = [];
    const values: JsonValue[] = [];
    const { depth } = this;
    let code = this.open(125);
    if (code !== 125) {
      do {
        if (code !== 34) this.fail("a key in double quotes");
        keys.push(this.string());
        values.push(this.value(this.colon()));
        code = this.next(125, '"," or "}"');
      } while (code !== 0);
    }
    if (!this.odd && !this.isDistinct(keys, depth)) this.odd = true;
    return new JsonObject(keys, values);
  }

  /** Steps over the colon behind a key; tells the code of its value. */
  private colon(): number {
    const { text, at } = this;
    if (text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) === 32) {
      const code = text.charCodeAt(at + 2);
      if (code > 32) {
        this.at = at + 2;
        return code;
      }
    }
    this.odd = true;
    if (this.peek() !== 58) this.fail('":"');
    this.at++;
    return this.peek();
  }

  /** Steps into a container that is built; tells the code of its first element or key, or `close` where it is empty. */
  private open(close: number): number {
    if (++this.depth > MAX_DEPTH) this.refuse(`nested more than ${MAX_DEPTH} levels deep`);
    this.at++;
    if (this.text.charCodeAt(this.at) !== close) {
      const code = this.line(this.depth);
      if (code !== close) return code;
      this.odd = true;
    }
    this.leave();
    return close;
  }

  /** Behind an element: the code of the next one, or 0 where the container ended. */
  private next(close: number, expected: string): number {
    if (this.text.charCodeAt(this.at) !== 44) {
      const code = this.line(this.depth - 1);
      if (code === close) {
        this.leave();
        return 0;
      }
      this.odd = true;
      if (code !== 44) this.fail(expected);
    }
    this.at++;
    return this.line(this.depth);
  }

  private isDistinct(keys: readonly string[], depth: number): boolean {
    const before = this.shapes[depth];
    if (before !== undefined && areSame(keys, before)) return true;
    this.shapes[depth] = keys;
    return keys.length < 2 || new Set(keys).size === keys.length;
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

function areSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/**
 * Reads JSON text as CPython's `json.loads` would, with `NaN` and `Infinity`.
 * @throws JsonError with the line and column where the text stops being JSON.
 */
export const parseJson = (text: string): JsonValue => readJson(text).value;

/**
 * As {@link parseJson}; `plain` tells whether the text, which must be ASCII without DEL, is what CPython's
 * `json.dump(indent=2)` and a newline write. `ascii`: the bytes of the text, where it is ASCII.
 */
export function readJson(text: string, ascii?: Buffer): { value: JsonValue; plain: boolean } {
  const reader = new JsonReader(text, ascii && new Bytes(ascii));
  if (text.charCodeAt(0) === 0xfeff) reader.refuse("the file begins with a byte order mark");
  if (text.charCodeAt(0) <= 32) reader.odd = true;
  const value = reader.value();
  const plain = !reader.odd && reader.at === text.length - 1 && text.charCodeAt(reader.at) === 10;
  reader.end();
  return { value, plain };
}
