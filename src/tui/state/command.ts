import type { Entry } from "../../listing/entry.ts";
import { forShell } from "../../text/escape.ts";
import { requestOf, shownPath } from "./requests.ts";
import type { State } from "./state.ts";
import { type Made, told } from "./step.ts";
import { recordings, type TestRow, testRow } from "./tree.ts";

/** Tells the shell command that shows the same, and keeps it for the end. */
export function commanded(state: State): Made {
  const words = wordsFor(state);
  const command = [state.recctl, ...words.map(forShell), ...(words[0] === "ls" ? selectionOf(state, words) : [])].join(
    " ",
  );
  const commands = state.commands.includes(command) ? state.commands : [...state.commands, command];
  return told({ ...state, commands }, command);
}

/** A test, which is given twice to mean either. */
const TEST_FLAG = /(?:^|\s)(?:-t|--test)(?![\w-])/;

/** What else chooses the recordings that are listed: the filter, as it was typed, and where they are looked for. */
function selectionOf({ filter, places }: State, words: readonly string[]): string[] {
  const isNarrower = filter !== null && words.includes("-t") && TEST_FLAG.test(filter.line);
  const paths = words.length > 1 && !words.includes("-t") ? places.filter((place) => place.startsWith("--")) : places;
  return [...(filter === null || isNarrower ? [] : [filter.line]), ...paths.map(forShell)];
}

function wordsFor(state: State): string[] {
  const row = testRow(state);
  const entry = requestOf(state);
  const path = shownPath(state);
  if (row?.kind === "broken") return ["validate"];
  if (row === null || path === null) return ["ls"];
  if (row.flaw || entry === null) return ["validate", fileOf(path)];
  const { play, focus, level, answer, chunks } = state;
  if (focus === "tests" && !play) return wordsForRow(row, entry);
  const ref = refOf(state, entry);
  if (play) return ["replay", ref, "--tps", String(play.pace)];
  if (focus === "chunks" || (answer.tab === "raw" && level === "chunks")) {
    return ["show", ref, "--chunk", String(chunks.cursor + 1)];
  }
  if (answer.tab === "findings") return ["validate", fileOf(path)];
  if (answer.tab === "verdict") return ["prune", "--verdicts", fileOf(path)];
  return answer.tab === "raw" ? ["show", ref, "--raw"] : ["show", ref];
}

/** What lists the recordings of a row; keys say which folder, file or test it is. */
function wordsForRow({ kind, key }: TestRow, { path, head }: Entry): string[] {
  if (kind === "test") return ["ls", "-t", head.testId ?? ""];
  if (kind === "shared") return ["ls", fileOf(path.slice(0, path.lastIndexOf("/") + 1) || ".")];
  return ["ls", "-t", key.slice(2)];
}

/** Its id; its path where several have it, or where it would be taken for something else. */
function refOf(state: State, { id, path }: Entry): string {
  const { order } = recordings(state);
  const isPlain = /^[0-9a-f][0-9a-f-]{3,}$/.test(id);
  // Elsewhere nobody would look for it.
  const isHere = state.places.every((place) => place.startsWith("--"));
  return isHere && isPlain && order.filter((entry) => entry.id === id).length === 1 ? id : fileOf(path);
}

/** A path that no command takes for an option. */
const fileOf = (path: string): string => (path.startsWith("-") ? `./${path}` : path);
