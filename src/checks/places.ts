import type { JsonPath } from "../recording/json/locate.ts";
import { JsonReader } from "../recording/json/parse.ts";
import type { Place } from "./rule.ts";

/** Where paths lead: by key or index, and which of the paths end here. */
interface Step {
  next: Map<string | number, Step>;
  ends: number[];
}

/**
 * Where the values at `paths` begin in `text`, as `locate` tells it of one: of many in one reading, for a file may
 * have a finding in each of its chunks.
 */
export function placesOf(text: string, paths: readonly JsonPath[]): Place[] {
  const offsets = new Array<number>(paths.length).fill(0);
  const reader = new JsonReader(text);
  const visit = (step: Step | undefined): void => {
    const code = reader.peek();
    if (step) mark(step, reader.at, offsets);
    if (step && step.next.size > 0 && code === 123) reader.members((key) => visit(step.next.get(key)));
    else if (step && step.next.size > 0 && code === 91) reader.elements((index) => visit(step.next.get(index)));
    else reader.skip();
  };
  visit(stepsOf(paths));
  return positions(text, offsets);
}

/** What leads nowhere from here on is told here. */
function mark({ next, ends }: Step, offset: number, offsets: number[]): void {
  for (const end of ends) offsets[end] = offset;
  for (const step of next.values()) mark(step, offset, offsets);
}

function stepsOf(paths: readonly JsonPath[]): Step {
  const root: Step = { next: new Map(), ends: [] };
  for (const [index, path] of paths.entries()) {
    let here = root;
    for (const key of path) {
      const next = here.next.get(key) ?? { next: new Map(), ends: [] };
      here.next.set(key, next);
      here = next;
    }
    here.ends.push(index);
  }
  return root;
}

/** Line and column of each offset, as `position` tells them: counted on from one to the next. */
function positions(text: string, offsets: readonly number[]): Place[] {
  const places = new Array<Place>(offsets.length);
  let [line, start, at, column] = [1, 0, 0, 1];
  for (const index of offsets
    .map((_, order) => order)
    .sort((a, b) => (offsets[a] as number) - (offsets[b] as number))) {
    const offset = offsets[index] as number;
    for (let next = text.indexOf("\n", start); next >= 0 && next < offset; next = text.indexOf("\n", start)) {
      line++;
      start = next + 1;
    }
    if (at < start) [at, column] = [start, 1];
    for (; at < offset; at++) if (!isSecondHalf(text, at)) column++;
    places[index] = { line, column };
  }
  return places;
}

const isSecondHalf = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
