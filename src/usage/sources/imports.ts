import type { SyntaxNode } from "@lezer/common";
import { children, type Text } from "./nodes.ts";
import type { Imported } from "./source.ts";

/** What an import statement binds: `import a.b` binds `a`, `import a.b as c` the module `a.b`. */
export function readImport(node: SyntaxNode, text: Text): Imported[] {
  const words = [...children(node)].filter(({ name }) => name !== "(" && name !== ")").map((child) => text.of(child));
  const line = text.line(node);
  const split = words.indexOf("import");
  const names = clauses(words.slice(split + 1));
  if (words[0] === "import") {
    return names.map(({ name, as }) => {
      const top = name.split(".")[0] as string;
      const bound = { as: as ?? top, module: as === null ? top : name, level: 0, name: null, line };
      return bound.module === name ? bound : { ...bound, whole: name };
    });
  }
  const from = words.slice(1, split).join("");
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  return names.map(({ name, as }) => ({ as: as ?? name, module: from.slice(level), level, name, line }));
}

/** `a.b as c, d` as names, each with what it is called here. */
function clauses(words: readonly string[]): { name: string; as: string | null }[] {
  const found: { name: string; as: string | null }[] = [];
  for (let at = 0; at < words.length; at++) {
    let name = words[at] as string;
    if (name === ",") continue;
    while (words[at + 1] === ".") {
      name += `.${words[at + 2] ?? ""}`;
      at += 2;
    }
    const as = words[at + 1] === "as" ? (words[at + 2] ?? null) : null;
    found.push({ name, as });
    if (as !== null) at += 2;
  }
  return found;
}
