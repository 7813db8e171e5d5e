import { describe, expect, it } from "vitest";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { readName } from "../../src/recording/name.ts";
import { journalLine, lossLine } from "../../src/server/serve/index.ts";
import { type Run, readRun, unitedRuns, useOf, usesOf } from "../../src/usage/runs/index.ts";
import { unfinishedIn } from "../../src/usage/runs/unfinished.ts";
import { chat, hashOf } from "../compare/why-made.ts";
import { factOf, good } from "./fixtures.ts";
import { entry, hit, journalOf, missed } from "./journals.ts";
import { F, H, judgedIn, outcomes } from "./verdict-tree.ts";

const read = async (text: string): Promise<Run> => good(await readRun(text, "x"));
const [Y, Z] = [`${F}::test_y`, `${F}::test_z`];
const REQUEST = writeJson(chat(), COMPACT);

it("tells what was found, missed, recorded and asked live, of whom, and when", async () => {
  const name = hashOf(chat(), Y);
  const run = await read(
    journalOf(
      hit(Y, H("a")),
      missed(Y, name, REQUEST),
      { outcome: "recorded", test_id: Z, name: H("c"), path: `x/recordings/${H("c")}.json` },
      { outcome: "live", test_id: null, name: H("d") },
    ),
  );
  const uses = usesOf(run);
  const of = (hash: string) => useOf(run, uses, readName(`${hash}.json`));
  expect(of(H("a"))).toMatchObject({ lookedUp: true, found: true });
  expect(of(name)).toMatchObject({ lookedUp: true, missed: true, found: false });
  expect(of(H("c"))).toMatchObject({ stored: true });
  expect(of(H("d"))).toMatchObject({ computed: true });
  expect(of(H("e"))).toBeNull();
  expect(run.misses).toEqual([
    {
      form: "journal",
      hash: name,
      testId: Y,
      says: { Model: "m", Method: "POST", Endpoint: "/v1/chat/completions", Stored: REQUEST },
    },
  ]);
  expect([...run.forms]).toEqual(["journal"]);
  expect([...run.seen]).toEqual([Y, Z]);
  expect([run.complete, run.vouched, run.dropped, run.outcomes.size]).toEqual([true, false, 0, 0]);
  expect([run.oldest, run.newest]).toEqual([Date.UTC(2026, 5, 1), Date.UTC(2026, 5, 1, 0, 3)]);
});

it("a recording that answered under another name is used, and so are all that a list was united from", async () => {
  const [one, two] = [`r/recordings/models-${H("b")}-01234567.json`, `r/recordings/models-${H("b")}-89abcdef.json`];
  const run = await read(
    journalOf({ ...hit(Y, H("a")), path: `x/recordings/${H("c")}.json` }, { name: H("b"), path: one, more: [two] }),
  );
  const uses = usesOf(run);
  for (const path of [`${H("c")}.json`, one, two]) expect(useOf(run, uses, readName(path))?.lookedUp, path).toBe(true);
});

it("whose client went away was asked for, and a test that is of may have asked for anything", async () => {
  const run = await read(
    journalOf({ outcome: "aborted", name: H("a") }, { outcome: "aborted", name: null, test_id: Y }),
  );
  expect(useOf(run, usesOf(run), readName(`${H("a")}.json`))).toMatchObject({ computed: true });
  expect([...run.unfinished]).toContain(Y);
});

it("of several runs in one file each is read by itself: the last test of each may have gone on, and no other", async () => {
  const tests = ["t.py::a", "t.py::b", "t.py::c"];
  const one = (run: string): string =>
    tests.map((test, at) => `${journalLine(entry(hit(test, H(`${at}`)), at), run)}\n`).join("");
  expect([...(await read(one("x") + one("y"))).unfinished]).toEqual(["t.py::c"]);
  const lines = [one("x").split("\n"), one("y").split("\n")] as const;
  const mixed = lines[0].flatMap((line, at) => [line, lines[1][at]]).join("\n");
  expect([...(await read(mixed)).unfinished]).toEqual(["t.py::c"]);
});

it("what was looked for by --match request is no name", async () => {
  expect((await read(journalOf(missed(Y, H("a"), REQUEST)))).misses).toMatchObject([{ hash: null, testId: Y }]);
  expect((await read(journalOf(missed(Y, H("a"))))).misses).toMatchObject([{ hash: H("a") }]);
});

describe("a journal that is cut never says more, and says that it is cut", () => {
  it("anywhere", async () => {
    const text = journalOf(hit(Y, H("a")), missed(Z, hashOf(chat(), Z), REQUEST), hit(Y, H("b")));
    const whole = await read(text);
    for (let end = 1; end < text.length; end++) {
      const run = await readRun(text.slice(0, end), "x");
      if ("fact" in run) continue;
      const isWhole = text[end - 1] === "\n";
      expect(run.complete, text.slice(Math.max(0, end - 40), end)).toBe(isWhole);
      for (const { hash } of run.lookups) expect(whole.mentioned).toContain(hash);
      expect(run.lookups.length).toBeLessThanOrEqual(whole.lookups.length);
    }
  });

  it("in the middle of a line, behind which another server went on", async () => {
    const lines = journalOf(hit(Y, H("a")), hit(Z, H("b")), hit(Z, H("c"))).split("\n");
    const run = await read([`${lines[0]?.slice(0, 60)}${lines[1]}`, lines[2], ""].join("\n"));
    expect([run.complete, run.dropped]).toEqual([false, 1]);
    expect(run.mentioned).toContain(H("b"));
  });
});

