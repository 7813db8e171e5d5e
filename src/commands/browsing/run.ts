import type { Terminal } from "../../io.ts";
import { showOn } from "../../tui/ink/open.tsx";
import { Machine } from "../../tui/machine.ts";
import { initial } from "../../tui/state/state.ts";
import type { Context } from "../command.ts";
import type { SelectionOptions } from "../selection.ts";
import { performer } from "./perform.ts";

/** Browses until the screen is left. */
export async function browseOn(
  terminal: Terminal,
  args: readonly string[],
  options: SelectionOptions,
  context: Context,
): Promise<void> {
  const { columns, rows } = terminal.output;
  const start = initial({
    size: { columns, rows },
    folder: args.join(" ") || context.cwd,
    recctl: context.recctl,
    hasColour: context.io.stdout.colour,
  });
  const perform = performer(
    args,
    options,
    context,
    (action) => machine.dispatch(action),
    () => machine.state,
  );
  const machine: Machine = new Machine(start, (effect, state) => {
    if (effect.type === "quit") shown.close();
    else perform(effect, state);
  });
  const shown = showOn(terminal, machine);
  perform({ type: "scan" }, start);
  try {
    await context.io.until(Promise.race([shown.ended, perform.failed]));
  } finally {
    perform.end();
    shown.close();
  }
}
