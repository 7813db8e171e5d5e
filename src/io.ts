import { EXIT, UserError } from "./errors.ts";
import type { Ran, Taker } from "./io/running.ts";
import { type Signals, watchSignals } from "./io/signals.ts";

/** A stream that text is written to. */
export interface Out {
  /** Whether a person is likely to look at it now. */
  terminal: boolean;
  colour: boolean;
  /** Columns of the terminal; 80 where nothing tells. */
  columns: number;
  /** Resolves when the text is on its way. Rejects with ClosedPipe when nobody reads any more. */
  write(text: string | Uint8Array): Promise<void>;
}

/** The reader at the other end of a pipe has gone: no error, only the end. */
export class ClosedPipe extends Error {}

/** The terminal itself, for what draws on all of it. */
export interface Terminal {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  /** Tells what befalls it and whatever draws on it, to the end of the process. A terminal that goes is heard as SIGHUP. */
  watch(events: TerminalEvents): void;
  /** Stops this job, as Ctrl-Z does; resolves when it has been continued and has the terminal. */
  stop(): Promise<void>;
  /** Stops this job for as long as another has the terminal. */
  waitForTerminal(): Promise<void>;
  /** Asks the terminal for its size, which `output` then has and tells: of another one in the background nobody was told. */
  measure(): void;
  /** Whether this job has the terminal: in the background whatever sets its modes is stopped. */
  isOurs(): boolean;
  /** Runs a shell's script on it, to its exit status; null where a signal ended it. */
  run(program: Program): Promise<number | null>;
}

export interface TerminalEvents {
  /** Something was thrown and caught by nobody. */
  failed(error: unknown): void;
  /** Someone else stops this process: `stop` lets it happen, and resolves when it has been continued. */
  stopping(stop: () => Promise<void>): void;
  continued(): void;
  /** The terminal was resized, if only for a moment: what it showed may be lost. */
  resized(): void;
}

export interface Program {
  script: string;
  /** `$1` and on. */
  args: readonly string[];
  cwd: string;
  /** On its stdin, which is the terminal otherwise. */
  text?: string;
}

/** All that a run touches of the process it runs in. This file and those in `io/` are the only ones that name it. */
export interface Io {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  cwd: string;
  /** Of this process. */
  pid: number;
  stdout: Out;
  stderr: Out;
  /** All that is on stdin. Rejects with Interrupted. */
  stdin(): Promise<Buffer>;
  /** Null where stdin or stdout is none, or it is one on which nothing can be drawn. */
  terminal(): Promise<Terminal | null>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from any fixed moment. */
  clock(): number;
  /** Resolves after that many milliseconds. Rejects with Interrupted. */
  sleep(ms: number): Promise<void>;
  /** Waits for work that is done elsewhere. Rejects with Interrupted. */
  until<T>(work: Promise<T>): Promise<T>;
  /**
   * Runs a command with this process's own streams, and hands on the signals that come meanwhile. `tell` takes what to say at the
   * terminal where it does not heed Ctrl-C. Rejects where there is no such command.
   */
  run(
    file: string,
    args: readonly string[],
    own: Readonly<Record<string, string>>,
    tell: (text: string) => void,
  ): Promise<Ran>;
  /** From now on a hangup is heard as the other signals are, for what has something to bring to its end. */
  hearHangup(): void;
  /** Lets signals through in long work; cheap enough to call for every file. Rejects with Interrupted. */
  breathe(): Promise<void> | undefined;
  /** Whether a process with that id runs, whoever owns it. */
  isAlive(pid: number): boolean;
}

/** How long work may go on before signals are looked at. */
const BREATH = 50;

/** The process that recctl was started as. */
export function processIo(): Io & { exitWith(code: number): void } {
  const { env } = process;
  const signals = watchSignals();
  let breath = clock();
  let stdout: Out | undefined;
  let stderr: Out | undefined;
  return {
    argv: process.argv.slice(2),
    env,
    get cwd() {
      return workingFolder();
    },
    pid: process.pid,
    // Opened when they are used: each costs a millisecond or two.
    get stdout() {
      stdout ??= streamOut(process.stdout, env);
      return stdout;
    },
    get stderr() {
      stderr ??= streamOut(process.stderr, env);
      return stderr;
    },
    stdin: () => readAll(process.stdin, signals.until),
    terminal: async () => {
      if (!process.stdin.isTTY || !process.stdout.isTTY || env.TERM === "dumb") return null;
      return (await import("./io/terminal.ts")).processTerminal(signals);
    },
    // Once all that was written is out.
    exitWith: (code) => {
      process.exitCode = code;
      if (code === EXIT.hungUp || code === EXIT.terminated) process.once("beforeExit", () => signals.end(code));
    },
    now,
    clock,
    sleep: (ms) =>
      signals.until((done) => {
        const timer = setTimeout(done, ms);
        return () => clearTimeout(timer);
      }),
    until: async (work) => {
      await signals.until((done) => {
        work.then(done, done);
        return () => undefined;
      });
      return work;
    },
    run: async (file, args, own, tell) => {
      const { runCommand } = await import("./io/running.ts");
      const isTyped = (signal: NodeJS.Signals): boolean => signal === "SIGINT" && process.stdin.isTTY === true;
      const handOn = (taker: Taker) => signals.handOn((signal) => taker(signal, isTyped(signal)));
      return runCommand(file, args, { ...env, ...own }, handOn, tell);
    },
    hearHangup: () => signals.hearHangup(),
    breathe: () => {
      if (clock() - breath < BREATH) return undefined;
      return signals
        .until((done) => {
          const turn = setImmediate(done);
          return () => clearImmediate(turn);
        })
        .then(() => {
          breath = clock();
        });
    },
    isAlive,
  };
}

/**
 * Time as it is where this is loaded: tests that use the library may put a time of their own in its place later (fake timers), in which
 * nothing of ours would come to its end unless they turn it, and journals would be dated by it.
 */
export const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const { hrtime } = process;

/** Milliseconds since 1970. */
export const now = Date.now;

/** `performance.now` would load a module for it. */
export function clock(): number {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** @throws UserError where the folder was removed while the shell stood in it */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new UserError("the current folder is gone", { remedy: ["cd ..", "recctl -C DIR ls"] });
  }
}

async function readAll(stream: NodeJS.ReadStream, until: Signals["until"]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  stream.on("data", (piece: Buffer) => pieces.push(piece));
  let failed: Error | undefined;
  await until((done) => {
    stream.on("end", done).on("error", (error) => {
      failed = error;
      done();
    });
    return () => stream.destroy();
  });
  if (failed) throw failed;
  return Buffer.concat(pieces);
}

function streamOut(stream: NodeJS.WriteStream, env: Io["env"]): Out {
  const terminal = stream.isTTY === true;
  // Without a listener a closed pipe would end the process with a stack trace.
  stream.on("error", () => undefined);
  return {
    terminal,
    colour: hasColour(terminal, env),
    columns: (terminal && (stream.columns || positive(env.COLUMNS))) || 80,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) resolve();
          else if (isClosed(error)) reject(new ClosedPipe());
          else reject(error);
        });
      }),
  };
}

const isClosed = (error: NodeJS.ErrnoException): boolean =>
  error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" || error.code === "ECONNRESET";

const positive = (text: string | undefined): number => (/^[1-9]\d{0,4}$/.test(text ?? "") ? Number(text) : 0);

/** https://no-color.org and https://force-color.org */
function hasColour(terminal: boolean, env: Io["env"]): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") return env.FORCE_COLOR !== "0";
  return terminal && env.TERM !== "dumb";
}
