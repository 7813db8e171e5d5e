import type { Volatile } from "../change.ts";
import { PATTERNS, type Pattern } from "./patterns.ts";

/** A text with all that changes with every run replaced by what it is: `<uuid>`, `<call id>`, `<date>`. */
export function placeholder(text: string): string {
  const found = PATTERNS.flatMap((pattern) => [...findsIn(text, pattern)]);
  let out = "";
  let copied = 0;
  // Of what overlaps the first counts, and of what begins at one place what is looked for first.
  for (const { start, end, stand } of found.sort((a, b) => a.start - b.start)) {
    if (start < copied) continue;
    out += text.slice(copied, start) + stand;
    copied = end;
  }
  return out + text.slice(copied);
}

/** What is found in one way, in order; the expression is everyone's, and where it stopped before is no matter. */
function* findsIn(text: string, { kind, regexp, stand }: Pattern): Generator<Found> {
  for (let at = 0; ; ) {
    regexp.lastIndex = at;
    const [found] = regexp.exec(text) ?? [];
    if (found === undefined) return;
    at = regexp.lastIndex;
    yield { kind, start: at - found.length, end: at, stand: stand?.(found) ?? `<${kind}>` };
  }
}

/** What was found at a place in a text. */
export interface Found {
  kind: Volatile;
  start: number;
  end: number;
  /** What stands for it. */
  stand: string;
}

/** How much of a text is looked at before and behind a place. */
const BEFORE = 120;
const BEHIND = 240;

/** What of a text changes with every run, and holds or touches the place `at`: the first to begin comes first. */
export function volatileAt(text: string, at: number): Found[] {
  const from = Math.max(0, at - BEFORE);
  const window = text.slice(from, at + BEHIND);
  const all: Found[] = [];
  for (const pattern of PATTERNS) {
    for (const { start, end, ...rest } of findsIn(window, pattern)) {
      if (from + start <= at && from + end >= at) all.push({ start: from + start, end: from + end, ...rest });
      if (from + end >= at) break;
    }
  }
  return all.sort((a, b) => a.start - b.start);
}
