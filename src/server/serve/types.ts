import type { KnownRecording } from "../../compare/why/index.ts";
import type { Flaw } from "../../recording/document.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import type { Kind } from "../../recording/kinds.ts";
import type { Recording } from "../../recording/recording.ts";
import type { Pace } from "../../replay/pacing.ts";
import type { MatchMode } from "../matching/match.ts";
import type { Recordings } from "../matching/store.ts";
import type { Upstream } from "../upstream/headers.ts";
import type { UpstreamAnswer, UpstreamAsked, UpstreamLimits } from "../upstream/types.ts";
import type { Wording } from "./wording.ts";

/** What becomes of a request; MODES (modes.ts) is the table. */
export type Mode = "replay" | "record-if-missing" | "record" | "live";

/** One request, whole. */
export interface Asked {
  readonly method: string;
  /** As in a request line: a path that is percent-encoded, and what stands behind a `?`. */
  readonly target: string;
  /** `https://host`: whoever asks has a whole URL, which says by itself what is asked. Null or absent for a server, whose own URL tells nothing. */
  readonly origin?: string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

export interface Reply {
  readonly status: number;
  /** Names in lower case; `x-recctl-outcome` and `x-recctl-name` tell what became of it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, or frames, each to be sent when it comes. A source that throws has broken off: so must who sends it (BrokenOff: as recorded). */
  readonly body: string | AsyncIterable<string>;
  /** What the body tells where it is recctl's own, as lines; an API's own words may be around it there. */
  readonly said?: string;
}

/**
 * What a request came to: `refused` is every error of recctl's own but a miss, and an answer that was not written; `aborted` where the
 * client went away before it had its answer.
 */
export type ServeOutcome = "hit" | "miss" | "recorded" | "live" | "refused" | "aborted";

/** How often each of them came. */
export type Counts = Record<ServeOutcome, number>;

/** A line of the journal. */
export interface JournalEntry {
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly test_id: string | null;
  /** The hash that was looked for, or is recorded; null where no name can be made of the request. */
  readonly name: string | null;
  readonly outcome: ServeOutcome;
  /** The recording, as people type it: the one that answered, or that was written; null where there is none. */
  readonly path: string | null;
  /** Recordings that answered with it: a list of models is united from several. */
  readonly more?: readonly string[];
  readonly method: string;
  /** As recordings say it; the path that was asked where no API has it. */
  readonly endpoint: string;
  readonly model: string | null;
  /** Of the HTTP answer. */
  readonly status: number;
  /** Why it was refused, what was wanted of a miss, or what is wrong with what was recorded, or not for everybody to see in it; a line. */
  readonly reason?: string;
  /** Of a miss, as a recording would store it: `why` explains it by that. Absent where it is long, or holds secrets. */
  readonly request?: JsonObject;
  /** True of a recording that is a failure; else absent. */
  readonly failure?: true;
}

/** Where a new recording is to lie: `folder` is relative to the store's root, with `/`, and leads out of it by no segment. */
export interface Place {
  readonly folder: string;
  /** `<hash>.json` or `models-<hash>-<d8>.json`. */
  readonly name: string;
}

/** A place whose name may not be known yet. */
export type Wanted = Pick<Place, "folder"> & { readonly name: Place["name"] | null };

/** What became of a recording that was to be written; `there`: the path of another that is, and was not to be replaced. */
export type Written =
  | { readonly path: string; readonly was: "new" | "replaced" | "same" }
  | { readonly there: string }
  | { readonly refused: string };

/** The recordings that are there. */
export interface StorePort {
  /** For matching; what is known, without looking again. */
  readonly recordings: Recordings;
  /**
   * Looks whether anything came or went, for a request that nothing was found for; tells whether it did. `folders` (of {@link Place})
   * are those that its recording would lie in: they are looked at, whatever was in them before.
   */
  refresh(folders: readonly string[]): Promise<boolean>;
  /** Looks at all anew: what is known is not what is there. */
  again(): Promise<void>;
  /** One whole recording, as it is now; null where it is gone. May keep what it read. */
  open(path: string): Recording | Flaw | null;
  /** Files with this hash in their names that could not be read. */
  broken?(hash: string): readonly string[];
  /** A folder of recordings that cannot be read (any more), and why: who looks for one does not know whether it is there. */
  shut?(): { readonly path: string; readonly message: string } | null;
  /** Every recording's head, for telling why a request missed. */
  heads(): Iterable<KnownHead>;
  /** Why nothing could be written to such a place, as far as looking tells; null where nothing speaks against it. */
  whyNot(place: Wanted): string | null;
  /** The path of what stands at a place already; null where nothing does. */
  standing(place: Place): string | null;
  /** Writes a recording in one step, and takes it up at once; not over one that is there, unless it may replace it. `root` is its document. */
  write(place: Place, root: JsonObject, mayReplace: boolean): Promise<Written>;
}

/** What a miss is compared with. */
export type KnownHead = Omit<KnownRecording, "hash" | "request">;

/** All that serving touches of the world. */
export interface ServePorts {
  readonly store: StorePort;
  readonly upstream: (asked: UpstreamAsked) => Promise<UpstreamAnswer>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Takes a line of the journal. */
  readonly journal: (entry: JournalEntry) => void;
  /** What is told of a document that was written at a path although some would not want it: account data; a line, or null. */
  readonly holdsIn?: (root: JsonObject, path: string) => string | null;
  /** Why a document must not be written: a line for each secret, with its path; null: any may. */
  readonly secretsIn: ((root: JsonObject) => readonly string[]) | null;
}

export interface ServeSettings {
  readonly mode: Mode;
  readonly match: MatchMode;
  /** Of requests that name no test themselves. */
  readonly testId: string | null;
  /** The status of a miss: 404 mostly. */
  readonly missStatus: number;
  /** The scheme in force for a kind; undefined: the newest. */
  readonly schemeOf: (kind: Kind) => string | undefined;
  /** The folder that all tests share, relative to the store's root. */
  readonly fallback: string;
  /** Of streams that are replayed. */
  readonly pace: Pace;
  /** Writes what broke off, and what no recorder would keep, as far as it came. */
  readonly keepPartial: boolean;
  /** Writes failures that pass where the mode leaves them out. */
  readonly keepFailures: boolean;
  /** By the mount that they are asked under: `openai` is `/openai/…`, and what has no mount and is OpenAI's API. */
  readonly upstreams: readonly Upstream[];
  readonly limits: UpstreamLimits;
  /** How commands begin that are suggested: `recctl`, with `-C DIR` where it was given. */
  readonly recctl: string;
  /** How options are called that messages name. */
  readonly wording: Wording;
  /** How what missed is recorded, where that is not by `recctl serve`; a line. */
  readonly toRecord?: string;
}

/** A request that got no further than the door. */
export interface Early {
  readonly method: string;
  /** What it asked for, without a query; of any length, and empty where nobody can tell. */
  readonly path: string;
  readonly status: number;
  readonly message: string;
  /** The client itself broke its request off. */
  readonly left?: true;
}

/** Answers requests, as many at once as there are. Never rejects: errors are replies. */
export interface Serving {
  (asked: Asked): Promise<Reply>;
  /** Takes note of a request that was turned away before it came here. */
  refused(early: Early): void;
  /** Resolves when all that is being recorded now is written, or refused. */
  settled(): Promise<void>;
  /** What happened so far. */
  readonly counts: Readonly<Counts>;
  /** And before the counts were begun anew, at whatever client's wish. */
  readonly forgotten: Readonly<Counts>;
  /** How many of what was recorded are failures. */
  readonly failures: number;
}
