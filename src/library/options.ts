import { resolve } from "node:path";
import { SCHEME_NAMES } from "../commands/scheme-names.ts";
import { whyNotUpstream } from "../config/upstream.ts";
import { MODES } from "../server/serve/modes.ts";
import type { FetchOptions, Mode } from "./public.d.ts";

/** Options with their defaults. */
export interface Checked extends FetchOptions {
  readonly mode: Mode;
  readonly recordings: readonly string[];
  readonly upstreams: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What an option must be, and how that is said. */
interface Kind {
  readonly is: (value: unknown) => boolean;
  readonly what: string;
}
const TEXT: Kind = { is: (value) => typeof value === "string" && value !== "", what: "a text" };
const FLAG: Kind = { is: (value) => typeof value === "boolean", what: "true or false" };
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const between = (least: number, most: number) => (value: unknown) =>
  typeof value === "number" && value >= least && value <= most;

const PACE: Readonly<Record<string, Kind>> = {
  ttft: { is: between(0, 3_600_000), what: "milliseconds, up to an hour" },
  tps: { is: between(0.001, 1e6), what: "more than 0, up to a million" },
  jitter: { is: between(0, 1), what: "from 0 to 1" },
  seed: { is: (value) => Number.isInteger(value) && between(0, 2 ** 32 - 1)(value), what: "a whole number from 0" },
};

/** The table of options. */
const OPTIONS: Readonly<Record<keyof FetchOptions, Kind>> = {
  recordings: {
    is: (value) => TEXT.is(value) || (Array.isArray(value) && value.every(TEXT.is)),
    what: "a path, or several",
  },
  mode: {
    is: (value) => typeof value === "string" && Object.hasOwn(MODES, value),
    what: Object.keys(MODES).join(", "),
  },
  testId: {
    is: (value) => value === null || TEXT.is(value) || typeof value === "function",
    what: "a text or a function",
  },
  match: { is: (value) => value === "name" || value === "request", what: "name or request" },
  upstreams: { is: isObject, what: "urls by the name of an API" },
  pace: { is: isObject, what: "an object" },
  journal: { is: (value) => TEXT.is(value) || typeof value === "function", what: "a path or a function" },
  strict: FLAG,
  missStatus: { is: (value) => Number.isInteger(value) && between(400, 599)(value), what: "from 400 to 599" },
  scheme: {
    is: (value) => typeof value === "string" && SCHEME_NAMES.includes(value),
    what: SCHEME_NAMES.join(", "),
  },
  fallback: TEXT,
  keepPartial: FLAG,
  keepFailures: FLAG,
  allowSecrets: FLAG,
  cwd: TEXT,
};

/** Options as they are used. @throws TypeError for one that is none, and for a RECCTL_MODE that is none */
export function checkedOptions(options: FetchOptions, env: Env): Checked {
  look(options, OPTIONS, "");
  look(options.pace ?? {}, PACE, "pace.");
  for (const [name, url] of Object.entries(options.upstreams ?? {})) {
    const why = typeof url === "string" ? whyNotUpstream(url) : "a url is wanted";
    if (why !== null) throw new TypeError(`recctl: upstreams.${name}: ${why}`);
  }
  const { recordings = [], upstreams = {}, cwd } = options;
  return {
    ...options,
    mode: options.mode ?? modeIn(env),
    recordings: typeof recordings === "string" ? [recordings] : recordings,
    upstreams,
    ...(cwd !== undefined && { cwd: resolve(cwd) }),
  };
}

function look(options: object, table: Readonly<Record<string, Kind>>, before: string): void {
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!kind) throw new TypeError(`recctl: no option ${before}${name}: there are ${Object.keys(table).join(", ")}`);
    if (value !== undefined && !kind.is(value)) throw new TypeError(`recctl: ${before}${name}: wanted is ${kind.what}`);
  }
}

function modeIn({ RECCTL_MODE: mode }: Env): Mode {
  if (mode === undefined || mode === "") return "replay";
  if (Object.hasOwn(MODES, mode)) return mode as Mode;
  throw new TypeError(`recctl: RECCTL_MODE=${mode} is no mode: there are ${Object.keys(MODES).join(", ")}`);
}
