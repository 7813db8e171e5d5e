import type { Kind } from "../../recording/kinds.ts";
import type { Name } from "../../recording/name.ts";

/** What is said of a recording in the end. */
export const VERDICTS = [
  "used",
  "shared",
  "kept",
  "not covered",
  "test gone",
  "not collected",
  "not hit",
  "superseded",
  "unreachable",
  "unknown",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The verdicts that remove; `unreachable` is given where its flag is set alone. */
export const REMOVES: ReadonlySet<Verdict> = new Set([
  "test gone",
  "not collected",
  "not hit",
  "superseded",
  "unreachable",
]);

/**
 * What a source can tell of a recording: the table of all sources. `neither` is told, so that people see why
 * nothing follows, and decides at most which of the verdicts that keep is given.
 */
const TELLS = {
  /** It is no recording that can be read. */
  unreadable: { source: "file", speaks: "neither" },
  /** It is a link, or what one leads to. */
  linked: { source: "file", speaks: "neither" },
  "no test": { source: "file", speaks: "neither" },
  /** Its name is made without its test id, so other tests may find it. */
  anyone: { source: "file", speaks: "neither" },
  kept: { source: "keep", speaks: "for" },
  /** A run asked for it, whatever it got. */
  asked: { source: "run", speaks: "for" },
  "not asked": { source: "run", speaks: "against" },
  /** A run that would tell is older than the recording. */
  newer: { source: "run", speaks: "neither" },
  "run unclear": { source: "run", speaks: "neither" },
  /** A run recorded another one in its place. */
  superseded: { source: "superseded", speaks: "against" },
  succeeded: { source: "superseded", speaks: "neither" },
  collected: { source: "collected", speaks: "for" },
  "not collected": { source: "collected", speaks: "against" },
  "not covered": { source: "collected", speaks: "neither" },
  "collection unclear": { source: "collected", speaks: "neither" },
  /** The function is defined; whether with these parameters, sources do not tell. */
  defined: { source: "sources", speaks: "for" },
  gone: { source: "sources", speaks: "against" },
  "sources unclear": { source: "sources", speaks: "neither" },
  /** No run finds it under its name, and that is a reason. */
  "out of reach": { source: "name", speaks: "against" },
  named: { source: "name", speaks: "neither" },
} as const;

export type Tells = keyof typeof TELLS;
export const ALL_TELLS = Object.keys(TELLS) as readonly Tells[];

/** What one source says of one recording. */
export interface Evidence {
  readonly source: "sources" | "collected" | "run" | "superseded" | "name" | "keep" | "file";
  readonly speaks: "for" | "against" | "neither";
  readonly tells: Tells;
  /** The fact and its place, a sentence. */
  readonly says: string;
}

/** Evidence of what `tells` names. */
export const evidence = (tells: Tells, says: string): Evidence => ({ ...TELLS[tells], tells, says });

/** What is known of a file that verdicts are given of. */
export interface Candidate {
  /** As people see it, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly place: string;
  readonly bytes: number;
  /** Why it cannot be read as a recording; null where it can. */
  readonly unreadable: string | null;
  /** Why it may not be removed whatever is said: a link. Looked at only where it would go. */
  readonly linked?: string;
  readonly name: Name;
  readonly kind: Kind;
  readonly testId: string | null;
  /** The schemes under which its name verifies; null for a request that no scheme names. */
  readonly verifies: readonly string[] | null;
  /** When it was recorded, in milliseconds since 1970, or the latest time at which it may have been; null where nothing tells. */
  readonly recorded: number | null;
}
