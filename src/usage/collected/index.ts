import type { IsFile } from "../junit.ts";
import { linesOf, plainText } from "../lines.ts";
import { type Refusal, Refused, refusing } from "../refusal.ts";
import { type Collection, collection, type Form } from "./collection.ts";
import { jsonReport } from "./json-report.ts";
import { junit } from "./junit.ts";
import { list } from "./list.ts";
import { quiet } from "./quiet.ts";
import { tree } from "./tree.ts";

export { type Collection, type FormId, united } from "./collection.ts";

/** The forms, by what is in a text; the first that recognises it reads it. */
const FORMS: readonly Form[] = [junit, jsonReport, tree, quiet, list];

/** How to make a collection that can be read. */
export const COLLECT: readonly string[] = ["pytest --collect-only -q > collected.txt"];

/**
 * Reads which tests pytest would run. Nothing is guessed: a text that shows an error, holds no test, is cut off
 * or carries no ids is refused.
 * @param isFile whether a path, from the folder that node ids start at, is a file: JUnit does not tell
 */
export const readCollection = (
  text: string,
  name: string,
  isFile: IsFile = () => false,
): Promise<Collection | Refusal> =>
  refusing(name, COLLECT, async () => {
    const plain = plainText(text);
    if (plain.trim() === "") throw new Refused("an empty text: a collection that failed leaves one behind");
    const lines = linesOf(plain);
    const written = lines.filter((line) => line !== "");
    notOf(lines);
    const form = FORMS.find(({ is }) => is(plain, written));
    if (form === undefined) throw new Refused(unread(written));
    const read = collection(form.id, await form.read(plain, lines, isFile));
    if (read.ids.size === 0) throw new Refused("a collection without tests");
    return read;
  });

function unread(lines: readonly string[]): string {
  if (lines.some((line) => /\d$/.test(line.slice(-1)) && /^\S.{0,1000}\.\w+: \d+$/.test(line))) {
    return "a collection without ids: -qq tells no more than how many tests a file has";
  }
  return "no form of a collection that is known";
}

/** What a run wrote holds ids too, and would read as a list of other tests than there are. */
function notOf(lines: readonly string[]): void {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line.startsWith("{") && line.includes('"event"')) throw new Refused("a log, not a collection", at + 1);
    if (line.endsWith("]") && OUTCOME.test(line.slice(-120))) {
      throw new Refused("the output of a run, not of a collection", at + 1);
    }
  }
}

const OUTCOME = /\s(?:PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)\s+\[ *\d+%\]$/;
