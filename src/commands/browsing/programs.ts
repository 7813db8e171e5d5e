import { resolve } from "node:path";
import type { Program, Terminal } from "../../io.ts";
import { fileStamp } from "../../store/stamp.ts";
import { answerLines } from "../../tui/content/answer.ts";
import { ALL } from "../../tui/content/bounds.ts";
import { rawText } from "../../tui/content/raw.ts";
import type { Shown } from "../../tui/ink/open.tsx";
import type { Action } from "../../tui/state/action.ts";
import type { Effect } from "../../tui/state/effect.ts";
import { withoutMemory } from "../../tui/state/memo.ts";
import type { Message, State } from "../../tui/state/state.ts";
import type { Context } from "../command.ts";
import { clipboardText } from "./clipboard.ts";

/** What a shell exits with where there is no such program, and where Ctrl-C ended it, which people know who pressed it. */
const NO_PROGRAM = 127;
const INTERRUPTED = 130;
/** The variables that name a program, the first that is set; else the last word. What less is not told it shows colours by: git does so, too. */
const PAGER = { variables: ["PAGER"], otherwise: "less", before: '[ -n "$LESS" ] || export LESS=R\n' };
const EDITOR = { variables: ["VISUAL", "EDITOR"], otherwise: "vi", before: "" };

/** Does what the machine wants done with the terminal itself; false where it is another thing that it wants. */
export function programs(
  terminal: Terminal,
  shown: Shown,
  { io, cwd }: Context,
  dispatch: (action: Action) => void,
): (effect: Effect, state: State) => boolean {
  const tell = (text: string, tone: Message["tone"]): void => dispatch({ type: "told", message: { text, tone } });

  /** Lends the terminal to the program that the person has chosen. */
  const run = async (choice: typeof PAGER, args: readonly string[], text?: string): Promise<void> => {
    const variable = choice.variables.find((name) => io.env[name]?.trim());
    const typed = (variable && io.env[variable]) || choice.otherwise;
    const program: Program = {
      script: `${choice.before}${typed} "$@"`,
      args,
      cwd,
      ...(text === undefined ? {} : { text }),
    };
    const named = variable ? `$${variable} (${typed})` : typed;
    let ended: number | null | Error = 0;
    await shown.lend(async () => {
      ended = await terminal.run(program).catch((error: Error) => error);
    });
    const why = trouble(ended);
    if (why) tell(`${named}: ${why}`, "bad");
  };

  /** Once it was edited, what was read of a file may no longer hold. */
  const edit = async (path: string): Promise<void> => {
    const place = resolve(cwd, path);
    const before = fileStamp(place);
    await run(EDITOR, [place]);
    if (fileStamp(place) !== before) dispatch({ type: "changed", paths: [path], isNews: true });
  };

  return (effect, state) => {
    switch (effect.type) {
      case "page": {
        const text = textOf(state);
        if (text === "") tell("nothing to show yet", "plain");
        else void run(PAGER, [], `${text}\n`);
        return true;
      }
      case "edit":
        void edit(effect.path);
        return true;
      case "copy": {
        const sequence = clipboardText(effect.text, io.env.TMUX !== undefined);
        if (sequence === null) tell(`too long to copy: ${effect.what}`, "bad");
        else shown.send(sequence);
        return true;
      }
      case "suspend":
        void shown.lend(() => terminal.stop());
        return true;
      case "redraw":
        shown.redraw();
        return true;
      case "quit":
        shown.close();
        return true;
      default:
        return false;
    }
  };
}

/** What the answer pane shows, as wide as the terminal and whole. It is not kept: it may be long. */
function textOf(state: State): string {
  const json = state.answer.tab === "raw" ? rawText(state) : null;
  return json ?? withoutMemory(() => answerLines({ ...state, focus: "answer", isZoomed: true }, ALL)).join("\n");
}

function trouble(ended: number | null | Error): string | null {
  if (ended instanceof Error) return `it cannot be run: ${ended.message}`;
  if (ended === NO_PROGRAM) return "no such program";
  if (ended === null) return "it was ended by a signal";
  return ended === 0 || ended === INTERRUPTED ? null : `it ended with status ${ended}`;
}
