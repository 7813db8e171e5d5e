/** Where `str.splitlines` ends a line, which is how httpx cuts a stream into lines. */
const ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** Python's `text.splitlines()`: no empty line behind the last line end. */
export function splitLines(text: string): string[] {
  const lines = text.split(ENDS);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
