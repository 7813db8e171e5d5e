import { bytesText, countText, numberText } from "../../text/bytes.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { forLine } from "../../text/line.ts";
import type { Look, Paint } from "../../text/style.ts";
import { clip, squeeze, width } from "../../text/width.ts";
import { hitCount, hitNumber, MARKS, totalBytes } from "../state/marks.ts";
import { openBodyOf, shownPath } from "../state/requests.ts";
import type { State } from "../state/state.ts";
import { recordings } from "../state/tree.ts";
import { fitted } from "./line.ts";

/** One thing that the header tells. */
interface Segment {
  text: string;
  look: Look;
  /** Those of the lowest give way first, where the line is too short for all. */
  weight: number;
  /** What is going on stands at the right. */
  side: "left" | "right";
}

/** Longer lines that were typed are cut in their middle. */
const MOST = 40;
const GAP = "  ";

/** The line above the panes: what is browsed, and what is going on. */
export function headerLine(state: State, paint: Paint): string {
  const { columns } = state.size;
  const segments = segmentsOf(state).filter(({ text }) => text !== "");
  const kept = new Set(segments);
  const taken = (): number => [...kept].reduce((sum, { text }) => sum + width(text) + GAP.length, -GAP.length);
  for (const segment of segments.toSorted((a, b) => a.weight - b.weight)) {
    if (kept.size === 1 || taken() <= columns) break;
    kept.delete(segment);
  }
  const only = [...kept].map((segment) => ({ ...segment, text: clip(segment.text, columns) }));
  const side = (side: Segment["side"]): string =>
    only.flatMap((one) => (one.side === side ? [paint(one.look, one.text)] : [])).join(GAP);
  const [left, right] = [side("left"), side("right")];
  const fill = Math.max(left !== "" && right !== "" ? GAP.length : 0, columns - width(left) - width(right));
  return fitted(`${left}${right === "" ? "" : " ".repeat(fill)}${right}`, columns);
}

function segmentsOf(state: State): Segment[] {
  const { tree, filter, leaving, compareWith } = state;
  const { order } = recordings(state);
  const count = filter
    ? `${numberText(order.length)} of ${countText(tree.entries.length, "recording")}`
    : countText(order.length, "recording");
  return [
    { text: "recctl", look: "heading", weight: 2, side: "left" },
    { text: folderText(state.folder), look: "id", weight: 3, side: "left" },
    { text: tree.isRead ? count : "reading…", look: "faint", weight: 5, side: "left" },
    { text: tree.isRead ? bytesText(totalBytes(state)) : "", look: "faint", weight: 1, side: "left" },
    { text: brokenText(state), look: "bad", weight: 4, side: "left" },
    { text: filter ? `filter ${typed(filter.line)}` : "", look: "warn", weight: 9, side: "right" },
    { text: searchText(state), look: "good", weight: 10, side: "right" },
    { text: state.findings.is === "asked" ? "checking…" : "", look: "faint", weight: 7, side: "right" },
    { text: state.verdicts.is === "asked" ? "judging…" : "", look: "faint", weight: 7, side: "right" },
    {
      text: compareWith === null ? "" : `${MARKS.compared.sign} compare with ${nameOf(compareWith)}`,
      look: "id",
      weight: 6,
      side: "right",
    },
    {
      text: leaving.size === 0 ? "" : `${MARKS.leaving.sign} ${numberText(leaving.size)} to remove`,
      look: "bad",
      weight: 8,
      side: "right",
    },
    { text: playText(state), look: "who", weight: 11, side: "right" },
  ];
}

const typed = (text: string): string => squeeze(forLine(text, MOST), MOST);

/** Of a path from the root of the file system its end; what was typed as it is. */
const folderText = (folder: string): string =>
  typed(folder.startsWith("/") ? (folder.split("/").filter(Boolean).at(-1) ?? "/") : folder);

/** The first characters of a recording's name, by which people know it. */
const nameOf = (path: string): string => forTerminalLine(path.slice(path.lastIndexOf("/") + 1).slice(0, 8));

/** A filter hides broken files, but where they are all there is: that is told. */
function brokenText({ tree: { entries, broken }, filter }: State): string {
  if (broken.length === 0) return "";
  return `${MARKS.error.sign} ${numberText(broken.length)} broken${filter && entries.length > 0 ? " hidden" : ""}`;
}

function searchText(state: State): string {
  const { search } = state;
  if (!search) return "";
  const { isDone } = search;
  const at = hitNumber(state, shownPath(state));
  const count = hitCount(state);
  const many = numberText(count);
  const found = count === 0 ? (isDone ? "nothing found" : "") : at === null ? `${many} found` : `${at} of ${many}`;
  return [`/${typed(search.text)}`, found, isDone ? "" : "searching…"].filter((part) => part !== "").join(" ");
}

function playText(state: State): string {
  const { play } = state;
  if (!play) return "";
  const all = openBodyOf(state)?.units.length ?? 0;
  const pace = Number(play.pace.toPrecision(3));
  return `${play.isPaused ? "‖ paused" : "► playing"} ${numberText(Math.min(play.shown, all))}/${numberText(all)} at ${pace < 1000 ? pace : numberText(pace)}/s`;
}
