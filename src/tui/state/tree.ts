import type { Broken, Entry } from "../../listing/entry.ts";
import { remembering } from "./memo.ts";
import { brokenNode, grown, type Node } from "./spots.ts";
import type { State } from "./state.ts";

/** A row of the tests: a folder, a test file, a test, what belongs to no test, or files that cannot be read. */
export interface TestRow {
  readonly key: string;
  readonly kind: Node["kind"];
  /** How far it is indented, in steps. */
  readonly depth: number;
  readonly label: string;
  /** Null for what holds no others. */
  readonly isOpen: boolean | null;
  /** Its recordings: from the first to before the last of {@link Recordings.order}. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly failed: number;
  /** The file that cannot be read, of a flaw. */
  readonly flaw: Broken | null;
  /** Its place among all rows of {@link Recordings.rows}, and that of the row around it; -1 for none. */
  readonly ordinal: number;
  readonly around: number;
}

/** The recordings that the filter leaves, in the order of the tests, and the tests as rows. */
export interface Recordings {
  readonly order: readonly Entry[];
  /** Of each path its place in the order. */
  readonly at: ReadonlyMap<string, number>;
  /** Every row, as it is where all groups are open. */
  readonly rows: readonly TestRow[];
  /** Of each row, the same closed, and the place behind all that it holds. */
  readonly closed: readonly { readonly row: TestRow; readonly end: number }[];
  /** Of each key its place among all rows. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** The rows that hold recordings and no other rows, in the order. */
  readonly leaves: readonly TestRow[];
}

/** The tree of all recordings that the filter leaves. */
export const recordingsOf = remembering(
  (entries: readonly Entry[], broken: readonly Broken[], kept: ReadonlySet<string> | null): Recordings => {
    const { order, roots } = grown(kept === null ? entries : entries.filter(({ path }) => kept.has(path)));
    // A filter chooses recordings: broken files are none, and are shown where they are all there is.
    if (broken.length > 0 && (kept === null || entries.length === 0)) roots.push(brokenNode(broken, order.length));
    return { order, at: new Map(order.map(({ path }, at) => [path, at])), ...laidOut(roots) };
  },
);

function laidOut(roots: readonly Node[]): Omit<Recordings, "order" | "at"> {
  const rows: TestRow[] = [];
  const closed: { row: TestRow; end: number }[] = [];
  const ordinals = new Map<string, number>();
  const add = (node: Node, depth: number, around: number): void => {
    const ordinal = rows.length;
    // Test ids are data, and may be made so that two rows would have one key.
    while (ordinals.has(node.key)) node.key += "'";
    ordinals.set(node.key, ordinal);
    const isGroup = node.children.length > 0;
    const row = rowFrom(node, depth, isGroup ? true : null, ordinal, around);
    rows.push(row);
    const shut = { row: isGroup ? rowFrom(node, depth, false, ordinal, around) : row, end: 0 };
    closed.push(shut);
    for (const inner of node.children) add(inner, depth + 1, ordinal);
    shut.end = rows.length;
  };
  for (const one of roots) add(one, 0, -1);
  const leaves = rows.filter(({ kind }) => kind === "test" || kind === "shared");
  return { rows, closed, ordinals, leaves };
}

/** Member by member: to copy a node whole takes several times as long. */
function rowFrom(node: Node, depth: number, isOpen: boolean | null, ordinal: number, around: number): TestRow {
  const { key, kind, label, from, to, bytes, failed, flaw } = node;
  return { key, kind, depth, label, isOpen, from, to, bytes, failed, flaw, ordinal, around };
}

/** The rows of the tests pane: what closed groups hold is left out. */
export const rowsOf = remembering((all: Recordings, closed: ReadonlySet<string>): readonly TestRow[] => {
  if (closed.size === 0) return all.rows;
  const rows: TestRow[] = [];
  for (let at = 0; at < all.rows.length; ) {
    const row = all.rows[at] as TestRow;
    const shut = row.isOpen && closed.has(row.key) ? all.closed[at] : undefined;
    rows.push(shut?.row ?? row);
    at = shut?.end ?? at + 1;
  }
  return rows;
});

/** The place of the last of `rows`, which `key` orders, that is not behind `wanted`; -1 where all are. */
function lastUpTo(rows: readonly TestRow[], wanted: number, key: (row: TestRow) => number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(rows[middle] as TestRow) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place in `rows` of a row by its ordinal: of one that is hidden, that of the closed group around it. */
export const rowIndex = (rows: readonly TestRow[], ordinal: number): number =>
  Math.max(
    0,
    lastUpTo(rows, ordinal, (row) => row.ordinal),
  );

/** The row that holds the recording at a place of the order, and no other rows. */
export const leafAt = ({ leaves }: Recordings, place: number): TestRow | undefined =>
  leaves[lastUpTo(leaves, place, ({ from }) => from)];

/** The rows around a row, the outermost first, and the row itself. */
export function pathTo({ rows }: Recordings, row: TestRow): readonly TestRow[] {
  const path = [row];
  for (let { around } = row; around >= 0; around = path[0]?.around ?? -1) path.unshift(rows[around] as TestRow);
  return path;
}

/** What a row stands for: a folder, a test file, a test id. */
export const idOf = ({ key }: TestRow): string => key.slice(key.indexOf(":") + 1);

/** The keys of all groups. */
export const groupsOf = ({ rows }: Recordings): string[] =>
  rows.filter(({ isOpen }) => isOpen !== null).map(({ key }) => key);

/** Of a state: its recordings and its rows. */
export const recordings = ({ tree, filter }: State): Recordings =>
  recordingsOf(tree.entries, tree.broken, filter?.kept ?? null);
export const testRows = (state: State): readonly TestRow[] => rowsOf(recordings(state), state.tests.closed);

/** Long keys of one length are told apart by all of their text: asked for at each turn, each is looked up once. */
const ordinalOf = remembering((ordinals: ReadonlyMap<string, number>, key: string): number => ordinals.get(key) ?? 0);

/** The place of the row that the cursor is on; of one that is hidden, the group around it; 0 where it is on none. */
export const testIndex = (state: State): number =>
  rowIndex(testRows(state), ordinalOf(recordings(state).ordinals, state.tests.cursor));
export const testRow = (state: State): TestRow | null => testRows(state)[testIndex(state)] ?? null;

/** Whether the cursor is on a group of tests, and not on one of the recordings in it. */
export function isOnGroup(state: State): boolean {
  const row = testRow(state);
  return state.level === "tests" && row !== null && row.isOpen !== null;
}
