import type { Broken, Entry } from "../listing/entry.ts";
import { dialectName } from "../listing/filter.ts";
import type { Group, GroupBy } from "../listing/group.ts";
import { testIdIn } from "../listing/test-id.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { shortId } from "../recording/name.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { type Column, tableLines, tsvLine } from "../text/table.ts";
import { wrapLines } from "../text/wrap.ts";
import type { Report, Screen } from "./report.ts";

const COLUMNS: readonly Column[] = [
  { title: "id", look: "id", most: 24 },
  { title: "test", stretch: { least: 45 }, cut: testIdIn },
  { title: "dialect", drop: 3, look: "faint" },
  { title: "endpoint", drop: 1, most: 24 },
  { title: "model", drop: 2, most: 20 },
  { title: "chunks", side: "right", drop: 4 },
  { title: "size", side: "right" },
  { title: "", look: "warn" },
];

/** Marks for streamed and failed. */
const marks = ({ head }: Entry): string => (head.streaming ? ">" : "") + (head.failed ? "!" : "");

/** What the endpoint column says of a recording that has none: the tool that was called. */
const where = ({ head }: Entry): string => head.endpoint ?? head.tool ?? "";

function entryRow(entry: Entry, forPeople: boolean): string[] {
  const { id, head, bytes } = entry;
  return [
    forPeople ? shortId(id) : id,
    head.testId ?? (forPeople ? "(shared)" : ""),
    dialectName(entry),
    where(entry),
    head.model ?? "",
    head.chunks === null ? "" : String(head.chunks),
    forPeople ? bytesText(bytes) : String(bytes),
    marks(entry),
  ];
}

const entryJson = (entry: Entry): Jsonable => ({
  path: entry.path,
  id: entry.id,
  test_id: entry.head.testId,
  kind: entry.head.kind,
  dialect: dialectName(entry) === "unknown" ? null : dialectName(entry),
  endpoint: entry.head.endpoint,
  model: entry.head.model,
  streaming: entry.head.streaming,
  chunks: entry.head.chunks,
  failed: entry.head.failed,
  bytes: entry.bytes,
});

const brokenJson = ({ path, line, column, message }: Broken): Jsonable => ({ path, line, column, message });

/** What all recordings that were chosen add up to, shown or not. */
function summaryOf(entries: readonly Entry[], broken: readonly Broken[]): Record<string, number> {
  const count = (holds: (entry: Entry) => boolean): number => entries.filter(holds).length;
  return {
    recordings: entries.length,
    tests: new Set(entries.map((entry) => entry.head.testId).filter((id) => id !== null)).size,
    streaming: count((entry) => entry.head.streaming),
    failed: count((entry) => entry.head.failed),
    bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    broken: broken.length,
  };
}

function summaryText(entries: readonly Entry[], broken: readonly Broken[]): string {
  const { recordings = 0, tests = 0, failed = 0, bytes = 0 } = summaryOf(entries, broken);
  const parts = [countText(recordings, "recording"), countText(tests, "test"), bytesText(bytes)];
  if (failed > 0) parts.push(`${failed} failed`);
  if (broken.length > 0) parts.push(`${broken.length} broken`);
  return parts.join(" · ");
}

function* mapped<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item);
}

/** `ls`: `shown` are the rows, `all` what the summary counts. */
export function listReport(shown: readonly Entry[], all: readonly Entry[], broken: readonly Broken[]): Report {
  return {
    document: () => ({
      recordings: mapped(shown, entryJson),
      broken: mapped(broken, brokenJson),
      summary: summaryOf(all, broken),
    }),
    items: () => mapped(shown, entryJson),
    *text(screen) {
      if (!screen.terminal) yield* mapped(shown, (entry) => tsvLine(entryRow(entry, false)));
      else if (shown.length > 0) {
        yield* tableLines(
          COLUMNS,
          shown.map((entry) => entryRow(entry, true)),
          screen.columns,
          screen.paint,
        );
        yield* summaryLines(summaryText(all, broken), screen);
      }
    },
  };
}

function* summaryLines(summary: string, { columns, paint }: Screen): Generator<string> {
  for (const line of wrapLines(summary, columns)) yield paint("faint", line);
}

const GROUP_COLUMNS = (by: GroupBy): Column[] => [
  { title: "recordings", side: "right", look: "id" },
  { title: "size", side: "right" },
  { title: "streamed", side: "right", drop: 2 },
  { title: "failed", side: "right", drop: 1 },
  by === "test" ? { title: by, stretch: { least: 55 }, cut: testIdIn } : { title: by, stretch: { least: 20 } },
];

/** `ls --group`: `groups` are the rows, out of `count` in all. */
export function groupReport(
  by: GroupBy,
  groups: readonly Group[],
  count: number,
  all: readonly Entry[],
  broken: readonly Broken[],
): Report {
  const json = ({ key, recordings, bytes, streaming, failed }: Group): Jsonable => ({
    key,
    recordings,
    bytes,
    streaming,
    failed,
  });
  return {
    document: () => ({
      by,
      groups: mapped(groups, json),
      broken: mapped(broken, brokenJson),
      summary: { groups: count, ...summaryOf(all, broken) },
    }),
    items: () => mapped(groups, json),
    *text(screen: Screen) {
      const rows = groups.map(({ key, recordings, bytes, streaming, failed }) => [
        String(recordings),
        screen.terminal ? bytesText(bytes) : String(bytes),
        String(streaming),
        String(failed),
        key ?? (screen.terminal ? "(none)" : ""),
      ]);
      if (!screen.terminal) yield* mapped(rows, tsvLine);
      else if (rows.length > 0) {
        yield* tableLines(GROUP_COLUMNS(by), rows, screen.columns, screen.paint);
        const shown = groups.length < count ? `${groups.length} of ` : "";
        yield* summaryLines(`${shown}${countText(count, "group")} · ${summaryText(all, broken)}`, screen);
      }
    },
  };
}
