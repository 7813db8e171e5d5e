/** Colours and links of a terminal. The lengths are bounded: junk must not be searched again from every escape in it. */
const ANSI = /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b\n]{0,2048}(?:\u0007|\u001b\\))/g;

/** What GitHub puts before each line of a job's log: seven digits of a second, as nothing else here does. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z ?/;

/** The text without a byte order mark and without a terminal's colours. */
export function plainText(text: string): string {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return start.includes("\u001b") ? start.replace(ANSI, "") : start;
}

/** The lines of a {@link plainText}, as a person sees them: what a lone carriage return wrote over is gone. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (text.includes("\r")) for (const [at, line] of lines.entries()) lines[at] = seen(line);
  const stamped = STAMP.test(lines[0] ?? "") && lines.every((line) => line === "" || STAMP.test(line));
  return stamped ? lines.map((line) => line.replace(STAMP, "")) : lines;
}

function seen(line: string): string {
  const whole = line.endsWith("\r") ? line.slice(0, -1) : line;
  return whole.slice(whole.lastIndexOf("\r") + 1);
}
