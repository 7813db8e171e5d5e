import { linesOf } from "../../lines.ts";
import { Refused } from "../../refusal.ts";
import { distinctMisses, MESSAGE_LINES, mayBeMiss, missesOf } from "../misses.ts";
import { addOutcome, type Miss, NOTHING, type Outcome, type Run, type RunForm } from "../run.ts";
import { saidIn } from "./blocks.ts";
import { entriesOf } from "./entries.ts";
import { isStop, isSummary, OutcomeReader } from "./outcomes.ts";
import { RecorderReader } from "./recorder.ts";
import { idsByName, SectionReader } from "./sections.ts";

/** So many broken lines are no accident of a crash. */
const MANY = 1000;

const FORM_OF = { event: "json lines", console: "console", line: "plain" } as const;

/**
 * What a run wrote, line by line: the recorder's debug log in any of its forms, outcomes of tests, and misses, all of
 * which may stand in one text.
 * @throws Refused where it holds none of them
 */
export function readLog(text: string): Run {
  const lines = linesOf(text);
  const forms = new Set<RunForm>();
  const recorder = new RecorderReader();
  const tests = new OutcomeReader();
  const outcomes = new Map<string, Outcome>();
  const misses: { miss: Miss; section: string | null }[] = [];
  const sections = new SectionReader();
  let broken = 0;
  let stopped = false;
  let ended = false;
  let oldest: number | null = null;
  let newest: number | null = null;
  // A last line without a newline may be cut within a word, and read as another.
  const last = lines.pop() as string;
  const cut = last !== "" && !isSummary(last) && !(last.startsWith("{") && last.endsWith("}"));
  if (!cut && last !== "") lines.push(last);

  for (const entry of entriesOf(lines)) {
    if (entry.form === "broken") {
      if (++broken > MANY) throw new Refused("a log in JSON lines of which most are broken", entry.at);
      continue;
    }
    const { text: line, time } = entry;
    if (time !== null) {
      oldest = Math.min(oldest ?? time, time);
      newest = Math.max(newest ?? time, time);
    }
    const said = saidIn(entry);
    if (entry.form === "line") sections.read(line);
    let whose = sections.over ? null : tests.running;
    if (said !== null) {
      recorder.take(said, entry);
      forms.add(FORM_OF[entry.form]);
      ended = false;
    } else if (entry.form === "line") {
      const outcome = tests.read(line);
      if (outcome !== null) {
        addOutcome(outcomes, outcome.id, outcome.outcome);
        whose = outcome.id;
        ended = false;
      } else if (isSummary(line)) ended = true;
      else if (isStop(line)) stopped = true;
    }
    const behind = entry.form === "line" && mayBeMiss(line) ? lines.slice(entry.at, entry.at + MESSAGE_LINES) : [];
    for (const [at, text] of [line, ...(entry.more ?? [])].entries()) {
      const found = missesOf(at === 0 ? [text, ...behind] : [text], whose);
      for (const miss of found) misses.push({ miss, section: sections.name });
    }
  }
  const { midway, lookups, misses: logged } = recorder.finish();
  if (outcomes.size > 0) forms.add("outcomes");
  if (misses.length > 0) forms.add("misses");
  if (forms.size === 0) throw new Refused(noForm(lines));
  const unsure = !ended && (recorder.parallel || outcomes.size > 0);
  return {
    ...NOTHING,
    forms,
    lookups,
    misses: distinctMisses(withTests([...logged, ...inSections(misses, outcomes)], lookups)),
    outcomes,
    mentioned: mentionedIn(text, lookups),
    dropped: recorder.dropped + broken,
    complete: !(stopped || cut || midway || unsure) && broken === 0,
    vouched: ended,
    seen: recorder.seen,
    seenShort: recorder.seenShort,
    unfinished: new Set(ended || recorder.last === null ? [] : [recorder.last]),
    oldest,
    newest,
  };
}

/** Misses of the parts of pytest's output that are a test's; outcomes tell the ids of those. */
function inSections(
  misses: readonly { miss: Miss; section: string | null }[],
  outcomes: ReadonlyMap<string, Outcome>,
): Miss[] {
  const ids = idsByName(outcomes.keys());
  return misses.map(({ miss, section }) =>
    miss.testId === null && section !== null ? { ...miss, testId: ids.get(section) ?? null } : miss,
  );
}

/** Misses with the test that the computation of their hash names. */
function withTests(misses: readonly Miss[], lookups: Run["lookups"]): Miss[] {
  const tests = new Map<string, string>();
  for (const { hash, testId } of lookups) if (testId !== null) tests.set(hash, testId);
  return misses.map((miss) =>
    miss.testId === null && miss.hash !== null ? { ...miss, testId: tests.get(miss.hash) ?? null } : miss,
  );
}

const noForm = (lines: readonly string[]): string =>
  lines.some(isSummary)
    ? "the output of a run that names no test: neither outcomes (-v) nor look-ups"
    : "no log of a replay run, and no outcomes of tests";

const mentionedIn = (text: string, lookups: Run["lookups"]): Set<string> =>
  new Set([...(text.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? []), ...lookups.map(({ hash }) => hash)]);
