import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonObject } from "../../src/recording/json/value.ts";
import { journalLine } from "../../src/server/serve/index.ts";
import type { JournalEntry } from "../../src/server/serve/types.ts";

/** An entry of a journal, one minute after the other from the first of June 2026 on. */
export const entry = (more: Partial<JournalEntry> = {}, minute = 0): JournalEntry => ({
  time: new Date(Date.UTC(2026, 5, 1, 0, minute)).toISOString(),
  test_id: null,
  name: "a".repeat(64),
  outcome: "hit",
  path: null,
  method: "POST",
  endpoint: "/v1/chat/completions",
  model: "m",
  status: 200,
  ...more,
});

/** A journal as it is written. */
export const journalOf = (...entries: readonly Partial<JournalEntry>[]): string =>
  entries.map((one, at) => `${journalLine(entry(one, at))}\n`).join("");

/** A hit of a recording of a test. */
export const hit = (test_id: string | null, name: string): Partial<JournalEntry> => ({
  test_id,
  name,
  path: `tests/recordings/${name}.json`,
});

/** A miss, with the request that it was of. */
export const missed = (test_id: string | null, name: string, request?: string): Partial<JournalEntry> => ({
  test_id,
  name,
  outcome: "miss",
  status: 404,
  ...(request !== undefined && { request: parseJson(request) as JsonObject }),
});
