import { describe, expect, it } from "vitest";
import { COLLECT, type Collection, readCollection, united } from "../../src/usage/collected/index.ts";
import { factOf, fixture, good, IDS, id, isFile } from "./fixtures.ts";

const read = async (text: string): Promise<Collection> => good(await readCollection(text, "x", isFile));
const refused = async (text: string): Promise<string> => factOf(await readCollection(text, "x", isFile));
const sorted = (ids: Iterable<string>): string[] => [...ids].sort();

const ALL = sorted(IDS);
const CHUNKS = IDS.filter((one) => one.includes("test_chunks"));

describe("real output of pytest", () => {
  it.each([
    ["quiet-7.2.1.txt", "quiet", ALL],
    ["quiet-colour-8.4.2.txt", "quiet", ALL],
    ["quiet-9.1.1.txt", "quiet", ALL],
    ["quiet-deselected-9.1.1.txt", "quiet", CHUNKS],
    ["tree-7.2.1.txt", "tree", ["tests/unit/test_live.py::test_live"]],
    ["tree-8.4.2.txt", "tree", ALL],
    ["tree-colour-9.1.1.txt", "tree", ALL],
    ["report-collected.txt", "json-report", ALL.filter((one) => !CHUNKS.includes(one))],
    ["report-run.txt", "json-report", ALL],
    ["junit-passed-9.1.1.xml", "junit", [id("test_deep"), ...CHUNKS, id("test_plain")]],
  ] as const)("%s", async (name, form, ids) => {
    const found = await read(fixture(name));
    expect(found.form).toBe(form);
    expect(sorted(found.ids)).toEqual(sorted(ids));
    expect(sorted(found.files)).toEqual(sorted(new Set(ids.map((one) => one.replace(/::.*/, "")))));
    expect(found.vouched).toBe(true);
  });

  it.each([
    ["quiet-error-9.1.1.txt", /with an error: /],
    ["tree-error-9.1.1.txt", /with an error: /],
    ["report-error.txt", /with an error in tests\/unit\/test_bad\.py/],
    ["quiet-none-9.1.1.txt", /without tests/],
    ["counts-9.1.1.txt", /-qq/],
    ["tree-packages-7.2.1.txt", /in which folder the package inference lies/],
    ["junit-7.2.1.xml", /may have stopped at one/],
    ["junit-xdist-8.4.2.xml", /may have stopped at one/],
    ["run-7.2.1.txt", /output of a run/],
    ["run-xdist-8.4.2.txt", /no form|output of a run|error/],
    ["run-colour-9.1.1.txt", /output of a run/],
    ["log-json.txt", /a log, not a collection/],
  ])("%s is refused", async (name, fact) => {
    expect(await refused(fixture(name))).toMatch(fact);
  });

  it("tells the deselected, by name where the form has names", async () => {
    const quiet = await read(fixture("quiet-deselected-9.1.1.txt"));
    expect([quiet.deselectedCount, quiet.deselected.size]).toEqual([17, 0]);
    const report = await read(fixture("report-collected.txt"));
    expect([report.deselectedCount, sorted(report.deselected)]).toEqual([2, CHUNKS]);
  });
});

describe("other ways in which good ones come", () => {
  const text = fixture("quiet-9.1.1.txt");

  it.each([
    ["a byte order mark", `\ufeff${text}`],
    ["CRLF", text.replaceAll("\n", "\r\n")],
    ["noise of workers before it", `bringing up nodes...\ngw0 [19] / gw1 [19]\n\n${text}`],
    ["the times of a CI log", text.replace(/^(?=.)/gm, "2026-11-22T16:53:09.1234567Z ")],
    ["two behind each other", text + fixture("quiet-deselected-9.1.1.txt")],
  ])("%s", async (_what, written) => {
    expect(sorted((await read(written)).ids)).toEqual(ALL);
  });

  it.each([
    ["an id more", text.replace("\n", "\ntests/a.py::test_noise\n"), /says it has 19 tests, and lists 20/],
    ["an id less", text.replace(/.*\n/, ""), /says it has 19 tests, and lists 18/],
    ["an id cut in its parameters", text.replace("[gpt-4o]", "[gpt-"), /lists 18/],
    ["a second one cut off", text + IDS.slice(0, 3).join("\n"), /cut off/],
    ["an error of a worker", `INTERNALERROR> boom\n${text}`, /with an error/],
    ["nothing", "", /empty/],
    ["white space", "\ufeff \r\n\n", /empty/],
    ["prose", "There are many tests.\n", /no form/],
    ["another JSON", '{"a": 1}', /no form/],
    ["a JSON report cut off", fixture("report-collected.txt").slice(0, -20), /no whole JSON/],
    [
      "a report of an interrupted run",
      fixture("report-run.txt").replace(/"exitcode": 1/, '"exitcode": 2'),
      /exit status is 2/,
    ],
    ["a report without tests", '{"created": 1.5, "exitcode": 0, "summary": {"collected": 3}}', /json-report-summary/],
    [
      "a report that lists too few",
      '{"created": 1, "summary": {"collected": 3}, "tests": [{"nodeid": "a.py::t", "outcome": "passed"}]}',
      /lists 1/,
    ],
  ])("%s is refused", async (_what, written, fact) => {
    const found = await readCollection(written, "x.txt", isFile);
    expect(factOf(found)).toMatch(fact);
    expect(found).toMatchObject({ name: "x.txt", remedy: COLLECT });
  });

  it("says the line", async () => {
    expect(await readCollection(fixture("quiet-error-9.1.1.txt"), "x")).toMatchObject({ line: 5 });
  });
});

