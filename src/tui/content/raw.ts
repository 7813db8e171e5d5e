import type { Unit } from "../../dialects/units.ts";
import type { JsonValue } from "../../recording/json/value.ts";
import { INDENTED, writeJson } from "../../recording/json/write.ts";
import { forTerminal, forTerminalJson } from "../../text/escape.ts";
import type { Paint } from "../../text/style.ts";
import { remembering } from "../state/memo.ts";
import { openBodyOf } from "../state/requests.ts";
import type { OpenBody, State } from "../state/state.ts";
import { type Bounds, cutTo, moreCharacters, PANE } from "./bounds.ts";
import { flowed, type Piece } from "./json/flow.ts";
import { foldedKeys } from "./json/keys.ts";
import { type Sheet, sheetOf } from "./json/sheet.ts";

/** What the raw tab is about: the chunk at hand where the chunks have the attention, elsewhere the file. */
function subjectOf(state: State): { body: OpenBody; unit: Unit | null } | null {
  const body = openBodyOf(state);
  if (!body) return null;
  return { body, unit: (state.level === "chunks" && body.units[state.chunks.cursor]) || null };
}

/** The lines of the raw tab, and what can be folded on each; null where nothing was read that has any. */
export function rawSheet(state: State, columns: number, paint: Paint, bounds: Bounds = PANE): Sheet | null {
  const subject = subjectOf(state);
  return subject && rawOf(subject.body, subject.unit, state.answer.folds, columns, paint, bounds);
}

const rawOf = remembering(
  (
    body: OpenBody,
    unit: Unit | null,
    turned: ReadonlySet<string>,
    columns: number,
    paint: Paint,
    bounds: Bounds,
  ): Sheet => {
    const { value, lines } = shownOf(body, unit);
    const own = (line: string): readonly Piece[] => [
      ...eventLine(cutTo(line, bounds.characters)),
      ...leftOf(line, bounds),
    ];
    const above = lines.flatMap((line) => flowed(own(line), "", "    ", columns, paint));
    if (above.length > 0) above.push("");
    if (value === undefined) return { lines: above, folds: above.map(() => null) };
    const sheet = sheetOf(value, "", { columns, paint, turned, bounds });
    if (above.length === 0) return sheet;
    return { lines: [...above, ...sheet.lines], folds: [...above.map(() => null), ...sheet.folds] };
  },
);

/** The JSON of the raw tab as a text, whole: nothing can be unfolded in a pager. Null where nothing was read that has any. */
export function rawText(state: State): string | null {
  const subject = subjectOf(state);
  if (!subject) return null;
  const { value, lines } = shownOf(subject.body, subject.unit);
  const json = value === undefined ? [] : [forTerminalJson(writeJson(value, INDENTED))];
  const above = lines.map((line) => forTerminal(line));
  return [...above, ...(above.length > 0 && json.length > 0 ? [""] : []), ...json].join("\n");
}

/** The keys that open all that is folded at first (see {@link foldedKeys}). */
export function rawKeys(state: State): readonly string[] {
  const subject = subjectOf(state);
  return subject ? keysOf(subject.body, subject.unit) : [];
}

const keysOf = remembering((body: OpenBody, unit: Unit | null): readonly string[] => {
  const { value } = shownOf(body, unit);
  return value === undefined ? [] : foldedKeys(value, "");
});

/** The JSON of a chunk or a file; of a server-sent event its lines too. */
function shownOf({ recording }: OpenBody, unit: Unit | null): { value: JsonValue | undefined; lines: string[] } {
  if (!unit) return { value: recording.root, lines: [] };
  const lines = unit.stored.filter((one) => typeof one === "string");
  if (lines.length > 0) return { value: unit.data, lines };
  return { value: unit.stored.length === 1 ? unit.stored[0] : unit.stored, lines: [] };
}

/** What stands behind a line that is cut. */
const leftOf = (line: string, { characters }: Bounds): readonly Piece[] =>
  line.length > characters ? [{ text: ` ${moreCharacters(line.length - characters)}`, look: "faint" }] : [];

/** A line of an event: its field, and what it says. */
function eventLine(line: string) {
  const text = forTerminal(line).replace(/[\n\t]/g, (one) => (one === "\n" ? "\\n" : "    "));
  const colon = text.indexOf(":") + 1;
  return [{ text: text.slice(0, colon), look: "id" as const }, { text: text.slice(colon) }];
}
