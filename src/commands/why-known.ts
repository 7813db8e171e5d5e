import { join, resolve } from "node:path";
import type { Fact } from "../checks/rule.ts";
import { schemeFor } from "../checks/today.ts";
import { changesOf } from "../compare/changes/changes.ts";
import {
  type Asked,
  type Cause,
  causesOf,
  completed,
  hashesAsked,
  isBody,
  type Known,
  type KnownRecording,
  type Past,
  type Told,
  told,
} from "../compare/why/index.ts";
import { UserError } from "../errors.ts";
import type { Broken, Entry } from "../listing/entry.ts";
import { readDocument } from "../recording/document.ts";
import { asObject, type JsonObject } from "../recording/json/value.ts";
import { readName } from "../recording/name.ts";
import { loadFacts, type StoredFact } from "../store/facts.ts";
import { deletedFiles } from "../store/git/deleted.ts";
import { openGit } from "../store/git/open.ts";
import { absolute, cacheDir, shown } from "../store/paths.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { usesOf } from "../usage/runs/index.ts";
import { folderOf, splitTestId } from "../usage/sources/testid.ts";
import type { Context } from "./command.ts";
import { settingsOf } from "./settings.ts";
import { isSchemeSet, todayOf } from "./today.ts";
import type { Wanted } from "./why-asked.ts";
import { wholeHash } from "./why-prefix.ts";
import { recentChanges } from "./why-recent.ts";
import type { Tree } from "./why-tree.ts";

/** Explains look-ups that missed by all the recordings that are there, git's history, and test sources. */
export async function explained(
  wanted: Pick<Wanted, "asked" | "run">,
  scheme: string | undefined,
  tree: () => Promise<Tree>,
  context: Context,
): Promise<{ told: Told[]; notes: string[] }> {
  const { run } = wanted;
  const { selection, isGone, topOf } = await tree();
  const broken = new Map(selection.broken.map((one) => [readName(one.path).hash, one]));
  const recordings = selection.entries.map((entry) => knownOf(entry, context));
  const wholes = wanted.asked.map((one) => (isBody(one) ? completed(one, recordings) : { asked: one, from: null }));
  const today = await todayKnown(scheme, context);
  const named = today ? { today: (kind: Asked["kind"] & string) => schemeFor(kind, today) } : {};
  const hashes = hashesAsked(
    wholes.map((one) => one.asked),
    named,
  );
  const { past, names, shallow, notes } = await pastOf(hashes, context);
  const all = [...recordings.map(({ hash }) => hash), ...broken.keys(), ...names];
  const questions = wholes.map((one) => wholeHash(one.asked, all, context));
  const unreadable = questions.filter(({ hash }) => hash !== null && broken.has(hash));
  const asked = questions.filter((one) => !unreadable.includes(one));
  const found = run?.complete && run.dropped === 0 ? usesOf(run) : null;
  const { folder, fallback } = await settingsOf(context);
  const known: Known = {
    recordings,
    past,
    shallow,
    changesOf: (recorded, now) => changesOf(recorded, now),
    ...named,
    isGone,
    ...(found && { wasFound: (hash: string) => found.get(hash)?.found === true }),
    homeOf: (testId) => homeOf(testId, topOf, context),
    shared: shown(context, join(folder, fallback)),
    recctl: context.recctl,
    folder: typedIn(context.cwd, context),
    topOf: (testId) => typedIn(topOf(testId) ?? context.cwd, context),
  };
  const causes = await withRecent(causesOf(asked, known), known, recordings, context);
  notes.push(
    ...wholes.flatMap(({ from }) => (from ? [`a body alone: it is taken to be asked where ${from} was`] : [])),
  );
  const own = unreadable.map((one) => unread(one, broken.get(one.hash as string) as Broken, context));
  return { told: told([...own, ...causes]), notes };
}

