import type { Cluster } from "../compare/clusters.ts";
import type { ComparedPair } from "../compare/diff.ts";
import type { Subject } from "../compare/pairs/subject.ts";
import { testIdIn } from "../listing/test-id.ts";
import { shortId } from "../recording/name.ts";
import { countText } from "../text/bytes.ts";
import { forTerminalLine } from "../text/escape.ts";
import { squeeze } from "../text/width.ts";
import { wrapLines } from "../text/wrap.ts";
import { answerPlaces, type DiffReport, diffSummary } from "./diff.ts";
import { pairLines } from "./diff-pair.ts";
import { changeText, isRestless, kindText } from "./diff-text.ts";
import type { Screen } from "./report.ts";

/** As many lines of a change are shown: one of a long text is told by its beginning. */
const LINES = 4;

/** As many places of answers are told. */
const PLACES = 6;

/** A diff for people: what changed, most first, then what came and went, then what it comes to. */
export function* screenLines(diff: DiffReport, screen: Screen): Generator<string> {
  const { clusters, each, pairs } = diff;
  for (const line of wrapped(`${diff.old} → ${diff.now}`, screen)) yield screen.paint("heading", line);
  if (diff.whole) for (const pair of pairs) yield* pairLines(pair, screen);
  else if (diff.list) for (const pair of pairs) yield* pairLine(pair, screen);
  else {
    const telling = clusters.filter((cluster) => !isRestless(cluster));
    const restless = clusters.filter(isRestless);
    yield* clusterLines(telling, each, screen);
    yield* answerLines(pairs, screen);
    if (restless.length > 0) {
      for (const line of wrapped("what changes with every run, or names do not see:", screen))
        yield screen.paint("faint", line);
      yield* clusterLines(restless, each, screen);
    }
    yield* noiseLines(pairs, screen);
  }
  yield* subjectLines("added", diff.added, each, screen);
  yield* subjectLines("removed", diff.removed, each, screen);
  for (const line of diffSummary(diff)) yield* wrapLines(line, screen.columns);
}

const wrapped = (text: string, { columns }: Screen): string[] => wrapLines(forTerminalLine(text), columns);

function* clusterLines(clusters: readonly Cluster[], each: number, screen: Screen): Generator<string> {
  const { columns } = screen;
  const wide = Math.max(0, ...clusters.map(({ pairs }) => String(pairs.length).length));
  const inset = " ".repeat(Math.min(wide + 1, Math.floor(columns / 4)));
  for (const cluster of clusters.slice(0, each)) {
    const tests = cluster.tests.length > 0 ? ` in ${countText(cluster.tests.length, "test")}` : "";
    const count = cluster.pairs.length;
    const head = `${String(count).padStart(wide)} ${count === 1 ? "recording" : "recordings"}${tests}: `;
    const kind = kindText(cluster);
    // No more is wrapped than can be shown.
    const text = changeText(cluster).slice(0, columns * (LINES + 1)) + (kind === "" ? "" : ` (${kind})`);
    const [first = "", ...rest] = wrapLines(head + forTerminalLine(text), columns - inset.length);
    yield squeeze(first, columns);
    for (const line of rest.slice(0, LINES - 1)) yield squeeze(inset + line, columns);
    if (rest.length >= LINES) yield screen.paint("faint", squeeze(`${inset}… (--test shows it whole)`, columns));
  }
  if (clusters.length > each)
    yield* wrapLines(`and ${countText(clusters.length - each, "change")} more (--all)`, columns);
}

function* answerLines(pairs: readonly ComparedPair[], screen: Screen): Generator<string> {
  const places = answerPlaces(pairs);
  if (places.length === 0) return;
  const told = places.slice(0, PLACES).map(([place, count]) => `${count} in ${place}`);
  const more = places.length > PLACES ? ` · and ${places.length - PLACES} more places` : "";
  yield* wrapped(`answers changed: ${told.join(" · ")}${more}`, screen);
}

/** What moved beside what answers say, in one line. */
function* noiseLines(pairs: readonly ComparedPair[], screen: Screen): Generator<string> {
  const counts = new Map<string, number>();
  for (const { response } of pairs) {
    for (const one of response?.noise ?? []) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const told = [...counts].sort(([, a], [, b]) => b - a).map(([noise, count]) => `${noise} in ${count}`);
  if (told.length === 0) return;
  for (const line of wrapped(`noise in answers: ${told.join(" · ")}`, screen)) yield screen.paint("faint", line);
}

function* subjectLines(name: string, subjects: readonly Subject[], each: number, screen: Screen): Generator<string> {
  if (subjects.length === 0) return;
  for (const line of wrapped(`${name}: ${countText(subjects.length, "recording")}`, screen))
    yield screen.paint("heading", line);
  const tests = new Map<string, Subject[]>();
  for (const one of subjects) {
    const own = tests.get(one.testId ?? "no test");
    if (own) own.push(one);
    else tests.set(one.testId ?? "no test", [one]);
  }
  const groups = [...tests].sort(([, a], [, b]) => b.length - a.length);
  const wide = Math.max(...groups.map(([, of]) => String(of.length).length));
  for (const [test, of] of groups.slice(0, each)) {
    const ids = of.map(({ id }) => shortId(id)).join(" ");
    const count = `  ${String(of.length).padStart(wide)}  `;
    yield count + testIdIn(forTerminalLine(test), screen.columns - count.length);
    const [first = "", ...rest] = wrapped(ids, { ...screen, columns: screen.columns - wide - 6 });
    yield screen.paint(
      "faint",
      squeeze(`${" ".repeat(wide + 4)}${first}${rest.length > 0 ? " …" : ""}`, screen.columns),
    );
  }
  if (groups.length > each) yield* wrapped(`  and of ${countText(groups.length - each, "test")} more (--all)`, screen);
}

function* pairLine({ old, now, request, response }: ComparedPair, screen: Screen): Generator<string> {
  const asked = request === "changed" ? "asked otherwise" : "asked the same";
  const answered = response ? `, answered ${response.kind === "changed" ? "otherwise" : "the same"}` : "";
  const colour = request === "changed" ? "warn" : "faint";
  for (const line of wrapped(`${shortId(old.id)} → ${shortId(now.id)}  ${asked}${answered}`, screen))
    yield request === "changed" ? screen.paint(colour, line) : line;
  yield screen.paint("faint", `  ${testIdIn(forTerminalLine(now.testId ?? now.path), screen.columns - 2)}`);
}
