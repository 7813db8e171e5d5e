import { UserError } from "../errors.ts";
import { sha256 } from "../recording/digest.ts";
import { stageRemoved } from "../store/git/state.ts";
import { FileReader } from "../store/read.ts";
import { applyChange } from "../store/transaction/apply.ts";
import type { Applied } from "../store/transaction/change.ts";
import { countText } from "../text/bytes.ts";
import type { Context } from "./command.ts";
import { readSubject } from "./mending.ts";
import { portsOf } from "./ports.ts";
import { progress } from "./progress.ts";

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

/** Removes recordings, all or none, as one transaction; with `stage`, from git's index too. */
export async function remove(
  going: readonly (Going & { before: string })[],
  stage: boolean,
  context: Context,
): Promise<Applied> {
  const steps = going.map(({ place, before }) => ({ type: "remove" as const, path: place, before }));
  const applied = await applyChange({ command: context.verb, steps }, portsOf(context));
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