/** A file that cannot be read stands at the very name: whatever else looks like a cause would lead away from that. */
const unread = (asked: Asked, { path, line, column, message }: Broken, { recctl }: Context): Cause => ({
  asked,
  kind: "unknown",
  proven: false,
  differs: "a file of that very name is there, and cannot be read",
  evidence: [`${path}:${line}:${column}: ${message}`],
  recording: null,
  nearest: [],
  mend: [{ program: recctl, words: ["validate"], on: [path] }],
});

/** What nothing proves may be what others changed lately. */
async function withRecent(
  causes: readonly Cause[],
  known: Known,
  recordings: readonly KnownRecording[],
  context: Context,
): Promise<readonly Cause[]> {
  const open = causes.filter(
    ({ asked, proven, kind }) =>
      // That other tests ask the same may be because all of them changed.
      (!proven || kind === "never recorded") && asked.hash !== null && asked.request === null,
  );
  const tests = new Set(open.map(({ asked }) => asked.testId));
  const own = tests.has(null) ? recordings : recordings.filter(({ testId }) => tests.has(testId));
  if (open.length === 0 || own.length === 0) return causes;
  const variants = await recentChanges(context);
  if (variants.length === 0) return causes;
  const again = causesOf(
    open.map(({ asked }) => asked),
    { ...known, recordings: own, variants },
  );
  const better = new Map(open.flatMap((cause, at) => (again[at]?.proven ? [[cause, again[at] as Cause]] : [])));
  return causes.map((cause) => better.get(cause) ?? cause);
}

/** A folder for a command that is typed where recctl was; null where it is that one. */
const typedIn = (folder: string, { io }: Context): string | null =>
  folder === resolve(io.cwd) ? null : shown(io, folder);

/** Where a test's recordings lie, where its file is there. */
function homeOf(testId: string, topOf: Tree["topOf"], context: Context): string | null {
  const [top, split] = [topOf(testId), splitTestId(testId)];
  return top === null || "why" in split ? null : shown(context, join(top, folderOf(split.file), "recordings"));
}

function knownOf({ path, head }: Entry, context: Context): KnownRecording {
  return {
    path,
    hash: readName(path).hash,
    testId: head.testId,
    kind: head.kind,
    url: head.url,
    endpoint: head.endpoint,
    model: head.model,
    tool: head.tool,
    // Not kept: a few are asked for twice, and all together are as large as the tree.
    request: () => requestAt(absolute(context, path)),
  };
}

function requestAt(place: string): JsonObject | null {
  try {
    const document = readDocument(new FileReader().read(place).bytes);
    return "message" in document ? null : (asObject(document.root.get("request")) ?? null);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

/** Which of the hashes git's history has as files that are gone, and the names of those. Without git, or where it fails, nobody can tell. */
async function pastOf(
  hashes: readonly string[],
  context: Context,
): Promise<{
  past: ((hash: string) => Past | null) | null;
  names: Iterable<string>;
  shallow: boolean;
  notes: string[];
}> {
  try {
    const git = await openGit(context.cwd, context.io.env);
    if (git === null) return { past: null, names: [], shallow: false, notes: [] };
    const deleted = await deletedFiles(git, hashes);
    const past = (hash: string): Past | null => {
      const one = deleted.get(hash);
      return one ? { ...one, path: shown(context, one.path) } : null;
    };
    const notes = git.shallow ? ["a shallow clone: what was deleted before its first commit is not known"] : [];
    return { past, names: deleted.keys(), shallow: git.shallow, notes };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { past: null, names: [], shallow: false, notes: [`git's history is not looked at: ${error.message}`] };
  }
}

/** The scheme of today where somebody says it, or the last look at the whole tree tells; null: nobody knows. */
async function todayKnown(scheme: string | undefined, context: Context): Promise<{ date: string } | null> {
  const facts: (Fact & StoredFact)[] = loadFacts(cacheDir(context.io.env), context);
  if (facts.length === 0 && !(await isSchemeSet(scheme, context))) return null;
  return todayOf(scheme, () => facts, context);
}
