import type { Piece } from "../../dialects/message.ts";
import type { Unit } from "../../dialects/units.ts";
import { asNumber, asObject, type JsonObject } from "../../recording/json/value.ts";
import { forTerminalLine } from "../../text/escape.ts";
import type { Look } from "../../text/style.ts";
import { remembering } from "../state/memo.ts";

/** What a chunk brings, ready for its row. */
export interface ChunkRow {
  /** A short word: text, think, call, … */
  readonly kind: string;
  readonly look: Look | undefined;
  /** On one line, and fit for a terminal. */
  readonly text: string;
  readonly bytes: number;
}

/** The chunks of a recording as rows: each made when it is looked at. */
export interface ChunkRows {
  row(at: number): ChunkRow;
  /** Bytes of the largest of the first {@link MEASURED}. */
  readonly largest: number;
  /** Of all; null where there are too many to measure all of them. */
  readonly bytes: number | null;
}

/** So many chunks are measured at once: writing a chunk as it travels takes some microseconds. */
export const MEASURED = 4_000;

/** How each kind of piece is called and looks. */
const KINDS: Record<Piece["type"], { word: string; look?: Look }> = {
  text: { word: "text" },
  reasoning: { word: "think", look: "faint" },
  refusal: { word: "refuse", look: "warn" },
  "tool-call": { word: "call", look: "id" },
  finish: { word: "finish", look: "good" },
  usage: { word: "usage", look: "faint" },
  item: { word: "item" },
  error: { word: "error", look: "bad" },
};

/** The words of kinds, the widest of them. */
export const KIND_WIDTH = Math.max(...Object.values(KINDS).map(({ word }) => word.length));

/** Of a whole body, once: the largest chunk is what the bars of all others are held against. */
export const chunkRowsOf = remembering((units: readonly Unit[]): ChunkRows => {
  const rows: ChunkRow[] = [];
  let largest = 0;
  let bytes = 0;
  for (const unit of units.slice(0, MEASURED)) {
    const own = sizeOf(unit);
    largest = Math.max(largest, own);
    bytes += own;
  }
  const row = (at: number): ChunkRow => {
    rows[at] ??= rowOf(units[at] as Unit);
    return rows[at];
  };
  return { row, largest, bytes: units.length > MEASURED ? null : bytes };
});

const sizeOf = (unit: Unit): number => Buffer.byteLength(unit.wire());

function rowOf(unit: Unit): ChunkRow {
  const bytes = sizeOf(unit);
  const pieces = unit.pieces.filter((piece) => said(piece) !== "" || piece.type === "tool-call");
  const [first, ...rest] = pieces;
  if (!first) return { kind: "–", look: "faint", text: "", bytes };
  const { word, look } = KINDS[first.type];
  const text = [told(first), ...rest.map((piece) => `${KINDS[piece.type].word} ${told(piece)}`)].join(" · ");
  return { kind: word, look, text: visible(text), bytes };
}

/** What a piece says, with the choice that it belongs to where that is not the first. */
function told(piece: Piece): string {
  const choice = "choice" in piece && piece.choice > 0 ? `#${piece.choice} ` : "";
  const text = said(piece);
  // Nothing but spaces looks like nothing at all.
  return choice + (/^ +$/.test(text) ? text.replaceAll(" ", "␣") : text);
}

function said(piece: Piece): string {
  switch (piece.type) {
    case "tool-call":
      return [piece.name ?? "", piece.arguments ?? ""].filter((part) => part !== "").join(" ");
    case "finish":
      return piece.reason;
    case "usage":
      return usageText(piece.usage);
    case "item":
      return piece.label === "" ? piece.text : `${piece.label}: ${piece.text}`;
    default:
      return piece.text;
  }
}

/** The totals of a usage, as its API calls them. */
function usageText(usage: JsonObject): string {
  const counts = [...usage.entries()].flatMap(([key, value]) => {
    const count = asObject(value) ? undefined : asNumber(value);
    return count === undefined ? [] : [`${key.replace(/_(tokens|count)$/, "")} ${count}`];
  });
  return counts.join(" ");
}

/** Longer texts than any row has room for are not looked at to their end. */
const MOST = 400;

const visible = (text: string): string =>
  forTerminalLine(text.slice(0, MOST).replaceAll("\n", "↵").replaceAll("\t", "⇥"));
