import { EXIT, UserError } from "../errors.ts";
import { afterRemoval } from "../report/prune.ts";
import { statesOf } from "../store/git/state.ts";
import { fileBytes } from "../store/open.ts";
import { absolute } from "../store/paths.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { readPlan } from "../usage/verdicts/saved.ts";
import type { Context, Outcome } from "./command.ts";
import { digestsOf, remove } from "./removing.ts";

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
  await digestsOf(going, context);
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
