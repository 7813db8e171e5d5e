import type { Broken, Entry } from "../../listing/entry.ts";
import { dialectName } from "../../listing/filter.ts";
import { bytesText, countText, numberText } from "../../text/bytes.ts";
import type { Paint } from "../../text/style.ts";
import { remembering } from "../state/memo.ts";
import type { State } from "../state/state.ts";
import { recordings, type TestRow, testRow } from "../state/tree.ts";
import { labelled, said } from "./told.ts";

/** What a group of recordings has in it; where there is none, why. */
export function groupLines(state: State, columns: number, paint: Paint): readonly string[] {
  const { order } = recordings(state);
  const row = testRow(state);
  if (row?.kind === "broken") return brokenOf(state.tree.broken, columns, paint);
  if (row) return groupOf(order, row, columns, paint);
  if (!state.tree.isRead) return said("looking for recordings…", 0, columns, paint, "faint");
  const why = state.filter
    ? `nothing matches the filter ${state.filter.line}`
    : `no recordings below this folder: ${state.recctl} ls says where it looks`;
  return said(why, 0, columns, paint, "faint");
}

/** How many members of a list are told, the most frequent first; and how many broken files. */
const MOST = 12;
const MOST_BROKEN = 200;

/** The files that cannot be read, as `ls` tells them. */
const brokenOf = remembering((broken: readonly Broken[], columns: number, paint: Paint): readonly string[] => [
  ...said(`${countText(broken.length, "file")} that cannot be read`, 0, columns, paint),
  "",
  ...broken
    .slice(0, MOST_BROKEN)
    .flatMap(({ path, line, column, message }) =>
      said(`${path}:${line}:${column}: ${message}`, 0, columns, paint, "bad"),
    ),
  ...(broken.length > MOST_BROKEN
    ? said(`and ${numberText(broken.length - MOST_BROKEN)} more`, 0, columns, paint)
    : []),
]);

const groupOf = remembering(
  (order: readonly Entry[], row: TestRow, columns: number, paint: Paint): readonly string[] => {
    const entries = order.slice(row.from, row.to);
    const tests = new Set(entries.flatMap(({ head }) => head.testId ?? [])).size;
    const field = (name: string, value: string): string[] => labelled(name.padEnd(9), value, 0, columns, paint);
    return [
      ...said(row.label, 0, columns, paint, "heading"),
      "",
      ...field("tests", numberText(tests)),
      ...field("requests", `${numberText(entries.length)} (${bytesText(row.bytes)})`),
      ...(row.failed > 0 ? field("failed", numberText(row.failed)) : []),
      ...counts("apis", entries.map(dialectName), columns, paint),
      ...counts(
        "models",
        entries.flatMap(({ head }) => head.model || []),
        columns,
        paint,
      ),
    ];
  },
);

/** Each different one with how often it is there. */
function counts(name: string, all: readonly string[], columns: number, paint: Paint): string[] {
  const by = new Map<string, number>();
  for (const one of all) by.set(one, (by.get(one) ?? 0) + 1);
  const sorted = [...by].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const shown = sorted.slice(0, MOST).map(([one, count]) => `${one} ${numberText(count)}`);
  if (sorted.length > MOST) shown.push(`and ${numberText(sorted.length - MOST)} more`);
  return shown.flatMap((text, at) => labelled((at === 0 ? name : "").padEnd(9), text, 0, columns, paint));
}
