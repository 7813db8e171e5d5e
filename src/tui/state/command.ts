import { numberText } from "../../text/bytes.ts";
import { forShell } from "../../text/escape.ts";
import { listed } from "./listed.ts";
import { fileOf, MOST_PATHS, refOf } from "./refs.ts";
import { requestOf, shownPath } from "./requests.ts";
import type { State } from "./state.ts";
import { type Made, told } from "./step.ts";
import { testRow } from "./tree.ts";

/** Tells the shell command that shows the same, and keeps it for the end. */
export function commanded(state: State): Made {
  const { words, others } = commandFor(state);
  const command = [state.recctl, ...words].join(" ");
  const commands = state.commands.includes(command) ? state.commands : [...state.commands, command];
  return told({ ...state, commands }, others > 0 ? `lists ${numberText(others)} more: ${command}` : command);
}

/** The words of the command, ready for a shell, and how many recordings it shows that are not shown here. */
function commandFor(state: State): { words: readonly string[]; others: number } {
  const words = wordsFor(state);
  if (words) return { words: words.map(forShell), others: 0 };
  const list = listed(state, testRow(state));
  return { ...list, words: ["ls", ...list.words] };
}

/** What shows what is at hand; null where that is a list of recordings. */
function wordsFor(state: State): string[] | null {
  const { overlay } = state;
  if (overlay?.shows === "compare") return ["diff", fileOf(overlay.old), fileOf(overlay.now)];
  const row = testRow(state);
  const entry = requestOf(state);
  const path = shownPath(state);
  if (row?.kind === "broken") return ["validate", ...brokenPaths(state)];
  if (row === null || path === null) return null;
  if (row.flaw || entry === null) return ["validate", fileOf(path)];
  const { play, focus, level, answer, chunks } = state;
  if (focus === "tests" && !play) return null;
  const ref = refOf(state, entry);
  if (play) return ["replay", ref, "--tps", String(play.pace)];
  if (focus === "chunks" || (answer.tab === "raw" && level === "chunks")) {
    return ["show", ref, "--chunk", String(chunks.cursor + 1)];
  }
  if (answer.tab === "findings") return ["validate", fileOf(path)];
  if (answer.tab === "verdict") return ["prune", "--verdicts", fileOf(path)];
  return answer.tab === "raw" ? ["show", ref, "--raw"] : ["show", ref];
}

/** The files that cannot be read; of very many, where they are looked for. */
const brokenPaths = ({ tree: { broken }, places }: State): readonly string[] =>
  broken.length > MOST_PATHS ? places : broken.map(({ path }) => fileOf(path));
