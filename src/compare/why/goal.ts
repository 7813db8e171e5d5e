import type { JsonObject } from "../../recording/json/value.ts";
import { hashesOf } from "../../recording/names/schemes.ts";
import type { Asked } from "./asked.ts";
import type { Known, KnownRecording, Variant } from "./known.ts";

/** Something that was recorded otherwise than it is asked now. */
export interface Other {
  readonly recorded: string | null;
  readonly now: string | null;
}

/** A recording whose request, with something of it replaced, has the very hash that was asked for. */
export interface Match {
  readonly recording: KnownRecording;
  /** Whole. */
  readonly hash: string;
  /** By which schemes. */
  readonly schemes: readonly string[];
  /** The schemes under which its own name verifies. */
  readonly named: readonly string[];
  readonly testId?: Other;
  readonly model?: Other;
  readonly url?: Other;
  readonly variant?: Variant;
}

/** A recording that is like what was asked. */
export interface Like {
  readonly recording: KnownRecording;
  readonly request: JsonObject;
  /** From 0 to 1. */
  readonly likeness: number;
}

/** What was asked, and what the recordings show of it, one by one. */
export interface Goal {
  readonly asked: Asked;
  /** The hashes that its recording may have in its name. */
  readonly wanted: readonly string[];
  /** Recordings that have it. */
  readonly present: KnownRecording[];
  best: Match | null;
  /** The tests that asked the very same. */
  readonly sharers: Set<string>;
  /** Recordings of the test, at the endpoint and at others. */
  readonly own: KnownRecording[];
  readonly elsewhere: KnownRecording[];
  /** How many recordings of other tests have the endpoint, and those tests. */
  others: number;
  readonly otherTests: Set<string>;
  /** The most alike, where the request is known. */
  readonly like: Like[];
  /** How many recordings were tried under its hash. */
  tried: number;
  /** Whether there was too much to try everything. */
  stopped: boolean;
}

/** A goal that nothing is known of yet. */
export function goalOf(asked: Asked, known: Pick<Known, "today">): Goal {
  return {
    asked,
    wanted: wantedOf(asked, known),
    present: [],
    best: null,
    sharers: new Set(),
    own: [],
    elsewhere: [],
    others: 0,
    otherTests: new Set(),
    like: [],
    tried: 0,
    stopped: false,
  };
}

/** The hash that was told, else that of the request by today's scheme, else by every scheme. */
export function wantedOf({ hash, names, kind, request, testId }: Asked, { today }: Pick<Known, "today">): string[] {
  if (hash !== null && names !== undefined) return [...names];
  if (hash !== null) return [hash];
  if (request === null || kind === null) return [];
  const hashes = hashesOf({ kind, request, testId });
  const now = hashes.get(today?.(kind) ?? "");
  return now === undefined ? [...new Set(hashes.values())] : [now];
}

/** Whether two hashes are one: the oldest layout has the first 12 digits alone, and people type as many as they were shown. */
export const isSame = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

/** How much of a recorded request was replaced. What others changed, in a test's own recording, tells more than that others ask the same. */
export const replaced = ({ testId, model, url, variant }: Match): number =>
  (variant ? (testId ? 8 : 0.5) : 0) + (model ? 2 : 0) + (url ? 2 : 0) + (testId ? 1 : 0);
