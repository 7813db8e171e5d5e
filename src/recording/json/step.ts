import { MAX_DEPTH } from "./parse.ts";

// Steps over JSON that has the text form of `json.dump(indent=2)` and checks every byte of it.
//
// All of it takes all its state as arguments: this is where the time of a cold `ls` goes. Reading past the end is harmless: a buffer gives
// undefined there, which fits nothing.

/** Thrown where the bytes are not in that form: there is nothing to tell, the slow reading will. */
export const GIVE_UP = new Error("not in the recorder's text form");

export const QUOTE = 34;
const BACKSLASH = 92;
export const OPEN_OBJECT = 123;
export const OPEN_ARRAY = 91;
export const NEWLINE = 10;
export const COMMA = 44;
export const SPACE = 32;

/** Printable ASCII that stands for itself inside a string. */
const PLAIN = table((code) => code >= 32 && code < 127 && code !== QUOTE && code !== BACKSLASH);
const DIGIT = table((code) => code >= 48 && code <= 57);
const SCALAR = table((code) => '"-0123456789ntf'.includes(String.fromCharCode(code)));
const HEX = table((code) => /[0-9a-fA-F]/.test(String.fromCharCode(code)));
const ESCAPE = table((code) => '"\\/bfnrt'.includes(String.fromCharCode(code)));
/** Eight spaces, read as one double: indentation is two fifths of a recording. */
const EIGHT_SPACES = new DataView(new Uint8Array(8).fill(SPACE).buffer).getFloat64(0);

function table(holds: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (holds(code) ? 1 : 0));
}

/** Checks the indentation of a line and tells where it ends. */
export function indentEnd(bytes: Buffer, view: DataView, start: number, depth: number): number {
  const end = start + 2 * depth;
  if (end > bytes.length) throw GIVE_UP;
  let at = start;
  for (; at + 8 <= end; at += 8) if (view.getFloat64(at) !== EIGHT_SPACES) throw GIVE_UP;
  for (; at < end; at++) if (bytes[at] !== SPACE) throw GIVE_UP;
  return end;
}

/** Where the string whose text begins at `start` ends, behind its quote. */
export function stringEnd(bytes: Buffer, start: number): number {
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

export function keyEnd(bytes: Buffer, at: number): number {
  if (bytes[at] !== QUOTE) throw GIVE_UP;
  const end = stringEnd(bytes, at + 1);
  if (bytes[end] !== 58 || bytes[end + 1] !== SPACE) throw GIVE_UP;
  return end + 2;
}

/** The open containers of the value that is stepped over, by nesting: one array, for no value outlives the call. */
const closers = new Uint8Array(MAX_DEPTH + 2);

/** Where the value that begins at `start`, at nesting `base`, ends. */
export function valueEnd(bytes: Buffer, view: DataView, start: number, base: number): number {
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

/**
 * Where the value that begins at `start` ends, if it is the one from `from` to `to`, which was checked
 * before, but for its scalars; -1 where it is not. The chunks of a stream are alike but for a word or
 * two: eight equal bytes at a time are faster stepped over than understood.
 */
export function likeEnd(bytes: Buffer, view: DataView, from: number, to: number, start: number): number {
  const last = bytes.length - 8;
  let old = from;
  let at = start;
  for (;;) {
    while (old + 8 <= to && at <= last && view.getFloat64(old) === view.getFloat64(at)) {
      old += 8;
      at += 8;
    }
    while (old < to && bytes[old] === bytes[at]) {
      old++;
      at++;
    }
    if (old >= to) return at;
    const begin = scalarStart(bytes, old);
    if (begin < 0) return -1;
    const here = at - (old - begin);
    if (SCALAR[bytes[begin] as number] !== 1 || SCALAR[bytes[here] as number] !== 1) return -1;
    const end = scalarEnd(bytes, begin);
    // The scalars may differ; what follows them (a comma, the end of the line) may not.
    if (end < old) return -1;
    old = end;
    at = scalarEnd(bytes, here);
    if (bytes[old] !== bytes[at]) return -1;
  }
}

/** Where the scalar on the line of `offset` begins; -1 where `offset` lies before it, so that a key or a bracket differs. */
function scalarStart(bytes: Buffer, offset: number): number {
  let begin = offset;
  while (bytes[begin - 1] !== NEWLINE) begin--;
  while (bytes[begin] === SPACE) begin++;
  if (bytes[begin] === QUOTE) {
    const end = stringEnd(bytes, begin + 1);
    if (bytes[end] === 58) begin = end + 2;
  }
  return offset < begin ? -1 : begin;
}

/** Strings that were seen before: the same keys, urls, models and test ids stand in thousands of files. */
const seen: string[] = new Array(4096).fill("");

/** The ASCII text from `start` to `end`, made only where it was not made before. */
export function textAt(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  let place = length;
  for (let sample = 1; sample <= 4; sample++) {
    place = (Math.imul(place, 31) + (bytes[start + ((length * sample) >> 2) - 1] as number)) | 0;
  }
  place = (place ^ (place >>> 12)) & 4095;
  const known = seen[place] as string;
  if (known.length === length && isAt(known, bytes, start)) return known;
  const text = bytes.toString("latin1", start, end);
  seen[place] = text;
  return text;
}

/** Whether `text` stands at `start`. */
export function isAt(text: string, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}

/** Whether something is escaped in the text of `length` bytes from `start` on. */
export function hasEscape(bytes: Buffer, start: number, length: number): boolean {
  for (let at = start; at < start + length; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}
