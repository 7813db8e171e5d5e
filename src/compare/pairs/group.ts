import { assign } from "./assign.ts";
import type { Subject } from "./subject.ts";

/** What it costs to make the one of the other: 0 for nothing, above 1 for too much. */
export type Cost = (old: Subject, now: Subject) => number;

/** Hears of each pair. */
export type Take = (old: Subject, now: Subject) => void;

/** Those of a run and of OLD that may be pairs. */
export interface Group {
  olds: Subject[];
  nows: Subject[];
}

/** A run of the assignment looks at no more pairs than these: more are cut into blocks. */
const MOST = 400 * 400;
/** What no key tells apart is cut into slices of so many. */
const SLICE = 200;

/** What tells blocks of a large group apart, one after another, each narrower: a change is seldom one of all of them. */
const BLOCKS: readonly ((subject: Subject) => string)[] = [
  ({ said }) => said.inOrder,
  ({ tools, parameters, turns }) => [tools.hash, parameters.hash, turns.at(-1)?.loose].join(),
  ({ turns }) => String(turns.at(-1)?.loose),
  ({ place, turns }) => `${place} ${turns.length} ${turns[0]?.loose}`,
  ({ place, turns }) => `${place} ${turns.length}`,
];

/** Pairs the members of a group so that all changes together are least; tells each pair. Who finds no other stays alone. */
export function pairGroup(group: Group, cost: Cost, pair: Take): void {
  let left: Group = { olds: [...group.olds].sort(inOrder), nows: [...group.nows].sort(inOrder) };
  for (const block of BLOCKS) {
    if (isSmall(left)) break;
    left = without(left, (take) => {
      for (const part of cut(left, block)) if (isSmall(part)) settle(part, cost, take);
    });
  }
  // What is left of very many is cut where it stands in order.
  for (const part of isSmall(left) ? [left] : slices(left)) settle(part, cost, pair);

  function without({ olds, nows }: Group, run: (take: Take) => void): Group {
    const gone = new Set<Subject>();
    run((old, now) => {
      gone.add(old).add(now);
      pair(old, now);
    });
    const stays = (subject: Subject): boolean => !gone.has(subject);
    return { olds: olds.filter(stays), nows: nows.filter(stays) };
  }
}

const isSmall = ({ olds, nows }: Group): boolean => olds.length * nows.length <= MOST && nows.length ** 2 <= 2 * MOST;

/** As their conversation went; then by their files, so that the order in which they were read does not matter. */
export function inOrder(a: Subject, b: Subject): number {
  return a.turns.length - b.turns.length || sizeOf(a) - sizeOf(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

const sizeOf = ({ turns }: Subject): number => turns.reduce((sum, { size }) => sum + size, 0);

function settle({ olds, nows }: Group, cost: Cost, pair: Take): void {
  if (olds.length === 0 || nows.length === 0) return;
  const sizes = { olds: olds.map(sizeOf), nows: nows.map(sizeOf) };
  const found = assign(nows.length, olds.length, (row, column) => {
    const own = cost(olds[column] as Subject, nows[row] as Subject);
    if (own > 1) return own;
    // Among equals: the one nearest in length, then the one that stands where it stands.
    const [size, sizeNow] = [sizes.olds[column] as number, sizes.nows[row] as number];
    const length = Math.abs(size - sizeNow) / (size + sizeNow + 1);
    const order = Math.abs((column + 1) / olds.length - (row + 1) / nows.length);
    return Math.min(1, own + 1e-3 * length + 1e-5 * order);
  });
  found.forEach((column, row) => {
    if (column >= 0) pair(olds[column] as Subject, nows[row] as Subject);
  });
}

function cut({ olds, nows }: Group, key: (subject: Subject) => string): Group[] {
  const parts = grouped(olds, nows, key);
  return parts.filter((part) => part.olds.length > 0 && part.nows.length > 0);
}

/** Olds and nows that have a key in common; each is in one group. */
export function grouped(
  olds: readonly Subject[],
  nows: readonly Subject[],
  key: (subject: Subject, side: "olds" | "nows") => string,
): Group[] {
  const groups = new Map<string, Group>();
  const add = (side: "olds" | "nows", subject: Subject): void => {
    const name = key(subject, side);
    const group = groups.get(name) ?? { olds: [], nows: [] };
    group[side].push(subject);
    groups.set(name, group);
  };
  for (const old of olds) add("olds", old);
  for (const now of nows) add("nows", now);
  return [...groups.values()];
}

/** A large group, cut into small ones of what stands at about the same place of both. */
function slices({ olds, nows }: Group): Group[] {
  const count = Math.ceil(Math.max(olds.length, nows.length) / SLICE);
  const slice = (list: Subject[], at: number): Subject[] =>
    list.slice(Math.floor((list.length * at) / count), Math.floor((list.length * (at + 1)) / count));
  return Array.from({ length: count }, (_, at) => ({ olds: slice(olds, at), nows: slice(nows, at) }));
}
