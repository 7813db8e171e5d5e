import { Page, type Wrap } from "../../report/page.ts";
import { plain } from "../../text/style.ts";

const ONE = [""];

/** Lines that are only counted need no text: of each as many as its length fills. */
const filled: Wrap = (line, columns) =>
  line.length <= columns ? ONE : Array.from({ length: Math.ceil(line.length / columns) }, () => "");

/** A page of which no text is wrapped, cut, or taken apart. */
class Tally extends Page {
  constructor(columns: number) {
    super({ terminal: true, columns, paint: plain }, filled);
  }

  override isLong(): boolean {
    return true;
  }
}

/** About how many lines there are where a page has room for `columns`: to make them takes much longer. */
export function tallied(lines: (page: Page) => Iterable<string>, columns: number): number {
  let count = 0;
  for (const _ of lines(new Tally(columns))) count++;
  return count;
}
