import { dirname } from "node:path";
import type { Context } from "../commands/command.ts";
import { recoverFirst } from "../commands/recovering.ts";
import { openJournal } from "../commands/serving/journal-file.ts";
import { partsOf } from "../commands/serving/ports.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { AS_OPTIONS, MODES, type Serving, serving } from "../server/serve/index.ts";
import { kindAt } from "../store/paths.ts";
import { forShell } from "../text/escape.ts";
import type { Checked } from "./options.ts";
import type { Pace } from "./public.d.ts";
import { Taking } from "./taking.ts";

/** What answers requests, and ends. */
export interface Core {
  readonly serve: Serving;
  close(): Promise<void>;
}

const TO_RECORD =
  'createFetch({ mode: "record-if-missing" }), or RECCTL_MODE=record-if-missing in the environment where no mode is given';

const TO_JOURNAL = 'createFetch({ journal: "run.jsonl" })';

/** The core of `recctl serve`, with the client's own keys, and what it calls as its upstream. @throws UserError */
export async function coreOf(options: Checked, io: Io): Promise<Core> {
  const { cwd = io.cwd, recordings, mode, journal } = options;
  const recctl = cwd === io.cwd ? "recctl" : `recctl -C ${forShell(cwd)}`;
  const context: Context = { io, cwd, recctl, verb: "createFetch" };
  if (kindAt({ cwd: dirname(cwd) }, cwd) !== "folder") {
    throw new UserError("cwd: no such folder", {
      place: cwd,
      remedy: "createFetch({ cwd: FOLDER }), with one that is there",
    });
  }
  if (MODES[mode].write) await recoverFirst(context);
  const file = typeof journal === "string" ? openJournal(context, journal, TO_JOURNAL) : null;
  const taking = new Taking(file, typeof journal === "function" ? journal : null);
  const {
    scheme,
    fallback,
    keepPartial,
    keepFailures,
    allowSecrets,
    missStatus = 404,
    match = "name",
    pace,
    upstreams,
  } = options;
  const parts = await partsOf(
    recordings,
    {
      mode,
      match,
      missStatus,
      host: "",
      upstream: Object.entries(upstreams),
      ...set(pace),
      ...(scheme !== undefined && { scheme }),
      ...(fallback !== undefined && { fallback }),
      ...(keepPartial && { keepPartial }),
      ...(keepFailures && { keepFailures }),
      ...(allowSecrets && { allowSecrets }),
    },
    context,
    (entry) => taking.take(entry),
  );
  // Keys are the client's own: none of the environment is added, and none of the client's held back.
  const serve = serving(
    { ...parts.ports, env: {} },
    { ...parts.settings, recctl, toRecord: TO_RECORD, wording: AS_OPTIONS },
  );
  return {
    serve,
    async close() {
      await serve.settled();
      await taking.settled();
    },
  };
}

/** Without members that are there and undefined. */
const set = (pace: Pace = {}): { [Key in keyof Pace]?: number } =>
  Object.fromEntries(Object.entries(pace).filter(([, value]) => value !== undefined));
