import type { Wrap } from "../../report/page.ts";
import { forTerminal, TerminalFlow } from "../../text/escape.ts";
import { wrapLines } from "../../text/wrap.ts";

/** A line longer than this is wrapped piece by piece: at the first space behind {@link SHORTEST}, or where it is that long. */
const LONGEST = 2000;
const SHORTEST = 1000;
/** Characters of lines that are remembered before the older half is forgotten. */
const MOST = 500_000;
const TAB = "    ";

/**
 * Wraps lines of text for a screen and remembers them: of a text that grows, only its end is wrapped again. What a line
 * becomes depends on nothing but the line and the columns.
 */
export function rememberingWrap(): Wrap {
  let young = new Map<string, readonly string[]>();
  let old = young;
  let used = 0;
  const wrap = (text: string, columns: number): readonly string[] => {
    const key = `${columns} ${text}`;
    const known = young.get(key) ?? old.get(key);
    const lines = known ?? wrapLines(text, columns);
    if (!young.has(key)) {
      if (used > MOST) {
        old = young;
        young = new Map();
        used = 0;
      }
      used += key.length;
      young.set(key, lines);
    }
    return lines;
  };
  return (line, columns) => {
    if (line.length <= LONGEST) return wrap(shown(line), columns);
    const lines: string[] = [];
    const add = (text: string): void => {
      const last = lines.pop() ?? "";
      for (const one of wrap(last + text.replaceAll("\t", TAB), columns)) lines.push(one);
    };
    const flow = new TerminalFlow();
    for (const piece of piecesOf(line)) add(flow.add(piece));
    const held = flow.end();
    if (held !== "") add(held);
    return lines;
  };
}

/** Text as a terminal may have it; how wide a tab is nobody knows. */
const shown = (text: string): string => forTerminal(text).replaceAll("\t", TAB);

/** A long line in pieces that stay as they are while it grows, but for the last. */
export function* piecesOf(line: string): Generator<string> {
  let from = 0;
  while (line.length - from > LONGEST) {
    const space = line.indexOf(" ", from + SHORTEST);
    const to = space >= 0 && space < from + LONGEST ? space : from + LONGEST - (isHalf(line, from + LONGEST) ? 1 : 0);
    yield line.slice(from, to);
    from = to;
  }
  yield line.slice(from);
}

/** Whether a cut before this unit would part the halves of a character. */
const isHalf = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
