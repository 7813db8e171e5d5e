import { dialectOf } from "../dialects/index.ts";
import type { Entry } from "./entry.ts";

/** Which recordings are wanted: every filter that is set must fit; of one that lists several, any. */
export interface Filters {
  test?: readonly string[];
  model?: readonly string[];
  endpoint?: readonly string[];
  kind?: readonly string[];
  dialect?: readonly string[];
  streaming?: boolean;
  failed?: boolean;
  /** Bytes; only larger ones. */
  larger?: number;
}

/** Whether a text holds a pattern: anywhere, `*` for anything, capitals only where the pattern has some. */
export function matcher(pattern: string): (text: string) => boolean {
  const exact = /\p{Lu}/u.test(pattern);
  const parts = pattern.split("*");
  // The earliest place for each part leaves the most room for the next: no backtracking is needed.
  return (text) => {
    const searched = exact ? text : text.toLowerCase();
    let from = 0;
    for (const part of parts) {
      const found = searched.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return true;
  };
}

/** The dialect's id as filters and lists know it; "unknown" for none. */
export const dialectName = (entry: Entry): string => dialectOf(entry.head)?.id ?? "unknown";

/** The test that keeps what `filters` want. */
export function filterOf(filters: Filters): (entry: Entry) => boolean {
  const tests: ((entry: Entry) => boolean)[] = [];
  const contains = (patterns: readonly string[] | undefined, text: (entry: Entry) => string | null): void => {
    if (!patterns) return;
    const matchers = patterns.map(matcher);
    tests.push((entry) => matchers.some((matches) => matches(text(entry) ?? "")));
  };
  contains(filters.test, (entry) => entry.head.testId);
  contains(filters.model, (entry) => entry.head.model);
  contains(filters.endpoint, (entry) => entry.head.endpoint);
  const { kind, dialect, streaming, failed, larger } = filters;
  if (kind) tests.push((entry) => kind.includes(entry.head.kind));
  if (dialect) tests.push((entry) => dialect.includes(dialectName(entry)));
  if (streaming !== undefined) tests.push((entry) => entry.head.streaming === streaming);
  if (failed) tests.push((entry) => entry.head.failed);
  if (larger !== undefined) tests.push((entry) => entry.bytes > larger);
  return (entry) => tests.every((test) => test(entry));
}
