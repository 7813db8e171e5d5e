import manifest from "../package.json" with { type: "json" };
import { EXIT, Interrupted, SIGNAL_EXITS, UserError } from "./errors.ts";
import { ClosedPipe, type Io, processIo } from "./io.ts";
import type { Format } from "./report/index.ts";
import type { Report } from "./report/report.ts";

/** Runs recctl in this process: the one place that sets how it ends. */
export async function runProcess(): Promise<void> {
  const io = processIo();
  io.exitWith(await main(io));
}

/** Runs a command line. Every outcome and every error becomes text and an exit status here. */
export async function main(io: Io): Promise<number> {
  try {
    return await run(io);
  } catch (error) {
    if (error instanceof ClosedPipe) return EXIT.ok;
    if (error instanceof Interrupted) return SIGNAL_EXITS[error.signal];
    await io.stderr.write(await errorText(error, io)).catch(() => undefined);
    return EXIT.failed;
  }
}

async function run(io: Io): Promise<number> {
  if (io.argv[0] === "--version" || io.argv[0] === "-V") {
    await io.stdout.write(`${manifest.version}\n`);
    return EXIT.ok;
  }
  const { runProgram } = await import("./program.ts");
  const asked = await runProgram(io, manifest.version);
  if ("help" in asked) {
    await (asked.asked ? io.stdout : io.stderr).write(asked.help);
    return asked.asked ? EXIT.ok : EXIT.failed;
  }
  const { report, notes, exit } = asked.outcome;
  if (report) await writeReport(io, report, formatOf(asked.options));
  // Whoever does not listen to stderr still gets the exit status.
  for (const note of notes ?? []) await io.stderr.write(`${note}\n`).catch(() => undefined);
  return exit;
}

function formatOf(options: Readonly<Record<string, unknown>>): Format {
  if (options.json) return "json";
  if (options.ndjson) return "ndjson";
  return (options.format as Format | undefined) ?? "text";
}

/** Output is written in pieces of about this many characters. */
const PIECE = 1 << 16;

async function writeReport(io: Io, report: Report, format: Format): Promise<void> {
  if (report.bytes && format === "text" && !io.stdout.terminal) return io.stdout.write(report.bytes);
  // Already loaded: every further file would cost a millisecond.
  const { coloured, plain, rendered } = await import("./program.ts");
  const { terminal, columns, colour } = io.stdout;
  let piece = "";
  const screen = { terminal, columns, paint: colour ? coloured : plain };
  for (const text of await rendered(report, format, screen)) {
    piece += text;
    if (piece.length < PIECE) continue;
    await io.stdout.write(piece);
    await io.breathe();
    piece = "";
  }
  if (piece !== "") await io.stdout.write(piece);
}

/** The fact, the place, and what to type next, each on a line. */
async function errorText(error: unknown, io: Io): Promise<string> {
  const { coloured, forTerminalLine, plain } = await import("./program.ts");
  const paint = io.stderr.colour ? coloured : plain;
  if (error instanceof UserError) {
    const lines = [`${paint("bad", "error:")} ${forTerminalLine(error.message)}`];
    for (const [index, place] of error.places.entries()) {
      lines.push(`  ${index === 0 ? "in " : "   "}  ${forTerminalLine(place)}`);
    }
    for (const [index, line] of error.remedy.entries()) {
      lines.push(`  ${index === 0 ? "try" : "   "}  ${forTerminalLine(line)}`);
    }
    return `${lines.join("\n")}\n`;
  }
  const told = error as NodeJS.ErrnoException;
  if (told.code && told.syscall === "write") {
    return `${paint("bad", "error:")} cannot write the output: ${told.message}\n`;
  }
  const trace = error instanceof Error ? error.stack : String(error);
  return `${paint("bad", "error:")} a bug in recctl ${manifest.version}\n${forTerminalLine(trace ?? "").replaceAll("\\n", "\n")}\n`;
}
