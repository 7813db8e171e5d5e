import { dirname } from "node:path";
import { EXIT, UserError } from "../errors.ts";
import { afterRemoval } from "../report/prune.ts";
import { statesOf } from "../store/git/state.ts";
import { realPlace } from "../store/links.ts";
import { fileBytes } from "../store/open.ts";
import { absolute, kindAt, shown } from "../store/paths.ts";
import { replaceFile } from "../store/replace.ts";
import { bytesText, countText } from "../text/bytes.ts";
import type { Judged } from "../usage/verdicts/index.ts";
import { type Doomed, isInside, isPlan, planText, readPlan } from "../usage/verdicts/saved.ts";
import type { Context, Outcome } from "./command.ts";
import { look } from "./prune-look.ts";
import { prunePlan } from "./pruning.ts";
import { digestsOf, remove } from "./removing.ts";

/** Writes a plan, for {@link applySaved}. @throws UserError where something else lies there, or it could not be applied */
export function savePlan(file: string, judged: readonly Judged[], digests: readonly string[], context: Context): void {
  const isBelow = belowOf(context);
  const outside = judged.find(({ candidate: { path, place } }) => !isInside(path) || !isBelow(place));
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

/**
 * Removes what a plan says, all or nothing.
 * @throws UserError where it cannot be read, a file has changed since, or git does not have it
 */
export async function applySaved(
  file: string,
  options: { stage?: boolean; allowDirty?: boolean },
  context: Context,
): Promise<Outcome> {
  const bytes = file === "-" ? await context.io.stdin() : fileBytes(context, file);
  const doomed = readPlan(bytes.toString());
  if (typeof doomed === "string") {
    throw new UserError(doomed, { place: file, remedy: `${context.recctl} prune --save-plan plan.json` });
  }
  const going = doomed.map(({ path, testId, sha256 }) => ({
    path,
    place: absolute(context, path),
    testId,
    before: sha256,
  }));
  const isBelow = belowOf(context);
  const outside = going.filter(({ place }) => !isBelow(place));
  if (outside.length > 0) {
    throw new UserError("a plan that leads out of the folder, by way of a link; nothing was removed", {
      place: outside.map(({ path }) => `${path}: in ${realPlace(dirname(absolute(context, path))).real}`),
      remedy: `${context.recctl} prune`,
    });
  }
  await digestsOf(going, context);
  await refuseReturned(doomed, context);
  if (!options.allowDirty) await refuseUnsaved(going, context);
  const { id, removed } = await remove(going, options.stage === true, context);
  const freed = doomed.reduce((sum, one) => sum + one.bytes, 0);
  return {
    exit: EXIT.ok,
    report: {
      document: () => ({
        plan: { remove: going.map(({ path }) => path), bytes: freed },
        summary: { remove: removed, bytes: freed, applied: id },
      }),
      items: () => going.map(({ path }) => ({ path })),
      *text(screen) {
        if (!screen.terminal) for (const { path } of going) yield path;
      },
    },
    notes: [
      `${countText(removed, "recording")} (${bytesText(freed)}) removed`,
      ...(id === null ? [] : afterRemoval(options.stage === true, context.recctl)),
    ],
  };
}

/** Whether a path (absolute) lies below the folder that recctl runs in, links to folders followed. */
function belowOf(context: Context): (place: string) => boolean {
  const base = realPlace(context.cwd).real;
  return (place) => isInside(shown({ cwd: base }, realPlace(dirname(place)).real));
}

/** A test that was gone may be back since. @throws UserError where one is */
async function refuseReturned(doomed: readonly Doomed[], context: Context): Promise<void> {
  const gone = doomed.filter(({ verdict }) => verdict === "test gone").map(({ path }) => path);
  if (gone.length === 0) return;
  const { judged } = await prunePlan(await look(gone, {}, context), {}, context);
  const verdicts = new Map(judged.map(({ candidate, verdict }) => [candidate.place, verdict]));
  const back = gone.filter((path) => verdicts.get(absolute(context, path)) !== "test gone");
  if (back.length === 0) return;
  throw new UserError(
    `${countText(back.length, "recording")} of tests that are not gone any more; nothing was removed`,
    {
      place: back.map((path) => `${path}: ${verdicts.get(absolute(context, path)) ?? "not judged"}`),
      remedy: `${context.recctl} prune`,
    },
  );
}

async function refuseUnsaved(
  going: readonly { path: string; place: string }[],
  { io, recctl }: Context,
): Promise<void> {
  const { unsaved } = await statesOf(
    going.map(({ place }) => place),
    io.env,
  );
  const places = going.flatMap(({ path, place }) => {
    const state = unsaved.get(place);
    return state === undefined ? [] : [`${path}: ${state === "changed" ? "uncommitted changes" : "untracked"}`];
  });
  if (places.length === 0) return;
  throw new UserError(`git does not have ${countText(places.length, "file")} to go; nothing was removed`, {
    place: places,
    remedy: ["commit them first, or --allow-dirty", `${recctl} prune`],
  });
}
