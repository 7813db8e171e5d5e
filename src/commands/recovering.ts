import { UserError } from "../errors.ts";
import { recover, recoveryText, untilEnded } from "../store/transaction/recover.ts";
import { forTerminalLine } from "../text/escape.ts";
import type { Context } from "./command.ts";
import { portsOf } from "./ports.ts";

/**
 * Takes back what an earlier command left half done, for a plan must see the tree as it will be. Tells it on stderr.
 * Call it before files are chosen.
 */
export async function recoverFirst(context: Context): Promise<void> {
  for (const one of await recover(portsOf(context))) {
    await context.io.stderr.write(`${forTerminalLine(recoveryText(one))}\n`);
  }
}

/**
 * For commands that must not write: refuses a tree in which a change was cut short, or does not end.
 * @throws UserError
 */
export async function refuseHalfDone(context: Context): Promise<void> {
  if (await untilEnded(portsOf(context))) return;
  throw new UserError(
    "another recctl is changing files here, or was cut short: nothing is judged before that is done or undone",
    {
      place: context.cwd,
      remedy: `${context.recctl} undo`,
    },
  );
}
