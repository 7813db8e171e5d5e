import type { Entry } from "../../listing/entry.ts";
import { dialectName } from "../../listing/filter.ts";
import { type Heading, headLines } from "../../report/conversation.ts";
import { Page } from "../../report/page.ts";
import { bytesText } from "../../text/bytes.ts";
import { forLine } from "../../text/line.ts";
import type { Paint } from "../../text/style.ts";
import { squeeze } from "../../text/width.ts";
import { wrapLines } from "../../text/wrap.ts";
import { type Bounds, moreCharacters, PANE } from "./bounds.ts";
import { rememberingWrap } from "./wrapping.ts";

/** A page of the answer pane. */
export const pageOf = (columns: number, paint: Paint, { characters }: Bounds = PANE): Page =>
  new Page({ terminal: true, columns, paint }, rememberingWrap(), { characters, told: moreCharacters });

/** Rows of a compact head, at most. */
const ROWS = 3;
/** Characters of the name by which people know a recording. */
const NAME = 8;

/** What is told of a recording before all else: a line for each thing; compact where the pane has little room. */
export const headOf = (heading: Heading, isCompact: boolean, page: Page): Iterable<string> =>
  isCompact ? compactLines(heading, page) : headLines(heading, page);

/** Its name, model, address and how it went; the tests pane and the footer tell the test. */
function compactLines({ path, bytes, dialect, head }: Heading, { columns, screen: { paint } }: Page): string[] {
  const name = path
    .slice(path.lastIndexOf("/") + 1)
    .replace(/\.json$/, "")
    .slice(0, NAME);
  const facts = [bytesText(bytes), head.model, head.tool, head.endpoint, head.model ? null : dialect];
  const text = [name, ...facts.filter((fact) => fact), ...(head.failed ? ["failed"] : [])].join(" · ");
  const room = ROWS * Math.max(8, columns - 8);
  const lines = wrapLines(squeeze(forLine(text, room), room), columns);
  return lines.slice(0, ROWS).map((line) => paint("faint", line));
}

/** What the index alone tells of a recording, before its body is there. */
export function waitingLines(entry: Entry, isCompact: boolean, columns: number, paint: Paint): readonly string[] {
  const { path, bytes, head } = entry;
  const heading = { path, bytes, dialect: dialectName(entry), head };
  return [...headOf(heading, isCompact, pageOf(columns, paint)), "", paint("faint", "reading…")];
}
