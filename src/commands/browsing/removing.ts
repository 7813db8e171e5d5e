import { UserError } from "../../errors.ts";
import { readName, shortId } from "../../recording/name.ts";
import { statesOf } from "../../store/git/state.ts";
import { realPlace } from "../../store/links.ts";
import { absolute } from "../../store/paths.ts";
import { sizeAt } from "../../store/sizes.ts";
import { recoveryText } from "../../store/transaction/recover.ts";
import { countText, numberText } from "../../text/bytes.ts";
import { forTerminalLine } from "../../text/escape.ts";
import type { RemovalPlan } from "../../tui/state/overlay.ts";
import type { State } from "../../tui/state/state.ts";
import { refuseHalfDone } from "../recovering.ts";
import { digestsOf, type Going, remove } from "../removing.ts";
import type { Scanning } from "./scanning.ts";
import { errorLine } from "./told.ts";
import { tell, type World } from "./world.ts";

/** How long a frame takes to be drawn, at most, in milliseconds. */
const FRAME = 30;

/** Makes the plan of what was marked: from the disk, where each file is read once more. */
export async function plan(world: World, paths: readonly string[]): Promise<void> {
  const { context } = world;
  // The frame that says so comes first: of many files this takes long.
  await context.io.sleep(FRAME);
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
  const items = await inPieces(world, going, ({ path, place, testId }, at) => ({
    path,
    testId,
    bytes: sizeAt(place),
    digest: digests[at] ?? "",
  }));
  world.dispatch({ type: "planned", plan: { items, notes, refusals: refusals.map(forTerminalLine) } });
}

/** What `work` makes of each; keys come in between. */
async function inPieces<One, Made>(
  { context }: World,
  all: readonly One[],
  work: (one: One, at: number) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const [at, one] of all.entries()) {
    const wait = context.io.breathe();
    if (wait) await wait;
    made.push(work(one, at));
  }
  return made;
}

/** Links stay, and so does what they lead to: the one without the other would be lost. */
async function links(world: World, going: readonly Going[]): Promise<string[]> {
  const { context, state } = world;
  const real = new Map(await inPieces(world, going, ({ path, place }) => [realPlace(place).real, path] as const));
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
        ? [
            `${numberText(many)} of ${numberText(going.length)} ${many === 1 ? "is" : "are"} ${what}: git cannot give back what recctl undo can`,
          ]
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
      ? `prune finds ${numberText(many)} of them used: tests may miss ${many === 1 ? "it" : "them"}`
      : verdict === "unknown"
        ? `prune cannot tell whether ${numberText(many)} of them ${many === 1 ? "is" : "are"} used`
        : `prune finds ${numberText(many)} of them ${verdict}, and would keep ${many === 1 ? "it" : "them"}`,
  );
}

/** Removes what a plan says, unless a file is not what it was, as one transaction. */
export async function carryOut(
  world: World,
  { items, notes, refusals }: RemovalPlan,
  scanning: Scanning,
): Promise<void> {
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
    const applied = await remove(going, false, whole).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      const { why, line } = refusalOf(error);
      world.dispatch({
        type: "refused",
        plan: { items, notes, refusals },
        refusals: why,
        told: `${line}: D plans anew`,
      });
    });
    if (!applied) return;
    const { id, recovered } = applied;
    const told = [
      `${countText(items.length, "recording")} removed: ${whole.recctl} undo brings ${items.length === 1 ? "it" : "them"} back`,
      ...recovered.map(recoveryText),
    ];
    if (id !== null) world.dispatch({ type: "removed", paths: items.map(({ path }) => path), told: told.join("; ") });
  });
}

/** What became of a file that a plan was made of, as a place of an error ends. */
const BECAME: Readonly<Record<string, string>> = { gone: "is gone", changed: "has changed" };

/** Why nothing was removed: whole, and in a line with the first file by its short id. */
function refusalOf(error: UserError): { why: string[]; line: string } {
  const { message, places } = error;
  const files = places.map((place) => /^([\s\S]+): (gone|changed)$/.exec(place));
  const [, path, what = ""] = files[0] ?? [];
  if (path === undefined || files.includes(null)) {
    return { why: [message, ...places].map(forTerminalLine), line: errorLine(error) };
  }
  const more = places.length > 1 ? `, and ${countText(places.length - 1, "more file")}` : "";
  const line = `nothing was removed: ${shortId(readName(path).id)} ${BECAME[what]}${more}`;
  return { why: places.map(forTerminalLine), line: forTerminalLine(line) };
}
