import type { Context } from "../commands/command.ts";
import { recoverFirst } from "../commands/recovering.ts";
import { partsOf } from "../commands/serving/ports.ts";
import type { Io } from "../io.ts";
import { type JournalEntry, journalLine, MODES, type Serving, serving } from "../server/serve/index.ts";
import { appendLines } from "../store/lines.ts";
import { forShell } from "../text/escape.ts";
import type { Checked } from "./options.ts";
import type { Pace } from "./public.d.ts";

/** What answers requests, and ends. */
export interface Core {
  readonly serve: Serving;
  close(): Promise<void>;
}

const TO_RECORD =
  'createFetch({ mode: "record-if-missing" }), or RECCTL_MODE=record-if-missing in the environment where no mode is given';

/** The core of `recctl serve`, with the client's own keys, and what it calls as its upstream. @throws UserError */
export async function coreOf(options: Checked, io: Io): Promise<Core> {
  const { cwd = io.cwd, recordings, mode, journal } = options;
  const recctl = cwd === io.cwd ? "recctl" : `recctl -C ${forShell(cwd)}`;
  const context: Context = { io, cwd, recctl, verb: "serve" };
  if (MODES[mode].write) await recoverFirst(context);
  const lines = typeof journal === "string" ? appendLines(context, journal) : null;
  const failed: unknown[] = [];
  const take = (entry: JournalEntry): void => {
    try {
      if (lines) lines.add(journalLine(entry));
      else if (typeof journal === "function") journal(JSON.parse(journalLine(entry)));
    } catch (error) {
      // No reason not to answer: it is told at the end.
      failed.push(error);
    }
  };
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
    take,
  );
  // Keys are the client's own: none of the environment is added, and none of the client's held back.
  const serve = serving({ ...parts.ports, env: {} }, { ...parts.settings, recctl, toRecord: TO_RECORD });
  return {
    serve,
    async close() {
      await serve.settled();
      lines?.close();
      if (failed.length > 0) throw new Error("recctl: the journal could not be written", { cause: failed[0] });
    },
  };
}

/** Without members that are there and undefined. */
const set = (pace: Pace = {}): { [Key in keyof Pace]?: number } =>
  Object.fromEntries(Object.entries(pace).filter(([, value]) => value !== undefined));
