import type { IsFile } from "../junit.ts";
import { plainText } from "../lines.ts";
import { type Refusal, Refused, refusing } from "../refusal.ts";
import { isJournal, readJournal } from "./journal.ts";
import { isJsonReport, readReport } from "./json-report.ts";
import { isJunit, readJunit } from "./junit.ts";
import { readLog } from "./log/index.ts";
import type { Run } from "./run.ts";

export { distinctMisses } from "./misses.ts";
export { type Lookup, type Miss, type Outcome, type Run, type RunForm, unitedRuns } from "./run.ts";
export { couldTell, passedTests, type Use, useOf, usesOf } from "./uses.ts";

/** The forms that have a text of their own; what none of them recognises is read line by line. */
const FORMS: readonly { is: (text: string) => boolean; read: (text: string, isFile: IsFile) => Run | Promise<Run> }[] =
  [
    { is: isJunit, read: readJunit },
    { is: isJsonReport, read: readReport },
    { is: isJournal, read: readJournal },
    { is: () => true, read: readLog },
  ];

/** Whether a text has a form of its own, and is not read line by line. */
export const isFormed = (text: string): boolean => FORMS.slice(0, -1).some(({ is }) => is(plainText(text)));

/** How to make a log that tells everything, and the outcomes that belong to it. */
export const RUN: readonly string[] = [
  "OGX_LOGGING=testing=info OGX_TEST_DEBUG=1 OGX_LOG_FORMAT=json pytest -v 2> run.log > outcomes.txt",
];

/**
 * Reads what a replay run looked up, found, missed and stored, and what became of its tests.
 * @param isFile whether a path, from the folder that node ids start at, is a file: JUnit does not tell
 */
export const readRun = (text: string, name: string, isFile: IsFile = () => false): Promise<Run | Refusal> =>
  refusing(name, RUN, () => {
    const plain = plainText(text);
    if (plain.trim() === "") throw new Refused("an empty text");
    const form = FORMS.find(({ is }) => is(plain)) as (typeof FORMS)[number];
    return form.read(plain, isFile);
  });
