import { LONGEST } from "../node-id.ts";
import { Refused } from "../refusal.ts";
import type { Form } from "./collection.ts";
import { counted, isSection, partsOf } from "./summary.ts";

/** A node of a tree and how deep it stands. */
interface Node {
  readonly indent: number;
  readonly kind: string;
  readonly name: string;
  readonly line: number;
}

const NODE = /^( *)<([A-Za-z]\w{0,60}) (.+)>$/;

/** What holds tests. Other kinds do where anything stands below them, and are tests where nothing does. */
const FOLDERS = new Set(["Dir", "Package"]);
const HOLDERS = new Set([...FOLDERS, "Session", "Module", "Class", "UnitTestCase", "Instance"]);
/** What holds nothing: below it `-v` shows its docstring, in which anything may stand. */
const TEST = /^(?:Coroutine|DoctestItem|\w*Function)$/;

/** `pytest --collect-only`, with or without `-v`: a tree of what was collected. */
export const tree: Form = {
  id: "tree",
  is: (_text, lines) => lines.some((line) => HOLDERS.has(nodeOf(line, 0)?.kind ?? "")),
  read(_text, lines) {
    const ids = new Set<string>();
    let deselectedCount = 0;
    for (const part of partsOf(lines, (line) => nodeOf(line, 0) !== null)) {
      const listed = idsOf(nodesOf(part.lines, part.first), versionOf(part.lines));
      counted(part, listed.length);
      for (const id of listed) ids.add(id);
      deselectedCount += part.summary.deselected;
    }
    return { ids, deselectedCount };
  },
};

function nodeOf(line: string, index: number): Node | null {
  if (!line.endsWith(">") || line.length > LONGEST) return null;
  const [, indent, kind, name] = NODE.exec(line) ?? [];
  if (indent === undefined || kind === undefined || name === undefined) return null;
  return { indent: indent.length, kind, name, line: index + 1 };
}

/** The nodes, up to the section that follows them, and none of those that stand in a docstring of a test. */
function nodesOf(lines: readonly string[], first: number): Node[] {
  const out: Node[] = [];
  let test: Node | null = null;
  for (const [index, line] of lines.entries()) {
    if (out.length > 0 && isSection(line)) break;
    const node = nodeOf(line, first + index);
    if (node === null || (test !== null && node.indent > test.indent)) continue;
    out.push(node);
    test = TEST.test(node.kind) ? node : null;
  }
  return out;
}

/** The major version of the pytest that drew the tree, where its header says so. */
function versionOf(lines: readonly string[]): number | null {
  for (const line of lines) {
    const [, version] = /^platform .{1,100}, pytest-(\d+)\./.exec(line.slice(0, 200)) ?? [];
    if (version !== undefined) return Number(version);
  }
  return null;
}

function idsOf(nodes: readonly Node[], version: number | null): string[] {
  const ids: string[] = [];
  const above: Node[] = [];
  for (const [index, node] of nodes.entries()) {
    while (above.length > 0 && (above.at(-1) as Node).indent >= node.indent) above.pop();
    const holds = (nodes[index + 1]?.indent ?? -1) > node.indent;
    if (holds) above.push(node);
    else if (!HOLDERS.has(node.kind)) ids.push(idOf([...above, node], version));
  }
  return ids;
}

/**
 * The id of the last node of a way down from the outermost one. From pytest 8 on that is the root, and no part
 * of the id; before, a package is shown by its own name alone, without the folders that it lies in.
 */
function idOf(way: readonly Node[], version: number | null): string {
  const outermost = way[0] as Node;
  const rooted = outermost.kind === "Dir" || (outermost.kind === "Package" && (version ?? 0) >= 8);
  if (outermost.kind === "Package" && !rooted) {
    throw new Refused(`a tree that does not say in which folder the package ${outermost.name} lies`, outermost.line);
  }
  const below = (rooted ? way.slice(1) : way).filter(({ kind }) => kind !== "Instance" && kind !== "Session");
  const folders = below.findIndex(({ kind }) => !FOLDERS.has(kind));
  const file = below[folders];
  if (file === undefined || folders === below.length - 1) {
    throw new Refused("a tree in which a test stands in no file", (way.at(-1) as Node).line);
  }
  const path = below.slice(0, folders + 1).map(({ name }) => name);
  return [path.join("/"), ...below.slice(folders + 1).map(({ name }) => name)].join("::");
}
