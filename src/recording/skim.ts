import { type Facts, type Head, headFrom } from "./head.ts";
import {
  COMMA,
  GIVE_UP,
  hasEscape,
  indentEnd,
  isAt,
  keyEnd,
  likeEnd,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
  stringEnd,
  textAt,
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
    return headFrom(new Skimmer(bytes).facts());
  } catch (error) {
    if (error === GIVE_UP) return null;
    throw error;
  }
}

/** What is seen of a request. */
interface RequestFacts {
  keys: Set<string>;
  strings: Map<string, string>;
  model: string | null;
}

/** What is seen of a response. */
type ResponseFacts = Pick<Facts, "type" | "streaming" | "length" | "failed">;

class Skimmer {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Buffer) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  facts(): Facts {
    let testId: string | null = null;
    let request: RequestFacts | null = null;
    let response: ResponseFacts | null = null;
    const seen: string[] = [];
    if (!this.enter()) throw GIVE_UP;
    do {
      const key = this.key(1, seen);
      if (key === "test_id") testId = this.scalar(1);
      else if (key === "request") request = this.request();
      else if (key === "response") response = this.response();
      else this.skip(1);
    } while (this.comma());
    this.leave(0);
    if (!request || !response) throw GIVE_UP;
    if (this.bytes[this.at] === NEWLINE) this.at++;
    if (this.at !== this.bytes.length) throw GIVE_UP;
    return { testId, requestKeys: request.keys, request: request.strings, payloadModel: request.model, ...response };
  }

  private request(): RequestFacts {
    const strings = new Map<string, string>();
    const seen: string[] = [];
    let bodyModel: string | null = null;
    let payloadModel: string | null = null;
    let hasPayload = false;
    if (this.enter()) {
      do {
        const key = this.key(2, seen);
        if (key === "payload") {
          hasPayload = this.bytes[this.at] === OPEN_OBJECT;
          payloadModel = this.member("model", 2);
        } else if (key === "body") bodyModel = this.member("model", 2);
        else {
          const value = this.scalar(2);
          if (value !== null) strings.set(key, value);
        }
      } while (this.comma());
      this.leave(1);
    }
    return { keys: new Set(seen), strings, model: hasPayload ? payloadModel : bodyModel };
  }

  private response(): ResponseFacts {
    const facts: ResponseFacts = { type: null, streaming: false, length: null, failed: false };
    const seen: string[] = [];
    if (!this.enter()) throw GIVE_UP;
    do {
      const key = this.key(2, seen);
      if (key === "body") this.body(facts);
      else if (key === "is_streaming") facts.streaming = this.truth(2);
      else if (key === "is_exception") facts.failed = this.truth(2);
      else this.skip(2);
    } while (this.comma());
    this.leave(1);
    if (!seen.includes("body")) throw GIVE_UP;
    return facts;
  }

  private body(facts: ResponseFacts): void {
    if (this.bytes[this.at] !== OPEN_ARRAY) {
      facts.type = this.member("__type__", 2);
      return;
    }
    facts.length = 0;
    if (this.bytes[this.at + 1] === OPEN_ARRAY + 2) {
      this.at += 2;
      return;
    }
    this.at++;
    let previous = 0;
    let end = 0;
    do {
      this.newline(3);
      const start = this.at;
      if (facts.length === 0) facts.type = this.member("__type__", 3);
      else this.skipLike(previous, end, 3);
      previous = start;
      end = this.at;
      facts.length++;
    } while (this.comma());
    this.newline(2);
    this.expect(OPEN_ARRAY + 2);
  }

  /** Steps into an object; tells whether it has members. */
  private enter(): boolean {
    if (this.bytes[this.at] !== OPEN_OBJECT) throw GIVE_UP;
    const empty = this.bytes[this.at + 1] === OPEN_OBJECT + 2;
    this.at += empty ? 2 : 1;
    return !empty;
  }

  private leave(depth: number): void {
    this.newline(depth);
    this.expect(OPEN_OBJECT + 2);
  }

  /** The key on the next line. One that was `seen` in the same object before is left to the slow reading. */
  private key(depth: number, seen: string[]): string {
    this.newline(depth);
    const key = this.text();
    this.expect(58);
    this.expect(SPACE);
    if (seen.includes(key)) throw GIVE_UP;
    seen.push(key);
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
    const raw = textAt(this.bytes, start, this.at - 1);
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

  /** Reads a value; if it is an object, tells its member `name` where that is a string. */
  private member(name: string, depth: number): string | null {
    if (this.bytes[this.at] !== OPEN_OBJECT) {
      this.skip(depth);
      return null;
    }
    let found: string | null = null;
    if (this.enter()) {
      do {
        this.newline(depth + 1);
        const start = this.at + 1;
        this.at = keyEnd(this.bytes, this.at);
        // Behind the key stand a quote, a colon and a space. A key in escapes could be the one that is meant.
        const length = this.at - 3 - start;
        if (length > name.length && hasEscape(this.bytes, start, length)) throw GIVE_UP;
        if (length === name.length && isAt(name, this.bytes, start)) found = this.scalar(depth + 1);
        else this.skip(depth + 1);
      } while (this.comma());
      this.leave(depth);
    }
    return found;
  }

  /** Steps over a value that is probably like the one before it. */
  private skipLike(previous: number, end: number, base: number): void {
    const found = likeEnd(this.bytes, this.view, previous, end, this.at);
    if (found < 0) this.skip(base);
    else this.at = found;
  }

  /** Steps over the value that begins here, at nesting `base`. */
  private skip(base: number): void {
    this.at = valueEnd(this.bytes, this.view, this.at, base);
  }
}
