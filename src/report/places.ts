import { readName, shortId } from "../recording/name.ts";
import { forTerminalLine } from "../text/escape.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Screen } from "./report.ts";

/** Something that is told of a file. */
export interface Told {
  folder: string;
  line: string;
}

/** Lines below the folders that they are about: names of 64 digits behind their folder would fill the screen. */
export function* byFolder(lines: readonly Told[], { columns, paint }: Screen): Generator<string> {
  let last: string | undefined;
  for (const { folder, line } of lines) {
    if (folder !== last)
      for (const part of wrapLines(`  ${forTerminalLine(folder)}`, columns)) yield paint("faint", part);
    last = folder;
    const [first = "", ...rest] = wrapLines(forTerminalLine(line), columns - INDENT);
    yield " ".repeat(INDENT) + first;
    for (const part of rest) yield " ".repeat(INDENT + 4) + part;
  }
}

const INDENT = 4;

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1) || "./";

/** What people call a recording: its short id, or the file's name where that is no hash. */
export function called(path: string): string {
  const { id } = readName(path);
  const short = shortId(id);
  return short === id ? path.slice(path.lastIndexOf("/") + 1) : short;
}
