import type { Mode } from "./types.ts";

/** What a mode does with a request. */
export interface Doing {
  /** Answers from the recordings, where one is found. */
  readonly look: boolean;
  /** Asks the upstream. */
  readonly ask: boolean;
  /** Writes what the upstream answered. */
  readonly write: boolean;
  /** Writes failures that pass, too, as the recorder does: what is asked again in each run mends itself. */
  readonly failures: boolean;
  readonly about: string;
}

/** The table of modes. */
export const MODES: Readonly<Record<Mode, Doing>> = {
  replay: {
    look: true,
    ask: false,
    write: false,
    failures: false,
    about: "recordings only; a miss is an error that tells why",
  },
  "record-if-missing": {
    look: true,
    ask: true,
    write: true,
    failures: false,
    about: "what has no recording is asked and recorded",
  },
  record: {
    look: false,
    ask: true,
    write: true,
    failures: true,
    about: "everything is asked, and written over what there is",
  },
  live: { look: false, ask: true, write: false, failures: false, about: "everything is asked, and nothing written" },
};
