import { UsageError, UserError } from "../errors.ts";
import { fileBytes } from "../store/open.ts";
import { countText } from "../text/bytes.ts";
import { forShell } from "../text/escape.ts";
import type { Collection } from "../usage/collected/index.ts";
import { isRefusal, type Refusal } from "../usage/refusal.ts";
import { type Run, unitedRuns } from "../usage/runs/index.ts";
import type { Context } from "./command.ts";
import type { Sourcing } from "./sourcing.ts";
import type { TestSources } from "./test-sources.ts";

/** What collections and runs tell. */
export interface Told {
  collections: Collection[];
  run: Run | null;
  /** What people should know of them, a line each. */
  notes: string[];
}

/** The texts that `--collected` and `--run` name. */
export interface EvidenceTexts {
  collected: readonly Text[];
  runs: readonly Text[];
}

interface Text {
  name: string;
  text: string;
}

/** Reads the files of evidence, or stdin, before anything slower. @throws UserError for one that cannot be read */
export async function evidenceTexts(
  { collected = [], run = [] }: { collected?: readonly string[]; run?: readonly string[] },
  context: Context,
): Promise<EvidenceTexts> {
  if ([...collected, ...run].filter((name) => name === "-").length > 1) {
    throw new UsageError("stdin can be read only once");
  }
  const read = async (names: readonly string[]): Promise<Text[]> => {
    const texts: Text[] = [];
    for (const name of names) texts.push({ name, text: decoded(await bytesOf(name, context), name) });
    return texts;
  };
  return { collected: await read(collected), runs: await read(run) };
}

async function bytesOf(name: string, context: Context): Promise<Uint8Array> {
  if (name === "-") return context.io.stdin();
  return fileBytes(context, name);
}

/** PowerShell writes what it redirects as UTF-16. */
function decoded(bytes: Uint8Array, name: string): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(wide ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unusable([{ name, fact: "not UTF-8: test ids in it may not be what they were", remedy: [] }]);
  }
}

/** Reads collections and runs. @throws UserError where any of them is no evidence: nothing may then be concluded from the others */
export async function readEvidence(
  { collected, runs }: EvidenceTexts,
  sourcing: Sourcing,
  sources: TestSources,
): Promise<Told> {
  const { readCollection } = await import("../usage/collected/index.ts");
  const { readRun } = await import("../usage/runs/index.ts");
  // JUnit does not tell where the file of a test ends: it depends on which files there are, which git may have to be asked.
  const read = async <T extends object>(
    texts: readonly Text[],
    reader: (text: string, name: string, isFile: (path: string) => boolean) => Promise<T | Refusal>,
  ): Promise<(T | Refusal)[]> => {
    for (;;) {
      const found: (T | Refusal)[] = [];
      for (const { text, name } of texts) found.push(await reader(text, name, sourcing.isFile));
      if (!(await sources.settle())) return found;
    }
  };
  const collections = await read(collected, async (...asked) => {
    const one = await readCollection(...asked);
    return isRefusal(one) ? one : (elsewhere(one, asked[1], sourcing) ?? one);
  });
  const run = await read(runs, async (...asked) => {
    const one = await readRun(...asked);
    return isRefusal(one) ? one : (ofServer(one, asked[1]) ?? one);
  });
  const refused = [...collections, ...run].filter(isRefusal);
  if (refused.length > 0) throw unusable(refused);
  const good = run.filter((one) => !isRefusal(one)) as Run[];
  return {
    collections: collections.filter((one) => !isRefusal(one)) as Collection[],
    run: good.length > 0 ? unitedRuns(good) : null,
    notes: runs.flatMap(({ name }, at) => gapIn(good[at] as Run, name) ?? []),
  };
}

/** What a journal that is not whole is told as. */
function gapIn({ forms, complete, lost }: Run, name: string): string | null {
  if (!forms.has("journal") || complete) return null;
  const gap = lost > 0 ? "lines are missing in it" : "a line was half written";
  return `${called(name)}: ${gap}: nothing follows from what it does not tell`;
}

/** Why a run is none: its log has nothing but what a server says of misses, and of what was found it says nothing. */
function ofServer({ forms, misses, lookups }: Run, name: string): Refusal | null {
  if (forms.size > 1 || lookups.length > 0 || !misses.every(({ form }) => form === "serve")) return null;
  if (!forms.has("misses")) return null;
  return {
    name,
    fact: "the misses of a server, and no log of what was looked up",
    remedy: ["recctl serve --journal run.jsonl -- pytest"],
  };
}

/** Why a collection is of no test that is there, where folders with tests are known: its ids are relative to another one, and would all be missed. */
function elsewhere({ files }: Collection, name: string, { tops, isFile }: Sourcing): Refusal | null {
  const [top] = tops;
  if (top === undefined || [...files].some(isFile)) return null;
  return {
    name,
    fact: `none of its ${countText(files.size, "test file")} is there: was pytest run in another folder?`,
    remedy: [`cd ${forShell(top)} && pytest --collect-only -q > collected.txt`],
  };
}

const unusable = (refused: readonly Refusal[]): UserError =>
  new UserError(
    `${countText(refused.length, "text")} given as evidence cannot be used; nothing was concluded, and nothing removed`,
    {
      place: refused.map(({ name, line, fact }) => `${called(name)}${line === undefined ? "" : `:${line}`}: ${fact}`),
      remedy: [...new Set(refused.flatMap(({ remedy }) => remedy))],
    },
  );

const called = (name: string): string => (name === "-" ? "stdin" : name);
