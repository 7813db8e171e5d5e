/** Where a text stops being JSON: `line` and `column` count from 1, a column is a character. */
export class JsonError extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** The line and column (from 1, in characters) of an offset in UTF-16 units. */
export function position(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < offset; next = text.indexOf("\n", start)) {
    line++;
    start = next + 1;
  }
  let column = 1;
  // Counted one by one: a line may be as long as the file, and a list of its characters larger than memory.
  for (let at = start; at < offset; at++) if (!isSecondHalf(text, at)) column++;
  return { line, column };
}

const isSecondHalf = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

const CONFLICT = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

/** What is wrong at `offset`, where something else was expected. */
export function whatStandsThere(text: string, offset: number, expected: string): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end < 0 ? undefined : end).replace(/\r$/, "");
  if (CONFLICT.test(line)) return `merge conflict marker ${line.slice(0, 7)}`;
  if (offset >= text.length) return `the file is cut off: expected ${expected}`;
  const found = String.fromCodePoint(text.codePointAt(offset) as number);
  return `expected ${expected}, found ${JSON.stringify(found)}`;
}

/** A control character as people call it. */
export const controlName = (code: number): string =>
  ({ 9: "tab", 10: "newline", 13: "carriage return" })[code] ??
  `control character 0x${code.toString(16).padStart(2, "0")}`;
