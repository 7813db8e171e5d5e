/**
 * The kinds of error. Each says a fact, where, and what to type next; one place (cli.ts) turns them
 * into text and an exit status. Anything else that is thrown is a bug and is told as one.
 */
export class UserError extends Error {
  /** The place, as `path:line:column` or a folder; none for errors that have no place. */
  readonly place: string | undefined;
  /** All places, where there are several; what is wrong with each may stand behind it. */
  readonly places: readonly string[];
  /** What to type or do next, one line each. */
  readonly remedy: readonly string[];

  constructor(fact: string, details: { place?: string | readonly string[]; remedy?: string | readonly string[] } = {}) {
    super(fact);
    this.places =
      details.place === undefined ? [] : typeof details.place === "string" ? [details.place] : details.place;
    this.place = this.places[0];
    this.remedy = typeof details.remedy === "string" ? [details.remedy] : (details.remedy ?? []);
  }
}

/** The command line itself is wrong. */
export class UsageError extends UserError {}

/** What ends a run from outside. */
export type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** The run was interrupted; `signal` decides the exit status. */
export class Interrupted extends Error {
  constructor(readonly signal: Signal) {
    super(signal);
  }
}

/** Exit statuses, as every command's help ends with. */
export const EXIT = { ok: 0, no: 1, failed: 2, hungUp: 129, interrupted: 130, terminated: 143 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** How a run ends that a signal ended. */
export const SIGNAL_EXITS = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  SIGHUP: EXIT.hungUp,
} as const satisfies Record<Signal, Exit>;
