import { openRecordings } from "../../store/open.ts";
import type { Perform } from "../../tui/machine.ts";
import type { Action } from "../../tui/state/action.ts";
import { openBody, peekOf } from "../../tui/state/body.ts";
import type { Peek } from "../../tui/state/state.ts";
import type { Context } from "../command.ts";
import { type SelectionOptions, select } from "../selection.ts";

/** How long the cursor rests before what it is on is read, in milliseconds: a key that is held down comes again sooner. */
const REST = 40;

/** Does what the machine wants done with the disk. */
export function performer(
  args: readonly string[],
  options: SelectionOptions,
  context: Context,
  dispatch: (action: Action) => void,
): Perform {
  const open = openRecordings({ cwd: context.cwd });
  let resting: NodeJS.Timeout | undefined;
  return (effect) => {
    switch (effect.type) {
      case "scan":
        void select(args, options, context).then(({ entries, broken }) =>
          dispatch({ type: "scanned", tree: { entries, broken, isRead: true } }),
        );
        break;
      case "open":
        clearTimeout(resting);
        resting = setTimeout(() => {
          const { path } = effect;
          const found = open(path);
          dispatch({
            type: "opened",
            body: "message" in found ? { path, flaw: found } : openBody(path, found, found.bytes),
          });
        }, REST);
        break;
      case "peek": {
        const peeks = new Map<string, Peek>();
        for (const path of effect.paths) {
          const found = open(path);
          if (!("message" in found)) peeks.set(path, peekOf(found));
        }
        setImmediate(() => dispatch({ type: "peeked", peeks }));
        break;
      }
    }
  };
}
