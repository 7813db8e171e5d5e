import type { Asked } from "./asked.ts";
import type { Near } from "./differing.ts";
import type { KnownRecording } from "./known.ts";
import type { Step } from "./mend.ts";

/** Why a look-up missed. */
export type CauseKind =
  | "renamed test"
  | "other model or host"
  | "another scheme"
  | "volatile value"
  | "request changed"
  | "never recorded"
  | "deleted in REV"
  | "it is there"
  | "unknown";

/** Why one look-up missed, as far as what is there shows it. */
export interface Cause {
  readonly asked: Asked;
  readonly kind: CauseKind;
  /** Whether a name shows it: a hash that was recomputed, or a file that had it. Else it is likely. */
  readonly proven: boolean;
  /** What differs, in a line; the same for all misses that have this cause. */
  readonly differs: string;
  /** The facts, a sentence each: what was recorded, then what is asked now. */
  readonly evidence: readonly string[];
  /** The recording that shows it. */
  readonly recording: KnownRecording | null;
  /** The nearest recordings, or those of the same test and endpoint. */
  readonly nearest: readonly Near[];
  /** What to type, in this order. */
  readonly mend: readonly Step[];
  /** Of a recording that is there: whether a run of today finds it. */
  readonly isFound?: boolean;
}

/** What a judge says; who asked and what is near is added to it. */
export type Judged = Omit<Cause, "asked" | "nearest">;

/** A cause in a few words: its revision is named. */
export const titleOf = ({ kind, differs }: Pick<Cause, "kind" | "differs">): string =>
  kind === "deleted in REV" ? `deleted in ${differs.split(" (", 1)[0]}` : kind;

/** How much of a text from a log or a recording a sentence has. */
const LONGEST = 300;

/** A text from a log or a recording, cut where it is too long for a sentence. */
export const brief = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** `recorded: test a; asked now: test b` */
export function both(what: string, recorded: string | null, now: string | null): string {
  const say = (value: string | null): string =>
    value === null || value === "" ? `no ${what}` : `${what} ${brief(value)}`;
  return `recorded: ${say(recorded)}; asked now: ${say(now)}`;
}
