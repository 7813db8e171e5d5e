import { type Asked, askedHash, askedOf, askedRequest } from "../compare/why/index.ts";
import { UsageError, UserError } from "../errors.ts";
import { parseDocument } from "../recording/document.ts";
import { asObject } from "../recording/json/value.ts";
import { fileBytes } from "../store/open.ts";
import { countText } from "../text/bytes.ts";
import { forShell } from "../text/escape.ts";
import { isRefusal } from "../usage/refusal.ts";
import { distinctMisses, isFormed, type Run, readRun, unitedRuns } from "../usage/runs/index.ts";
import type { Context } from "./command.ts";
import { cutIn, UNCUT } from "./why-cut.ts";
import { hashIn } from "./why-prefix.ts";
import type { Tree } from "./why-tree.ts";

export interface WhyOptions {
  request?: string;
  testId?: string;
}

/** What is to be explained, and the run that it happened in; null where no log was given. */
export interface Wanted {
  asked: Asked[];
  run: Run | null;
  notes: string[];
}

/** The misses that arguments and options name. @throws UserError for what is neither a log nor a hash */
export async function wantedOf(
  args: readonly string[],
  options: WhyOptions,
  tree: () => Promise<Tree>,
  context: Context,
): Promise<Wanted> {
  const { request, testId = null } = options;
  if (testId === "") throw new UsageError("--test-id wants a test id, and this one is empty");
  if ([...args, request].filter((name) => name === "-").length > 1) throw new UsageError("stdin can be read only once");
  const hashes = new Set<string>();
  const runs: Run[] = [];
  const notes: string[] = [];
  const cutIds: string[] = [];
  for (const arg of args) {
    const hash = hashIn(arg, context);
    if (hash !== null) {
      hashes.add(hash);
      continue;
    }
    const text = await textOf(arg, context);
    cutIds.push(...cutIn(text));
    const run = await runIn(arg, text, tree);
    if (run?.forms.has("journal") && !run.complete) notes.push(`${called(arg)}: ${run.lost > 0 ? LOST : CUT_JOURNAL}`);
    if (run) runs.push(run);
    else notes.push(`${called(arg)}: no miss is in it, nor anything else of a run`);
  }
  const run = runs.length > 0 ? unitedRuns(runs) : null;
  const misses = (run ? distinctMisses(run.misses) : []).map(askedOf);
  const asked = misses.map((one) => (one.testId === null ? { ...one, testId } : one));
  // What a log tells more of is told once.
  for (const typed of hashes) if (asked.some(({ hash }) => hash?.startsWith(typed))) hashes.delete(typed);
  asked.unshift(...[...hashes].map((hash) => askedHash(hash, testId)));
  const known = new Set(asked.map((one) => one.testId));
  const cut = cutIds.filter((id) => !known.has(id)).length;
  if (cut > 0 && asked.length === 0) {
    throw new UserError(`${countText(cut, "failure")} cut off, with whatever was missed in them`, { remedy: UNCUT });
  }
  if (cut > 0) notes.push(`${countText(cut, "failure")} cut off: there may be more misses (${UNCUT})`);
  if (request !== undefined) asked.push(await requestIn(request, testId, context));
  return { asked, run, notes };
}

const CUT_JOURNAL = "a line was half written: there may be more misses";
const LOST = "lines are missing in it: there may be more misses";

async function textOf(name: string, context: Context): Promise<string> {
  const bytes = name === "-" ? await context.io.stdin() : fileBytes(context, name);
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
  if (text.trim() === "") throw new UserError("an empty log", { place: called(name) });
  return text;
}

/** What a log tells; null where it is a text of something else. */
async function runIn(name: string, text: string, tree: () => Promise<Tree>): Promise<Run | null> {
  for (;;) {
    // JUnit does not tell where the file of a test ends: it depends on which files there are.
    const of = isFormed(text) ? await tree() : null;
    const run = await readRun(text, name, (path) => of?.isFile(path) === true);
    if (await of?.settle()) continue;
    if (!isRefusal(run)) return run;
    if (!isFormed(text) && run.line === undefined) return ofNoRun(name, text);
    const place = run.line === undefined ? called(name) : `${called(name)}:${run.line}`;
    throw new UserError(`${run.fact}: no log that can be read`, { place, remedy: run.remedy });
  }
}

/** A text may be of a run that missed nothing. @throws UserError for what is no text, and for JSON: a request that was meant as one, or a report of something else */
function ofNoRun(name: string, text: string): null {
  if (text.includes("\0")) throw new UserError("a binary file: no log", { place: called(name) });
  const parsed = parseDocument(Buffer.from(text));
  const root = "message" in parsed ? null : asObject(parsed.root);
  if (!root) return null;
  const isRequest = ["request", "url", "kwargs"].some((key) => root.has(key));
  throw new UserError(isRequest ? "a request or a recording, and no log" : "JSON, but no report of a run", {
    place: called(name),
    ...(isRequest && { remedy: `recctl why --request ${forShell(name)}` }),
  });
}

const called = (name: string): string => (name === "-" ? "stdin" : name);

async function requestIn(name: string, testId: string | null, context: Context): Promise<Asked> {
  const bytes = name === "-" ? await context.io.stdin() : fileBytes(context, name);
  const parsed = parseDocument(Buffer.from(bytes));
  const place = called(name);
  if ("message" in parsed) throw new UserError(parsed.message, { place: `${place}:${parsed.line}:${parsed.column}` });
  const root = asObject(parsed.root);
  if (root) return askedRequest(root, testId);
  throw new UserError("no request: an object is wanted", {
    place,
    remedy: "as recordings store it, with url and body",
  });
}
