import type { Entry } from "../../listing/entry.ts";
import { dialectName } from "../../listing/filter.ts";
import { headLines } from "../../report/conversation.ts";
import { Page } from "../../report/page.ts";
import type { Paint } from "../../text/style.ts";
import { rememberingWrap } from "./wrapping.ts";

/** A page of the answer pane. */
export const pageOf = (columns: number, paint: Paint): Page =>
  new Page({ terminal: true, columns, paint }, rememberingWrap());

/** What the index alone tells of a recording, before its body is there. */
export function waitingLines(entry: Entry, columns: number, paint: Paint): readonly string[] {
  const { path, bytes, head } = entry;
  const lines = headLines({ path, bytes, dialect: dialectName(entry), head }, pageOf(columns, paint));
  return [...lines, "", paint("faint", "reading…")];
}
