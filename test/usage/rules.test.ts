import { describe, expect, it } from "vitest";
import { readCollection } from "../../src/usage/collected/index.ts";
import { type Run, readRun } from "../../src/usage/runs/index.ts";
import { factOf, good } from "./fixtures.ts";

const read = async (text: string): Promise<Run> => good(await readRun(text, "x", (path) => path === "a.py"));
const log = (...texts: string[]): string => texts.map((event) => `${JSON.stringify({ event })}\n`).join("");
const head = (text: string): string => `[RECORDING DEBUG] ${text}:`;

const [ONE, TWO] = ["1".repeat(64), "2".repeat(64)] as const;
const computed = (test: string, hash: string): string[] => [
  head("Hash computation"),
  `  Test ID: ${test}`,
  `  Computed hash: ${hash}`,
];
const lookedUp = (hash: string, exists: string, end: string): string[] => [
  head("Looking up recording"),
  `  Request hash: ${hash}`,
  `  Primary path: /r/${hash}.json`,
  `  Primary exists: ${exists}`,
  `  ${end}`,
];
const FOUND = "Found in primary location";

describe("each rule of a log beside its opposite", () => {
  it("a look-up is found where the disk showed it, and nothing is said where it did not", async () => {
    const found = async (exists: string, end: string): Promise<unknown> =>
      (await read(log(...lookedUp(ONE, exists, end)))).lookups[0]?.found;
    expect(await found("True", FOUND)).toBe("primary");
    expect(await found("False", FOUND)).toBeNull();
    expect(await found("False", "Recording not found in either location")).toBe("missed");
    expect(await found("True", "Recording not found in either location")).toBeNull();
  });

  it("a path counts with its hash in it alone", async () => {
    const text = log(...lookedUp(ONE, "True", FOUND));
    expect((await read(text)).lookups[0]?.path).toBe(`/r/${ONE}.json`);
    expect((await read(text.replace(`/r/${ONE}`, `/r/${TWO}`))).lookups[0]?.path).toBeNull();
  });

  it("a head whose hash never comes is counted, one whose hash comes late is not", async () => {
    const [first, hash, ...rest] = lookedUp(ONE, "True", FOUND) as [string, string, ...string[]];
    expect((await read(log(first, ...lookedUp(TWO, "True", FOUND)))).dropped).toBe(1);
    const late = await read(log(first, ...lookedUp(TWO, "True", FOUND), hash, ...rest));
    expect([late.dropped, late.lookups.map((one) => one.hash)]).toEqual([0, [TWO, ONE]]);
    expect((await read(log(...lookedUp(TWO, "True", FOUND), first))).dropped).toBe(1);
  });

  it("what follows a look-up that was broken off may be its rest", async () => {
    const broken = lookedUp(ONE, "True", FOUND).slice(0, 3);
    const next = lookedUp(TWO, "True", FOUND);
    const run = await read(log(...broken, ...next));
    expect(run.lookups.map(({ hash, found }) => [hash, found])).toEqual([
      [ONE, null],
      [TWO, null],
    ]);
    const gone = await read(log(...broken, ...next, "  Primary exists: True", `  ${FOUND}`, ...next));
    expect(gone.lookups.at(-1)?.found).toBe("primary");
  });

  it("ends midway, or between two blocks", async () => {
    const lines = [...computed("a.py::t", ONE), ...lookedUp(ONE, "True", FOUND)];
    expect((await read(log(...lines))).complete).toBe(true);
    expect((await read(log(...lines.slice(0, -1)))).complete).toBe(false);
    expect((await read(log(...lines.slice(0, 2)))).complete).toBe(false);
  });

  it("tests that take turns show several processes", async () => {
    const [a, b] = [computed("a.py::a", ONE), computed("a.py::b", TWO)];
    expect((await read(log(...a, ...a, ...b, ...b))).complete).toBe(true);
    expect((await read(log(...a, ...b, ...a))).complete).toBe(false);
    expect((await read(`${log(...a, ...b, ...a)}=== 2 passed in 0.1s ===\n`)).complete).toBe(true);
  });

  it("a stored recording whose lines are broken off has no test", async () => {
    const stored = [
      head("Storing recording"),
      `  Request hash: ${ONE}`,
      `  File: /r/${ONE}.json`,
      "  Test ID: a.py::t",
    ];
    expect((await read(log(...stored))).lookups[0]?.testId).toBe("a.py::t");
    expect((await read(log(...stored, `  Request hash: ${TWO}`))).lookups[0]?.testId).toBeNull();
  });
});

describe("each rule of a report beside its opposite", () => {
  const test = '{"nodeid": "a.py::t", "outcome": "passed"}';
  const report = (more: string, tests = test): string => `{"created": 10.5, ${more} "tests": [${tests}]}`;

  it("a run is complete that ended, and ran what it collected", async () => {
    const complete = async (more: string): Promise<boolean> => (await read(report(more))).complete;
    expect(await complete('"exitcode": 0, "summary": {"collected": 3, "deselected": 2},')).toBe(true);
    expect(await complete('"exitcode": 1, "summary": {"collected": 1},')).toBe(true);
    expect(await complete('"exitcode": 2, "summary": {"collected": 1},')).toBe(false);
    expect(await complete('"exitcode": 0, "summary": {"collected": 3},')).toBe(false);
  });

  it("a word of a plugin is no pass", async () => {
    expect((await read(report("", test.replace("passed", "rerun")))).outcomes.get("a.py::t")).toBe("error");
  });

  it("a file of a plugin is no test", async () => {
    const item = (nodeid: string, type: string): string => `{"nodeid": "${nodeid}", "type": "${type}"}`;
    const collector = (nodeid: string, result: string): string =>
      `{"nodeid": "${nodeid}", "outcome": "passed", "result": [${result}]}`;
    const text = `{"exitcode": 0, "collectors": [${collector("", item("a.yaml", "YamlFile"))}, ${collector("a.yaml", item("a.yaml::x", "YamlItem"))}]}`;
    expect([...good(await readCollection(text, "x")).ids]).toEqual(["a.yaml::x"]);
    const alone = `{"exitcode": 0, "collectors": [${collector("", item("a.yaml", "YamlFile"))}]}`;
    expect(factOf(await readCollection(alone, "x"))).toMatch(/no node id/);
  });

  it("of what JUnit says of a test the worst stands", async () => {
    const outcome = async (inside: string): Promise<unknown> =>
      (await read(`<testsuite><testcase classname="a" name="t">${inside}</testcase></testsuite>`)).outcomes.get(
        "a.py::t",
      );
    expect(await outcome("")).toBe("passed");
    expect(await outcome("<failure/><error/>")).toBe("failed");
    expect(await outcome("<error/><failure/>")).toBe("failed");
    expect(await outcome("<error/><skipped/>")).toBe("error");
    expect(await outcome('<skipped type="pytest.xfail"/>')).toBe("xfailed");
    expect(await outcome("<system-out>FAILED</system-out><properties/>")).toBe("passed");
  });
});
