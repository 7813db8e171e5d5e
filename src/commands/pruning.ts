import { dirname } from "node:path";
import type { Checks } from "../checks/check.ts";
import type { Today } from "../checks/today.ts";
import { UsageError } from "../errors.ts";
import type { Unsaved } from "../store/git/state.ts";
import { realPlace, timeOf } from "../store/links.ts";
import { countText } from "../text/bytes.ts";
import {
  type Candidate,
  collectedOf,
  type Given,
  type Judged,
  judge,
  judgeAll,
  type Keep,
  logOf,
  type PrunePlan,
  planOf,
  REMOVES,
  unused,
} from "../usage/verdicts/index.ts";
import type { CheckedFiles } from "./checking.ts";
import type { Context } from "./command.ts";
import type { Told } from "./prune-evidence.ts";
import type { Looked, PruneOptions } from "./prune-look.ts";
import { candidatesOf } from "./prune-selection.ts";
import { settingsOf } from "./settings.ts";
import type { Sourcing } from "./sourcing.ts";
import { todayOf } from "./today.ts";

/** What is known of recordings, and what would go. */
export interface Pruned {
  /** The verdicts on those that were asked for. */
  judged: Judged[];
  plan: PrunePlan;
  /** The scheme that names were held against; null where they were not looked at. */
  today: Today | null;
  /** What people should know, a line each. */
  notes: string[];
}

/** Judges recordings by all that was found, and plans what goes. Reads, and changes nothing. */
export async function prunePlan(
  { found, whole, isChosen, sourcing, told, superseded }: Looked,
  options: PruneOptions,
  context: Context,
): Promise<Pruned> {
  const { named, today } = await withNames(candidatesOf(found, context), whole, options, context);
  const candidates = options.run ? named.map(withTime) : named;
  const keep = await keepOf(options, context);
  const judged = judgeAll(candidates, {
    keep,
    sourced: sourcing.sourced,
    ...(told && (await givenBy(told, options, sourcing))),
    ...(superseded && { superseded }),
    ...(today && { naming: { today, unreachable: true } }),
  });
  const unlinked = withoutLinks(judged);
  const going = unlinked.filter(({ verdict, candidate }) => REMOVES.has(verdict) && isChosen(candidate.path));
  const { dirty, notes } = await unsaved(going, context);
  const plan = planOf(unlinked, {
    dirty,
    rekeyable: await rekeyable(going, today, context),
    allowMany: options.allowMany === true,
    allowDirty: options.allowDirty === true,
    isChosen,
  });
  const idle = unused(keep, candidates);
  if (options.apply && going.length > 0) refuseIdle(idle.filter(({ from }) => from === "--keep"));
  for (const { pattern, from } of idle) notes.push(`${from} keeps ${pattern}, which fits no recording`);
  notes.push(...(told?.notes ?? []), ...leftOut(going));
  return { judged: unlinked.filter(({ candidate }) => isChosen(candidate.path)), plan, today, notes };
}

async function givenBy({ collections, run }: Told, options: PruneOptions, sourcing: Sourcing): Promise<Partial<Given>> {
  const isAmbiguous = await sourcing.ambiguous();
  const beside = { complete: options.complete === true, isThere: sourcing.isThere, isAmbiguous };
  const collected = collections.length > 0 ? collectedOf(collections, beside) : null;
  return {
    ...(collected && { collected }),
    ...(run && { log: logOf(run, collected?.ids ?? null, isAmbiguous) }),
  };
}

/** @throws UsageError for a pattern that was typed and keeps nothing: what it was meant to keep would go */
function refuseIdle(idle: readonly Keep[]): void {
  const [first] = idle;
  if (!first) return;
  throw new UsageError(`--keep ${first.pattern} fits no recording; nothing was removed`, {
    remedy: "a glob of paths, a test file, or a test id from its file on: --keep 'tests/test_x.py::test_y*'",
  });
}

/** Whoever gave pytest `-k`, `-m` or a node id collected less than there is: that shows in tests that are there, and of which no id is collected. */
function leftOut(going: readonly Judged[]): string[] {
  const there = going.filter(
    ({ verdict, evidence }) => verdict === "not collected" && evidence.some(({ tells }) => tells === "defined"),
  );
  if (there.length === 0) return [];
  return [
    `the functions of ${countText(there.length, "recording")} to go are there, and not collected with these parameters:`,
    "  were the collections made of every configuration, and without -k, -m and node ids?",
  ];
}

