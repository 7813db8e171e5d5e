import { JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { canFold, countOf, hasRuns, isFoldedAtFirst, RUN } from "./folding.ts";
import { memberKey, runKey } from "./sheet.ts";

/** Lines that are opened at once, at most. */
const MOST = 10_000;
/** Characters of a string that take a line, more or less. */
const LINE = 80;

/**
 * The keys of what is folded at first, outermost first, as far as opening all of them takes no more than some 10,000
 * lines. Where nothing is: those of the outermost parts.
 */
export function foldedKeys(value: JsonValue, root: string): readonly string[] {
  const keys: string[] = [];
  const outermost: string[] = [];
  let lines = 0;
  const look = (one: JsonValue, key: string, depth: number, among: number): void => {
    const own = typeof one === "string" ? 1 + Math.floor(one.length / LINE) : 1;
    if (lines + own > MOST) return;
    lines += own;
    const spot = { depth, among };
    if (depth > 0 && canFold(one, spot)) {
      if (depth === 1) outermost.push(key);
      if (isFoldedAtFirst(one, spot)) keys.push(key);
    }
    const count = countOf(one);
    const isInRuns = hasRuns(one);
    for (let at = 0; at < count && lines < MOST; at++) {
      if (isInRuns && at % RUN === 0) keys.push(runKey(key, at));
      const inner = isInRuns ? depth + 2 : depth + 1;
      if (one instanceof JsonObject) {
        look(one.values[at] as JsonValue, memberKey(key, one.keys[at] as string), inner, 0);
      } else look((one as JsonValue[])[at] as JsonValue, memberKey(key, at), inner, count);
    }
  };
  look(value, root, 0, 0);
  return keys.length > 0 ? keys : outermost;
}
