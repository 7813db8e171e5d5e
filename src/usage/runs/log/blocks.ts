import { LONGEST } from "../../node-id.ts";
import type { Entry } from "./entries.ts";

/** A line of the recorder's: the head of a block, a field of one, or the end of a look-up. */
export type Said =
  | { readonly is: "head"; readonly block: string; readonly marked: boolean }
  | { readonly is: "field"; readonly name: string; readonly value: string }
  | { readonly is: "end"; readonly found: "primary" | "fallback" | "missed" };

/** A block that the recorder logs: the fields below its head, in their order, and which of them says the hash. */
export interface Block {
  readonly kind: "look-up" | "hash computation" | "stored" | "miss" | "other";
  readonly fields: readonly string[];
  readonly hash?: string;
}

export const BLOCKS: Readonly<Record<string, Block>> = {
  "Looking up recording": {
    kind: "look-up",
    fields: ["Request hash", "Primary path", "Primary exists", "Fallback path", "Fallback exists"],
    hash: "Request hash",
  },
  "Hash computation": {
    kind: "hash computation",
    fields: ["Test ID", "Method", "Endpoint", "Model", "Computed hash"],
    hash: "Computed hash",
  },
  "HTTP request hash computation": {
    kind: "hash computation",
    fields: ["Test ID", "URL", "Method", "Computed hash"],
    hash: "Computed hash",
  },
  "Storing recording": {
    kind: "stored",
    fields: ["Request hash", "File", "Test ID", "Endpoint"],
    hash: "Request hash",
  },
  "Recording not found": {
    kind: "miss",
    fields: ["Mode", "Request hash", "Method", "URL", "Endpoint", "Model", "Test context", "Stack config type"],
    hash: "Request hash",
  },
  "Entering inference method": { kind: "other", fields: ["Mode", "Client type", "Endpoint", "Test context"] },
  "Entering genai method": { kind: "other", fields: ["Mode", "Endpoint", "Test context"] },
  "Path resolution": {
    kind: "other",
    fields: ["Test ID", "Base dir", "Repo root", "Test file", "Test dir", "Recordings dir"],
  },
  "Injected test ID into request header": { kind: "other", fields: ["Test ID", "URL"] },
};

const FIELDS = [...new Set(Object.values(BLOCKS).flatMap(({ fields }) => fields))].join("|");
const HEADS = Object.keys(BLOCKS).join("|");

/** The mark is gone where brackets were swallowed; a space stands in its place. */
const HEAD = new RegExp(`(?:(\\[RECORDING DEBUG\\]) |(?:^| ) )(${HEADS})(?: \\([\\w ]{1,40}\\))?[:!](?: |$)`);
const UNKNOWN = /\[RECORDING DEBUG\] \S/;
const FIELD = new RegExp(`(?:^|\\s) {2}(${FIELDS}):(?: (.*))?$`, "s");
const EXACT = new RegExp(`^ {2}(${FIELDS}):(?: (.*))?$`, "s");
const END =
  /(?:^|\s) {2}(?:Found in (primary|fallback) location|Recording not found in either location)(?= {3}\w+=|\s*$)/;
/** What the logger adds behind a message: `   category=testing`. */
const BOUND = / {3}\w+=\S*(?: \w+=\S*){0,20}\s*$/;

/** What a recorder says in an entry, else null. */
export function saidIn({ text, form }: Entry): Said | null {
  if (!text.includes("  ") && !text.includes("[RECORDING DEBUG]") && !text.startsWith(" ")) return null;
  if (text.length > LONGEST) return null;
  const field = (form === "event" ? EXACT : FIELD).exec(text);
  if (field !== null) {
    const value = field[2] ?? "";
    return { is: "field", name: field[1] as string, value: form === "event" ? value : value.replace(BOUND, "") };
  }
  const end = END.exec(text);
  if (end !== null) return { is: "end", found: end[1] === undefined ? "missed" : (end[1] as "primary" | "fallback") };
  const head = HEAD.exec(text);
  if (head !== null) return { is: "head", block: head[2] as string, marked: head[1] !== undefined };
  return UNKNOWN.test(text) ? { is: "head", block: "", marked: true } : null;
}
