import { Interrupted } from "../../errors.ts";
import type { Perform } from "../../tui/machine.ts";
import type { Action } from "../../tui/state/action.ts";
import type { Effect } from "../../tui/state/effect.ts";
import type { State } from "../../tui/state/state.ts";
import type { Context } from "../command.ts";
import type { SelectionOptions } from "../selection.ts";
import { exportWire } from "./exporting.ts";
import { filter, search } from "./filtering.ts";
import { Jobs, threadUrl } from "./jobs.ts";
import { checks, compares, judges } from "./looking.ts";
import { Opening } from "./opening.ts";
import { quiet, silenced } from "./quiet.ts";
import { carryOut, plan } from "./removing.ts";
import { Scanning } from "./scanning.ts";
import { errorLine } from "./told.ts";
import { tell, type World } from "./world.ts";

/** Does what the machine wants done with the disk, until it is ended. */
export interface Performer extends Perform {
  /** Ends all work but a change that is being made: that is made whole. */
  end(): void;
  /** Rejects where there is nothing to show: an argument that leads nowhere, a wrong configuration. */
  failed: Promise<never>;
}

/** What is done for each effect; those of the terminal are done elsewhere. */
type Table = { [Type in Effect["type"]]?: (effect: Extract<Effect, { type: Type }>) => void | Promise<void> };

/** Carries out effects. What comes of them is dispatched; `state` tells the machine's own. */
export function performer(
  args: readonly string[],
  options: SelectionOptions,
  context: Context,
  dispatch: (action: Action) => void,
  state: () => State,
  thread: URL = threadUrl(),
): Performer {
  let isEnded = false;
  const timers = new Set<NodeJS.Timeout>();
  const doing = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // A signal ends the screen as well.
      if (!(error instanceof Interrupted)) tell(world, "bad", errorLine(error));
    }
  };
  const own = { ...context, io: quiet(context.io, () => isEnded) };
  const world: World = {
    args,
    options,
    context: own,
    whole: { ...context, io: silenced(context.io) },
    jobs: new Jobs(own, thread),
    dispatch(action) {
      if (!isEnded) dispatch(action);
    },
    state,
    doing: (work) => void doing(work),
  };
  let fail = (_: unknown): void => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Nobody may wait for it.
  failed.catch(() => undefined);
  const scanning = new Scanning(world, fail);
  const opening = new Opening(world, scanning);
  let isOpened = false;
  const table: Table = {
    scan({ isUnasked }) {
      scanning.scan(!isOpened ? "opened" : isUnasked ? "changed" : "asked");
      isOpened = true;
    },
    open: ({ path }) => opening.open(path),
    peek: ({ paths }) => opening.peek(paths),
    check: () => checks(world),
    judge: () => judges(world),
    search: ({ text, paths }) => search(world, text, paths),
    filter: ({ line }) => filter(world, line),
    compare: (effect) => compares(world, effect),
    export: ({ path, file }) => exportWire(world, path, file),
    plan: ({ paths }) => plan(world, paths),
    remove: (effect) => carryOut(world, effect.plan, scanning),
    timer({ ms, then }) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        world.dispatch(then);
      }, ms);
      timers.add(timer);
    },
  };
  const perform = (effect: Effect): void => {
    const work = table[effect.type] as ((effect: Effect) => void | Promise<void>) | undefined;
    if (work && !isEnded) void doing(async () => work(effect));
  };
  return Object.assign(perform, {
    failed,
    end() {
      isEnded = true;
      for (const timer of timers) clearTimeout(timer);
      scanning.end();
      opening.end();
      world.jobs.stop();
    },
  });
}
