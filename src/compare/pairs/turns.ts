import type { TurnMark } from "./marks.ts";
import { likeness } from "./sketch.ts";

/** A turn that only one of the two has. Less than two turns that changed: one that was put in moves all behind it. */
const ONE_SIDED = 0.6;
/** A turn that differs in ids and the like. */
const LOOSE = 0.02;
/** More turns than these, in what differs, are not aligned but counted. */
const MOST = 64;
/** How far turns are looked for from where they stood. */
const BAND = 4;

/** Roles of turns that a model gave. */
const ANSWERS: ReadonlySet<string> = new Set(["assistant", "model"]);

/** Whether a model gave this turn. */
export const isAnswer = (turn: Pick<TurnMark, "role"> | undefined): boolean =>
  turn !== undefined && ANSWERS.has(turn.role);

/** How alike two turns are, from 0 to 1. */
export function alike(a: TurnMark, b: TurnMark): number {
  if (a === b) return 1;
  if (a.role !== b.role) return 0;
  if (a.loose === b.loose) return 1 - LOOSE;
  return Math.min(0.95, likeness(a.sketch, b.sketch));
}

/** Whether one conversation is where the other came from, some answers later (or earlier). */
export function isContinued(olds: readonly TurnMark[], nows: readonly TurnMark[]): boolean {
  const [short, long] = olds.length < nows.length ? [olds, nows] : [nows, olds];
  return short.length < long.length && short.every((turn, at) => turn.loose === long[at]?.loose);
}

/** What it takes to make one conversation of the other: about 1 for each turn that is another, less for one that is alike. */
export function turnsCost(olds: readonly TurnMark[], nows: readonly TurnMark[]): number {
  let start = 0;
  let cost = 0;
  const most = Math.min(olds.length, nows.length);
  for (; start < most && olds[start]?.loose === nows[start]?.loose; start++) {
    if (olds[start] !== nows[start]) cost += LOOSE;
  }
  let [end, endNow] = [olds.length, nows.length];
  for (; end > start && endNow > start && olds[end - 1]?.loose === nows[endNow - 1]?.loose; end--, endNow--) {
    if (olds[end - 1] !== nows[endNow - 1]) cost += LOOSE;
  }
  const [left, right] = [end - start, endNow - start];
  if (left === 0 || right === 0) return cost + ONE_SIDED * (left + right);
  if (Math.max(left, right) > MOST) return cost + counted(olds.slice(start, end), nows.slice(start, endNow));
  return cost + aligned(olds, nows, start, left, right);
}

/** Two rows of a table, for one alignment at a time: there are a hundred thousand of them, one after another. */
let above = new Float64Array(MOST + 1);
let row = new Float64Array(MOST + 1);

/** Aligns turns from `start` on. A turn that moved by more than {@link BAND} against the others is taken for another. */
function aligned(
  olds: readonly TurnMark[],
  nows: readonly TurnMark[],
  start: number,
  left: number,
  right: number,
): number {
  const [before, behind] = [BAND + Math.max(0, left - right), BAND + Math.max(0, right - left)];
  for (let at = 0; at <= right; at++) above[at] = at <= behind ? at * ONE_SIDED : Number.POSITIVE_INFINITY;
  for (let at = 1; at <= left; at++) {
    const turn = olds[start + at - 1] as TurnMark;
    row.fill(Number.POSITIVE_INFINITY, 0, right + 1);
    if (at <= before) row[0] = at * ONE_SIDED;
    for (let to = Math.max(1, at - before); to <= Math.min(right, at + behind); to++) {
      const other = nows[start + to - 1] as TurnMark;
      const changed = turn.role === other.role ? 1 - alike(turn, other) : 2 * ONE_SIDED;
      const one = Math.min(above[to] as number, row[to - 1] as number) + ONE_SIDED;
      row[to] = Math.min(one, (above[to - 1] as number) + changed);
    }
    [above, row] = [row, above];
  }
  return above[right] as number;
}

/** Without regard to order. */
function counted(left: readonly TurnMark[], right: readonly TurnMark[]): number {
  const counts = new Map<string, number>();
  for (const { loose } of left) counts.set(loose, (counts.get(loose) ?? 0) + 1);
  for (const { loose } of right) counts.set(loose, (counts.get(loose) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count) * ONE_SIDED, 0);
}
