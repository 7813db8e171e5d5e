import { dirname } from "node:path";
import { subjectOf } from "../checks/check.ts";
import type { Subject } from "../checks/rule.ts";
import { type Plan, settle } from "../mend/settle.ts";
import type { Left, Wish } from "../mend/wish.ts";
import { type Flaw, parseDocument } from "../recording/document.ts";
import { whyNotRecording } from "../recording/head.ts";
import type { JsonObject } from "../recording/json/value.ts";
import { digestAt, realPlace } from "../store/links.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { applyChange } from "../store/transaction/apply.ts";
import type { Applied, Step } from "../store/transaction/change.ts";
import type { Context } from "./command.ts";
import { portsOf } from "./ports.ts";
import { progress } from "./progress.ts";
import { type Chosen, chooseFiles, type Target } from "./selection.ts";

/** What a recording should become; why it stays as it is; null where it is right already. */
export type WishOf = (subject: Subject) => Wish | Left | null;

/** Files in the folders of those that were chosen, which might want the same names. */
export async function neighboursOf({ targets, whole }: Chosen, context: Context): Promise<Target[]> {
  if (whole || targets.length === 0) return [];
  const chosen = new Set(targets.map(({ place }) => place));
  const folders = [...new Set(targets.map(({ place }) => dirname(place)))];
  const { targets: all } = await chooseFiles(folders, {}, context);
  return all.filter(({ place }) => !chosen.has(place));
}

/** Reads files whole, asks for each what it should become, and settles what can be had together; `neighbours` are only asked. */
export async function planFor(
  targets: readonly Target[],
  wishOf: WishOf,
  context: Context,
  neighbours: readonly Target[] = [],
): Promise<Plan> {
  const reader = new FileReader();
  const wishes: Wish[] = [];
  const left: Left[] = [];
  const rivals: Wish[] = [];
  /** Links by the files that they lead to. */
  const links = new Map<string, string>();
  const shown = progress(context.io, "planning");
  try {
    for (const [done, target] of targets.entries()) {
      await shown.step(done, targets.length);
      const subject = readSubject(reader, target);
      const wish = "message" in subject ? flawed(target, subject) : wishOf(subject);
      const { real, isLink } = realPlace(target.place);
      if (isLink) links.set(real, target.path);
      if (!wish) continue;
      if ("cause" in wish) left.push(wish);
      else if (isLink)
        left.push({ path: wish.path, why: "a link: the file it leads to is what counts", cause: "links" });
      else wishes.push(wish);
    }
    for (const target of neighbours) {
      await context.io.breathe();
      const subject = readSubject(reader, target);
      const wish = "message" in subject ? null : wishOf(subject);
      if (wish && !("cause" in wish)) rivals.push(wish);
    }
  } finally {
    await shown.end();
  }
  /** The link that would lead nowhere. */
  const broken = (wish: Wish): string | undefined =>
    wish.to === null || links.size === 0 ? undefined : links.get(realPlace(wish.place).real);
  const held = wishes.flatMap((wish): Left[] => {
    const link = broken(wish);
    return link === undefined
      ? []
      : [{ path: wish.path, why: `the link ${link} leads to it`, cause: "links lead to it" }];
  });
  return settle(
    wishes.filter((wish) => broken(wish) === undefined),
    [...left, ...held],
    digestAt,
    rivals,
  );
}

/** The cause for which files are left that hold no recording. */
export const NO_RECORDING = "no recording";

const flawed = ({ path }: Target, { message }: Flaw): Left => ({ path, why: message, cause: NO_RECORDING });

/** A file as rules see it, or why it is no recording. It is good until the next one is read. */
export function readSubject(reader: FileReader, target: Target): Subject | Flaw {
  try {
    const { bytes } = reader.read(target.place);
    const parsed = parseDocument(bytes);
    if ("message" in parsed) return parsed;
    const why = whyNotRecording(parsed.root);
    if (why) return { line: 1, column: 1, message: why.message };
    return subjectOf({ ...target, bytes }, { ...parsed, root: parsed.root as JsonObject });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { line: 1, column: 1, message: error.message };
  }
}

/** Does what a plan says, as one transaction. */
export function applyPlan(plan: Plan, command: string, context: Context): Promise<Applied> {
  return applyChange({ command, steps: plan.steps.map(stepOf) }, portsOf(context));
}

function stepOf({ type, place, toPlace, before, after }: Plan["steps"][number]): Step {
  if (type === "rename") return { type, path: place, to: toPlace as string, before, after };
  if (type === "rewrite") return { type, path: place, before, after: after as Buffer };
  return { type, path: place, before };
}
