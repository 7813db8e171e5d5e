import { countText } from "../../text/bytes.ts";
import { forTerminal, forTerminalLine } from "../../text/escape.ts";
import type { Paint } from "../../text/style.ts";
import { clip } from "../../text/width.ts";
import { wrapLines } from "../../text/wrap.ts";
import { remembering } from "../state/memo.ts";
import type { FlawedBody } from "../state/state.ts";
import { flowed } from "./json/flow.ts";

/** Why a file is no recording: the fact, the place, what helps. */
export const flawLines = remembering(({ path, flaw }: FlawedBody, columns: number, paint: Paint): readonly string[] => {
  const fact = wrapLines(forTerminalLine(flaw.message), columns).map((line) => paint("bad", line));
  const place = wrapLines(forTerminalLine(`${path}:${flaw.line}:${flaw.column}`), columns - 5);
  const remedy = flaw.remedy === undefined ? [] : wrapLines(forTerminalLine(flaw.remedy), columns - 5);
  return [...fact, ...labelled("in", place, paint), ...labelled("try", remedy, paint)];
});

/** The same, and below it the text as it is, with a sign at the flaw. */
export const flawedText = remembering((body: FlawedBody, columns: number, paint: Paint): readonly string[] => {
  const lines = [...flawLines(body, columns, paint), ""];
  if (body.text === undefined) return lines;
  const { flaw, from = { line: 1, column: 0 } } = body;
  const all = body.text.split("\n");
  const wide = String(from.line + all.length).length;
  for (const [at, text] of all.entries()) {
    const number = from.line + at;
    const isHere = number === flaw.line;
    const hang = " ".repeat(wide + 2);
    const lead = `${String(number).padStart(wide)}${isHere ? "›" : " "} `;
    const cut = at === 0 && from.column > 0 ? `…${text}` : text;
    if (!isHere) {
      lines.push(...flowed([{ text: shown(cut), look: "faint" }], lead, hang, columns, paint));
      continue;
    }
    const column = flaw.column - 1 - (at === 0 && from.column > 0 ? from.column - 1 : 0);
    const characters = [...cut];
    const found = characters[column] ?? " ";
    const pieces = [
      { text: shown(characters.slice(0, column).join("")) },
      { text: shown(found), look: "bad" as const },
      { text: shown(characters.slice(column + 1).join("")) },
    ];
    lines.push(...flowed(pieces, lead, hang, columns, paint));
  }
  const left = body.left ?? 0;
  const told = `… ${countText(left, "more character")}: e opens the file in $EDITOR`;
  if (left > 0) lines.push(paint("faint", clip(told, columns)));
  return lines;
});

const shown = (text: string): string => forTerminal(text).replaceAll("\t", "    ");

const labelled = (label: string, lines: readonly string[], paint: Paint): string[] =>
  lines.map((line, at) => `${at === 0 ? paint("faint", label.padEnd(5)) : "     "}${line}`);
