import type { Token } from "./lines.ts";

/** What has no tests, however it is called elsewhere: an object that is being made, and pytest's settings. */
const NO_TESTS = new Set(["self", "config"]);

/**
 * The name of the attribute that `setattr(…)` at `at` sets; it ends in `*` where only its beginning is told, and is `*` where it may be any.
 * null for what is harmless.
 */
export function attributeSet(tokens: readonly Token[], at: number): string | null {
  if (tokens[at + 1]?.text !== "(") return "*";
  if (NO_TESTS.has(tokens[at + 2]?.text ?? "")) return null;
  const inside = (tokens[at]?.depth ?? 0) + 1;
  const comma = tokens.findIndex(({ text, depth }, index) => index > at && text === "," && depth === inside);
  const [name, next] = [tokens[comma + 1], tokens[comma + 2]];
  const plain = comma < 0 ? null : /^([ruf]?)('''|"""|'|")([^\\]*)\2$/i.exec(name?.text ?? "");
  if (name?.kind !== "string" || !plain) return "*";
  const [beginning = "", ...more] = /f/i.test(plain[1] ?? "") ? (plain[3] ?? "").split("{") : [plain[3] ?? ""];
  const known = beginning.normalize("NFKC");
  if (next?.text === "," && next.depth === inside) return more.length > 0 ? `${known}*` : known;
  return next?.text === "+" || next?.kind === "string" ? `${known}*` : "*";
}

/** Methods of dictionaries that add to them. */
const ADDS = new Set(["update", "setdefault", "__setitem__", "__ior__"]);

/** Whether the dictionary that an expression is, whose last token stands at `at`, may be written to: here, or under another name. */
export function isWritten(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next === undefined || next.text === ";") return tokens.some(({ text }) => /^(?::?=|return)$/.test(text));
  if (next.text === ".") return ADDS.has(tokens[at + 2]?.text ?? "");
  if (next.text !== "[") return next.text === "|=";
  const end = tokens.findIndex(({ text, depth }, index) => index > at && text === "]" && depth === next.depth + 1);
  return tokens[end + 1]?.text === "=";
}
