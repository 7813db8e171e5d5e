import { type Head, headFrom } from "./head.ts";
import { MAX_DEPTH } from "./json/parse.ts";
import {
  COMMA,
  GIVE_UP,
  indentEnd,
  likeEnd,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
  stringEnd,
  valueEnd,
} from "./json/step.ts";

/**
 * Reads the {@link Head} of a recording from its bytes without building its document.
 *
 * Every recorder writes one text form (`json.dump(indent=2)`, ASCII), so this accepts that form and
 * nothing else, checks every byte of it, and gives up (null) at the first one that does not fit: the
 * caller then reads the whole document, which tells a broken file from one in another form. A test
 * holds the two readings equal.
 */
export function skim(bytes: Buffer): Head | null {
  try {
    return new Skimmer(bytes).head();
  } catch (error) {
    if (error === GIVE_UP) return null;
    throw error;
  }
}

class Skimmer {
  private at = 0;
  private readonly view: DataView;
  private readonly closers = new Uint8Array(MAX_DEPTH + 2);

  constructor(private readonly bytes: Buffer) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  head(): Head {
    let testId: string | null = null;
    const keys = new Set<string>();
    const strings = new Map<string, string>();
    let payloadModel: string | null = null;
    let bodyModel: string | null = null;
    let hasPayload = false;
    let type: string | null = null;
    let streaming = false;
    let count: number | null = null;
    let failed = false;
    const seen = new Set<string>();

    this.members(0, (key) => {
      if (seen.has(key)) throw GIVE_UP;
      seen.add(key);
      if (key === "test_id") testId = this.scalar(1);
      else if (key === "request") {
        this.members(1, (name) => {
          if (keys.has(name)) throw GIVE_UP;
          keys.add(name);
          if (name === "payload" || name === "body") {
            const model = this.modelIn(2);
            if (name === "payload") {
              payloadModel = model.value;
              hasPayload = model.object;
            } else bodyModel = model.value;
          } else {
            const value = this.scalar(2);
            if (value !== null) strings.set(name, value);
          }
        });
      } else if (key === "response") {
        const parts = new Set<string>();
        this.members(1, (name) => {
          if (parts.has(name)) throw GIVE_UP;
          parts.add(name);
          if (name === "body") {
            const body = this.body(2);
            type = body.type;
            count = body.length;
          } else if (name === "is_streaming") streaming = this.truth(2);
          else if (name === "is_exception") failed = this.truth(2);
          else this.skip(2);
        });
        if (!parts.has("body")) throw GIVE_UP;
      } else this.skip(1);
    });
    if (!seen.has("request") || !seen.has("response")) throw GIVE_UP;
    if (this.bytes[this.at] === NEWLINE) this.at++;
    if (this.at !== this.bytes.length) throw GIVE_UP;
    return headFrom({
      testId,
      requestKeys: keys,
      request: strings,
      payloadModel: hasPayload ? payloadModel : bodyModel,
      type,
      streaming,
      length: count,
      failed,
    });
  }

  /** Reads an object that lies at nesting `depth`; `member` must read the value of each key. */
  private members(depth: number, member: (key: string) => void): void {
    if (this.bytes[this.at] !== OPEN_OBJECT) throw GIVE_UP;
    if (this.bytes[this.at + 1] === OPEN_OBJECT + 2) {
      this.at += 2;
      return;
    }
    this.at++;
    do {
      this.newline(depth + 1);
      member(this.key());
    } while (this.comma());
    this.newline(depth);
    this.expect(OPEN_OBJECT + 2);
  }

  private key(): string {
    const key = this.text();
    this.expect(58);
    this.expect(SPACE);
    return key;
  }

  private comma(): boolean {
    if (this.bytes[this.at] !== COMMA) return false;
    this.at++;
    return true;
  }

  private expect(code: number): void {
    if (this.bytes[this.at] !== code) throw GIVE_UP;
    this.at++;
  }

  private newline(depth: number): void {
    this.expect(NEWLINE);
    this.at = indentEnd(this.bytes, this.view, this.at, depth);
  }

  private text(): string {
    if (this.bytes[this.at] !== QUOTE) throw GIVE_UP;
    const start = this.at + 1;
    this.at = stringEnd(this.bytes, start);
    const raw = this.bytes.toString("latin1", start, this.at - 1);
    return raw.includes("\\") ? JSON.parse(`"${raw}"`) : raw;
  }

  /** A string's text; null for any other value, which is skipped. */
  private scalar(depth: number): string | null {
    if (this.bytes[this.at] === QUOTE) return this.text();
    this.skip(depth);
    return null;
  }

  private truth(depth: number): boolean {
    const start = this.at;
    this.skip(depth);
    return this.at - start === 4 && this.bytes[start] === 116;
  }

  private modelIn(depth: number): { value: string | null; object: boolean } {
    if (this.bytes[this.at] !== OPEN_OBJECT) {
      this.skip(depth);
      return { value: null, object: false };
    }
    let value: string | null = null;
    this.members(depth, (key) => {
      const text = key === "model" ? this.scalar(depth + 1) : this.skip(depth + 1);
      if (key === "model") value = text;
    });
    return { value, object: true };
  }

  private body(depth: number): { type: string | null; length: number | null } {
    if (this.bytes[this.at] !== OPEN_ARRAY) return { type: this.typed(depth), length: null };
    if (this.bytes[this.at + 1] === OPEN_ARRAY + 2) {
      this.at += 2;
      return { type: null, length: 0 };
    }
    this.at++;
    let type: string | null = null;
    let length = 0;
    let previous = 0;
    let end = 0;
    do {
      this.newline(depth + 1);
      const start = this.at;
      if (length === 0) type = this.typed(depth + 1);
      else this.skipLike(previous, end, depth + 1);
      previous = start;
      end = this.at;
      length++;
    } while (this.comma());
    this.newline(depth);
    this.expect(OPEN_ARRAY + 2);
    return { type, length };
  }

  /** Reads a value and tells its `__type__`. */
  private typed(depth: number): string | null {
    if (this.bytes[this.at] !== OPEN_OBJECT) {
      this.skip(depth);
      return null;
    }
    let type: string | null = null;
    this.members(depth, (key) => {
      const text = key === "__type__" ? this.scalar(depth + 1) : this.skip(depth + 1);
      if (key === "__type__") type = text;
    });
    return type;
  }

  /** Steps over a value that is probably like the one before it. */
  private skipLike(previous: number, end: number, base: number): void {
    const found = likeEnd(this.bytes, this.view, previous, end, this.at);
    if (found < 0) this.skip(base);
    else this.at = found;
  }

  /** Steps over the value that begins here, at nesting `base`. */
  private skip(base: number): null {
    this.at = valueEnd(this.bytes, this.view, this.closers, this.at, base);
    return null;
  }
}
