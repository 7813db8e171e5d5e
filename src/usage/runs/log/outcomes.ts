import { isNodeId, LONGEST } from "../../node-id.ts";
import type { Outcome } from "../run.ts";

const WORDS: Readonly<Record<string, Outcome>> = {
  PASSED: "passed",
  FAILED: "failed",
  ERROR: "error",
  SKIPPED: "skipped",
  XFAIL: "xfailed",
  XPASS: "xpassed",
};
const WORD = Object.keys(WORDS).join("|");

/** How far the run is: `[ 33%]`, `[ 3/12]`, or how long the test took. */
const PROGRESS = "(?:\\s+\\[ *(?:\\d+%|\\d+/\\d+)\\]|\\s+\\d[\\d.]*m?s)?";
const VERBOSE = new RegExp(`^(\\S.*) (${WORD})(?: \\(.*\\))?${PROGRESS}\\s*$`);
const XDIST = new RegExp(`^\\[gw\\d+\\]\\s+\\[ *(?:\\d+%|\\d+/\\d+)\\]\\s+(${WORD})\\s+(\\S.*?)\\s*$`);
const SHORT = new RegExp(`^(${WORD}) (\\S.*)$`);
/** The word alone, where the log of the test stands between it and the id (`-s`, `log_cli`). */
const ALONE = new RegExp(`^(${WORD})(?: \\(.*\\))?${PROGRESS}\\s*$`);

const ANY = new RegExp(WORD);

/** Reads outcomes of tests from the lines of a run, in their order. */
export class OutcomeReader {
  /** The test that runs, where its outcome stands on a line of its own. */
  running: string | null = null;

  /** What a line tells, else null. */
  read(line: string): { id: string; outcome: Outcome } | null {
    if (line.length > LONGEST) return null;
    const written = line.trimEnd();
    if (!ANY.test(written)) {
      if (isNodeId(written)) this.running = written;
      return null;
    }
    const alone = ALONE.exec(line);
    // The test may have printed such a word itself: what pytest writes behind it still counts, and the worse one stands.
    if (alone !== null) return told(this.running, alone[1]);
    const [, id, word] = VERBOSE.exec(line) ?? [];
    if (id !== undefined && isNodeId(id)) {
      this.running = null;
      return told(id, word);
    }
    const distributed = XDIST.exec(line);
    if (distributed !== null) {
      this.running = null;
      return told(distributed[2] ?? null, distributed[1]);
    }
    const short = SHORT.exec(line);
    if (short !== null) return told(shortId(short[1] as string, short[2] as string), short[1]);
    if (isNodeId(written)) this.running = written;
    return null;
  }
}

function told(id: string | null, word: string | undefined): { id: string; outcome: Outcome } | null {
  const outcome = WORDS[word ?? ""];
  return id === null || outcome === undefined || !isNodeId(id) ? null : { id, outcome };
}

/**
 * The id in a line of `-rA`. Behind it may stand ` - ` and a reason, where the test did not pass, and before
 * pytest 8 a space and the reason of an unexpected pass.
 */
function shortId(word: string, rest: string): string | null {
  const between = word === "XPASS" ? " " : " - ";
  for (
    let cut = rest.indexOf(between);
    word !== "PASSED" && cut >= 0 && cut < 2048;
    cut = rest.indexOf(between, cut + 1)
  ) {
    if (isNodeId(rest.slice(0, cut))) return rest.slice(0, cut);
  }
  return rest.trimEnd();
}

const COUNT = "\\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?|rerun|subtests passed)";
const SUMMARY = new RegExp(
  `^=* ?(?:no tests ran|${COUNT}(?:, ${COUNT}){0,12}) in \\d[\\d.]*s(?: \\([^()]{1,40}\\))? ?=*$`,
);

/** Whether a line is the last one of a run. */
export const isSummary = (line: string): boolean =>
  line.length < 400 && line.includes(" in ") && SUMMARY.test(line.trimEnd());

/** Whether a line says that a run did not come to its end: stopped, interrupted, or a worker lost. */
export const isStop = (line: string): boolean =>
  line.length <= LONGEST &&
  (/^(?:!!!+ \S|INTERNALERROR>|\[gw\d+\] node down|ERROR \S+\.py(?: - |$))/.test(line) ||
    (line.startsWith("!") && /^!+ .{1,2000} !+$/.test(line)));
