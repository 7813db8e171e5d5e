import { subjectOf } from "../checks/check.ts";
import type { Subject } from "../checks/rule.ts";
import { type Plan, settle } from "../mend/settle.ts";
import { type Left, sha256, type Wish } from "../mend/wish.ts";
import { type Flaw, parseDocument } from "../recording/document.ts";
import { whyNotRecording } from "../recording/head.ts";
import type { JsonObject } from "../recording/json/value.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { applyChange } from "../store/transaction/apply.ts";
import type { Applied, Step } from "../store/transaction/change.ts";
import { recover, recoveryText } from "../store/transaction/recover.ts";
import { forShell, forTerminalLine } from "../text/escape.ts";
import type { Context } from "./command.ts";
import { portsOf } from "./ports.ts";
import { progress } from "./progress.ts";
import type { Target } from "./selection.ts";

/** What a recording should become; why it stays as it is; null where it is right already. */
export type WishOf = (subject: Subject) => Wish | Left | null;

/**
 * Takes back what an earlier command left half done, for a plan must see the tree as it will be. Tells it on stderr.
 * Call it before files are chosen.
 */
export async function recoverFirst(context: Context): Promise<void> {
  for (const one of await recover(portsOf(context))) {
    await context.io.stderr.write(`${forTerminalLine(recoveryText(one))}\n`);
  }
}

/** Reads files whole, asks for each what it should become, and settles what can be had together. */
export async function planFor(targets: readonly Target[], wishOf: WishOf, context: Context): Promise<Plan> {
  const reader = new FileReader();
  const wishes: Wish[] = [];
  const left: Left[] = [];
  const shown = progress(context.io, "planning");
  try {
    for (const [done, target] of targets.entries()) {
      await shown.step(done, targets.length);
      const subject = readSubject(reader, target);
      const wish = "message" in subject ? flawed(target, subject) : wishOf(subject);
      if (wish) ("cause" in wish ? left : wishes).push(wish as Wish & Left);
    }
  } finally {
    await shown.end();
  }
  return settle(wishes, left, digestsBy(new FileReader()));
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

const digestsBy =
  (reader: FileReader) =>
  (place: string): string | null => {
    try {
      return sha256(reader.read(place).bytes);
    } catch (error) {
      if (error instanceof ReadError) return null;
      throw error;
    }
  };

/** The command as it was typed, but for what has it done: how to do it is that and `--apply`. */
export const typed = ({ io }: Context): string =>
  ["recctl", ...io.argv.filter((word) => word !== "--apply")].map(forShell).join(" ");

/** Does what a plan says, as one transaction. */
export function applyPlan(plan: Plan, command: string, context: Context): Promise<Applied> {
  return applyChange({ command, steps: plan.steps.map(stepOf) }, portsOf(context));
}

function stepOf({ type, place, toPlace, before, after }: Plan["steps"][number]): Step {
  if (type === "rename") return { type, path: place, to: toPlace as string, before, after };
  if (type === "rewrite") return { type, path: place, before, after: after as Buffer };
  return { type, path: place, before };
}
