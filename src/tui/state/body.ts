import { dialectFor } from "../../dialects/index.ts";
import { assemble, type Part, type Piece } from "../../dialects/message.ts";
import { askedOf, piecesOf, unitsOf } from "../../dialects/units.ts";
import type { Recording } from "../../recording/recording.ts";
import { ownText } from "../../text/own.ts";
import type { OpenBody, Peek } from "./state.ts";

/** A recording, ready to be looked at. */
export function openBody(path: string, recording: Recording, bytes: number): OpenBody {
  const dialect = dialectFor(recording.head);
  return { path, bytes, recording, dialect, asked: askedOf(recording, dialect), units: unitsOf(recording, dialect) };
}

/** Characters of an opening that are kept: more than a row shows. */
const OPENING = 120;

/** All that came, in order: what the units of a stream brought is there. */
export const piecesOfBody = ({ recording, dialect, units }: Omit<OpenBody, "asked">): Iterable<Piece> =>
  units.length > 0 ? piecesIn(units) : piecesOf(recording, dialect);

function* piecesIn(units: OpenBody["units"]): Generator<Piece> {
  for (const { pieces } of units) yield* pieces;
}

/** What a list tells of a recording. Its strings are its own: those cut out of a file's text would keep all of it. */
export function peekOf(recording: Recording, body: OpenBody = openBody("", recording, 0)): Peek {
  const { turns } = body.asked;
  const called = assemble(piecesOfBody(body)).choices.flatMap(({ parts }) => parts);
  const tools = called.flatMap((part) => (part.type === "tool-call" ? [part.name] : []));
  const opening = openingOf(turns.at(-1)?.parts ?? []);
  return {
    turns: turns.length,
    length: JSON.stringify(turns).length,
    opening: ownText(
      opening
        .slice(0, OPENING * 4)
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, OPENING),
    ),
    tools: [...new Set(tools)].map(ownText),
  };
}

/** A result of so few characters tells nothing without what it is the result of. */
const SHORT = 12;

/** How a turn begins; one that is a short result alone, with its tool. */
function openingOf(parts: readonly Part[]): string {
  const text = parts.map(textOf).join(" ");
  const [first] = parts;
  const isResult = first?.type === "tool-result" && parts.every(({ type }) => type === "tool-result");
  return isResult && text.trim().length <= SHORT ? `${first.name || "tool"}: ${text}` : text;
}

function textOf(part: Part): string {
  if (part.type === "tool-call") return `${part.name} ${part.arguments}`;
  if (part.type === "media") return part.media;
  return "text" in part ? part.text : "";
}
