import { type Head, headFrom } from "./head.ts";
import { MAX_DEPTH } from "./json/parse.ts";

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

const GIVE_UP = new Error("not in the recorder's text form");

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const OPEN_ARRAY = 91;
const NEWLINE = 10;
const COMMA = 44;
const SPACE = 32;

/** Printable ASCII that stands for itself inside a string. */
const PLAIN = table((code) => code >= 32 && code < 127 && code !== QUOTE && code !== BACKSLASH);
const DIGIT = table((code) => code >= 48 && code <= 57);
const HEX = table((code) => /[0-9a-fA-F]/.test(String.fromCharCode(code)));
const ESCAPE = table((code) => '"\\/bfnrt'.includes(String.fromCharCode(code)));
/** Eight spaces, read as one double: indentation is two fifths of a recording. */
const EIGHT_SPACES = new DataView(new Uint8Array(8).fill(SPACE).buffer).getFloat64(0);

function table(holds: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (holds(code) ? 1 : 0));
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
    do {
      this.newline(depth + 1);
      if (length === 0) type = this.typed(depth + 1);
      else this.skip(depth + 1);
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

  /** Steps over the value that begins here, at nesting `base`. */
  private skip(base: number): null {
    this.at = valueEnd(this.bytes, this.view, this.closers, this.at, base);
    return null;
  }
}

// What follows takes all its state as arguments: this is where the time of a cold `ls` goes, and
// fields read through `this` cost a third more. Reading past the end is harmless: a buffer gives
// undefined there, which fits nothing.

/** Checks the indentation of a line and tells where it ends. */
function indentEnd(bytes: Buffer, view: DataView, start: number, depth: number): number {
  const end = start + 2 * depth;
  if (end > bytes.length) throw GIVE_UP;
  let at = start;
  for (; at + 8 <= end; at += 8) if (view.getFloat64(at) !== EIGHT_SPACES) throw GIVE_UP;
  for (; at < end; at++) if (bytes[at] !== SPACE) throw GIVE_UP;
  return end;
}

/** Where the string whose text begins at `start` ends, behind its quote. */
function stringEnd(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    while (PLAIN[bytes[at] as number] === 1) at++;
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] !== BACKSLASH) throw GIVE_UP;
    if (ESCAPE[bytes[at + 1] as number] === 1) at += 2;
    else if (bytes[at + 1] === 117) {
      for (let digit = at + 2; digit < at + 6; digit++) if (HEX[bytes[digit] as number] !== 1) throw GIVE_UP;
      at += 6;
    } else throw GIVE_UP;
  }
}

function wordEnd(bytes: Buffer, start: number, word: string): number {
  for (let index = 0; index < word.length; index++) {
    if (bytes[start + index] !== word.charCodeAt(index)) throw GIVE_UP;
  }
  return start + word.length;
}

function digitsEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (DIGIT[bytes[at] as number] === 1) at++;
  if (at === start) throw GIVE_UP;
  return at;
}

function numberEnd(bytes: Buffer, start: number): number {
  let at = bytes[start] === 45 ? start + 1 : start;
  at = bytes[at] === 48 ? at + 1 : digitsEnd(bytes, at);
  if (bytes[at] === 46) at = digitsEnd(bytes, at + 1);
  if (bytes[at] === 101 || bytes[at] === 69) {
    const sign = bytes[at + 1];
    at = digitsEnd(bytes, sign === 43 || sign === 45 ? at + 2 : at + 1);
  }
  return at;
}

function scalarEnd(bytes: Buffer, at: number): number {
  const code = bytes[at];
  if (code === QUOTE) return stringEnd(bytes, at + 1);
  if (code === 110) return wordEnd(bytes, at, "null");
  if (code === 116) return wordEnd(bytes, at, "true");
  if (code === 102) return wordEnd(bytes, at, "false");
  return numberEnd(bytes, at);
}

function keyEnd(bytes: Buffer, at: number): number {
  if (bytes[at] !== QUOTE) throw GIVE_UP;
  const end = stringEnd(bytes, at + 1);
  if (bytes[end] !== 58 || bytes[end + 1] !== SPACE) throw GIVE_UP;
  return end + 2;
}

/** Where the value that begins at `start`, at nesting `base`, ends; `closers` remembers the open containers. */
function valueEnd(bytes: Buffer, view: DataView, closers: Uint8Array, start: number, base: number): number {
  let at = start;
  let depth = base;
  for (;;) {
    const open = bytes[at] as number;
    if (open === OPEN_OBJECT || open === OPEN_ARRAY) {
      if (bytes[at + 1] !== open + 2) {
        if (++depth > MAX_DEPTH || bytes[at + 1] !== NEWLINE) throw GIVE_UP;
        closers[depth] = open + 2;
        at = indentEnd(bytes, view, at + 2, depth);
        if (open === OPEN_OBJECT) at = keyEnd(bytes, at);
        continue;
      }
      at += 2;
    } else at = scalarEnd(bytes, at);
    for (;;) {
      if (depth === base) return at;
      const code = bytes[at];
      if (code === COMMA && bytes[at + 1] === NEWLINE) {
        at = indentEnd(bytes, view, at + 2, depth);
        if (closers[depth] === OPEN_OBJECT + 2) at = keyEnd(bytes, at);
        break;
      }
      if (code !== NEWLINE) throw GIVE_UP;
      at = indentEnd(bytes, view, at + 1, depth - 1);
      if (bytes[at] !== closers[depth]) throw GIVE_UP;
      at++;
      depth--;
    }
  }
}
