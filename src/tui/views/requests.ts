import type { Entry } from "../../listing/entry.ts";
import { dialectName } from "../../listing/filter.ts";
import { bytesText, numberText } from "../../text/bytes.ts";
import type { Finder } from "../../text/hits.ts";
import { forLine } from "../../text/line.ts";
import type { Paint } from "../../text/style.ts";
import { clip, squeeze, width } from "../../text/width.ts";
import { finderIn, litLine } from "../content/found.ts";
import { markedOf, marksOfPath } from "../state/marks.ts";
import { remembering } from "../state/memo.ts";
import { requestsOf } from "../state/requests.ts";
import type { Peek, State } from "../state/state.ts";
import { columnsThatFit } from "./columns.ts";
import { type Cell, exactly, hereSign, rowOf } from "./line.ts";
import type { ListView } from "./list.ts";
import { marksCell } from "./marks.ts";

/** Dialects in few letters; others go by their own name. */
const SHORT: Readonly<Record<string, string>> = {
  "openai-chat": "chat",
  "openai-completions": "complete",
  "openai-embeddings": "embed",
  "openai-models": "models",
  "openai-responses": "responses",
  "anthropic-messages": "messages",
  "gemini-interactions": "gemini",
  unknown: "?",
};

/** Of each recording once: an address without end would be looked up for each row of each frame. */
const DIALECTS = new WeakMap<Entry, string>();

function shortDialect(entry: Entry): string {
  const name = DIALECTS.get(entry) ?? dialectName(entry);
  DIALECTS.set(entry, name);
  return SHORT[name] ?? name;
}
const modelOf = ({ head }: Entry): string => head.model ?? head.tool ?? "";

/** A longer name of a model has no room in any title, and would be measured in each frame. */
const LONGEST_MODEL = 200;

/** What requests of a list have in common, and how wide what they do not have in common is. */
interface Shape {
  dialect: string | null;
  model: string | null;
  widths: { number: number; dialect: number; model: number; chunks: number };
  bytes: number;
}

const shapeOf = remembering((entries: readonly Entry[]): Shape => {
  const dialects = new Set(entries.map(shortDialect));
  const models = new Set(entries.map(modelOf));
  const widest = (texts: Iterable<string>, most: number): number =>
    Math.min(
      most,
      [...texts].reduce((wide, text) => Math.max(wide, text.length), 0),
    );
  const [dialect] = dialects;
  const [model] = models;
  return {
    dialect: dialects.size === 1 ? (dialect ?? null) : null,
    model: models.size === 1 ? squeeze(model ?? "", LONGEST_MODEL) : null,
    widths: {
      number: numberText(entries.length).length,
      dialect: dialects.size === 1 ? 0 : widest(dialects, 9),
      model: models.size === 1 ? 0 : widest(models, 16),
      chunks: entries.reduce(
        (most, { head }) => Math.max(most, head.chunks === null ? 0 : numberText(head.chunks).length),
        0,
      ),
    },
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
  };
});

const shownIn = remembering((widths: Shape["widths"], marks: number, columns: number) =>
  columnsThatFit(
    {
      here: { width: 1 },
      number: { width: widths.number, drop: 5 },
      dialect: { width: widths.dialect, drop: 1 },
      model: { width: widths.model, drop: 2 },
      opening: { width: 18 },
      marks: { width: marks },
      chunks: { width: widths.chunks, drop: 4 },
      bytes: { width: 6, drop: 3 },
    },
    columns,
  ),
);

/** The requests of the row at hand. What all have in common stands in the title alone. */
export const requestsView: ListView = {
  title: (state) => `Requests ${numberText(requestsOf(state).length)}`,
  told(state) {
    const { dialect, model, bytes } = shapeOf(requestsOf(state));
    const short = model === null ? null : squeeze(model, 20);
    const forms = [[dialect, model], [dialect, short], [short], []];
    return forms.map((form) => [...form, bytesText(bytes)].filter((part) => part).join(" · "));
  },
  row(state: State, at: number, columns: number, paint: Paint, isHere: boolean): string {
    const entries = requestsOf(state);
    const entry = entries[at] as Entry;
    const { present } = markedOf(state);
    const { widths } = shapeOf(entries);
    const shown = shownIn(widths, present.length, columns);
    const cells: Record<string, Cell> = {
      here: hereSign(isHere),
      number: { text: numberText(at + 1), width: widths.number, side: "right", look: "faint" },
      dialect: { text: shortDialect(entry), width: widths.dialect, look: "faint" },
      model: { text: modelOf(entry), width: widths.model, look: "id", cut: "middle" },
      opening: openingCell(entry, state.peeks.get(entry.path), paint, finderOfHit(state, entry)),
      marks: marksCell(present, marksOfPath(state, entry.path), paint),
      chunks: {
        text: entry.head.chunks === null ? "" : numberText(entry.head.chunks),
        width: widths.chunks,
        side: "right",
        look: "faint",
      },
      bytes: { text: bytesText(entry.bytes), width: 6, side: "right", look: "faint" },
    };
    return rowOf(
      [...shown].map((name) => cells[name] as Cell),
      columns,
      paint,
    );
  },
  empty: (state) => (state.tree.isRead ? ["no requests here"] : []),
};

/** Finds what is searched for in the row of a recording in which it was found. */
const finderOfHit = (state: State, { path }: Entry): Finder | null =>
  state.search?.hits.has(path) ? finderIn(state) : null;

/** How the last turn begins, and behind it the tools that the answer called; of what has no words, where it was asked. */
function openingCell(entry: Entry, peek: Peek | undefined, paint: Paint, finder: Finder | null): Cell {
  const draw = (wide: number): string => (finder ? litLine(drawn(wide), finder) : drawn(wide));
  const drawn = (wide: number): string => {
    if (!peek) return exactly("…", wide);
    if (peek.opening === "" && peek.tools.length === 0) {
      const { endpoint, tool } = entry.head;
      return paint("faint", exactly(forLine(endpoint ?? tool ?? shortDialect(entry), wide), wide));
    }
    const called = peek.tools.length === 0 ? "" : forLine(`→${peek.tools.join(",")}`, wide);
    const tools = clip(called, Math.floor(wide * (peek.opening === "" ? 1 : 0.45)));
    const rest = wide - width(tools) - (tools === "" ? 0 : 1);
    const opening = exactly(forLine(peek.opening, wide), Math.max(0, rest));
    return tools === "" ? opening : `${opening} ${paint("id", tools)}`;
  };
  return { text: "", draw };
}
