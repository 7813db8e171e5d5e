import type { Broken, Entry } from "../../listing/entry.ts";

/** A row of the tests, before it is known what is closed. */
export interface Node {
  key: string;
  kind: "folder" | "file" | "test" | "shared" | "broken" | "flaw";
  label: string;
  from: number;
  to: number;
  bytes: number;
  failed: number;
  flaw: Broken | null;
  children: Node[];
}

/** Where an entry stands: its test file in folders, then its test. Without a test: below the folder it lies in. */
interface Spot {
  entry: Entry;
  file: string;
  test: string | null;
  folders: readonly string[];
  sort: string;
}

/** A made-up test id without `::` is a file of its own with one test. */
function spotOf(entry: Entry): Spot {
  const { testId } = entry.head;
  if (testId === null) {
    const file = `${folderOf(entry.path)}/`;
    const folders = partsOf(file);
    return { entry, file, test: null, folders, sort: `${folders.join("\0")}\0` };
  }
  const cut = testId.indexOf("::");
  const file = cut < 0 ? testId : testId.slice(0, cut);
  const test = cut < 0 ? testId.slice(testId.lastIndexOf("/") + 1) : testId.slice(cut + 2);
  const folders = partsOf(file);
  // A folder stands before files that begin with its name.
  return { entry, file, test, folders: folders.slice(0, -1), sort: folders.join("\0") };
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const partsOf = (file: string): string[] => file.split("/").filter((part) => part !== "");
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Entries in the order of their tests, and the tests as a tree. */
export function grown(entries: readonly Entry[]): { order: readonly Entry[]; roots: Node[] } {
  const spots = entries
    .map(spotOf)
    .sort(
      (a, b) =>
        compare(a.sort, b.sort) ||
        compare(a.file, b.file) ||
        compare(a.test ?? "", b.test ?? "") ||
        compare(a.entry.head.testId ?? "", b.entry.head.testId ?? "") ||
        compare(a.entry.path, b.entry.path),
    );
  const root = node("", "folder", "", 0);
  for (const [at, spot] of spots.entries()) place(root, spot, at);
  return { order: spots.map(({ entry }) => entry), roots: root.children.map(joined) };
}

function node(key: string, kind: Node["kind"], label: string, at: number): Node {
  return { key, kind, label, from: at, to: at, bytes: 0, failed: 0, flaw: null, children: [] };
}

function place(root: Node, { entry, file, test, folders }: Spot, at: number): void {
  let within = root;
  let path = "";
  for (const folder of folders) {
    path += `${folder}/`;
    within = child(within, `d:${path}`, "folder", folder, at);
    count(within, entry, at);
  }
  if (test === null) {
    count(child(within, `s:${file}`, "shared", "shared between tests", at), entry, at);
    return;
  }
  within = child(within, `f:${file}`, "file", partsOf(file).at(-1) ?? file, at);
  count(within, entry, at);
  count(child(within, `t:${entry.head.testId}`, "test", test, at), entry, at);
}

/** Recordings come in the order of the tree, so what is looked for is the last child, or there is none yet. */
function child(within: Node, key: string, kind: Node["kind"], label: string, at: number): Node {
  const last = within.children.at(-1);
  if (last?.key === key) return last;
  const made = node(key, kind, label, at);
  within.children.push(made);
  return made;
}

function count(one: Node, entry: Entry, at: number): void {
  one.to = at + 1;
  one.bytes += entry.bytes;
  if (entry.head.failed) one.failed++;
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

/** The files that cannot be read, behind all recordings. */
export function brokenNode(broken: readonly Broken[], at: number): Node {
  const children = broken.map((flaw) => ({ ...node(`x:${flaw.path}`, "flaw", flaw.path, at), flaw }));
  return { ...node("b:", "broken", "broken files", at), children };
}