describe("trees", () => {
  const end = "\n\n=== 1 test collected in 0.01s ===\n";
  const head = "platform linux -- Python 3.12.1, pytest-8.4.2, pluggy-1.6.0\n";

  it.each([
    [
      "a root that is a package",
      `${head}<Package p>\n  <Dir tests>\n    <Module test_a.py>\n      <Coroutine test_c[x>y]>`,
      "tests/test_a.py::test_c[x>y]",
    ],
    ["a file at the root", "<Dir p>\n  <Module test_a.py>\n    <Function test_b>", "test_a.py::test_b"],
    [
      "an instance of old",
      "<Module tests/test_a.py>\n  <Class K>\n    <Instance ()>\n      <Function test_b>",
      "tests/test_a.py::K::test_b",
    ],
    ["files of plugins", "<Dir p>\n  <YamlFile a.yaml>\n    <YamlItem some item>", "a.yaml::some item"],
    [
      "a docstring that looks like a tree",
      "<Dir p>\n  <Module test_a.py>\n    <Function test_b>\n      <Function test_c>\n        <Function test_d>",
      "test_a.py::test_b",
    ],
    [
      "an empty class in a docstring",
      "<Dir p>\n  <Module test_a.py>\n    <Class Nobody>\n    <Function test_b>",
      "test_a.py::test_b",
    ],
  ])("%s", async (_what, drawn, only) => {
    expect([...(await read(drawn + end)).ids]).toEqual([only]);
  });

  it.each([
    [
      "a package of which nobody knows where it lies",
      "<Package p>\n  <Module test_a.py>\n    <Function test_b>",
      /in which folder/,
    ],
    [
      "a test more in a docstring of a module",
      "<Dir p>\n  <Module test_a.py>\n    <Function test_no>\n    <Function test_b>",
      /lists 2/,
    ],
    ["a test in no file", "<Dir p>\n  <Function test_b>", /in no file/],
  ])("%s is refused", async (_what, drawn, fact) => {
    expect(await refused(drawn + end)).toMatch(fact);
  });
});

describe("plain lists", () => {
  it("takes comments, empty lines, CRLF, a byte order mark, and no newline at the end", async () => {
    const found = await read(`\ufeff# of mine\r\n\r\n${IDS.join("\r\n")}`);
    expect(sorted(found.ids)).toEqual(ALL);
    expect([found.form, found.vouched]).toEqual(["list", false]);
  });

  it("takes ids that are not escaped", async () => {
    expect([...(await read("tests/a b/ü.py::test_ü[日本 [x] ::]\n")).ids]).toEqual([
      "tests/a b/ü.py::test_ü[日本 [x] ::]",
    ]);
  });

  it.each([
    ["# nothing\n", /no form/],
    ["tests/a.py\ntests/b.py::t\n", /no test id: tests\/a\.py/],
    ["tests/a.py::t[gpt-\n", /no form/],
    ["tests/b.py::t\ntests/a.py::t[gpt-\n", /no test id/],
    ["tests/a.py::t PASSED\n", /no test id/],
    ["tests/b.py::t\nand more\n", /no test id: and more/],
  ])("%j is refused", async (text, fact) => {
    expect(await refused(text)).toMatch(fact);
  });
});

describe("JUnit", () => {
  const suite = (cases: string): string => `<testsuites><testsuite name="pytest">${cases}</testsuite></testsuites>`;
  const one = (classname: string, more = ""): string =>
    suite(`<testcase classname="${classname}" name="test_y[a.b]"${more}/>`);

  it("asks where the file ends", async () => {
    const asked: string[] = [];
    const found = await readCollection(one("tests.v.test_x.TestK.TestL"), "x", (path) => {
      asked.push(path);
      return path === "tests/v/test_x.py";
    });
    expect([...good(found).ids]).toEqual(["tests/v/test_x.py::TestK::TestL::test_y[a.b]"]);
    expect(asked[0]).toBe("tests/v/test_x/TestK/TestL.py");
  });

  it("keeps all ids where several are possible", async () => {
    const found = good(await readCollection(one("a.b.c"), "x", (path) => path === "a/b.py" || path === "a/b/c.py"));
    expect(sorted(found.ids)).toEqual(["a/b.py::c::test_y[a.b]", "a/b/c.py::test_y[a.b]"]);
  });

  it("needs no asking where the file is told", async () => {
    const found = good(await readCollection(one("a.b.c", ' file="a/b.py"'), "x"));
    expect([...found.ids]).toEqual(["a/b.py::c::test_y[a.b]"]);
  });

  it.each([
    ["files that are not here", one("nobody.here"), /not here: nobody\.here/],
    ["nothing", suite(""), /without tests/],
    [
      "an error of collecting",
      suite('<testcase classname="" name="tests.a"><error message="collection failure"/></testcase>'),
      /failures/,
    ],
    ["another XML", '<?xml version="1.0"?><html/>', /no JUnit/],
    ["a document type", `<!DOCTYPE x [<!ENTITY a "b">]>${one("a")}`, /document type/],
    ["an entity", one("&lol;"), /no whole XML/],
    ["half of it", fixture("junit-passed-9.1.1.xml").slice(0, 400), /no whole XML/],
  ])("%s is refused", async (_what, text, fact) => {
    expect(await refused(text)).toMatch(fact);
  });
});

it("unites", async () => {
  const one = await read(fixture("report-collected.txt"));
  const two = await read(fixture("quiet-deselected-9.1.1.txt"));
  const both = united([one, two]);
  expect(sorted(both.ids)).toEqual(ALL);
  expect(both.deselected.size).toBe(0);
  expect(both.files.size).toBe(2);
  expect(both.vouched).toBe(true);
});
