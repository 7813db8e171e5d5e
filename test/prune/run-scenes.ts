import { hit, journalOf } from "../usage/journals.ts";
import { cutLog, log, outcomes, quiet } from "../usage/verdict-tree.ts";
import { report } from "./collected-scenes.ts";
import { BESIDE, F, hashOf, type Recorded, type Row, type Scene } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const [Y, Z, W] = [X("test_y"), X("test_z"), X("test_w")] as const;
const files = { [F]: "def test_y(): pass\ndef test_z(): pass\ndef test_w(): pass\n" };
const NOBODYS = "b".repeat(64);

/** JSON lines as they are written: with a time each. */
export const stamped = (text: string): string =>
  text.replaceAll(/\}$/gm, ', "timestamp": "2026-06-01T00:00:00.000000Z"}');
const of = (id: string, more: Partial<Recorded> = {}): Recorded => ({ id, ...more });
const [ONE, TWO] = [of(Y), of(Y, { asked: "How low is" })] as const;

/** Each test asks for a recording of its own, if it has one here, else for one that nobody has. */
const passed = (...ids: readonly string[]): string[] => [
  stamped(log(...ids.map((id) => [id, NOBODYS] as const))),
  outcomes("PASSED", ...ids),
];

/** Of what runs tell: of passed tests what they did not ask for goes, and nothing else. */
export const RUNS: readonly Scene[] = [
  {
    what: "a passed test: what it found, and what it did without",
    files,
    runs: [stamped(log([Y, hashOf(ONE)])), outcomes("PASSED", Y)],
    goes: [[TWO, "not hit"]],
    stays: [
      [ONE, "used"],
      [Z, "used"],
    ],
  },
  {
    what: "a journal of recctl's, and outcomes beside it",
    files,
    runs: [
      journalOf(
        hit(Y, hashOf(ONE)),
        { ...hit(W, NOBODYS), path: `tests/a/recordings/${hashOf(W)}.json` },
        hit(Z, NOBODYS),
      ),
      outcomes("PASSED", Y, Z, W),
    ],
    goes: [[TWO, "not hit"]],
    stays: [
      [ONE, "used"],
      // The last one may have gone on.
      [Z, "used"],
      // By another name, as --match request finds it.
      [W, "used"],
    ],
  },
  {
    what: "a journal without outcomes, and one that is cut",
    files,
    runs: [journalOf(hit(Y, hashOf(ONE)), hit(Z, NOBODYS)), journalOf(hit(W, NOBODYS), hit(W, NOBODYS)).slice(0, -9)],
    stays: [
      [ONE, "used"],
      [TWO, "used"],
    ],
  },
  {
    what: "a log from stdin",
    files,
    args: ["--run", "-"],
    stdin: stamped(log([Y, hashOf(ONE)])),
    runs: [outcomes("PASSED", Y)],
    goes: [[TWO, "not hit"]],
    stays: [[ONE, "used"]],
  },
  {
    what: "a passed test beside one that failed, one that was skipped, and one without an outcome",
    files: { [F]: `${files[F]}def test_v(): pass\n` },
    runs: [
      stamped(log([Y, NOBODYS], [Z, NOBODYS], [W, NOBODYS], [X("test_v"), NOBODYS])),
      `${outcomes("PASSED", Y)}${outcomes("FAILED", Z)}${outcomes("SKIPPED", W)}`,
    ],
    goes: [[Y, "not hit"]],
    stays: [
      [Z, "used"],
      [W, "used"],
      [X("test_v"), "used"],
    ],
  },
  {
    what: "a test that passed in one run and failed in another",
    files,
    runs: [...passed(Y, Z), outcomes("FAILED", Z)],
    goes: [[Y, "not hit"]],
    stays: [[Z, "used"]],
  },
  {
    what: "a test that passed, and is not in the log",
    files,
    runs: [stamped(log([Y, NOBODYS])), outcomes("PASSED", Y, Z)],
    goes: [[Y, "not hit"]],
    stays: [[Z, "used"]],
  },
  { what: "a log without outcomes", files, runs: [stamped(log([Y, NOBODYS]))], stays: [[Y, "used"]] },
  { what: "outcomes without a log", files, runs: [outcomes("PASSED", Y)], stays: [[Y, "used"]] },
  { what: "a log without times", files, runs: [log([Y, NOBODYS]), outcomes("PASSED", Y)], stays: [[Y, "used"]] },
  {
    what: "outcomes by json-report",
    files,
    runs: [
      stamped(log([Y, NOBODYS], [Z, NOBODYS])),
      JSON.stringify({
        ...JSON.parse(report([])),
        tests: [
          { nodeid: Y, outcome: "passed" },
          { nodeid: Z, outcome: "failed" },
        ],
        created: Date.UTC(2026, 5, 2) / 1000,
        duration: 1,
        exitcode: 1,
      }),
    ],
    goes: [[Y, "not hit"]],
    stays: [[Z, "used"]],
  },
  {
    what: "outcomes by JUnit",
    files,
    runs: [
      stamped(log([Y, NOBODYS], [Z, NOBODYS])),
      '<testsuites><testsuite errors="0" failures="1" skipped="0" tests="2" timestamp="2026-06-02T00:00:00+00:00"><testcase classname="tests.a.test_x" name="test_y" time="0.1" /><testcase classname="tests.a.test_x" name="test_z" time="0.1"><failure message="no">no</failure></testcase></testsuite></testsuites>',
    ],
    goes: [[Y, "not hit"]],
    stays: [[Z, "used"]],
  },
  {
    what: "outcomes by JUnit of one test alone, whose id has no root",
    files,
    beside: null,
    runs: [
      stamped(log([Y, NOBODYS], [Z, NOBODYS])),
      '<testsuites><testsuite timestamp="2026-06-02T00:00:00+00:00"><testcase classname="tests.a.test_x" name="test_y" time="0.1" /></testsuite></testsuites>',
    ],
    goes: [[Y, "not hit"]],
    says: /^(?!.*not here)/s,
  },
  {
    what: "older than the log, as old, newer",
    files,
    runs: passed(Y),
    goes: [[of(Y, { written: "05-31" }), "not hit"]],
    stays: [
      [of(Y, { written: "06-01", asked: "as old" }), "unknown"],
      [of(Y, { written: "06-02", asked: "newer" }), "unknown"],
    ],
  },
  {
    what: "newer than one of two logs",
    files,
    runs: [...passed(Y), stamped(log([Y, NOBODYS])).replaceAll("2026-06-01", "2026-07-01")],
    goes: [[of(Y, { written: "05-31" }), "not hit"]],
    stays: [[of(Y, { written: "06-15", asked: "between" }), "unknown"]],
  },
  {
    what: "a log without times beside one that has them: what was recorded between may be newer than the first",
    files,
    runs: [log([Y, NOBODYS]), stamped(log([Z, NOBODYS])), outcomes("PASSED", Y, Z)],
    stays: [
      [Y, "used"],
      [Z, "used"],
    ],
  },
  {
    what: "what a run asked for though its test is gone, or looked for where it does not lie",
    files,
    runs: [stamped(log([X("test_v"), hashOf(X("test_v"))], [Y, hashOf(ONE), "missed"])), outcomes("PASSED", Y)],
    goes: [
      [X("test_u"), "test gone"],
      [TWO, "not hit"],
    ],
    stays: [
      [X("test_v"), "used"],
      [ONE, "used"],
    ],
  },
  {
    what: "the last test of a log that has no end may go on",
    files,
    runs: [stamped(cutLog([Y, NOBODYS], [Z, NOBODYS])), outcomes("PASSED", Y, Z)],
    goes: [[Y, "not hit"]],
    stays: [[Z, "used"]],
  },
  {
    what: "a run that was stopped",
    files,
    runs: [stamped(log([Y, NOBODYS])), outcomes("PASSED", Y).replace("===", "!!!!! stopping !!!!!\n===")],
    goes: [[X("test_v"), "test gone"]],
    stays: [[Y, "used"]],
  },
  {
    what: "a log in which a hash was lost",
    files,
    runs: [stamped(log([Y, NOBODYS]) + log([Z, "ab"])), outcomes("PASSED", Y, Z)],
    stays: [
      [Y, "used"],
      [Z, "used"],
    ],
  },
  {
    what: "names of 12 digits, and of no hash",
    files,
    runs: [stamped(log([Y, hashOf(ONE)])), outcomes("PASSED", Y)],
    goes: [[{ ...TWO, as: "short" }, "not hit"]],
    stays: [
      [{ ...ONE, as: "short" }, "used"],
      [{ ...TWO, path: "tests/a/recordings/notes.json" }, "used"],
    ],
  },
];

