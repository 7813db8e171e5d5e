import type { Cluster } from "../compare/clusters.ts";
import { type ComparedPair, inResponse, placeOf } from "../compare/diff.ts";
import type { Subject } from "../compare/pairs/subject.ts";
import { pathText } from "../recording/json/locate.ts";
import type { Jsonable } from "../recording/json/write.ts";
import { shortId } from "../recording/name.ts";
import { bytesText, countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { tsvLine } from "../text/table.ts";
import { squeeze } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import { pairLines } from "./diff-pair.ts";
import { changeText, kindText, valueText } from "./diff-text.ts";
import { markdownOf } from "./markdown.ts";
import type { Report, Screen } from "./report.ts";

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
  /** How many clusters, and how many of each other list, people see. */
  each: number;
  /** Every pair in a line. */
  list: boolean;
  /** The pairs that are shown whole, instead of all else. */
  whole: readonly ComparedPair[] | null;
}

export function diffReport(diff: DiffReport): Report {
  return {
    document: () => ({
      pairs: diff.pairs.map((_, at) => pairJson(diff, at)),
      clusters: diff.clusters.map(clusterJson),
      added: diff.added.map(subjectJson),
      removed: diff.removed.map(subjectJson),
      superseded: diff.superseded.map((at) => pairPaths(diff.pairs[at] as ComparedPair)),
      moved: diff.moved.map(({ old, now }) => ({ old, new: now })),
      summary: summaryJson(diff),
    }),
    items: () => diff.pairs.map((_, at) => pairJson(diff, at)),
    markdown: () => markdownOf(diff),
    *text(screen) {
      if (diff.whole) for (const pair of diff.whole) yield* pairLines(pair, screen);
      else if (!screen.terminal) yield* rows(diff);
      else yield* screenLines(diff, screen);
    },
  };
}

const pairPaths = ({ old, now }: ComparedPair) => ({ new: now.path, old: old.path });

function pairJson({ pairs, clusters }: DiffReport, at: number): Jsonable {
  const pair = pairs[at] as ComparedPair;
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
    clusters: clusters.filter((one) => one.pairs.includes(at)).map(({ id }) => id),
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
});

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
    noise_only: count(({ request, response }) => request === "same" && response?.kind === "noise"),
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
    `${countText(sum.requests_changed, "request")} changed`,
    `${countText(sum.responses_changed, "response")} changed`,
    ...(sum.noise_only > 0 ? [`${sum.noise_only} but for noise the same`] : []),
  ];
  return [
    `${countText(sum.pairs, "recording")} of ${countText(sum.tests, "test")} came after another: ${parts.join(" · ")}`,
    ...list("added", sum.added, sum.added_bytes),
    ...list("removed", sum.removed, sum.removed_bytes),
    ...list("superseded, beside their successors", sum.superseded, sum.superseded_bytes),
    ...(sum.moved > 0 ? [`${countText(sum.moved, "recording")} moved, unchanged`] : []),
  ];
}

function* rows({ pairs, clusters, added, removed, superseded, list }: DiffReport): Generator<string> {
  const gone = new Set(superseded);
  if (list) {
    for (const [at, { old, now, request, response }] of pairs.entries()) {
      const ids = clusters.filter((one) => one.pairs.includes(at)).map(({ id }) => id);
      const left = gone.has(at) ? "superseded" : "";
      yield tsvLine(["pair", now.path, old.path, now.testId ?? "", request, response?.kind ?? "", ids.join(" "), left]);
    }
  } else {
    for (const { id, pairs: of, tests, op, path, old, now, volatile } of clusters) {
      const counts = [String(of.length), String(tests.length)];
      yield tsvLine(["cluster", id, ...counts, op, path, valueText(old), valueText(now), volatile ?? ""]);
    }
  }
  for (const { path, testId, bytes } of added) yield tsvLine(["added", path, testId ?? "", String(bytes)]);
  for (const { path, testId, bytes } of removed) yield tsvLine(["removed", path, testId ?? "", String(bytes)]);
}

