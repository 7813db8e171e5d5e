import { join } from "node:path";
import { schemeFor } from "../../checks/today.ts";
import { startTimer, stopTimer } from "../../io.ts";
import { type Entry, isBroken } from "../../listing/entry.ts";
import { filterOf } from "../../listing/filter.ts";
import type { Kind } from "../../recording/kinds.ts";
import type { JournalEntry, ServePorts, ServeSettings } from "../../server/serve/index.ts";
import { AS_FLAGS, DEFAULT_UPSTREAMS, MODES } from "../../server/serve/index.ts";
import { askUpstream } from "../../server/upstream/ask.ts";
import type { Upstream } from "../../server/upstream/headers.ts";
import { DEFAULT_UPSTREAM_LIMITS } from "../../server/upstream/types.ts";
import { NO_INDEX, openIndex } from "../../store/index.ts";
import { cacheDir } from "../../store/paths.ts";
import { scan } from "../../store/scan.ts";
import type { Context } from "../command.ts";
import { findFiles, findThere } from "../finding.ts";
import { grep } from "../grep.ts";
import { portsOf } from "../ports.ts";
import { unreadable } from "../selection.ts";
import { settingsOf } from "../settings.ts";
import { isSchemeSet, todayOf } from "../today.ts";
import type { ServeOptions } from "./options.ts";
import { holdsIn, secretsIn } from "./secrets.ts";
import { type LiveStore, liveStore } from "./store.ts";
import { type Writer, writerFor } from "./writer.ts";

/** All that a server is made of. */
export interface Parts {
  readonly ports: ServePorts;
  readonly settings: ServeSettings;
  readonly store: LiveStore;
  readonly writer: Writer | null;
}

/** What options and configuration make of serving. @throws UserError where they are wrong */
export async function partsOf(
  paths: readonly string[],
  options: ServeOptions,
  context: Context,
  journal: (entry: JournalEntry) => void,
): Promise<Parts> {
  const { io, cwd, recctl } = context;
  const config = await settingsOf(context);
  const writer = MODES[options.mode].write
    ? writerFor(config.folder, context.verb, { ...portsOf(context), sleep: pause, breathe: () => undefined })
    : null;
  const index = options.index === false ? NO_INDEX : openIndex(cacheDir(io.env));
  const keep = filterOf(options);
  const store = await liveStore({
    cwd,
    now: io.now,
    match: options.match,
    find: (isAgain) => (isAgain ? findThere : findFiles)(paths, options.gitignore === true, context),
    read: async (found) => {
      const { files } = await scan(found.folders, { index, now: io.now, pause: () => undefined });
      const entries = files.filter((file): file is Entry => !isBroken(file) && keep(file));
      const broken = [...files.filter(isBroken), ...found.unreadable.map(unreadable)];
      return { entries: options.grep === undefined ? entries : await grep(entries, options.grep, context), broken };
    },
    folderOf: (folder) => join(config.folder, folder),
    write: writer && ((place, root, mayReplace) => writer.write(place, root, mayReplace)),
    whyNot: writer && ((place) => writer.whyNot(place)),
  });
  const ports: ServePorts = {
    store,
    upstream: askUpstream,
    env: io.env,
    now: io.now,
    clock: io.clock,
    sleep,
    journal,
    holdsIn: (root, path) => holdsIn(root, path, { ...config, recctl }),
    secretsIn: options.allowSecrets ? null : (root) => secretsIn(root, config),
  };
  const settings: ServeSettings = {
    mode: options.mode,
    match: options.match,
    testId: options.testId ?? null,
    missStatus: options.missStatus,
    schemeOf: await schemesFor(options.scheme, context),
    fallback: options.fallback ?? config.fallback,
    pace: paceIn(options),
    keepPartial: options.keepPartial === true,
    keepFailures: options.keepFailures === true,
    upstreams: upstreamsOf(options.upstream ?? [], config.upstreams),
    limits: DEFAULT_UPSTREAM_LIMITS,
    recctl,
    wording: AS_FLAGS,
  };
  return { ports, settings, store, writer };
}

/** Whose name is first counts: flags, then the configuration, then what everybody knows. */
function upstreamsOf(
  flags: NonNullable<ServeOptions["upstream"]>,
  configured: Readonly<Record<string, string>>,
): readonly Upstream[] {
  return [
    ...flags.map(([api, url]): Upstream => ({ api, url, from: "flag" })),
    ...Object.entries(configured).map(([api, url]): Upstream => ({ api, url, from: "config" })),
    ...DEFAULT_UPSTREAMS,
  ];
}

/** The scheme that somebody sets; by a guess nothing is named, so else the newest is in force. */
async function schemesFor(scheme: string | undefined, context: Context): Promise<(kind: Kind) => string | undefined> {
  if (!(await isSchemeSet(scheme, context))) return () => undefined;
  const today = await todayOf(scheme, () => [], context);
  return (kind) => schemeFor(kind, today);
}

const paceIn = ({ ttft, tps, jitter, seed }: ServeOptions): ServeSettings["pace"] => ({
  ...(ttft !== undefined && { ttft }),
  ...(tps !== undefined && { tps }),
  ...(jitter !== undefined && { jitter }),
  ...(seed !== undefined && { seed }),
});

/** Not that of a run, which a signal ends: streams that run are finished. */
const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      stopTimer(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = startTimer(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });

/** Likewise: what is being written is written to its end. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => startTimer(resolve, ms));
