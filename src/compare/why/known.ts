import type { JsonObject, JsonValue } from "../../recording/json/value.ts";
import type { Kind } from "../../recording/kinds.ts";
import { splitUrl } from "../../recording/names/url.ts";
import type { Change } from "../change.ts";
import type { Asked } from "./asked.ts";

/** A recording that is there: the facts of a list, and its request where that is wanted. */
export interface KnownRecording {
  /** As people see and type it. */
  readonly path: string;
  /** The hash in its name. */
  readonly hash: string;
  readonly testId: string | null;
  readonly kind: Kind;
  readonly url: string | null;
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  /** Read when it is asked for, once; null where the file cannot be read. */
  readonly request: () => JsonObject | null;
}

/** A file that was there once, and the commit that took it away. */
export interface Past {
  /** As people type it. */
  readonly path: string;
  /** Null: it was taken away since HEAD. */
  readonly commit: {
    readonly short: string /** `2026-04-12` */;
    readonly date: string;
    readonly subject: string;
  } | null;
}

/** What is tried on recorded requests, because others changed in this way. */
export interface Variant {
  /** In a few words: `+ body.service_tier = "default"`. */
  readonly title: string;
  /** Whether what it changes is volatile. */
  readonly volatile?: boolean;
  /** Who changed so: `3 recordings in the working tree`. */
  readonly seen?: string;
  /** The request with the change made; null where it has no place for it. */
  readonly apply: (request: JsonObject) => JsonObject | null;
}

/** What a miss is explained with. */
export interface Known {
  /** Gone through once for all misses. */
  readonly recordings: Iterable<KnownRecording>;
  /** The file of that hash that git's history has and the tree has not; null: nobody could ask git. */
  readonly past: ((hash: string) => Past | null) | null;
  /** Whether that history has no beginning, and so may lack some. */
  readonly shallow?: boolean;
  /** What changed from the recorded request to the one that is asked now. */
  readonly changesOf: (recorded: JsonValue, now: JsonValue) => readonly Change[];
  /** The scheme that names requests of a kind today. */
  readonly today?: (kind: Kind) => string | undefined;
  /** Whether no such test is left; null where that cannot be told. */
  readonly isGone?: (testId: string) => boolean | null;
  /** Whether the run that missed found the recording of this hash; only where its log tells every look-up. */
  readonly wasFound?: (hash: string) => boolean;
  readonly variants?: readonly Variant[];
  /** Where a test's recordings are looked for, as people type it; null where that cannot be told. */
  readonly homeOf?: (testId: string) => string | null;
  /** Where those are that all tests find. */
  readonly shared?: string;
  /** How commands of recctl begin, as text for a shell. */
  readonly recctl?: string;
  /** The folder that paths are typed from, where commands are typed in another one. */
  readonly folder?: string | null;
  /** The folder that a test is run in, where that is another one. */
  readonly topOf?: (testId: string) => string | null;
}

/** Whether a recording is of the kind and the endpoint that was asked for, as far as that is told. */
export function isRelated(asked: Asked, one: KnownRecording): boolean {
  if (asked.kind !== null && asked.kind !== one.kind) return false;
  if (asked.tool !== null) return one.tool === asked.tool;
  // Where any base may have been asked, whoever asks has chosen those of the endpoint.
  if (asked.isBaseOpen) return true;
  const paths = [asked.endpoint, asked.url === null ? null : splitUrl(asked.url).path].filter((path) => path !== null);
  if (paths.length === 0) return true;
  const own = one.url === null ? null : splitUrl(one.url).path;
  return paths.some(
    (path) => path === own || path === one.endpoint || (one.endpoint !== null && path.endsWith(one.endpoint)),
  );
}
