import type { Broken, Entry } from "../../listing/entry.ts";
import { remembering } from "./memo.ts";
import type { State } from "./state.ts";

/** A row of the tests: a folder, a test file, a test, what belongs to no test, or files that cannot be read. */
export interface TestRow {
  readonly key: string;
  readonly kind: "folder" | "file" | "test" | "shared" | "broken" | "flaw";
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
}

interface Node extends Omit<TestRow, "depth" | "isOpen"> {
  children: Node[];
}

/** The recordings that the filter leaves, in the order of the tests, and the tests as a tree. */
export interface Recordings {
  readonly order: readonly Entry[];
  /** Of each path its place in the order. */
  readonly at: ReadonlyMap<string, number>;
  readonly roots: readonly Node[];
}

/** Where an entry stands: its test file in folders, then its test. Without a test: below the folder it lies in. */
interface Spot {
  entry: Entry;
  file: string;
  test: string | null;
  sort: string;
}

/** A made-up test id without `::` is a file of its own with one test. */
function spotOf(entry: Entry): Spot {
  const { testId } = entry.head;
  if (testId === null) {
    const file = `${folderOf(entry.path)}/`;
    return { entry, file, test: null, sort: sortable(file) };
  }
  const cut = testId.indexOf("::");
  const file = cut < 0 ? testId : testId.slice(0, cut);
  return {
    entry,
    file,
    test: cut < 0 ? testId.slice(testId.lastIndexOf("/") + 1) : testId.slice(cut + 2),
    sort: sortable(file),
  };
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A folder stands before files that begin with its name. */
const sortable = (file: string): string => file.replaceAll("/", "\0");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The tree of all recordings that the filter leaves. */
export const recordingsOf = remembering(
  (entries: readonly Entry[], broken: readonly Broken[], kept: ReadonlySet<string> | null): Recordings => {
    const spots = entries
      .filter(({ path }) => kept?.has(path) ?? true)
      .map(spotOf)
      .sort(
        (a, b) => compare(a.sort, b.sort) || compare(a.test ?? "", b.test ?? "") || compare(a.entry.path, b.entry.path),
      );
    const root = node("", "folder", "", 0);
    for (const [at, spot] of spots.entries()) place(root, spot, at);
    const roots = root.children.map(joined);
    if (broken.length > 0 && kept === null) roots.push(brokenNode(broken, spots.length));
    const order = spots.map(({ entry }) => entry);
    return { order, at: new Map(order.map(({ path }, at) => [path, at])), roots };
  },
);

function node(key: string, kind: TestRow["kind"], label: string, at: number): Node {
  return { key, kind, label, from: at, to: at, bytes: 0, failed: 0, flaw: null, children: [] };
}

function place(root: Node, { entry, file, test }: Spot, at: number): void {
  const isShared = test === null;
  const folders = file.split("/").filter((part) => part !== "");
  const name = isShared ? "shared between tests" : (folders.pop() ?? file);
  let within = root;
  let path = "";
  for (const folder of folders) {
    path += `${folder}/`;
    within = child(within, `d:${path}`, "folder", folder, at);
    count(within, entry, at);
  }
  within = child(within, isShared ? `s:${file}` : `f:${file}`, isShared ? "shared" : "file", name, at);
  count(within, entry, at);
  if (test !== null) count(child(within, `t:${entry.head.testId}`, "test", test, at), entry, at);
}

/** Recordings come in the order of the tree, so what is looked for is the last child, or there is none yet. */
function child(within: Node, key: string, kind: TestRow["kind"], label: string, at: number): Node {
  const last = within.children.at(-1);
  if (last?.key === key) return last;
  const made = node(key, kind, label, at);
  within.children.push(made);
  return made;
}

function count(to: Node, entry: Entry, at: number): void {
  Object.assign(to, { to: at + 1, bytes: to.bytes + entry.bytes, failed: to.failed + (entry.head.failed ? 1 : 0) });
}

/** A folder with one folder in it is one row with both. */
function joined(one: Node): Node {
  const children = one.children.map(joined);
  const [only] = children;
  if (one.kind === "folder" && children.length === 1 && only?.kind === "folder") {
    return { ...only, label: `${one.label}/${only.label}` };
  }
  return { ...one, children };
}

function brokenNode(broken: readonly Broken[], at: number): Node {
  const children = broken.map((flaw) => ({ ...node(`x:${flaw.path}`, "flaw", flaw.path, at), flaw }));
  return { ...node("b:", "broken", "broken files", at), children };
}

/** The rows of the tests pane: what closed groups hold is left out. */
export const rowsOf = remembering(({ roots }: Recordings, closed: ReadonlySet<string>): readonly TestRow[] => {
  const rows: TestRow[] = [];
  const add = ({ children, ...one }: Node, depth: number): void => {
    const isOpen = children.length === 0 ? null : !closed.has(one.key);
    rows.push({ ...one, depth, isOpen });
    if (isOpen) for (const inner of children) add(inner, depth + 1);
  };
  for (const one of roots) add(one, 0);
  return rows;
});

/** The place of each row by its key. */
export const rowPlaces = remembering(
  (rows: readonly TestRow[]): ReadonlyMap<string, number> => new Map(rows.map(({ key }, at) => [key, at])),
);

/** The keys of all groups. */
export function groupsOf({ roots }: Recordings): string[] {
  const keys: string[] = [];
  const add = ({ key, children }: Node): void => {
    if (children.length > 0) keys.push(key);
    children.forEach(add);
  };
  roots.forEach(add);
  return keys;
}

/** Of a state: its recordings and its rows. */
export const recordings = ({ tree, filter }: State): Recordings =>
  recordingsOf(tree.entries, tree.broken, filter?.kept ?? null);
export const testRows = (state: State): readonly TestRow[] => rowsOf(recordings(state), state.tests.closed);

/** The place of the row that the cursor is on; 0 where it is on none. */
export const testIndex = (state: State): number => rowPlaces(testRows(state)).get(state.tests.cursor) ?? 0;
export const testRow = (state: State): TestRow | null => testRows(state)[testIndex(state)] ?? null;
