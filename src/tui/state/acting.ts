import { dialectFor } from "../../dialects/index.ts";
import type { Entry } from "../../listing/entry.ts";
import { readName, shortId } from "../../recording/name.ts";
import { countText, numberText } from "../../text/bytes.ts";
import { prompting } from "./prompt.ts";
import { requestIndex, requestOf, requestsOf, shownPath } from "./requests.ts";
import type { Prompt, State } from "./state.ts";
import { does, type Made, told } from "./step.ts";
import { idOf, isOnGroup, testRow } from "./tree.ts";

const NOTHING = "there is nothing here";

/** Copies the id of what is shown; of a file that cannot be read, that of its name. What holds tests has none. */
export function copiedId(state: State): Made {
  const path = shownPath(state);
  if (path === null) return told(state, NOTHING);
  const row = testRow(state);
  if (row && isOnGroup(state)) {
    return told(
      state,
      `nothing copied: ${countText(row.to - row.from, "recording")} here; Y copies the path of this row`,
    );
  }
  const count = requestsOf(state).length;
  const isOneOf = state.level === "tests" && count > 1;
  const what = isOneOf ? `id of request ${numberText(requestIndex(state) + 1)} of ${numberText(count)}` : "id";
  return copied(state, readName(path).id, what);
}

/** Copies the test id of what is shown; of what holds tests, its path, which chooses them wherever test ids are asked for. */
export function copiedTest(state: State): Made {
  const row = testRow(state);
  if (row && isOnGroup(state) && row.kind !== "broken") return copied(state, idOf(row), "path");
  const entry = requestOf(state);
  if (row?.flaw || entry === null) return told(state, NOTHING);
  const { testId } = entry.head;
  return testId === null ? told(state, "it belongs to no test") : copied(state, testId, "test id");
}

const copied = (state: State, text: string, what: string): Made =>
  does(told(state, `${what} copied: ${text}`, "good"), { type: "copy", text, what });

/** Opens what is shown in the pager. */
export function paged(state: State): Made {
  const path = shownPath(state);
  return path === null ? told(state, NOTHING) : does(state, { type: "page", path, tab: state.answer.tab });
}

/** Opens the file in the editor. */
export function opened(state: State): Made {
  const path = shownPath(state);
  return path === null ? told(state, NOTHING) : does(state, { type: "edit", path });
}

/** Asks under which name the wire form is written. */
export function exporting(state: State): State {
  const entry = testRow(state)?.flaw ? null : requestOf(state);
  if (entry === null) return told(state, NOTHING);
  const { path, id, head } = entry;
  return prompting(state, "export", `${shortId(id)}.${endingOf(head)}`, { path });
}

/** Streams go over the wire as server-sent events, but for one API, which sends a JSON text a line. */
function endingOf(head: Entry["head"]): string {
  if (!head.streaming) return "json";
  return dialectFor(head).id === "ollama" ? "jsonl" : "sse";
}

/** Writes the wire form under the name that was typed. */
export function exported(state: State, { path, text }: Prompt): Made {
  const file = text.trim();
  if (path === null || file === "") return told(state, "no name: nothing was written");
  return does(state, { type: "export", path, file });
}

/** It could not be written under that name: typed on, where nothing else is being typed or looked at. */
export function misexported(state: State, path: string, file: string, why: string): State {
  if (state.prompt || state.overlay) return told(state, why, "bad");
  return prompting({ ...state, message: null }, "export", file, { path, error: why });
}
