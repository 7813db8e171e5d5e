import type { TurnMark } from "./marks.ts";
import { likeness } from "./sketch.ts";

/** A turn that only one of the two has. Less than two turns that changed: one that was put in moves all behind it. */
const ONE_SIDED = 0.6;
/** A turn that differs in ids and the like. */
const LOOSE = 0.02;
/** All turns are there, in another order. */
const MOVED = 0.3;
/** More turns than these, in what differs, are not aligned but counted. */
const MOST = 64;

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

/** Whether all turns are there in both, in another order. */
export function isReordered(olds: readonly TurnMark[], nows: readonly TurnMark[]): boolean {
  if (olds.length !== nows.length || sameAll(olds, nows)) return false;
  const sorted = (turns: readonly TurnMark[]): string =>
    turns
      .map(({ loose }) => loose)
      .sort()
      .join();
  return sorted(olds) === sorted(nows);
}

const sameAll = (olds: readonly TurnMark[], nows: readonly TurnMark[]): boolean =>
  olds.every((turn, at) => turn.loose === nows[at]?.loose);

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
  const same = (a: TurnMark | undefined, b: TurnMark | undefined): boolean => {
    if (a?.loose !== b?.loose) return false;
    if (a !== b) cost += LOOSE;
    return true;
  };
  while (start < most && same(olds[start], nows[start])) start++;
  let end = 0;
  while (end < most - start && same(olds.at(-1 - end), nows.at(-1 - end))) end++;
  const left = olds.slice(start, olds.length - end);
  const right = nows.slice(start, nows.length - end);
  if (left.length === 0 || right.length === 0) return cost + ONE_SIDED * (left.length + right.length);
  if (isReordered(left, right)) return cost + MOVED;
  return cost + (Math.max(left.length, right.length) > MOST ? counted(left, right) : aligned(left, right));
}

function aligned(left: readonly TurnMark[], right: readonly TurnMark[]): number {
  let above = Float64Array.from({ length: right.length + 1 }, (_, at) => at * ONE_SIDED);
  for (const turn of left) {
    const row = new Float64Array(right.length + 1);
    row[0] = (above[0] as number) + ONE_SIDED;
    for (let at = 1; at < row.length; at++) {
      const other = right[at - 1] as TurnMark;
      const changed = turn.role === other.role ? 1 - alike(turn, other) : 2 * ONE_SIDED;
      const one = Math.min(above[at] as number, row[at - 1] as number) + ONE_SIDED;
      row[at] = Math.min(one, (above[at - 1] as number) + changed);
    }
    above = row;
  }
  return above[right.length] as number;
}

/** Without regard to order. */
function counted(left: readonly TurnMark[], right: readonly TurnMark[]): number {
  const counts = new Map<string, number>();
  for (const { loose } of left) counts.set(loose, (counts.get(loose) ?? 0) + 1);
  for (const { loose } of right) counts.set(loose, (counts.get(loose) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count) * ONE_SIDED, 0);
}
