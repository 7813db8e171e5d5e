import type { Token } from "./lines.ts";

/** The plugins of `pytest_plugins = …` at `at`: strings alone, or in a tuple or list; `*` for anything else. */
export function pluginsIn(tokens: readonly Token[], at: number): string[] {
  const ANY = ["*"];
  const equals = tokens.findIndex(({ text, depth }, index) => index > at && depth === 0 && /^\+?=$/.test(text));
  if (equals < 0) return ANY;
  const found: string[] = [];
  for (const [index, { kind, text }] of tokens.slice(equals + 1).entries()) {
    if (kind === "mark" && /^[()[\],]$/.test(text)) continue;
    const names = kind === "string" ? /^[ru]?('''|"""|'|")([\w., -]*)\1$/i.exec(text)?.[2] : undefined;
    if (names === undefined || tokens[equals + index]?.kind === "string") return ANY;
    found.push(...names.split(",").map((name) => name.trim()));
  }
  return found.filter((name) => name !== "");
}