const withTime = (candidate: Candidate): Candidate => ({ ...candidate, recorded: timeOf(candidate.place) });

async function keepOf({ keep = [] }: PruneOptions, context: Context): Promise<Keep[]> {
  const { keep: configured, file } = await settingsOf(context);
  return [
    ...keep.map((pattern) => ({ pattern, from: "--keep" })),
    ...configured.map((pattern) => ({ pattern, from: file as string })),
  ];
}

/** How long the oldest names are, in hex digits. */
const OLDEST_DIGITS = 12;

/**
 * Finds out under which schemes names verify, where that counts: all of them where it is a reason to go, else those that
 * look as if the first scheme had made them, which left the test out.
 */
async function withNames(
  candidates: readonly Candidate[],
  whole: boolean,
  options: PruneOptions,
  context: Context,
): Promise<{ named: readonly Candidate[]; today: Today | null }> {
  const isOld = ({ name, testId }: Candidate): boolean => testId !== null && name.hash.length === OLDEST_DIGITS;
  const asked = candidates.filter((one) => one.unreadable === null && (options.unreachable === true || isOld(one)));
  if (asked.length === 0) return { named: candidates, today: null };
  const { facts } = await namesOf(asked, whole, options, context);
  const verifies = new Map(facts.map((fact) => [fact.path, fact.verifies]));
  const today = options.unreachable ? await todayOf(options.scheme, () => facts, context) : null;
  return { named: candidates.map((one) => ({ ...one, verifies: verifies.get(one.path) ?? null })), today };
}

async function namesOf(
  candidates: readonly Candidate[],
  whole: boolean,
  options: PruneOptions,
  context: Context,
): Promise<CheckedFiles> {
  const { rules: severities, size, allow, fallback } = await settingsOf(context);
  const checks: Checks = { wanted: [], severities, settings: { recctl: context.recctl, size, allow, fallback } };
  const { checkFiles, collected } = await import("./checking.ts");
  // What is remembered is of the whole tree: a part must not take its place.
  if (!whole || !options.unreachable || options.index === false)
    return collected(await checkFiles(candidates, checks, context));
  return (await import("./rechecking.ts")).recheckFiles(candidates, checks, context);
}

/** Links, and what they lead to, are left where they are: the one without the other would be lost. Looked for where something would go. */
function withoutLinks(judged: readonly Judged[]): Judged[] {
  if (!judged.some(({ verdict }) => REMOVES.has(verdict))) return [...judged];
  const links = new Map<string, string>();
  for (const { candidate } of judged) {
    const { real, isLink } = realPlace(candidate.place);
    if (!isLink) continue;
    links.set(candidate.place, "a link: the file it leads to is what counts");
    links.set(real, `the link ${candidate.path} leads to it`);
  }
  if (links.size === 0) return [...judged];
  return judged.map((one) => {
    const { candidate, evidence } = one;
    const linked = links.get(candidate.place) ?? links.get(realPlace(candidate.place).real);
    if (linked === undefined || !REMOVES.has(one.verdict)) return one;
    return judge(
      { ...candidate, linked },
      evidence.filter(({ source }) => source !== "file"),
    );
  });
}

/** What git could not give back. */
async function unsaved(
  going: readonly Judged[],
  context: Context,
): Promise<{ dirty: Map<string, Unsaved>; notes: string[] }> {
  const places = new Map(going.map(({ candidate }) => [candidate.place, candidate.path]));
  if (going.length === 0) return { dirty: new Map(), notes: [] };
  const { statesOf } = await import("../store/git/state.ts");
  const { unsaved: states, outside } = await statesOf([...places.keys()], context.io.env);
  const dirty = new Map([...states].map(([place, state]) => [places.get(place) as string, state]));
  const [first] = outside;
  const notes =
    first === undefined
      ? []
      : [`no git around ${dirname(places.get(first) as string)}: recctl undo alone brings back what goes`];
  return { dirty, notes };
}

/** Those that go for their names alone, and that `rekey` could give a name of today. */
async function rekeyable(going: readonly Judged[], today: Today | null, context: Context): Promise<Set<string>> {
  const named = going.filter(({ verdict }) => verdict === "unreachable").map(({ candidate }) => candidate);
  if (today === null || named.length === 0) return new Set();
  const [{ rekeyed }, { planFor }] = await Promise.all([import("../mend/rekey.ts"), import("./mending.ts")]);
  const { steps } = await planFor(named, (subject) => rekeyed(subject, { today }), context);
  return new Set(steps.map(({ path }) => path));
}
