import type { Fact } from "../checks/rule.ts";
import { schemeFor } from "../checks/today.ts";
import { changesOf } from "../compare/changes/changes.ts";
import { causesOf, type KnownRecording, type Past, type Told, told } from "../compare/why/index.ts";
import { UserError } from "../errors.ts";
import type { Entry } from "../listing/entry.ts";
import { readDocument } from "../recording/document.ts";
import { asObject, type JsonObject } from "../recording/json/value.ts";
import { readName } from "../recording/name.ts";
import { loadFacts, type StoredFact } from "../store/facts.ts";
import { deletedFiles } from "../store/git/deleted.ts";
import { openGit } from "../store/git/open.ts";
import { absolute, cacheDir, shown } from "../store/paths.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { usesOf } from "../usage/runs/index.ts";
import type { Context } from "./command.ts";
import { testsNamed } from "./prune-selection.ts";
import { select } from "./selection.ts";
import { sourcingOf } from "./sourcing.ts";
import { TestSources } from "./test-sources.ts";
import { isSchemeSet, todayOf } from "./today.ts";
import type { Wanted } from "./why-asked.ts";

/** Explains look-ups that missed by all the recordings that are there, git's history, and test sources. */
export async function explained(
  { asked, run }: Wanted,
  scheme: string | undefined,
  context: Context,
): Promise<{ told: Told[]; notes: string[] }> {
  const selection = await select([], {}, context);
  const hashes = [...new Set(asked.flatMap(({ hash }) => hash ?? []))];
  const { past, notes } = await pastOf(hashes, context);
  const today = await todayKnown(scheme, context);
  const found = run?.complete && run.dropped === 0 ? usesOf(run) : null;
  const causes = causesOf(asked, {
    recordings: selection.entries.map((entry) => knownOf(entry, context)),
    past,
    changesOf: (recorded, now) => changesOf(recorded, now),
    ...(today && { today: (kind) => schemeFor(kind, today) }),
    isGone: await gone(selection, context),
    ...(found && { wasFound: (hash: string) => found.get(hash)?.found === true }),
    recctl: context.recctl,
  });
  return { told: told(causes), notes };
}

function knownOf({ path, head }: Entry, context: Context): KnownRecording {
  let read: { request: JsonObject | null } | undefined;
  return {
    path,
    hash: readName(path).hash,
    testId: head.testId,
    kind: head.kind,
    url: head.url,
    endpoint: head.endpoint,
    model: head.model,
    tool: head.tool,
    request() {
      read ??= { request: requestAt(absolute(context, path)) };
      return read.request;
    },
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

/** Which of the hashes git's history has as files that are gone. Without git, or where it fails, nobody can tell. */
async function pastOf(
  hashes: readonly string[],
  context: Context,
): Promise<{ past: ((hash: string) => Past | null) | null; notes: string[] }> {
  try {
    const git = await openGit(context.cwd, context.io.env);
    if (git === null) return { past: null, notes: [] };
    const deleted = await deletedFiles(git, hashes);
    const past = (hash: string): Past | null => {
      const one = deleted.get(hash);
      return one ? { ...one, path: shown(context, one.path) } : null;
    };
    const notes = git.shallow ? ["a shallow clone: what was deleted before its first commit is not known"] : [];
    return { past, notes };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { past: null, notes: [`git's history is not looked at: ${error.message}`] };
  }
}

/** The scheme of today where somebody says it, or the last look at the whole tree tells; null: nobody knows. */
async function todayKnown(scheme: string | undefined, context: Context): Promise<{ date: string } | null> {
  const facts: (Fact & StoredFact)[] = loadFacts(cacheDir(context.io.env), context);
  if (facts.length === 0 && !(await isSchemeSet(scheme, context))) return null;
  return todayOf(scheme, () => facts, context);
}

/** Whether a test is gone, as its sources tell. */
async function gone(
  selection: Parameters<typeof testsNamed>[0],
  context: Context,
): Promise<(testId: string) => boolean | null> {
  const named = testsNamed(selection, context);
  const sourcing = await sourcingOf(named, new TestSources(context));
  const states = new Map<string, boolean | null>();
  for (const { place, testId } of named) {
    const sourced = sourcing.sourced({ place: `${place}/x`, testId } as Parameters<typeof sourcing.sourced>[0]);
    const state = sourced && "resolved" in sourced ? sourced.resolved.state : "unknown";
    const isGone = state === "unknown" ? null : state === "gone";
    // A test that is there anywhere is not gone.
    const before = states.get(testId);
    states.set(testId, before === undefined || isGone === false ? isGone : before === true ? isGone : before);
  }
  return (testId) => states.get(testId) ?? null;
}
