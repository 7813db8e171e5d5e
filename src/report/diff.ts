import type { Cluster } from "../compare/clusters.ts";
import { type ComparedPair, inResponse, placeOf } from "../compare/diff.ts";
import type { Subject } from "../compare/pairs/subject.ts";
import type { Broken } from "../listing/entry.ts";
import { pathText } from "../recording/json/locate.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { tsvLine } from "../text/table.ts";
import { pairLines, type Sides } from "./diff-pair.ts";
import { screenLines } from "./diff-screen.ts";
import { stoppedAt, valueText } from "./diff-text.ts";
import { markdownOf } from "./markdown.ts";
import type { Report } from "./report.ts";

/** What a run changed, and how much of it people see. */
export interface DiffReport {
  old: string;
  now: string;
  pairs: readonly ComparedPair[];
  clusters: readonly Cluster[];
  added: readonly Subject[];
  removed: readonly Subject[];
  /** Indexes of pairs. */
  superseded: readonly number[];
  moved: readonly { old: string; now: string }[];
  same: number;
  /** How many that changed, came or went were not chosen. */
  unchosen: number;
  /** How many clusters, and how many of each other list, people see. */
  each: number;
  /** What was looked at of each pair; null: both. */
  only: "request" | "response" | null;
  /** Every pair in a line. */
  list: boolean;
  /** Pairs are shown whole, instead of what their changes have in common. */
  whole: boolean;
  /** What two recordings are called that somebody picked, and that are all there is to tell; null: what a run changed. */
  sides: Sides | null;
  /** Files that could not be read, and what stands where a recording could. */
  broken: readonly Broken[];
  leftOut: readonly { path: string; message: string }[];
}

export function diffReport(diff: DiffReport): Report {
  return {
    document: () => ({
      pairs: pairsJson(diff),
      clusters: diff.clusters.map(clusterJson),
      added: diff.added.map(subjectJson),
      removed: diff.removed.map(subjectJson),
      superseded: diff.superseded.map((at) => pairPaths(diff.pairs[at] as ComparedPair)),
      moved: diff.moved.map(({ old, now }) => ({ old, new: now })),
      broken: diff.broken.map(({ path, line, column, message }) => ({ path, line, column, message })),
      left_out: diff.leftOut.map(({ path, message }) => ({ path, message })),
      summary: summaryJson(diff),
    }),
    items: () => pairsJson(diff),
    markdown: () => markdownOf(diff),
    *text(screen) {
      if (diff.sides) {
        for (const pair of diff.pairs) yield* pairLines(pair, screen, diff.sides);
        return;
      }
      if (screen.terminal) return yield* screenLines(diff, screen);
      if (diff.whole) for (const pair of diff.pairs) yield* pairLines(pair, screen);
      yield* rows(diff);
    },
  };
}

const pairPaths = ({ old, now }: ComparedPair) => ({ new: now.path, old: old.path });

function* pairsJson({ pairs, clusters }: DiffReport): Generator<Jsonable> {
  const idsOf = clusterIds(clusters);
  for (const [at, pair] of pairs.entries()) yield pairJson(pair, idsOf.get(at) ?? []);
}

function pairJson(pair: ComparedPair, clusters: readonly string[]): Jsonable {
  return {
    ...pairPaths(pair),
    test_id: pair.now.testId,
    via: pair.via,
    request: pair.request,
    changes: pair.changes.map((change) => changeJson(change, pathText(placeOf(change)))),
    response: pair.response && {
      kind: pair.response.kind,
      noise: [...pair.response.noise],
      changes: pair.response.changes.map((change) => changeJson(change, inResponse(placeOf(change)))),
    },
    clusters: [...clusters],
  };
}

const changeJson = (change: ComparedPair["changes"][number], path: string): Jsonable => ({
  path,
  op: change.op,
  old: change.old ?? null,
  new: change.now ?? null,
  volatile: change.volatile,
  evened: change.evened,
  also: change.also.map((place) => pathText(placeOf(place))),
  ...stopped(change),
});

/** Of texts with too many changes that nobody knows which words they are. */
const stopped = ({ op, old, now, words }: Pick<ComparedPair["changes"][number], "op" | "old" | "now" | "words">) =>
  op === "replace" && words === null && stoppedAt(old, now) ? { stopped: true } : {};

const clusterJson = (cluster: Cluster): Jsonable => ({
  id: cluster.id,
  change: {
    path: cluster.path,
    op: cluster.op,
    old: cluster.old ?? null,
    new: cluster.now ?? null,
    words: cluster.words?.map(({ op, text }) => ({ op, text })) ?? null,
    volatile: cluster.volatile,
    evened: cluster.evened,
    ...stopped(cluster),
  },
  pairs: [...cluster.pairs],
  tests: [...cluster.tests],
});

