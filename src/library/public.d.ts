// What the package gives who imports it, as it is published: this file is dist/index.d.ts. It needs no other.

/** `fetch` of wherever this is compiled: of the DOM's types, of Node's, or untyped where there are neither. */
// biome-ignore lint/suspicious/noExplicitAny: where nothing says what fetch is, nothing can be said of it here
export type Fetch = typeof globalThis extends { fetch: infer F } ? F : (input: any, init?: any) => Promise<any>;

/**
 * What becomes of a request.
 * - `replay`: recordings only; a miss is an error that tells why.
 * - `record-if-missing`: what has no recording is asked of the API itself, and recorded.
 * - `record`: everything is asked, and written over what there is.
 * - `live`: everything is asked, and nothing written.
 */
export type Mode = "replay" | "record-if-missing" | "record" | "live";

/**
 * What a request came to; `refused` is every error of recctl's own but a miss, and an answer that could not be recorded; `aborted`: its
 * caller did not wait for all of the answer, so nothing was recorded.
 */
export type Outcome = "hit" | "miss" | "recorded" | "live" | "refused" | "aborted";

/** The pace of streams that are replayed, in real time, whatever fake timers a test has set. All unset: at once. */
export interface Pace {
  /** Milliseconds until the first chunk that brings content. */
  ttft?: number | undefined;
  /** Chunks with content a second, from then on. */
  tps?: number | undefined;
  /** How far each pause may stray, as a part of it: 0 to 1. */
  jitter?: number | undefined;
  /** Chooses the pauses that jitter gives: a whole number. The same seed gives the same ones. */
  seed?: number | undefined;
}

/** What one request came to: a line of the journal. */
export interface JournalEntry {
  /** ISO 8601, in UTC; the real time, whatever a test has set as its own. */
  readonly time: string;
  /** The test that asked; null where none is told. */
  readonly test_id: string | null;
  /** The hash that was looked for, or is recorded; null where no name can be made of the request. */
  readonly name: string | null;
  /** What it came to. */
  readonly outcome: Outcome;
  /** The recording that answered, or that was written, relative to `cwd`; null where there is none. */
  readonly path: string | null;
  /** Recordings that answered with it: a list of models is united from several. */
  readonly more?: readonly string[];
  /** As it was sent: GET or POST. */
  readonly method: string;
  /** As recordings say it; the path that was asked where no API has it. */
  readonly endpoint: string;
  /** The model that was asked; null where there is none. */
  readonly model: string | null;
  /** Of the answer. */
  readonly status: number;
  /** Why it missed or was refused, or what is wrong with what was recorded, or not for everybody to see in it; a line. */
  readonly reason?: string;
  /** Of a miss, what was asked, as a recording would store it. Absent where it is long, or holds secrets. */
  readonly request?: unknown;
  /** True of a recording that is a failure; else absent. */
  readonly failure?: true;
}

/** How requests are answered. */
export interface FetchOptions {
  /** Folders, files or globs with recordings. Default: all below the working folder, or what the configuration says. */
  recordings?: string | readonly string[] | undefined;
  /** Default: the variable RECCTL_MODE of the environment, else `replay`. */
  mode?: Mode | undefined;
  /** The test that asks, or what tells it for each request, at once (no promise); null or undefined: none. A header `X-Test-Id` of the client goes before it. */
  testId?: string | null | (() => string | null | undefined) | undefined;
  /** `name`: the test's own recording (the default). `request`: that of the same request, whichever test recorded it. */
  match?: "name" | "request" | undefined;
  /**
   * What is asked and matched instead of the URL that the client calls, by API: `openai`, `anthropic`, `ollama`, `google`, `rerank`,
   * `tavily`. Default: the client's own URL.
   */
  upstreams?: Readonly<Record<string, string>> | undefined;
  /** Of streams that are replayed. */
  pace?: Pace | undefined;
  /**
   * A file that a line is appended to for each request, or what takes each. `recctl prune --run` and `recctl why` read the file: it is
   * new, or a journal. A function that throws, or whose promise rejects, keeps no request from its answer; `close()` rejects with that.
   */
  journal?: string | ((entry: JournalEntry) => void) | undefined;
  /** What misses or is refused rejects with a {@link RecctlError}. Default: it is a response with an error status, in the API's own words. */
  strict?: boolean | undefined;
  /** The status of the response to a miss, where it is not strict: 404. */
  missStatus?: number | undefined;
  /** The naming scheme in force, or `auto`. Default: the configuration, else the newest. */
  scheme?: string | undefined;
  /** The folder for what no test asked, relative to where test ids are. */
  fallback?: string | undefined;
  /** Writes what broke off, as far as it came, where no recorder would keep it. */
  keepPartial?: boolean | undefined;
  /** With `record-if-missing`: writes failures that may pass, too: 401, 403, 408, 409, 425, 429, 5xx, errors in streams, and what broke off. */
  keepFailures?: boolean | undefined;
  /**
   * Writes what holds keys or tokens, too. Account data (addresses of people, hosts, folders of users, ids of projects) is written in any
   * case: the journal's `reason` says which, where it stands, and what takes it out.
   */
  allowSecrets?: boolean | undefined;
  /** The folder that paths and test ids are relative to, unless a configuration above it says otherwise. Default: the working folder. */
  cwd?: string | undefined;
}

/** What `await using` asks for, where this is compiled with types of it (`lib: ["esnext.disposable"]`, or those of Node). */
export type Closing = SymbolConstructor extends { readonly asyncDispose: infer S extends symbol }
  ? { readonly [K in S]: () => Promise<void> }
  : unknown;

/** A `fetch` for the `fetch` option of any client library. With `await using`, it is closed at the end of the block. */
export type RecctlFetch = Fetch &
  Closing & {
    /** What requests came to so far. */
    readonly counts: Readonly<Record<Outcome, number>>;
    /**
     * Waits until all that is being recorded is written. What was written since `createFetch` is one transaction: `recctl undo` takes it
     * back. Requests that come later reject. Rejects where the journal could not be written, or its function threw: what it has is then
     * no evidence. The first thing that failed is the error's `cause`.
     */
    close(): Promise<void>;
  };

/** A request that recctl did not answer, where it is strict. The message tells why, as `recctl why` does. */
export declare class RecctlError extends Error {
  /** Tells it apart where there are several copies of the class. */
  override readonly name: "RecctlError";
  /** Whether nothing was recorded, or recctl could not answer at all, or not record the answer. */
  readonly outcome: "miss" | "refused";
  /** The hash that was looked for; null where no name can be made of the request. */
  readonly recording: string | null;
  /** Of the response that it would have been. */
  readonly status: number;
  /** For recctl alone. */
  constructor(message: string, outcome: "miss" | "refused", recording: string | null, status: number);
}

/**
 * A `fetch` that answers out of recordings, by the API itself, or both, as the mode says. It opens no port; nothing is read before the
 * first request.
 * @throws TypeError for an option or a RECCTL_MODE that is none
 */
export declare function createFetch(options?: FetchOptions): RecctlFetch;
