import { LOOK_CHANGE } from "../../text/style.ts";
import { firstGrapheme, SAME, width } from "../../text/width.ts";

const AGREED = new RegExp(`^(?:[${SAME}]|${LOOK_CHANGE})*$`);
const LOOK = new RegExp(LOOK_CHANGE, "y");
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