const LIST = of(Y, { as: "list" });
const OTHERS = of(Y, { as: "other list" });
const lists: readonly Row[] = [
  [LIST, "used"],
  [OTHERS, "used"],
];
const collected = [quiet(...BESIDE, Y, Z, W)];

/** Of what other tests find as well: silence must be of all of them. */
export const LISTS: readonly Scene[] = [
  {
    what: "lists that a run found by their hash",
    files,
    runs: [stamped(log([Y, hashOf(LIST), "list"])), outcomes("PASSED", Y)],
    stays: lists,
  },
  { what: "lists that no test asked for, and others may", files, runs: passed(Y), stays: lists },
  {
    what: "lists that no test of the folder asked for, and one did not run",
    files,
    runs: passed(Y, Z),
    collected,
    stays: lists,
  },
  {
    what: "lists and tools that no test of their folder asked for",
    files,
    runs: passed(Y, Z, W),
    collected,
    goes: [
      [LIST, "not hit"],
      [OTHERS, "not hit"],
      [of(Y, { as: "tool" }), "not hit"],
    ],
    stays: [[of(Y, { as: "tool", in: "tests/integration/common/recordings" }), "used"]],
  },
  {
    what: "what names no test",
    files,
    runs: passed(Y),
    goes: [[Y, "not hit"]],
    stays: [[{ id: null, in: "tests/a/recordings" }, "shared"]],
  },
];
