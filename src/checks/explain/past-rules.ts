import { JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { verifying } from "../../recording/names/schemes.ts";
import { blankScores, evenDecimals } from "../../recording/names/text.ts";
import { type Claim, claim } from "./claim.ts";

/** A rule by which recorders made names for some days only: it explains names, and is no scheme that gives them. */
export interface PastRule {
  id: string;
  /** For people, in a few words. */
  title: string;
  /** When recorders had it. */
  time: string;
  /** What it makes of the strings of one body, told in the order in which they stand there. */
  normal(): (text: string) => string;
  /** The scheme that does the rest. */
  scheme: string;
}

/** Floats outside strings are read as the scheme reads them: no name is known that tells. */
export const PAST_RULES: readonly PastRule[] = [
  {
    id: "2025-10-file-ids",
    title: "file ids counted from 1",
    // In the body's strings, file-<32 hex digits> becomes file-1, file-2, … by first appearance; decimals stay as they are.
    time: "October 2025",
    // Seen in names of October 2025, in files with a test_id and no id_normalization_mapping; no published scheme.
    normal: countFileIds,
    scheme: "2025-10-04",
  },
  {
    id: "2025-10-six-places",
    title: "long decimals to six places",
    // In the body's strings, decimals of four places and more are written with six, where 2025-10-09 has five.
    time: "October 2025",
    // Seen in names of October 2025, in files with an id_normalization_mapping; no published scheme.
    normal: () => (text) => evenDecimals(text, 6),
    scheme: "2025-10-04",
  },
  {
    id: "2026-04-file-search",
    title: "file search without scores and attributes",
    // In the body's strings, scores and attributes go as 2026-04-09 has it, while document_id and <|uuid|> stay.
    time: "spring 2026",
    // Seen in names of March or April 2026, in files with provider_metadata; no published scheme.
    normal: () => blankScores,
    scheme: "2026-03-18",
  },
];

/** The rule of the past that gives a request this hash (64 hex digits, or the first 12), and under which of the test ids. */
export function pastRuleOf(
  hash: string,
  { request }: Claim,
  testIds: readonly (JsonValue | undefined)[],
): { rule: PastRule; at: number } | null {
  for (const rule of testIds.length > 0 ? PAST_RULES : []) {
    const then = asNamed(request, rule.normal());
    if (!then) continue;
    const { hashes } = claim(then, undefined);
    const at = testIds.findIndex((testId) => verifying(hash, hashes(testId)).includes(rule.scheme));
    if (at >= 0) return { rule, at };
  }
  return null;
}

/** A request with the strings of its body changed; null where none changes: then schemes have given all its names. */
function asNamed({ keys, values }: JsonObject, normal: (text: string) => string): JsonObject | null {
  let changed = false;
  const change = (text: string): string => {
    const now = normal(text);
    changed ||= now !== text;
    return now;
  };
  const then = values.map((value, at) => (keys[at] === "body" ? withStrings(value, change) : value));
  return changed ? new JsonObject(keys, then) : null;
}

/** A value with each string in it changed; keys stay. */
function withStrings(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => withStrings(item, change));
  if (!(value instanceof JsonObject)) return value;
  return new JsonObject(
    value.keys,
    value.values.map((member) => withStrings(member, change)),
  );
}

function countFileIds(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) =>
    text.replace(/file-[0-9a-f]{32}/g, (id) => {
      const counted = known.get(id) ?? `file-${known.size + 1}`;
      known.set(id, counted);
      return counted;
    });
}
