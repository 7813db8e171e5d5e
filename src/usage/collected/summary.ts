import { LONGEST } from "../node-id.ts";
import { Refused } from "../refusal.ts";

/** What pytest ends a collection with. */
export interface Summary {
  /** How many it lists. */
  readonly listed: number;
  readonly deselected: number;
  readonly errors: number;
}

const SUMMARY =
  /^=* ?(?:no tests collected|(\d+)(?:\/\d+)? tests? collected)(?: \((\d+) deselected\))?(?:, (\d+) errors?)? in \d[\d.]*s(?: \([^()]{1,40}\))? ?=*$/;

/** A line as the end of a collection, else null. */
export function summaryOf(line: string): Summary | null {
  const found = line.length < 200 && line.includes("collected") ? SUMMARY.exec(line.trimEnd()) : null;
  return found && { listed: Number(found[1] ?? 0), deselected: Number(found[2] ?? 0), errors: Number(found[3] ?? 0) };
}

/** What pytest writes of errors: its own, those of collecting, and usage. */
export const isError = (line: string): boolean => line.length <= LONGEST && ERROR.test(line);

const ERROR = /^(?:ERROR:? \S|INTERNALERROR>|!{5}|___+ ERROR )/;

/** A section's head, such as `=== warnings summary ===`: no ids are listed behind one. */
export const isSection = (line: string): boolean =>
  line.length <= 1000 &&
  line.startsWith("===") &&
  line.endsWith("===") &&
  /^={3,} \S/.test(line) &&
  /\S ={3,}$/.test(line);

/** The lines of one collection, the place of the first one, and how pytest ended it. */
export interface Part {
  readonly lines: readonly string[];
  readonly first: number;
  readonly summary: Summary;
}

/**
 * A text as the collections it holds: outputs of several may stand one behind the other.
 * @throws Refused where one has an error, or the last one has no end; `is` tells a line of a collection from others
 */
export function partsOf(lines: readonly string[], is: (line: string) => boolean): Part[] {
  const parts: Part[] = [];
  let first = 0;
  let begun = false;
  for (const [index, line] of lines.entries()) {
    if (isError(line)) throw new Refused(`a collection with an error: ${line.slice(0, 200)}`, index + 1);
    const summary = summaryOf(line);
    if (summary !== null) {
      if (summary.errors > 0) throw new Refused("a collection with errors", index + 1);
      parts.push({ lines: lines.slice(first, index), first, summary });
      first = index + 1;
      begun = false;
    } else begun ||= is(line);
  }
  if (begun) throw new Refused("a collection that is cut off: its last line does not say how many tests it has");
  return parts;
}

/** @throws Refused where a collection lists more or fewer tests than it says it has */
export function counted(part: Part, listed: number): void {
  const { summary, first, lines } = part;
  if (listed === summary.listed) return;
  throw new Refused(
    `a collection that says it has ${summary.listed} tests, and lists ${listed}`,
    first + lines.length + 1,
  );
}
