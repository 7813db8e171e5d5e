import type { Broken, Entry } from "../../listing/entry.ts";
import { seenName } from "../../text/escape.ts";

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

/** Recordings of one test file; without a test, those that lie in one folder. */
interface Spot {
  readonly file: string;
  readonly isShared: boolean;
  readonly folders: readonly string[];
  readonly label: string;
  readonly sort: string;
  readonly entries: Entry[];
}

/** Of a made-up test id without `::`: a file of its own with one test. */
function fileOf({ path, head: { testId } }: Entry): string {
  if (testId === null) return `${path.slice(0, Math.max(0, path.lastIndexOf("/")))}/`;
  const cut = testId.indexOf("::");
  return cut < 0 ? testId : testId.slice(0, cut);
}

function testOf(testId: string, file: string): string {
  const name =
    testId.length === file.length ? testId.slice(testId.lastIndexOf("/") + 1) : testId.slice(file.length + 2);
  return seenName(name);
}

function spotOf(file: string, isShared: boolean): Spot {
  const parts = file.split("/").filter((part) => part !== "");
  if (isShared) {
    return {
      file,
      isShared,
      folders: parts,
      label: "shared between tests",
      sort: `${parts.join("\0")}\0`,
      entries: [],
    };
  }
  // A folder stands before files that begin with its name.
  const sort = parts.join("\0");
  return { file, isShared, folders: parts.slice(0, -1), label: seenName(parts.at(-1) ?? file), sort, entries: [] };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Entries in the order of their tests, and the tests as a tree. Files are sorted before what is in them: there are fewer. */
export function grown(entries: readonly Entry[]): { order: readonly Entry[]; roots: Node[] } {
  const spots = new Map<string, Spot>();
  for (const entry of entries) {
    const file = fileOf(entry);
    const isShared = entry.head.testId === null;
    const key = isShared ? `s:${file}` : `f:${file}`;
    const spot = spots.get(key) ?? spotOf(file, isShared);
    spots.set(key, spot);
    spot.entries.push(entry);
  }
  const root = node("", "folder", "", 0);
  const order: Entry[] = [];
  const sorted = [...spots.values()].sort(
    (a, b) => compare(a.sort, b.sort) || compare(a.file, b.file) || Number(a.isShared) - Number(b.isShared),
  );
  for (const spot of sorted) {
    spot.entries.sort((a, b) => compare(a.head.testId ?? "", b.head.testId ?? "") || compare(a.path, b.path));
    place(root, spot, order.length);
    for (const entry of spot.entries) order.push(entry);
  }
  return { order, roots: root.children.map(joined) };
}

function node(key: string, kind: Node["kind"], label: string, at: number): Node {
  return { key, kind, label, from: at, to: at, bytes: 0, failed: 0, flaw: null, children: [] };
}

function place(root: Node, { file, isShared, folders, label, entries }: Spot, at: number): void {
  let within = root;
  let path = "";
  for (const folder of folders) {
    path += `${folder}/`;
    within = child(within, `d:${path}`, "folder", seenName(folder), at);
    count(within, entries, at);
  }
  within = child(within, isShared ? `s:${file}` : `f:${file}`, isShared ? "shared" : "file", label, at);
  count(within, entries, at);
  if (isShared) return;
  for (const [index, entry] of entries.entries()) {
    const testId = entry.head.testId ?? "";
    count(child(within, `t:${testId}`, "test", testOf(testId, file), at + index), [entry], at + index);
  }
}

/** Recordings come in the order of the tree, so what is looked for is the last child, or there is none yet. */
function child(within: Node, key: string, kind: Node["kind"], label: string, at: number): Node {
  const last = within.children.at(-1);
  if (last?.key === key) return last;
  const made = node(key, kind, label, at);
  within.children.push(made);
  return made;
}

function count(one: Node, entries: readonly Entry[], at: number): void {
  one.to = at + entries.length;
  for (const { bytes, head } of entries) {
    one.bytes += bytes;
    if (head.failed) one.failed++;
  }
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
