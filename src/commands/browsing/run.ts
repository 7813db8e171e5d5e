import type { Terminal } from "../../io.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { showOn, sizeOf } from "../../tui/ink/open.tsx";
import { Machine } from "../../tui/machine.ts";
import type { Action } from "../../tui/state/action.ts";
import { initial } from "../../tui/state/state.ts";
import type { BrowseOptions } from "../browse.ts";
import type { Context } from "../command.ts";
import { performer } from "./perform.ts";
import { programs } from "./programs.ts";

/** Browses until the screen is left. */
export async function browseOn(
  terminal: Terminal,
  args: readonly string[],
  options: BrowseOptions,
  context: Context,
): Promise<void> {
  const { io, recctl } = context;
  const { mouse: hasMouse, ...chosen } = options;
  const start = initial({
    size: sizeOf(terminal.output),
    folder: args.join(" ") || context.cwd,
    recctl,
    hasColour: io.stdout.colour,
  });
  const dispatch = (action: Action): void => machine.dispatch(action);
  const perform = performer(args, chosen, context, dispatch, () => machine.state);
  const machine: Machine = new Machine(start, (effect, state) => {
    if (!onTerminal(effect, state)) perform(effect, state);
  });
  const shown = showOn(terminal, machine, { hasMouse });
  const onTerminal = programs(terminal, shown, context, dispatch);
  perform({ type: "scan" }, start);
  try {
    await io.until(Promise.race([shown.ended, perform.failed]));
  } finally {
    perform.end();
    shown.close();
    for (const command of machine.state.commands) {
      await io.stdout.write(`${forTerminalLine(command)}\n`).catch(() => undefined);
    }
  }
}
