import { main } from "../src/cli.ts";
import { type Io, type Out, processIo } from "../src/io.ts";
import { type Ran, ROOT, temporary } from "./run.ts";

/** Kept across the files of tests, which load their modules anew: signals are listened to once in a process. */
const kept = globalThis as { recctlTestIo?: Io };
kept.recctlTestIo ??= processIo();

/** Of which each run takes what it has no own of. */
const PROCESS = kept.recctlTestIo;

function pipe(): { out: Out; text(): string } {
  const pieces: Buffer[] = [];
  const write = async (text: string | Uint8Array): Promise<void> => void pieces.push(Buffer.from(text as string));
  return {
    out: { terminal: false, colour: false, columns: 80, write },
    text: () => Buffer.concat(pieces).toString(),
  };
}

/**
 * Runs a command line as the command does, files and git and all, without starting a process: a quarter of a second less
 * for what is asked by the hundred. What is about the process itself (signals, pipes, kills, two at once) is asked of `recctl`.
 */
export async function inside(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; stdin?: string | undefined } = {},
): Promise<Ran> {
  const [stdout, stderr] = [pipe(), pipe()];
  const env = { PATH: process.env.PATH ?? "", RECCTL_CACHE_DIR: options.env?.RECCTL_CACHE_DIR ?? temporary() };
  const own: Partial<Io> = {
    argv: args,
    env: { ...env, ...options.env },
    cwd: options.cwd ?? ROOT,
    stdout: stdout.out,
    stderr: stderr.out,
    stdin: async () => Buffer.from(options.stdin ?? ""),
    terminal: async () => null,
  };
  const properties = Object.entries(own).map(([name, value]) => [name, { value }]);
  const io = Object.create(PROCESS, Object.fromEntries(properties)) as Io;
  const code = await main(io);
  return { stdout: stdout.text(), stderr: stderr.text(), code };
}
