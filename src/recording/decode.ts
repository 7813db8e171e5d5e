import { isAscii, isUtf8 } from "node:buffer";
import { JsonError, position } from "./json/error.ts";

/**
 * The text of a file, which must be UTF-8.
 * @throws JsonError at the first byte that is not.
 */
export function decode(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const good = validPrefix(bytes);
  const byte = (bytes[good] as number).toString(16).padStart(2, "0");
  const before = bytes.subarray(0, good).toString("utf8");
  const { line, column } = position(before, before.length);
  throw new JsonError(`not UTF-8: byte 0x${byte}`, line, column);
}

/** How many bytes at the front are whole UTF-8 characters. */
function validPrefix(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = good + Math.ceil((bad - good) / 2);
    if (isUtf8(bytes.subarray(0, backToStart(bytes, middle)))) good = middle;
    else bad = middle;
  }
  return backToStart(bytes, good);
}

/** The nearest offset at or before `offset` at which a character could begin. */
function backToStart(bytes: Buffer, offset: number): number {
  let at = offset;
  while (at > 0 && offset - at < 3 && at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80) at--;
  return at;
}
