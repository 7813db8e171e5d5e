import { firstGrapheme, width } from "../../text/width.ts";

/** What every terminal takes for as wide as we do: letters, signs that frames are made of, ideographs. */
const SAME =
  " -~\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u0588\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u21ff\\u2500-\\u25fc" +
  "\\u3001-\\u3029\\u3041-\\u3096\\u30a1-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff60";
const AGREED = new RegExp(`^(?:[${SAME}]|\\u001b\\[[\\d;]*m)*$`);
const LOOK = /\u001b\[[\d;]*m/y;
const PLAIN = new RegExp(`[${SAME}]+`, "y");

/** Whether all of a row takes the cells that we believe it takes, on any terminal. */
export const isAgreed = (row: string): boolean => AGREED.test(row);

/**
 * A row in which what follows a character that terminals disagree on (wide, combined, an emoji) stands where it should
 * all the same: the cursor is put there.
 */
export function pinned(row: string): string {
  if (isAgreed(row)) return row;
  let text = "";
  let column = 0;
  for (let at = 0; at < row.length; ) {
    const look = match(LOOK, row, at);
    const plain = look === "" ? match(PLAIN, row, at) : "";
    const one = look || plain || firstGrapheme(row.slice(at));
    text += one;
    at += one.length;
    if (look !== "") continue;
    column += width(one);
    if (plain === "" && !isAgreed(one) && at < row.length) text += `\u001b[${column + 1}G`;
  }
  return text;
}

function match(pattern: RegExp, row: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(row)?.[0] ?? "";
}
