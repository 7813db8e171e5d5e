import { env, pid } from "node:process";
import { UserError } from "../../src/errors.ts";
import { applyChange } from "../../src/store/transaction/apply.ts";
import { recover } from "../../src/store/transaction/recover.ts";
import { listTransactions, undoLast } from "../../src/store/transaction/undo.ts";
import { portsFor } from "./changes.ts";
import { STATES, stateOf, stepTo } from "./states.ts";

/**
 * A program that changes a tree to and fro until it is killed. It finds out by looking which state the tree
 * is in; another one may be at it too, and what is refused for that is tried again.
 */
const LAST = STATES.length - 1;
const dir = env.RECCTL_TREE as string;
const ports = portsFor(dir, { pid, breathe: () => new Promise((done) => setImmediate(done)) });
for (;;) {
  try {
    const state = stateOf(dir);
    if (state < 0) await recover(ports);
    if (state < 0) continue;
    const back = state === LAST || (state !== 0 && Math.random() < 0.5);
    if (back && (state === LAST || listTransactions(ports).some((one) => one.state === "done"))) await undoLast(ports);
    else await applyChange(stepTo(dir, state + 1), ports);
  } catch (error) {
    // Read while the other was at it, or refused because it is.
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof UserError) && code !== "ENOENT") throw error;
    await new Promise((done) => setTimeout(done, 1));
  }
}
