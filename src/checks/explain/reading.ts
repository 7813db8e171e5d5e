import { type JsonPath, pathText } from "../../recording/json/locate.ts";
import { forShell } from "../../text/escape.ts";
import { PAST_RULES } from "./past-rules.ts";

/** A commit, as far as people are told of it. */
export interface Commit {
  short: string;
  /** `2026-04-12` */
  date: string;
  subject: string;
}

/** Something that was called OLD and is now called NEW, in the whole text of recordings. */
export interface Rename {
  old: string;
  new: string;
}

/** Why a recording has a name that no scheme gives it. */
export type Reading =
  /** It was named under another test id; undefined: under none. */
  | { reading: "test-id"; testId: string | null | undefined; scheme: string }
  /** With these renames taken back its name is right, under `testId` where that is another one again. */
  | { reading: "rename"; renames: Rename[]; scheme: string; testId?: string }
  /** It is right by one of {@link PAST_RULES}, with these renames taken back, if any. */
  | { reading: "past-rule"; rule: string; renames?: Rename[] }
  /** An earlier text of the file has the right name. `changed`: the first paths in its request (and `test_id`). */
  | { reading: "edited"; changed: JsonPath[]; more: number; revision: Commit | null; scheme: string }
  /**
   * Its answer was recorded under another name. `verifies`: which is the one that its request has, so the file
   * was renamed; else the request was edited, too.
   */
  | { reading: "recorded-as"; hash12: string; verifies: boolean }
  /** `asNamed`: its answer was recorded under this very name, so it was right once. */
  | { reading: "unknown"; asNamed: boolean };

const AS_NAMED = "recorded under this name; its request was edited since, or its recorder had a rule of its own";

const renamed = (renames: readonly Rename[]): string =>
  renames.map((rename) => `${rename.old} became ${rename.new}`).join(", ");

const andBefore = (renames: readonly Rename[] = []): string =>
  renames.length > 0 ? `, before ${renamed(renames)}` : "";

/** `October 2025: long decimals to six places` */
function pastRule(id: string): string {
  const rule = PAST_RULES.find((one) => one.id === id);
  return rule ? `${rule.time}: ${rule.title}` : `the past: ${id}`;
}

/** A reading for people, in a line. */
export function sentence(reading: Reading): string {
  switch (reading.reading) {
    case "test-id":
      if (reading.testId === undefined) return "named without a test id";
      return `named under test id ${reading.testId}`;
    case "past-rule":
      return `named by a rule that recorders had for some days of ${pastRule(reading.rule)}${andBefore(reading.renames)}`;
    case "rename":
      return `named before ${renamed(reading.renames)}${reading.testId === undefined ? "" : `, under test id ${reading.testId}`}`;
    case "edited": {
      const { changed, more, revision } = reading;
      const paths = changed.map((path) => pathText(path)).join(", ");
      const when = revision ? `in ${revision.short} (${revision.date} "${revision.subject}")` : "and not committed yet";
      return `edited since: ${paths}${more > 0 ? ` and ${more} more` : ""} changed ${when}`;
    }
    case "recorded-as": {
      const why = reading.verifies ? "the file was renamed" : "the file was renamed and its request edited";
      return `recorded as rec-${reading.hash12}: ${why}`;
    }
    case "unknown":
      return reading.asNamed ? `unknown: ${AS_NAMED}` : "unknown";
  }
}

/** What readings that have the same cause have in common, in a few words. */
export function causeOf(reading: Reading): string {
  switch (reading.reading) {
    case "test-id":
      return reading.testId === undefined ? "named without a test id" : "named under another test id";
    case "rename":
      return `named before ${renamed(reading.renames)}`;
    case "past-rule":
      return `named by a rule of ${pastRule(reading.rule)}${andBefore(reading.renames)}`;
    case "edited": {
      const { revision } = reading;
      return revision
        ? `edited in ${revision.short} (${revision.date} "${revision.subject}")`
        : "edited, not committed yet";
    }
    case "recorded-as":
      return reading.verifies ? "the file was renamed" : "renamed and edited";
    case "unknown":
      return reading.asNamed ? "unknown: its answer was recorded under this name" : "unknown";
  }
}

/** What to do about it; `recctl`: how commands begin. */
export function remedyOf(reading: Reading, path: string, recctl: string): string | undefined {
  switch (reading.reading) {
    case "rename": {
      const renames = reading.renames.map((rename) => ` --rename ${forShell(`${rename.old}=${rename.new}`)}`).join("");
      return `${recctl} rekey${renames} ${forShell(path)}`;
    }
    case "edited":
      return `${recctl} rekey --rename OLD=NEW, where a search-and-replace did it; else record it anew`;
    case "recorded-as":
      return "record it anew, or give the file back its name";
    case "past-rule":
      return "record it anew: no scheme has that rule, so rekey cannot give it a name";
    case "test-id":
    case "unknown":
      return "record it anew, or remove it if its test is gone";
  }
}
