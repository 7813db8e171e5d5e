import type { SyntaxNode } from "@lezer/common";

/** A text and what is asked of nodes in it. */
export interface Text {
  of(node: SyntaxNode): string;
  line(node: SyntaxNode): number;
}

/** The children of a node, in order. */
export function* children(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}

/** The dotted name that an expression is, of `Base[T]` that of `Base`; null for any other expression. */
export function dotted(node: SyntaxNode, text: Text, subscripts = false): string | null {
  const parts: string[] = [];
  for (let here: SyntaxNode | null = node; here; here = here.firstChild) {
    if (here.name === "VariableName") return [text.of(here), ...parts].join(".");
    if (here.name !== "MemberExpression") return null;
    const member = here.getChild("PropertyName");
    if (member) parts.unshift(text.of(member));
    else if (!subscripts || parts.length > 0) return null;
  }
  return null;
}

const NESTED = new Set(["TupleExpression", "ArrayExpression", "ParenthesizedExpression"]);

/** The plain names in a target of an assignment: `a`, `(a, [b, *c])`, not `a.b` and `a[b]`. */
export function* targets(node: SyntaxNode): Generator<SyntaxNode> {
  if (node.name === "VariableName") yield node;
  else if (NESTED.has(node.name)) for (const child of children(node)) yield* targets(child);
}

/** The names that an expression binds in passing (`a := b`, but for those in a lambda), and a pattern of `match`. */
export function* boundInPassing(node: SyntaxNode, text: Text): Generator<SyntaxNode> {
  const cursor = node.cursor();
  do {
    const here = cursor.node;
    if (here.name === "AssignOp" && here.to - here.from === 2 && here.prevSibling?.name === "VariableName") {
      if (!inLambda(here, node)) yield here.prevSibling;
    } else if (here.name === "CapturePattern") {
      if (here.firstChild && text.of(here) !== "_") yield here.firstChild;
    } else if (here.name === "AsPattern" && here.lastChild?.name === "VariableName") yield here.lastChild;
  } while (cursor.next() && cursor.from < node.to);
}

function inLambda(node: SyntaxNode, top: SyntaxNode): boolean {
  for (let here: SyntaxNode | null = node; here && here.from >= top.from && here.to <= top.to; here = here.parent) {
    if (here.name === "LambdaExpression") return true;
  }
  return false;
}
