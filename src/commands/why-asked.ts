import { type Asked, askedHash, askedOf, askedRequest } from "../compare/why/index.ts";
import { UsageError, UserError } from "../errors.ts";
import { parseDocument } from "../recording/document.ts";
import { asObject } from "../recording/json/value.ts";
import { fileBytes } from "../store/open.ts";
import { kindAt } from "../store/paths.ts";
import { isRefusal } from "../usage/refusal.ts";
import { type Run, readRun, unitedRuns } from "../usage/runs/index.ts";
import type { Context } from "./command.ts";

export interface WhyOptions {
  request?: string;
  testId?: string;
}

/** What is to be explained, and the run that it happened in; null where no log was given. */
export interface Wanted {
  asked: Asked[];
  run: Run | null;
}

const HASH = /^(?:[0-9a-f]{64}|[0-9a-f]{12})$/;

/** The misses that arguments and options name. @throws UserError for what is neither a log nor a hash */
export async function wantedOf(args: readonly string[], options: WhyOptions, context: Context): Promise<Wanted> {
  const asked: Asked[] = [];
  const runs: Run[] = [];
  if ([...args, options.request].filter((name) => name === "-").length > 1) {
    throw new UsageError("stdin can be read only once");
  }
  for (const arg of args) {
    const isHash = HASH.test(arg) && kindAt(context, arg) === "nothing";
    if (isHash) asked.push(askedHash(arg, options.testId ?? null));
    else runs.push(await runIn(arg, context));
  }
  const run = runs.length > 0 ? unitedRuns(runs) : null;
  if (run) asked.push(...run.misses.map(askedOf));
  if (options.request !== undefined) asked.push(await requestIn(options.request, options.testId ?? null, context));
  return { asked, run };
}

async function runIn(name: string, context: Context): Promise<Run> {
  if (/^[0-9a-f]{4,63}$/.test(name) && kindAt(context, name) === "nothing") {
    throw new UserError("a hash is wanted whole: 64 digits, or the 12 of the oldest", { place: name });
  }
  const bytes = name === "-" ? await context.io.stdin() : fileBytes(context, name);
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const run = await readRun(new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes), name);
  if (!isRefusal(run)) return run;
  const place = run.line === undefined ? run.name : `${run.name}:${run.line}`;
  throw new UserError(`${run.fact}: no log that can be read`, { place, remedy: run.remedy });
}

async function requestIn(name: string, testId: string | null, context: Context): Promise<Asked> {
  const bytes = name === "-" ? await context.io.stdin() : fileBytes(context, name);
  const parsed = parseDocument(Buffer.from(bytes));
  const place = name === "-" ? "stdin" : name;
  if ("message" in parsed) throw new UserError(parsed.message, { place: `${place}:${parsed.line}:${parsed.column}` });
  const root = asObject(parsed.root);
  if (root) return askedRequest(root, testId);
  throw new UserError("no request: an object is wanted", {
    place,
    remedy: "as recordings store it, with url and body",
  });
}
