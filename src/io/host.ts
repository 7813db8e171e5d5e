import { UsageError } from "../errors.ts";
import { clock, type Io, isAlive, now, startTimer } from "../io.ts";

const none = async (): Promise<never> => {
  throw new UsageError("recctl is used as a library here: it has no terminal, and runs nothing");
};

/** Nobody reads what the library would tell beside its answers: a test's output is not its own. */
const SILENT = { terminal: false, colour: false, columns: 80, write: async (): Promise<void> => undefined };

/** The process that loaded the library: it keeps its signals and its streams. */
export const hostIo = (): Io => ({
  argv: [],
  env: process.env,
  cwd: process.cwd(),
  pid: process.pid,
  stdout: SILENT,
  stderr: SILENT,
  stdin: none,
  terminal: async () => null,
  now,
  clock,
  sleep: (ms) => new Promise((resolve) => startTimer(resolve, ms)),
  until: (work) => work,
  run: none,
  hearHangup: () => undefined,
  breathe: () => undefined,
  isAlive,
});
