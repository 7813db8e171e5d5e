import { describe, expect, it } from "vitest";
import { findingsReport } from "../../src/report/findings.ts";
import { FINDING_FORMATS, rendered } from "../../src/report/index.ts";
import { HAS_PYTHON, python } from "../python.ts";
import { finding, MANY, screen, validated } from "./findings.ts";

type CiFormat = (typeof FINDING_FORMATS)[number];

const text = async (format: CiFormat, findings = HOSTILE, terminal = false): Promise<string> =>
  [...(await rendered(findingsReport(validated(findings)), format, screen(80, terminal)))].join("");

/** What paths and messages could do to who reads them. */
const HOSTILE = [
  finding({
    path: "recordings/a,b::c%0A\r\n::set-env name=x::y <&\"'>]]> é \u{1f30a}#?.json",
    message: "100% of\r\n::error::it, a: b <!-- ]]> \u0000 \u001b[31m \ud800 \ufffe",
    remedy: "recctl\n::stop-commands::x",
  }),
  finding({ rule: "size", severity: "warning", at: "response.body[3].id", line: 3, column: 14 }),
  finding({ rule: "size", severity: "warning", path: "z.json", message: "x", remedy: "" }),
];

describe("github", () => {
  it("is a command a finding, whatever it says", async () => {
    const lines = (await text("github")).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^::error file=[^:,\r]+,line=1,col=1,title=recctl name::[^\r]*$/),
      expect.stringMatching(/^::warning file=[^:,\r]+,line=3,col=14,title=recctl size::/),
      "::warning file=z.json,line=1,col=1,title=recctl size::x",
      "",
    ]);
    expect(lines[0]).toContain("file=recordings/a%2Cb%3A%3Ac%250A%0D%0A%3A%3Aset-env name=x%3A%3Ay");
    expect(lines[0]).toContain("::100%25 of%0D%0A::error::it, a: b");
    expect(lines[0]).toContain("%0Atry: recctl%0A::stop-commands::x");
  });

  it("is nothing where nothing is found", async () => {
    expect(await text("github", [])).toBe("");
  });
});

describe("sarif", () => {
  it("has what SARIF 2.1.0 requires, and places that lead to the file", async () => {
    const log = JSON.parse(await text("sarif"));
    expect(log).toMatchObject({ version: "2.1.0", runs: [{ columnKind: "unicodeCodePoints" }] });
    const [{ tool, results }] = log.runs;
    expect(tool.driver).toMatchObject({ name: "recctl", version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(tool.driver.rules).toEqual([
      { id: "name", shortDescription: { text: "names that today's recorder would not compute" } },
      { id: "size", shortDescription: { text: "files over a limit" } },
    ]);
    for (const result of results) {
      expect(result.message.text).toBeTypeOf("string");
      expect(result.message.text).not.toBe("");
      expect(["error", "warning"]).toContain(result.level);
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      const [{ physicalLocation }] = result.locations;
      expect(physicalLocation.artifactLocation.uri).toMatch(/^(?:[\w.~!*'()/-]|%[0-9A-F]{2})+$/);
      expect(physicalLocation.region.startLine).toBeGreaterThan(0);
      expect(physicalLocation.region.startColumn).toBeGreaterThan(0);
    }
    const [first, second] = results;
    expect(decodeURIComponent(first.locations[0].physicalLocation.artifactLocation.uri)).toBe(HOSTILE[0]?.path);
    expect(second.locations[0].logicalLocations).toEqual([{ fullyQualifiedName: "response.body[3].id" }]);
    const prints = results.map((result: { partialFingerprints: object }) => JSON.stringify(result.partialFingerprints));
    expect(new Set(prints).size).toBe(results.length);
  });

  it("is a run without results where nothing is found", async () => {
    const { runs } = JSON.parse(await text("sarif", []));
    expect(runs).toMatchObject([{ tool: { driver: { name: "recctl", rules: [] } }, results: [] }]);
  });
});

const CASES = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.read().encode())
suites = [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root]
cases = [(case.get("name"), case.get("line"), [(part.tag, part.get("message"), part.text) for part in case]) for case in root.iter("testcase")]
print(json.dumps([root.tag, root.get("tests"), root.get("failures"), suites, cases]))
`;

describe("junit", () => {
  it.skipIf(!HAS_PYTHON)("is well-formed XML that keeps what was said (needs python3)", async () => {
    const [tag, tests, failures, suites, cases] = JSON.parse(python(CASES, await text("junit")));
    expect([tag, tests, failures]).toEqual(["testsuites", "3", "1"]);
    expect(suites).toEqual([
      ["name", "1", "1"],
      ["size", "2", "0"],
    ]);
    const [[name, line, [[part, message]]]] = cases;
    expect([name, line, part]).toEqual([HOSTILE[0]?.path, "1", "failure"]);
    expect(message).toBe("100% of\r\n::error::it, a: b <!-- ]]> \\u0000 \\u001b[31m \\ud800 \\ufffe");
    expect(cases[1][2][0][0]).toBe("system-out");
  });

  it.skipIf(!HAS_PYTHON)("has one test that passed where nothing is found (needs python3)", async () => {
    const [, tests, failures, , cases] = JSON.parse(python(CASES, await text("junit", [])));
    expect([tests, failures, cases]).toEqual(["1", "0", [["all recordings are sound", null, []]]]);
  });
});

it.each(FINDING_FORMATS)("%s shows a terminal no control character", async (format) => {
  expect(await text(format, HOSTILE, true)).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\p{Cs}]/u,
  );
});

it.each(FINDING_FORMATS)("%s tells each finding once, and no more than are wanted", async (format) => {
  const of = async (most: number): Promise<number> => {
    const report = findingsReport(validated(MANY, { most }));
    const written = [...(await rendered(report, format, screen(80, false)))].join("");
    return written.match(/^::|"ruleId"|<testcase/gm)?.length ?? 0;
  };
  expect(await of(Number.POSITIVE_INFINITY)).toBe(MANY.length);
  expect(await of(7)).toBe(7);
});
