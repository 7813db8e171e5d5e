import type { Superseded } from "../usage/verdicts/index.ts";
import type { Context } from "./command.ts";
import type { Told } from "./prune-evidence.ts";
import { filesIn, type PruneFiles, testsNamed } from "./prune-selection.ts";
import type { SelectionOptions } from "./selection.ts";
import { type Sourcing, sourcingOf } from "./sourcing.ts";
import { TestSources } from "./test-sources.ts";

/** Of how many test files people see what goes. */
export const EACH = 10;

/** What evidence is used, and what is allowed. */
export interface PruneOptions extends SelectionOptions {
  collected?: readonly string[];
  run?: readonly string[];
  supersededBy?: string;
  keep?: readonly string[];
  complete?: boolean;
  unreachable?: boolean;
  scheme?: string;
  allowMany?: boolean;
  allowDirty?: boolean;
  apply?: boolean;
}

/** What was found out, before anything is concluded from it. */
export interface Looked extends PruneFiles {
  sourcing: Sourcing;
  /** What collections and runs tell; null where none were given. */
  told: Told | null;
  /** What a run says of the recordings that it came after; null where none was named. */
  superseded: Superseded | null;
  /** Whether anything may speak against any recording: without that, nothing can go. */
  isAnyAgainst: boolean;
}

/** Finds recordings, looks for their tests, and reads the evidence that was given. */
export async function look(args: readonly string[], options: PruneOptions, context: Context): Promise<Looked> {
  // Most runs are given none.
  const evidence = options.collected || options.run ? await import("./prune-evidence.ts") : null;
  const texts = await evidence?.evidenceTexts(options, context);
  const files = await filesIn(args, options, context);
  const sources = new TestSources(context);
  const sourcing = await sourcingOf(testsNamed(files.found, context), sources);
  const told = (texts && (await evidence?.readEvidence(texts, sourcing, sources))) ?? null;
  if (files.whole) sources.save();
  const superseded = await supersededIn(options, context);
  const isAnyAgainst =
    sourcing.anyGone || told !== null || (superseded?.by.size ?? 0) > 0 || options.unreachable === true;
  return { ...files, sourcing, told, superseded, isAnyAgainst };
}

async function supersededIn(
  { supersededBy: run, complete }: PruneOptions,
  context: Context,
): Promise<Superseded | null> {
  if (run === undefined) return null;
  return (await import("./prune-superseded.ts")).supersededBy(run, complete === true, context);
}
