import { describe, expect, it } from "vitest";
import { readName } from "../../src/recording/name.ts";
import { NOTHING } from "../../src/usage/runs/run.ts";
import { logOf, REMOVES, standing, VERDICTS } from "../../src/usage/verdicts/index.ts";
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

it("a run began when its log says so, or else when it is said to have", () => {
  const began = (oldest: number | null, said: number | null) =>
    logOf({ ...NOTHING, oldest }, null, undefined, said).began;
  expect([began(1, 2), began(null, 2), began(1, null), began(null, null)]).toEqual([1, 2, 1, null]);
});

it("how names stand to the schemes", () => {
  const today = { date: "2025-11-03" };
  const stands = (verifies: string[] | null) => standing({ kind: "inference", verifies }, today);
  expect([stands(null), stands([]), stands(["2025-10-09"]), stands(["2025-10-09", "2025-11-03"])]).toEqual([
    null,
    "none",
    "older",
    "today",
  ]);
  expect(standing({ kind: "unknown", verifies: [] }, today)).toBeNull();
});

it("what cannot tell says so", async () => {
  const says = async (id: string | null): Promise<(string | undefined)[]> => {
    const { evidence } = await judgedIn({ id, files: null, collected: [quiet(Y)], runs: [outcomes("PASSED", Y)] });
    return ["run", "collected"].map((source) => evidence.find((one) => one.source === source)?.says);
  };
  expect(await says("a.md::x")).toEqual([
    "the run does not tell: it has no outcome of a.md::x",
    "no collection can tell of a.md::x: it names no Python file",
  ]);
  expect(await says(null)).toEqual(["the run does not tell: it names no test", undefined]);
});

it("both sides are told where they differ", async () => {
  const { evidence } = await judgedIn({ files: { [F]: "def test_z(): pass" }, collected: [quiet(Y)] });
  expect(evidence.map(({ source, speaks, says }) => [source, speaks, says])).toEqual([
    ["collected", "for", `${Y} is collected`],
    ["sources", "against", `${F} has no test_y`],
  ]);
});
