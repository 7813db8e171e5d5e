import type { Terminal } from "../../io.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { Machine } from "../../tui/machine.ts";
import { sizeOf } from "../../tui/size.ts";
import type { Action } from "../../tui/state/action.ts";
import type { Effect } from "../../tui/state/effect.ts";
import { initial, type State } from "../../tui/state/state.ts";
import type { BrowseOptions } from "../browse.ts";
import type { Context } from "../command.ts";
import { lineOf, placesOf } from "./filtering.ts";
import { performer } from "./perform.ts";
import { programs } from "./programs.ts";

/** How long the first frame waits for the tree, in milliseconds: one frame with rows comes sooner than two. */
const SOON = 150;

/** Browses until the screen is left. */
export async function browseOn(
  terminal: Terminal,
  args: readonly string[],
  options: BrowseOptions,
  context: Context,
): Promise<void> {
  const { io, recctl } = context;
  const { mouse: hasMouse, ...chosen } = options;
  const fixed = chosen.gitignore ? ["--gitignore"] : [];
  const start = initial({
    size: sizeOf(terminal.output),
    // What no line of a filter holds is told with the folder.
    folder: [args.join(" ") || context.cwd, ...fixed].join(" "),
    places: [...fixed, ...args],
    filtering: lineOf(chosen),
    recctl,
    hasColour: io.stdout.colour,
  });
  const dispatch = (action: Action): void => machine.dispatch(action);
  const perform = performer(args, placesOf(chosen), context, dispatch, () => machine.state);
  let onTerminal = (_effect: Effect, _state: State): boolean => false;
  const machine: Machine = new Machine(start, (effect, state) => {
    if (!onTerminal(effect, state)) perform(effect, state);
  });
  let close = (): void => undefined;
  try {
    const read = new Promise<void>((done) => {
      machine.subscribe(() => machine.state.tree.isRead && done());
    });
    perform({ type: "scan" }, start);
    // Loaded while the tree is read.
    const { showOn } = await import("../../tui/ink/open.tsx");
    await io.until(Promise.race([read, perform.failed, soon()]));
    // It may have got another size meanwhile.
    dispatch({ type: "resize", size: sizeOf(terminal.output) });
    const shown = showOn(terminal, machine, { hasMouse });
    close = shown.close;
    onTerminal = programs(terminal, shown, context, dispatch);
    await io.until(Promise.race([shown.ended, perform.failed]));
  } finally {
    perform.end();
    close();
    for (const command of machine.state.commands) {
      await io.stdout.write(`${forTerminalLine(command)}\n`).catch(() => undefined);
    }
  }
}

const soon = (): Promise<void> => new Promise((done) => void setTimeout(done, SOON));
