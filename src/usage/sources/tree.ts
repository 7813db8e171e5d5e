import type { SyntaxNode } from "@lezer/common";
import { isHarmless, makesNames } from "./decorators.ts";
import { readImport } from "./imports.ts";
import { boundInPassing, children, dotted, type Text, targets } from "./nodes.ts";
import { type ClassSource, emptyScope, type Scope } from "./source.ts";

/** Nodes that hold statements of the same scope. */
const BLOCKS = new Set(
  (
    "Body StatementGroup IfStatement WhileStatement ForStatement TryStatement WithStatement MatchStatement " +
    "MatchBody MatchClause"
  ).split(" "),
);

/** What reading a module finds beside its scopes. */
export interface Found {
  /** Where a decorator stands that binds names of its own choice in the scope around. */
  maker: { line: number; by: string } | null;
}

interface Reading {
  text: Text;
  scope: Scope;
  found: Found;
}

/** The names that the statements in `block` bind. `block` is a whole module, or the body of a class. */
export function readScope(block: SyntaxNode, text: Text, found: Found): Scope {
  const scope = emptyScope();
  readStatements(block, { text, scope, found });
  return scope;
}

function readStatements(block: SyntaxNode, reading: Reading): void {
  for (const node of children(block)) {
    STATEMENTS[node.name]?.(node, reading);
    if (BLOCKS.has(node.name)) readStatements(node, reading);
    else if (!SCOPES.has(node.name)) bind(boundInPassing(node, reading.text), reading);
  }
}

/** Nodes that have a scope of their own. */
const SCOPES = new Set(["FunctionDefinition", "ClassDefinition", "DecoratedStatement"]);

const STATEMENTS: Readonly<Record<string, (node: SyntaxNode, reading: Reading) => void>> = {
  FunctionDefinition: (node, reading) => readDefinition(node, [], reading),
  ClassDefinition: (node, reading) => readDefinition(node, [], reading),
  DecoratedStatement: readDecorated,
  ImportStatement: (node, { text, scope }) => scope.imports.push(...readImport(node, text)),
  AssignStatement: readAssignment,
  UpdateStatement: (node, reading) => bind(node.firstChild ? targets(node.firstChild) : [], reading),
  TypeDefinition: (node, reading) => bind(node.getChildren("VariableName").slice(0, 1), reading),
  DeleteStatement: (node, { text, scope }) => {
    for (const child of children(node)) for (const name of targets(child)) scope.deleted.push(text.of(name));
  },
  ForStatement: (node, reading) => {
    for (const child of children(node)) {
      if (child.name === "in") return;
      bind(targets(child), reading);
    }
  },
  WithStatement: readAs,
  TryStatement: readAs,
};

/** `with … as a`, `except … as a`. */
function readAs(node: SyntaxNode, reading: Reading): void {
  for (const child of children(node)) if (child.prevSibling?.name === "as") bind(targets(child), reading);
}

function readDecorated(node: SyntaxNode, reading: Reading): void {
  const decorators = node.getChildren("Decorator").map((each) => reading.text.of(each).replace(/^@\s*|\s+$/g, ""));
  for (const child of children(node)) readDefinition(child, decorators, reading);
}

function readDefinition(node: SyntaxNode, decorators: readonly string[], reading: Reading): void {
  const { text, scope, found } = reading;
  const name = node.getChild("VariableName");
  if (!name || !SCOPES.has(node.name)) return;
  const line = text.line(node);
  const unknown = decorators.filter((each) => !isHarmless(each));
  const makes = unknown.find(makesNames);
  if (makes !== undefined) found.maker ??= { line, by: `@${makes}` };
  const defined = { name: text.of(name), line, maker: unknown.length > 0 };
  if (node.name === "FunctionDefinition") scope.functions.push(defined);
  else {
    const body = node.getChild("Body");
    const [first] = unknown;
    const { bases, open } = readBases(node.getChild("ArgList"), text);
    scope.classes.push({
      ...defined,
      bases,
      open: first === undefined ? open : `@${first}`,
      body: body ? readScope(body, text, found) : emptyScope(),
    });
  }
}

/** `(A, b.C, D[T], metaclass=M)`: a metaclass, keywords and starred bases may give the class members that nobody sees. */
function readBases(list: SyntaxNode | null, text: Text): Pick<ClassSource, "bases" | "open"> {
  const bases: ClassSource["bases"] = [];
  let open: string | null = null;
  for (const child of list ? children(list) : []) {
    const before = child.prevSibling?.name ?? "";
    if (child.name === "AssignOp" && text.of(child) === "=") {
      const key = child.prevSibling ? text.of(child.prevSibling) : "";
      const value = child.nextSibling ? dotted(child.nextSibling, text) : null;
      if (!(key === "metaclass" && /^(abc\.)?ABCMeta$|^type$/.test(value ?? ""))) open = `${key}=`;
    } else if (before === "(" || before === ",") {
      if (child.name === "*") bases.push(null);
      else if (child.name === "**") open = "**";
      else if (child.name !== ")" && child.nextSibling?.name !== "AssignOp") bases.push(dotted(child, text, true));
    }
  }
  return { bases, open };
}

/** `a = b`, `a = b = c`, `a: T = b`, `a, b = c`. */
function readAssignment(node: SyntaxNode, { text, scope }: Reading): void {
  const parts = [...children(node)];
  const last = parts.findLastIndex(({ name }) => name === "AssignOp");
  const value = parts.slice(last + 1);
  const only = last >= 0 && value.length === 1 ? (value[0] as SyntaxNode) : null;
  const several = parts.slice(0, Math.max(last, 0)).some(({ name }) => name === ",");
  for (const part of last < 0 ? parts.slice(0, -1) : parts.slice(0, last)) {
    const plain = part.name === "VariableName" && !several;
    for (const target of targets(part)) {
      const name = text.of(target);
      scope.assigned.push({ name, to: plain && only ? dotted(only, text) : null, line: text.line(target) });
      if (name === "__test__" && only && text.of(only) === "False") scope.untested = text.line(target);
    }
  }
}

function bind(names: Iterable<SyntaxNode>, { text, scope }: Reading): void {
  for (const name of names) scope.assigned.push({ name: text.of(name), to: null, line: text.line(name) });
}
