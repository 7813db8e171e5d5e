import { describe, expect, it } from "vitest";
import { grown } from "../store/changes.ts";
import { log, outcomes, quiet } from "../usage/verdict-tree.ts";
import { report } from "./collected-scenes.ts";
import { BESIDE, F, prune, type Scene, stage } from "./scene.ts";

const X = (test: string): string => `${F}::${test}`;
const [Y, Z] = [X("test_y"), X("test_z")] as const;
const THERE = { [F]: "def test_y(a): pass\n" };
const GOOD = quiet(...BESIDE, Y);
const RUN =
  "  try  OGX_LOGGING=testing=info OGX_TEST_DEBUG=1 OGX_LOG_FORMAT=json pytest -v 2> run.log > outcomes.txt\n";

describe("evidence that cannot be used: nothing is concluded, of what else there is neither", () => {
  const root = (more: Partial<Scene>): string => stage({ what: "", files: THERE, goes: [[Z, "test gone"]], ...more });

  it.each<[what: string, collected: string, fact: string]>([
    [
      "errors",
      `${GOOD}ERROR tests/c/test_c.py - SyntaxError\n`,
      ":6: a collection with an error: ERROR tests/c/test_c.py",
    ],
    ["counted errors", GOOD.replace("collected", "collected, 1 error"), ":5: a collection with errors"],
    ["empty", "", ": an empty text: a collection that failed leaves one behind"],
    ["white space", " \n\n", ": an empty text"],
    ["no test", "\nno tests collected in 0.01s\n", ": a collection without tests"],
    ["cut off", `${GOOD}${BESIDE[0]}\n`, ": a collection that is cut off"],
    ["too few", GOOD.replace(`${Y}\n`, ""), ":4: a collection that says it has 3 tests, and lists 2"],
    ["-qq", "tests/a/test_x.py: 2\ntests/b/test_other.py: 2\n\n", ": a collection without ids: -qq tells"],
    [
      "a report with an error",
      report([Y]).replace('"passed"', '"failed"'),
      ": a report of a collection with an error in",
    ],
    ["a report that was interrupted", report([Y], [], 2), ": a report of a pytest that did not come to its end"],
    ["a report that was cut", report([Y]).slice(0, -4), ":1: no whole JSON: the file is cut off"],
    ["a run's output", outcomes("PASSED", Y), ":1: the output of a run, not of a collection"],
    ["a log", log([Y, "a".repeat(64)]), ":1: a log, not a collection"],
    ["prose", "No tests today.\n", ": no form of a collection that is known"],
    [
      "of another folder",
      quiet(...[Y, ...BESIDE].map((id) => id.replace("tests/", ""))),
      ": none of its 2 test files is there: was pytest run in another folder?",
    ],
  ])("a collection: %s", async (_, text, fact) => {
    const collected = [GOOD, text];
    const cwd = root({ collected });
    const before = grown(cwd);
    const { code, stdout, stderr } = await prune(cwd, ["--apply"], { collected });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      "error: 1 text given as evidence cannot be used; nothing was concluded, and nothing removed\n",
    );
    expect(stderr).toContain(`  in   evidence/c1.txt${fact}`);
    expect(stderr).toContain("pytest --collect-only -q > collected.txt\n");
    expect(grown(cwd)).toEqual(before);
  });

  it.each<[what: string, run: string, fact: string]>([
    ["empty", "", ": an empty text"],
    ["a report without a run", report([Y]), ": a report of no run"],
    ["prose", "Nothing ran.\n", ": "],
  ])("a run: %s", async (_, text, fact) => {
    const runs = [outcomes("PASSED", Y), text];
    const cwd = root({ runs });
    const { code, stdout, stderr } = await prune(cwd, ["--json"], { runs });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`  in   evidence/r1.txt${fact}`);
    expect(stderr).toContain(RUN);
  });

  it("what a server says of misses is no use of a recording, and no run", async () => {
    const said = `miss POST /v1/chat/completions  m  ${Z}  name ${"a".repeat(64)}  why (likely): request changed\n`;
    const runs = [said];
    const cwd = root({ runs });
    const { code, stdout, stderr } = await prune(cwd, ["--json"], { runs });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("  in   evidence/r0.txt: the misses of a server, and no log of what was looked up\n");
    expect(stderr).toContain("  try  recctl serve --journal run.jsonl -- pytest\n");
  });

  it("from stdin it is called stdin, a hook is told, and several are told together", async () => {
    const runs = [""];
    const cwd = root({ runs });
    const { code, stderr } = await prune(cwd, ["--check", "--collected", "-"], { runs, stdin: "" });
    expect(code).toBe(2);
    expect(stderr).toContain("error: 2 texts given as evidence cannot be used");
    expect(stderr).toContain("  in   stdin: an empty text");
    expect(stderr).toContain("  try  pytest --collect-only -q > collected.txt\n");
  });

  it.each([
    ["a file that is not there", ["--collected", "no.txt"], /no\.txt/],
    ["stdin, twice", ["--collected", "-", "--run", "-"], /stdin can be read only once/],
  ])("%s", async (_, args, says) => {
    const cwd = root({});
    const { code, stdout, stderr } = await prune(cwd, [...args, "--apply"], { stdin: GOOD });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });
});