function* screenLines(diff: DiffReport, screen: Screen): Generator<string> {
  const { clusters, each } = diff;
  yield screen.paint("heading", forTerminalLine(`${diff.old} → ${diff.now}`));
  if (diff.list) yield* listLines(diff, screen);
  else {
    const telling = clusters.filter(({ volatile, evened }) => volatile === null && !evened);
    const restless = clusters.filter((cluster) => !telling.includes(cluster));
    yield* clusterLines(telling, each, screen);
    if (restless.length > 0) {
      yield screen.paint("faint", "and what changes with every run, or is not seen by names:");
      yield* clusterLines(restless, Math.min(each, restless.length), screen);
    }
    yield* answerLines(diff, screen);
  }
  yield* subjectLines("added", diff.added, each, screen);
  yield* subjectLines("removed", diff.removed, each, screen);
  for (const line of diffSummary(diff)) yield* wrapLines(line, screen.columns);
}

function* clusterLines(clusters: readonly Cluster[], each: number, screen: Screen): Generator<string> {
  const wide = Math.max(0, ...clusters.map(({ pairs }) => String(pairs.length).length));
  for (const cluster of clusters.slice(0, each)) {
    const tests = cluster.tests.length > 0 ? ` in ${countText(cluster.tests.length, "test")}` : "";
    const count = cluster.pairs.length;
    const head = `${String(count).padStart(wide)} ${count === 1 ? "recording" : "recordings"}${tests}: `;
    const kind = kindText(cluster);
    const text = forTerminalLine(changeText(cluster) + (kind === "" ? "" : ` (${kind})`));
    const [first = "", ...rest] = wrapLines(head + text, screen.columns);
    yield first;
    // A change of a long text is told by its beginning; one pair shows it whole.
    for (const line of rest.slice(0, 3)) yield squeeze(`${" ".repeat(wide + 1)}${line}`, screen.columns);
    if (rest.length > 3) yield screen.paint("faint", `${" ".repeat(wide + 1)}… (--test shows it whole)`);
  }
  if (clusters.length > each) yield `and ${countText(clusters.length - each, "change")} more (--all)`;
}

/** What changed in answers: each is another, so places are counted. */
function* answerLines({ pairs }: DiffReport, screen: Screen): Generator<string> {
  const counts = new Map<string, number>();
  for (const { response } of pairs) {
    const places = new Set((response?.changes ?? []).map((one) => inResponse(placeOf(one)).replace(/\[\d+\]/g, "[]")));
    for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const told = [...counts].sort(([, a], [, b]) => b - a).map(([place, count]) => `${count} in ${place}`);
  if (told.length > 0)
    yield* wrapLines(forTerminalLine(`answers changed: ${told.slice(0, 6).join(" · ")}`), screen.columns);
}

function* subjectLines(name: string, subjects: readonly Subject[], each: number, screen: Screen): Generator<string> {
  if (subjects.length === 0) return;
  yield screen.paint("heading", `${name}: ${countText(subjects.length, "recording")}`);
  const tests = new Map<string, Subject[]>();
  for (const one of subjects) tests.set(one.testId ?? "no test", [...(tests.get(one.testId ?? "no test") ?? []), one]);
  const groups = [...tests].sort(([, a], [, b]) => b.length - a.length);
  for (const [test, of] of groups.slice(0, each)) {
    const ids = of.map(({ id }) => shortId(id)).join(" ");
    yield squeeze(forTerminalLine(`  ${of.length}  ${test}`), screen.columns);
    yield screen.paint("faint", squeeze(forTerminalLine(`     ${ids}`), screen.columns));
  }
  if (groups.length > each) yield `  and of ${countText(groups.length - each, "test")} more (--all)`;
}

function* listLines({ pairs, each }: DiffReport, screen: Screen): Generator<string> {
  const most = each === Number.POSITIVE_INFINITY ? each : pairs.length;
  for (const { old, now, request, response } of pairs.slice(0, most)) {
    const asked = request === "changed" ? screen.paint("warn", "asked otherwise") : "asked the same";
    const answered = response ? `, answered ${response.kind === "changed" ? "otherwise" : "the same"}` : "";
    yield `${shortId(old.id)} → ${shortId(now.id)}  ${asked}${answered}`;
    yield screen.paint("faint", squeeze(forTerminalLine(`  ${now.testId ?? now.path}`), screen.columns));
  }
}
