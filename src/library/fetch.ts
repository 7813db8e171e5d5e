import { UserError } from "../errors.ts";
import { type Io, startTimer, stopTimer } from "../io.ts";
import type { Reply } from "../server/serve/types.ts";
import { untilAborted } from "./aborting.ts";
import { RecctlError } from "./error.ts";
import type { Checked } from "./options.ts";
import type { Core } from "./parts.ts";
import type { Outcome, RecctlFetch } from "./public.d.ts";
import { requestedBy, signalOf } from "./request.ts";
import { responseOf } from "./response.ts";

/** How long what is still being read when it is closed may go on, in milliseconds. */
const GRACE = 10_000;

const NOTHING: Readonly<Record<Outcome, number>> = { hit: 0, miss: 0, recorded: 0, live: 0, refused: 0, aborted: 0 };

/** A fetch that hands requests to the core of `recctl serve`. The core is made for the first of them. */
export function fetchFor(options: Checked, io: Io): RecctlFetch {
  let core: Promise<Core> | null = null;
  let made: Core | null = null;
  let closed: Promise<void> | null = null;
  // With what each was called with: a Request whose signal is to be heard must be kept.
  const running = new Map<AbortController, unknown>();
  const begun = new Set<Promise<Response>>();
  const load = async (): Promise<Core> => {
    // Loaded when it is needed: a test that asks nothing pays nothing.
    const { coreOf } = await import("./parts.ts");
    try {
      made = await coreOf(options, io);
      return made;
    } catch (error) {
      // What is wrong may be mended before the next request.
      core = null;
      throw told(error);
    }
  };
  const answered = async (...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> => {
    if (closed) throw new TypeError("recctl: this fetch is closed");
    const testId = testIdOf(options);
    const signal = signalOf(input, init);
    const gone = new AbortController();
    running.set(gone, input);
    const leave = (): void => gone.abort(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    const over = (early: boolean): void => {
      running.delete(gone);
      signal.removeEventListener("abort", leave);
      if (early) gone.abort();
    };
    try {
      const { url, asked } = await requestedBy(input, init, testId, gone.signal);
      core ??= load();
      const { serve } = await untilAborted(core, gone.signal);
      const reply = await untilAborted(serve({ ...asked, gone: gone.signal }), gone.signal);
      if (options.strict) throwUnmet(reply);
      return responseOf(reply, url, signal, over);
    } catch (error) {
      over(true);
      throw error;
    }
  };
  const fetch = (...asked: Parameters<typeof globalThis.fetch>): Promise<Response> => {
    const answer = answered(...asked);
    begun.add(answer);
    return answer.finally(() => begun.delete(answer));
  };
  const close = (): Promise<void> => {
    closed ??= closing(begun, () => core, running);
    return closed;
  };
  return Object.defineProperties(fetch, {
    counts: { get: () => made?.serve.counts ?? NOTHING, enumerable: true },
    close: { value: close, enumerable: true },
    [Symbol.asyncDispose]: { value: close },
  }) as RecctlFetch;
}

/**
 * Waits for what was asked, then for what is still being recorded of it. Who has left a stream unread would be waited for without end.
 * @throws what is wrong with the journal
 */
async function closing(
  begun: ReadonlySet<Promise<Response>>,
  core: () => Promise<Core> | null,
  running: ReadonlyMap<AbortController, unknown>,
): Promise<void> {
  const timer = startTimer(() => {
    for (const gone of running.keys()) gone.abort();
  }, GRACE);
  try {
    await Promise.allSettled(begun);
    // Who asked was told what is wrong with it.
    const one = await core()?.catch(() => null);
    await one?.close();
  } finally {
    stopTimer(timer);
  }
}

/** With its place and what to do, which nobody else would print here. */
function told(error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  const { message, places, remedy } = error;
  const lines = [
    `recctl: ${message}`,
    ...places.map((place) => `  in   ${place}`),
    ...remedy.map((way) => `  try  ${way}`),
  ];
  return new Error(lines.join("\n"));
}

/** @throws TypeError for what the function gave that is no text: waited for, a promise could tell another test than the one that asks */
function testIdOf({ testId }: Checked): string | null {
  const told: unknown = typeof testId === "function" ? testId() : testId;
  if (told === undefined || told === null || told === "") return null;
  if (typeof told === "string") return told;
  const what = told instanceof Promise ? "a promise" : `a value of type ${typeof told}`;
  throw new TypeError(`recctl: testId gave ${what}: wanted is a text, or null or undefined where no test asks`);
}

/** @throws RecctlError for what missed, was refused, or was not recorded */
function throwUnmet({ status, headers, said }: Reply): void {
  const outcome = headers["x-recctl-outcome"];
  if (outcome !== "miss" && outcome !== "refused") return;
  throw new RecctlError(
    said ?? headers["x-recctl-reason"] ?? "recctl refused the answer",
    outcome,
    headers["x-recctl-name"] ?? null,
    status,
  );
}
