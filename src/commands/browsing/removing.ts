import { UserError } from "../../errors.ts";
import { statesOf } from "../../store/git/state.ts";
import { realPlace } from "../../store/links.ts";
import { absolute } from "../../store/paths.ts";
import { sizeAt } from "../../store/sizes.ts";
import { recoveryText } from "../../store/transaction/recover.ts";
import { countText } from "../../text/bytes.ts";
import { forTerminalLine } from "../../text/escape.ts";
import type { RemovalPlan, State } from "../../tui/state/state.ts";
import { refuseHalfDone } from "../recovering.ts";
import { digestsOf, type Going, remove } from "../removing.ts";
import type { Scanning } from "./scanning.ts";
import { errorLine } from "./told.ts";
import { tell, type World } from "./world.ts";

/** Makes the plan of what was marked: from the disk, where each file is read once more. */
export async function plan(world: World, paths: readonly string[]): Promise<void> {
  const { context } = world;
  const tests = new Map(world.state().tree.entries.map(({ path, head }) => [path, head.testId]));
  const going = paths.map((path): Going => ({ path, place: absolute(context, path), testId: tests.get(path) ?? null }));
  const refusals: string[] = [];
  const refusing = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refusals.push(...(error.places.length > 1 ? [error.message, ...error.places] : [errorLine(error)]));
      return otherwise;
    }
  };
  await refusing(() => refuseHalfDone(context), undefined);
  refusals.push(...(await links(world, going)));
  const digests = await refusing(() => digestsOf(going, context), []);
  const notes = [...(await unsaved(world, going)), ...usedNotes(world.state(), paths)];
  const items = going.map(({ path, place, testId }, at) => ({
    path,
    testId,
    bytes: sizeAt(place),
    digest: digests[at] ?? "",
  }));
  world.dispatch({ type: "planned", plan: { items, notes, refusals: refusals.map(forTerminalLine) } });
}

/** Links stay, and so does what they lead to: the one without the other would be lost. */
async function links({ context, state }: World, going: readonly Going[]): Promise<string[]> {
  const real = new Map(going.map(({ path, place }) => [realPlace(place).real, path]));
  const told: string[] = [];
  for (const { path } of state().tree.entries) {
    const wait = context.io.breathe();
    if (wait) await wait;
    const found = realPlace(absolute(context, path));
    if (!found.isLink || !real.has(found.real)) continue;
    const target = real.get(found.real);
    told.push(
      going.some((one) => one.path === path)
        ? `${path}: a link: the file it leads to is what counts`
        : `${target}: the link ${path} leads to it`,
    );
  }
  return told;
}

/** What git could not give back. */
async function unsaved({ context }: World, going: readonly Going[]): Promise<string[]> {
  try {
    const { unsaved: states, outside } = await statesOf(
      going.map(({ place }) => place),
      context.io.env,
    );
    const count = (state: string): number => [...states.values()].filter((one) => one === state).length;
    return [
      [count("untracked"), "not in git"] as const,
      [count("changed"), "changed since the last commit"] as const,
      [outside.length, "in no git repository"] as const,
    ].flatMap(([many, what]) =>
      many > 0
        ? [`${many} of ${going.length} ${many === 1 ? "is" : "are"} ${what}: git cannot give back what recctl undo can`]
        : [],
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`git cannot be asked: ${errorLine(error)}`];
  }
}

/** What speaks for those that are marked. */
function usedNotes({ verdicts }: State, paths: readonly string[]): string[] {
  if (verdicts.is !== "known") return ["whether tests use them was not looked at: the verdict tab does"];
  const counts = new Map<string, number>();
  for (const path of paths) {
    const judged = verdicts.value.get(path);
    if (judged?.goes) continue;
    const verdict = judged?.verdict ?? "unknown";
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return [...counts].map(([verdict, many]) =>
    verdict === "used"
      ? `prune finds ${many} of them used: tests may miss ${many === 1 ? "it" : "them"}`
      : verdict === "unknown"
        ? `prune cannot tell whether ${many} of them ${many === 1 ? "is" : "are"} used`
        : `prune finds ${many} of them ${verdict}, and would keep ${many === 1 ? "it" : "them"}`,
  );
}

/** Removes what a plan says, unless a file is not what it was, as one transaction. */
export async function carryOut(world: World, { items, refusals }: RemovalPlan, scanning: Scanning): Promise<void> {
  const { whole } = world;
  if (refusals.length > 0) return tell(world, "bad", refusals[0] as string);
  if (items.length === 0) return tell(world, "plain", "nothing is marked");
  const going = items.map(({ path, testId, digest }) => ({
    path,
    place: absolute(whole, path),
    testId,
    before: digest,
  }));
  await scanning.aside(async () => {
    const { id, recovered } = await remove(going, false, whole);
    const told = [
      `${countText(items.length, "recording")} removed: ${whole.recctl} undo brings ${items.length === 1 ? "it" : "them"} back`,
      ...recovered.map(recoveryText),
    ];
    if (id !== null) world.dispatch({ type: "removed", paths: items.map(({ path }) => path), told: told.join("; ") });
  });
}
