import { LOOK_CHANGE, withoutLooks } from "../../text/style.ts";
import { isAgreed } from "./row.ts";
import stringWidth from "./string-width.ts";

const LOOKS = new RegExp(LOOK_CHANGE, "g");
const BEGINS_WITH_LOOK = new RegExp(`^${LOOK_CHANGE}`);
const JOINS = /^(?:\p{M}|\u200d)/u;

/**
 * What stands in for Ink's own line update in the bundle: what changes `previous` into `next`, where the cursor is in
 * their row. The cells before the first difference stay where every terminal agrees how many they are; all else is
 * drawn anew.
 */
export default function lineUpdate(previous: string, next: string, columns: number | undefined): string {
  const full = `\u001b[G\u001b[K${next}`;
  const same = commonLength(previous, next);
  const shared = next.slice(0, same);
  if (columns === undefined || !isAgreed(shared)) return full;
  const column = stringWidth(withoutLooks(shared));
  if (column === 0 || column >= columns) return full;
  const looks = shared.match(LOOKS)?.join("") ?? "";
  const partial = `\u001b[${column + 1}G\u001b[K${looks}${next.slice(same)}`;
  return partial.length < full.length ? partial : full;
}

/** How much is equal, up to where neither a look nor a character is torn apart. */
function commonLength(previous: string, next: string): number {
  const most = Math.min(previous.length, next.length);
  let same = 0;
  while (same < most && previous.charCodeAt(same) === next.charCodeAt(same)) same++;
  // A mark behind the last character that is shared would change it.
  if (same > 0 && (JOINS.test(next.slice(same)) || JOINS.test(previous.slice(same)))) same--;
  const look = next.lastIndexOf("\u001b", same - 1);
  return look >= 0 && !BEGINS_WITH_LOOK.test(next.slice(look, same)) ? look : same;
}
