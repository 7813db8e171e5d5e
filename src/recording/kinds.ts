/** How a request was stored: FORMAT's four kinds, told apart by the keys that only one of them has. */
export interface KindRule {
  kind: string;
  title: string;
  has: readonly string[];
}

/** The table of kinds; the first whose keys are all there wins. */
export const KINDS = [
  { kind: "tool", title: "a tool invocation", has: ["tool_name"] },
  { kind: "http", title: "a raw HTTP call", has: ["payload", "url"] },
  { kind: "inference", title: "a call of a client library", has: ["body", "url"] },
  { kind: "file-processor", title: "a file processor (April 2026 only)", has: ["file_id"] },
] as const satisfies readonly KindRule[];

/** A kind, or "unknown" for a request that has the keys of none. */
export type Kind = (typeof KINDS)[number]["kind"] | "unknown";

/** The kind of a request with these keys. */
export function kindOf(keys: ReadonlySet<string>): Kind {
  return KINDS.find((rule) => rule.has.every((key) => keys.has(key)))?.kind ?? "unknown";
}
