import { UserError } from "../errors.ts";
import { sha256 } from "../recording/digest.ts";
import { stageRemoved } from "../store/git/state.ts";
import { realPlace } from "../store/links.ts";
import { fileBytes } from "../store/open.ts";
import { absolute, kindAt } from "../store/paths.ts";
import { FileReader } from "../store/read.ts";
import { replaceFile } from "../store/replace.ts";
import { applyChange } from "../store/transaction/apply.ts";
import type { Applied } from "../store/transaction/change.ts";
import { countText } from "../text/bytes.ts";
import type { Judged, PrunePlan } from "../usage/verdicts/index.ts";
import { isInside, isPlan, planText } from "../usage/verdicts/saved.ts";
import type { Context } from "./command.ts";
import { readSubject } from "./mending.ts";
import { portsOf } from "./ports.ts";
import { progress } from "./progress.ts";

/**
 * Reads what is to go once more, saves the plan where that is wanted, and does it where that is. Gives the id of the
 * transaction; null where nothing was removed, as where the plan is refused.
 */
export async function carryOut(
  { remove: judged, refusals }: PrunePlan,
  options: { apply?: boolean; savePlan?: string; stage?: boolean },
  context: Context,
): Promise<string | null> {
  const going = judged.map(({ candidate: { path, place, testId } }) => ({ path, place, testId }));
  const digests = await digestsOf(going, context);
  if (refusals.length > 0) return null;
  if (options.savePlan !== undefined) savePlan(options.savePlan, judged, digests, context);
  if (!options.apply) return null;
  const steps = going.map((one, at) => ({ ...one, before: digests[at] as string }));
  return (await remove(steps, options.stage === true, context)).id;
}

/** A recording to go. */
export interface Going {
  path: string;
  /** Absolute. */
  place: string;
  testId: string | null;
  /** The SHA-256 (hex) of its bytes, where the plan knows it already. */
  before?: string;
}

/**
 * Reads what is to go from the disk once more: neither the index nor a plan alone condemns a file. Gives the SHA-256
 * (hex) of each, in the order asked.
 * @throws UserError where one is no recording, or another than the plan saw
 */
export async function digestsOf(going: readonly Going[], context: Context): Promise<string[]> {
  const reader = new FileReader();
  const shown = progress(context.io, "reading");
  const wrong: string[] = [];
  const digests: string[] = [];
  try {
    for (const [done, { path, place, testId, before }] of going.entries()) {
      await shown.step(done, going.length);
      const subject = readSubject(reader, { path, place });
      if ("message" in subject) {
        wrong.push(`${path}: ${subject.message}`);
        continue;
      }
      const digest = sha256(subject.bytes);
      if ((subject.root.get("test_id") ?? null) !== testId || (before !== undefined && before !== digest))
        wrong.push(`${path}: changed`);
      digests.push(digest);
    }
  } finally {
    await shown.end();
  }
  if (wrong.length === 0) return digests;
  throw new UserError(
    `${countText(wrong.length, "file")} changed since the plan was made, or cannot be read; nothing was removed`,
    { place: wrong, remedy: `${context.recctl} prune` },
  );
}

/** Writes a plan, for `--plan`. @throws UserError where something else lies there, or it could not be applied */
function savePlan(file: string, judged: readonly Judged[], digests: readonly string[], context: Context): void {
  const outside = judged.find(({ candidate }) => !isInside(candidate.path));
  if (outside) {
    throw new UserError("a plan has a say below the folder that recctl runs in alone", {
      place: outside.candidate.path,
      remedy: "recctl -C DIR prune, with the folder that holds all",
    });
  }
  // Whatever else lies there is not ours to write over: what was in it could not be had back.
  if (kindAt(context, file) !== "nothing" && !isPlan(fileBytes(context, file).toString())) {
    throw new UserError("not written: what is there is no plan", { place: file, remedy: "give another file" });
  }
  const { real, isLink } = realPlace(absolute(context, file));
  replaceFile(context, isLink ? real : file, planText(judged, digests));
}

/** Removes recordings, all or none, as one transaction; with `stage`, from git's index too. */
export async function remove(
  going: readonly (Going & { before: string })[],
  stage: boolean,
  context: Context,
): Promise<Applied> {
  const steps = going.map(({ place, before }) => ({ type: "remove" as const, path: place, before }));
  const applied = await applyChange({ command: "prune", steps }, portsOf(context));
  if (stage) {
    try {
      await stageRemoved(
        going.map(({ place }) => place),
        context.io.env,
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`${error.message}; the recordings are removed, and not staged`, {
        place: error.places,
        remedy: [...error.remedy, `${context.recctl} undo`],
      });
    }
  }
  return applied;
}
