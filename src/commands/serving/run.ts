import { EXIT, Interrupted, UserError } from "../../errors.ts";
import { DEFAULT_LIMITS } from "../../server/http/limits.ts";
import { startServer } from "../../server/http/start.ts";
import { type JournalEntry, MODES, type Serving, serving } from "../../server/serve/index.ts";
import { countText } from "../../text/bytes.ts";
import { forTerminalLine } from "../../text/escape.ts";
import type { Context, Outcome } from "../command.ts";
import { settingsOf } from "../settings.ts";
import { asksLines } from "./asks.ts";
import { commandEnv, pointers } from "./environment.ts";
import { errorBody, handlerOf } from "./handler.ts";
import { openJournal } from "./journal-file.ts";
import { logOn } from "./log.ts";
import type { ServeOptions } from "./options.ts";
import { type Parts, partsOf } from "./ports.ts";
import { brokenNotes, countsLine, entryLine, Kept } from "./telling.ts";
import type { Writer } from "./writer.ts";

/** How long streams may go on once somebody has asked for the end, in milliseconds: a person can ask twice. */
const GRACE = { SIGINT: 3_600_000, SIGTERM: 10_000, SIGHUP: 10_000 } as const;
/** And once the command has ended that they were for. */
const AFTER_COMMAND = 1_000;
const PORT = 8080;

/** Starts a server, and ends with the command that is run with it, else with a signal. */
export async function serveUntilEnd(
  paths: readonly string[],
  command: readonly string[],
  options: ServeOptions,
  context: Context,
): Promise<Outcome> {
  const { io } = context;
  // A terminal that is closed ends it as SIGTERM does: what is recorded is told, and no command is left behind.
  io.hearHangup();
  const kept = new Kept();
  const file = options.journal === undefined ? null : openJournal(context, options.journal, "--journal run.jsonl");
  const tell = logOn(io);
  const isServer = command.length === 0;
  let isJournalShort = false;
  const tried = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      // A full disk is no reason not to answer.
      if (!(error instanceof UserError)) throw error;
      isJournalShort = true;
      tell(`recctl serve: the journal ${forTerminalLine(error.message)}`);
    }
  };
  const journal = (entry: JournalEntry): void => {
    tried(() => file?.add(entry));
    if (options.verbose) tell(entryLine(entry));
    else if (!isServer) kept.add(entry);
    else if (entry.outcome !== "hit") tell(entryLine(entry));
  };
  try {
    const parts = await partsOf(paths, options, context, journal);
    if (options.strict && MODES[options.mode].look && parts.store.count() === 0) {
      tell(
        `recctl serve: no recording fits ${paths.length > 0 ? paths.map(forTerminalLine).join(" ") : "the selection"}: every request misses`,
      );
    }
    const asks = asksLines(parts.settings, (await settingsOf(context)).file, context.io.env);
    for (const note of MODES[options.mode].look ? brokenNotes(parts.store.flaws, context.recctl) : []) tell(note);
    const serve = serving(parts.ports, parts.settings);
    const server = await startServer({
      host: options.host,
      port: options.port ?? (isServer ? PORT : 0),
      token: options.token ?? null,
      limits: DEFAULT_LIMITS,
      handler: handlerOf(serve),
      errorBody,
      onRefused: (early) => serve.refused(early),
      onProblem: (text) => tell(`recctl serve: ${forTerminalLine(text)}`),
    });
    if (!isServer) for (const line of asks) tell(`recctl serve: ${line}`);
    // A journal that lacks lines is no evidence.
    const isUnmet = (): boolean => missedIn(serve) || isJournalShort;
    const told = (): string => countsLine(serve) + undoLine(serve, parts.writer, context.recctl);
    const end = async (grace: number): Promise<void> => {
      await server.close(grace);
      await serve.settled();
      tried(() => file?.close());
    };
    const running: Running = { url: server.url, end, isUnmet, told };
    return isServer
      ? await untilSignal(running, { ...parts, asks }, options, context)
      : await withCommand(command, running, options, kept, context);
  } finally {
    tried(() => file?.close());
  }
}

/** A request without a recording, or one that recctl itself had to refuse; also where a client had it forgotten. */
const missedIn = ({ counts, forgotten }: Serving): boolean =>
  [counts, forgotten].some(({ miss, refused }) => miss + refused > 0);

interface Running {
  readonly url: string;
  /** Ends it once what runs has ended, or after so many milliseconds, and the journal with it. */
  readonly end: (grace: number) => Promise<void>;
  /** Whether something came that `--strict` does not let pass. */
  readonly isUnmet: () => boolean;
  /** What became of all, so far. */
  readonly told: () => string;
}

async function untilSignal(
  { url, end, isUnmet, told }: Running,
  { store, settings, asks }: Parts & { asks: readonly string[] },
  { strict, token }: ServeOptions,
  { io }: Context,
): Promise<Outcome> {
  const exports = Object.entries(pointers(url)).map(([name, value]) => `export ${name}=${value}`);
  const note = [
    `recctl serve: ${settings.mode}, ${countText(store.count(), "recording")}, on ${url}`,
    ...asks,
    ...(token === undefined ? [] : ["clients send the token in the header X-Recctl-Token"]),
    "Ctrl-C ends it; point clients here:",
  ];
  await io.stderr.write(`${note.join("\n")}\n`).catch(() => undefined);
  // Whoever reads them may leave before the end.
  await io.stdout.write(`${exports.join("\n")}\n`).catch(() => undefined);
  try {
    await io.until(new Promise<never>(() => undefined));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    await end(GRACE[error.signal]);
    await io.stderr.write(`${told()}\n`).catch(() => undefined);
    if (strict && isUnmet()) return { exit: EXIT.no };
    throw error;
  }
  return { exit: EXIT.ok };
}

async function withCommand(
  [file = "", ...args]: readonly string[],
  { url, end, isUnmet, told }: Running,
  { strict, token }: ServeOptions,
  kept: Kept,
  { io, recctl }: Context,
): Promise<Outcome> {
  try {
    const say = (text: string): unknown => io.stderr.write(`\nrecctl serve: ${text}\n`).catch(() => undefined);
    const { status } = await io.run(file, args, commandEnv(url, token, io.env), say);
    await end(AFTER_COMMAND);
    const notes = [...kept.told(), told()];
    // As a shell would tell it, whatever was handed on: what it did about a signal it knows best itself.
    return { exit: status === 0 && strict && isUnmet() ? EXIT.no : status, notes };
  } catch (error) {
    await end(0);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (!syscall?.startsWith("spawn")) throw error;
    const fact = code === "ENOENT" ? "no such command" : `the command cannot be run: ${code}`;
    throw new UserError(fact, { place: file, remedy: `${recctl} serve -- COMMAND ARGUMENTS...` });
  }
}

/** What takes it back: by its id, for where all was as it had been, the last change is another's. */
function undoLine({ counts, forgotten }: Serving, writer: Writer | null, recctl: string): string {
  if (!writer || counts.recorded + forgotten.recorded === 0) return "";
  const undo = writer.changes().map((id) => `${recctl} undo ${id}`);
  return undo.length > 0 ? ` (to take it back: ${undo.reverse().join("; ")})` : " (all of it as it was before)";
}
