import { describe, expect, it } from "vitest";
import { readName } from "../../src/recording/name.ts";
import { REMOVES, VERDICTS } from "../../src/usage/verdicts/index.ts";
import { fixture } from "./fixtures.ts";
import { COLLECTIONS, SOURCES } from "./verdict-cases.ts";
import { ANYONES, NAMES_AND_KEEP, RUNS } from "./verdict-runs.ts";
import { F, H, judgedIn, log, outcomes, quiet, said } from "./verdict-tree.ts";

const Y = `${F}::test_y`;

describe.each([
  ["sources", SOURCES],
  ["collections", COLLECTIONS],
  ["runs", RUNS],
  ["what other tests find too", ANYONES],
  ["names and keep", NAMES_AND_KEEP],
] as const)("%s", (_, cases) => {
  it.each(cases)("%s", async (_what, made, verdict) => {
    const judged = await judgedIn(made);
    expect(judged.verdict, JSON.stringify(judged.evidence, null, 1)).toBe(verdict);
    if (REMOVES.has(judged.verdict)) expect(judged.evidence.map(({ speaks }) => speaks)).toContain("against");
  });
});

it("the cases have every verdict", () => {
  const given = [SOURCES, COLLECTIONS, RUNS, ANYONES, NAMES_AND_KEEP].flat().map(([, , verdict]) => verdict);
  expect(new Set(given)).toEqual(new Set(VERDICTS));
});

it("workers whose lines are mixed beyond reading tell nothing", async () => {
  const mixed = log([Y, H("b")]) + said("[RECORDING DEBUG] Looking up recording:").join("").repeat(2);
  const runs = [mixed, outcomes("PASSED", Y)];
  const judged = await judgedIn({ files: { [F]: "def test_y(): pass" }, runs });
  expect([judged.verdict, judged.evidence.find(({ source }) => source === "run")?.says]).toEqual([
    "used",
    expect.stringMatching(/ended early|could not be read whole/),
  ]);
});

it("real logs of a run tell what they looked up", async () => {
  const hash = /Computed hash: (7692[0-9a-f]{60})/.exec(fixture("log-json.txt"))?.[1] as string;
  const asked = await judgedIn({
    files: { [F]: "def test_z(): pass" },
    of: { name: readName(hash) },
    runs: [fixture("log-json.txt")],
  });
  expect(asked.verdict).toBe("used");
  expect((await judgedIn({ files: { [F]: "def test_z(): pass" }, runs: [fixture("log-json.txt")] })).verdict).toBe(
    "test gone",
  );
});

it("both sides are told where they differ", async () => {
  const { evidence } = await judgedIn({ files: { [F]: "def test_z(): pass" }, collected: [quiet(Y)] });
  expect(evidence.map(({ source, speaks, says }) => [source, speaks, says])).toEqual([
    ["collected", "for", `${Y} is collected`],
    ["sources", "against", `${F} has no test_y`],
  ]);
});
