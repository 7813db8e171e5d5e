import type { Checks } from "../checks/check.ts";
import type { Fact, Finding } from "../checks/rule.ts";
import type { StoredFact } from "../store/facts.ts";
import { aboutBytes } from "../store/sizes.ts";
import { type CheckedFile, FileChecker, type SharedWork, takeBatch } from "./check-batch.ts";
import type { Context } from "./command.ts";
import { progress } from "./progress.ts";
import type { Target } from "./selection.ts";
import type { Threads } from "./threads.ts";

/** What checking files gave. */
export interface CheckedFiles {
  findings: Finding[];
  facts: (Fact & StoredFact)[];
}

/** Less work than this is done sooner than another thread has begun: it has to load and to compile what it runs. */
const WORTH_A_THREAD = 6_000_000;

/** Reads files and checks each by itself, with several threads where there is enough to do. What comes out is in the order of the files. */
export async function checkFiles(targets: readonly Target[], checks: Checks, context: Context): Promise<CheckedFile[]> {
  const { io } = context;
  const shown = progress(io, "checking");
  const work: SharedWork = { targets, checks, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = await threadsFor(work, io.env.RECCTL_THREADS);
  const checked: (CheckedFile | undefined)[] = new Array(targets.length);
  const checker = new FileChecker(checks);
  const check = (place: number): void => {
    checked[place] ??= checker.check(targets[place] as Target);
  };
  try {
    for (let batch = takeBatch(work); batch; batch = takeBatch(work)) {
      for (let place = batch.from; place < batch.to; place++) {
        const wait = shown.step(batch.from, targets.length);
        if (wait) await wait;
        check(place);
      }
    }
    for (const result of (await (threads && io.until(threads.results))) ?? []) {
      for (const [place, one] of result) checked[place] = one;
    }
    // What a thread took and did not give back.
    for (let place = 0; place < targets.length; place++) check(place);
  } finally {
    await Promise.all([shown.end(), threads?.stop()]);
  }
  return checked as CheckedFile[];
}

/** Further threads, where they are worth it. `asked`: how many there shall be with this one, whatever there is to do. */
async function threadsFor(work: SharedWork, asked: string | undefined): Promise<Threads | null> {
  const wanted = /^[1-9]\d?$/.test(asked ?? "") ? Number(asked) : null;
  const { targets } = work;
  if (targets.length < 2 || wanted === 1) return null;
  if (wanted === null && aboutBytes(targets.map(({ place }) => place)) < WORTH_A_THREAD) return null;
  // Loaded only here: whoever checks one file does not wait for it.
  const { startThreads, usualThreads } = await import("./threads.ts");
  const count = wanted ?? usualThreads();
  return count > 1 ? startThreads(count - 1, work) : null;
}

/** What files gave, all in one. */
export function collected(checked: readonly CheckedFile[]): CheckedFiles {
  const all: CheckedFiles = { findings: [], facts: [] };
  for (const { findings, fact, stamp } of checked) {
    for (const finding of findings) all.findings.push(finding);
    if (fact) all.facts.push({ ...fact, stamp });
  }
  return all;
}