/** What stands where lines are missing. */
const LOST = `${lossLine(3, Date.UTC(2026, 5, 1))}\n`;

it("tells that lines are missing, by a mark or by the end, wherever the mark stands", async () => {
  const [one, two] = [journalOf(hit(Y, H("a"))), journalOf(hit(Z, H("b")))];
  expect(await read(one + two)).toMatchObject({ complete: true, lost: 0 });
  for (const text of [LOST + one + two, one + LOST + two, one + two + LOST]) {
    expect(await read(text)).toMatchObject({ complete: false, lost: 3, dropped: 0, lookups: { length: 2 } });
  }
  expect(await read((one + two).slice(0, -1))).toMatchObject({ complete: false, lost: 1, lookups: { length: 2 } });
  // Behind half a line it is read as part of that.
  expect(await read(one.slice(0, 40) + LOST + two)).toMatchObject({ complete: false, dropped: 1 });
  expect(await readRun(LOST, "run.jsonl")).toMatchObject({ fact: "a journal of which all lines are missing" });
});

it("several journals, in one text or in several, are one", async () => {
  const [one, two] = [journalOf(hit(Y, H("a"))), journalOf(hit(Z, H("b")))];
  for (const run of [await read(one + two), unitedRuns([await read(one), await read(two)])]) {
    expect([...usesOf(run).keys()]).toEqual([H("a"), H("b")]);
    expect([...run.seen]).toEqual([Y, Z]);
  }
});

it.each([
  ["another tool's", '{"time":"2026-01-01T00:00:00Z","level":"info","msg":"GET /"}\n', "no log of a replay run"],
  ["another tool's, behind it", `${journalOf(hit(Y, H("a")))}{"level":"info"}\n`, "none of recctl's journal"],
  ["a list", `${journalOf(hit(Y, H("a")))}[]\n`, "none of recctl's journal"],
  [
    "an outcome of later",
    journalOf(hit(Y, H("a"))).replace('"hit"', '"guessed"'),
    "an outcome that is not known: guessed",
  ],
  ["no time", journalOf(hit(Y, H("a"))).replace(/"2026[^"]*"/, '"then"'), "none of recctl's journal"],
])("%s is refused, with its line", async (_what, text, fact) => {
  expect(factOf(await readRun(text, "x"))).toContain(fact);
});

describe("tests that may have gone on behind the end", () => {
  it.each([
    ["a a b b c c", "c"],
    ["a b a b c", "b c"],
    ["a b c a b c", "a b c"],
    ["a a", "a"],
    ["", ""],
  ])("%s: %s", (named, open) => {
    expect([...unfinishedIn(named.split(" ").filter(Boolean))].sort().join(" ")).toBe(open);
  });
});

const passed = outcomes("PASSED", Y, Z);
const files = { [F]: "def test_y(): pass\ndef test_z(): pass" };

it.each([
  ["found", [journalOf(hit(Y, H("a")))], "used"],
  ["recorded", [journalOf({ outcome: "recorded", test_id: Y, name: H("a") })], "used"],
  ["missed, where it does not lie", [journalOf(missed(Y, H("a")))], "used"],
  ["its test passed without it", [journalOf(hit(Y, H("b")), hit(Z, H("c"))), passed], "not hit"],
  ["without outcomes", [journalOf(hit(Y, H("b")), hit(Z, H("c")))], "used"],
  ["its test is the last one", [journalOf(hit(Z, H("c")), hit(Y, H("b"))), passed], "used"],
  ["tests side by side", [journalOf(hit(Y, H("b")), hit(Z, H("c")), hit(Y, H("b"))), passed], "used"],
  ["its test failed", [journalOf(hit(Y, H("b")), hit(Z, H("c"))), outcomes("FAILED", Y)], "used"],
  ["cut", [journalOf(hit(Y, H("b")), hit(Z, H("c"))).slice(0, -20), passed], "used"],
  ["without the newline at its end", [journalOf(hit(Y, H("b")), hit(Z, H("c"))).slice(0, -1), passed], "used"],
  [
    "with a mark that lines are missing",
    [journalOf(hit(Y, H("b"))) + LOST + journalOf(hit(Z, H("c"))), passed],
    "used",
  ],
  [
    "with one in another journal",
    [journalOf(hit(Y, H("b")), hit(Z, H("c"))), journalOf(hit(Z, H("c"))) + LOST, passed],
    "used",
  ],
  [
    "its test was refused something",
    [journalOf({ outcome: "refused", name: null, test_id: Y }, hit(Z, H("c"))), passed],
    "used",
  ],
  [
    "its test was refused something that has a name",
    [journalOf({ outcome: "refused", name: H("d"), test_id: Y }, hit(Z, H("c"))), passed],
    "used",
  ],
  ["somebody was", [journalOf(hit(Y, H("b")), { outcome: "refused", name: null }, hit(Z, H("c"))), passed], "used"],
] as const)("the verdict on a recording: %s", async (_what, runs, verdict) => {
  expect((await judgedIn({ files, runs })).verdict).toBe(verdict);
});