const subjectJson = ({ path, testId, endpoint, model, bytes }: Subject): Jsonable => ({
  path,
  test_id: testId,
  endpoint,
  model,
  bytes,
});

/** The figures, which every format tells. */
export function summaryJson({ pairs, added, removed, superseded, moved, same, clusters }: DiffReport) {
  const count = (is: (pair: ComparedPair) => boolean): number => pairs.filter(is).length;
  const bytesOf = (subjects: readonly Subject[]): number => subjects.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    pairs: pairs.length,
    tests: new Set(pairs.map(({ now }) => now.testId)).size,
    requests_changed: count(({ request }) => request === "changed"),
    responses_changed: count(({ response }) => response?.kind === "changed"),
    noise_only: count(
      ({ request, response }) => request === "same" && response !== null && response.kind !== "changed",
    ),
    clusters: clusters.length,
    added: added.length,
    added_bytes: bytesOf(added),
    removed: removed.length,
    removed_bytes: bytesOf(removed),
    superseded: superseded.length,
    superseded_bytes: bytesOf(superseded.map((at) => (pairs[at] as ComparedPair).old)),
    moved: moved.length,
    same,
  };
}

/** What it comes to, in a few lines. */
export function diffSummary(diff: DiffReport): string[] {
  const sum = summaryJson(diff);
  const list = (name: string, count: number, bytes: number): string[] =>
    count > 0 ? [`${countText(count, "recording")} ${name} (${bytesText(bytes)})`] : [];
  const parts = [
    ...(diff.only === "response" ? [] : [`${countText(sum.requests_changed, "request")} changed`]),
    ...(diff.only === "request" ? [] : [`${countText(sum.responses_changed, "response")} changed`]),
    ...(sum.noise_only > 0 && diff.only === null ? [`${sum.noise_only} but for noise the same`] : []),
  ];
  const told = [
    ...(sum.pairs > 0
      ? [
          `${countText(sum.pairs, "recording")} of ${countText(sum.tests, "test")} came after another: ${parts.join(" · ")}`,
        ]
      : []),
    ...list("added", sum.added, sum.added_bytes),
    ...list("removed", sum.removed, sum.removed_bytes),
    ...list("superseded and still there", sum.superseded, sum.superseded_bytes),
    ...(sum.moved > 0 ? [`${countText(sum.moved, "recording")} moved, unchanged`] : []),
    ...(diff.broken.length > 0 ? [`${countText(diff.broken.length, "file")} cannot be read`] : []),
  ];
  if (told.length === 0 && diff.unchosen > 0) {
    return [`nothing that was asked for changed; ${countText(diff.unchosen, "other recording")} did`];
  }
  return told.length > 0 ? told : [`nothing changed: ${countText(sum.same, "recording")} as before`];
}

function* rows({ pairs, clusters, added, removed, superseded, list, whole }: DiffReport): Generator<string> {
  const gone = new Set(superseded);
  if (list) {
    const idsOf = clusterIds(clusters);
    for (const [at, { old, now, request, response }] of pairs.entries()) {
      const ids = (idsOf.get(at) ?? []).join(" ");
      const left = gone.has(at) ? "superseded" : "";
      yield tsvLine(["pair", now.path, old.path, now.testId ?? "", request, response?.kind ?? "", ids, left]);
    }
  } else if (!whole) {
    for (const { id, pairs: of, tests, op, path, old, now, volatile } of clusters) {
      const counts = [String(of.length), String(tests.length)];
      yield tsvLine(["cluster", id, ...counts, op, path, valueText(old), valueText(now), volatile ?? ""]);
    }
    for (const [path, count] of answerPlaces(pairs)) yield tsvLine(["answers", String(count), path]);
  }
  for (const { path, testId, bytes } of added) yield tsvLine(["added", path, testId ?? "", String(bytes)]);
  for (const { path, testId, bytes } of removed) yield tsvLine(["removed", path, testId ?? "", String(bytes)]);
}

/** The ids of the clusters that each pair is in. */
function clusterIds(clusters: readonly Cluster[]): Map<number, string[]> {
  const ids = new Map<number, string[]>();
  for (const { id, pairs } of clusters) for (const at of pairs) ids.set(at, [...(ids.get(at) ?? []), id]);
  return ids;
}

/** What changed in answers: each is another, so places are counted; the most first. */
export function answerPlaces(pairs: readonly ComparedPair[]): [place: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { response } of pairs) {
    const places = new Set((response?.changes ?? []).map((one) => inResponse(placeOf(one)).replace(/\[\d+\]/g, "[]")));
    for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
