import { expect, it } from "vitest";
import { shortId } from "../../src/recording/name.ts";
import { chat, filesOf, list, type Named, NEWEST, nameBy, oldest, RAW } from "../mend/named.ts";
import { tree } from "../run.ts";
import { onTerminal } from "./terminal.ts";

const IN = "tests/a/recordings";
const asks = ["1", "2", "3", "4", "5", "6", "7"];
const OLD = asks.map((asked) => chat(RAW, { asked }));
const YOUNG = asks.map((asked) => chat(NEWEST, { asked }));
const short = ({ name }: Named): string => shortId(name);
const byName = (some: readonly string[]): string[] => [...some].sort();

/** Seven to rename (two of them in another folder), one of which has a twin; two that differ; and what no plan touches. */
function everything(): { cwd: string; twin: Named; clash: string[]; wanted: string } {
  const twin = chat(NEWEST, { asked: "8" });
  const lists = ["a.py::b", "c.py::d"].map((test) => list("2026-04-09", test, ["tide"]));
  const wanted = `${nameBy(NEWEST, lists[0]?.text as string).slice(0, 8)}-8a28`;
  const clash = lists.map(({ name }) => `${name.slice(0, 8)}-8a28`);
  const cwd = tree({
    ...filesOf(OLD.slice(2), IN),
    ...filesOf(OLD.slice(0, 2), "recordings"),
    ...filesOf([twin, chat(RAW, { asked: "8" })], IN),
    ...filesOf(
      lists.map(({ name, text }) => ({ name: `models-${name}-8a28929a`, text })),
      IN,
    ),
    ...filesOf([oldest()], IN),
    [`${IN}/broken.json`]: "{",
    [`${IN}/by-hand.json`]: OLD[0]?.text as string,
  });
  return { cwd, twin, clash, wanted };
}

it("a plan on a terminal: what would be done, by folder and short names; then what is left, and why", async () => {
  const { cwd, twin, clash, wanted } = everything();
  const plan = await onTerminal(["rekey", "--scheme", NEWEST], { cwd });
  const arrows = (from: number, to: number): string[] =>
    byName(OLD.slice(from, to).map((one, at) => `    ${short(one)} → ${short(YOUNG[from + at] as Named)}`));
  expect(plan.lines()).toEqual([
    `rename 7 files: scheme ${RAW} to ${NEWEST}`,
    "  recordings/",
    ...arrows(0, 2),
    "  tests/a/recordings/",
    ...arrows(2, 7).slice(0, 3),
    "  and 2 more (--all)",
    "remove 1 file: the same as another",
    "  tests/a/recordings/",
    `    ${short(chat(RAW, { asked: "8" }))} = ${short(twin)}`,
    "left alone 2 files: one name for several that differ",
    "  tests/a/recordings/",
    `    ${byName(clash).join(", ")} → ${wanted}`,
    ...plan.lines().slice(15, 24),
    "7 files to rename · 1 copy to remove · 5 left alone",
    "nothing is changed yet; to do it:",
    `  recctl rekey --scheme ${NEWEST} --apply`,
    `scheme ${NEWEST}: set by --scheme`,
  ]);
  const left = plan.lines().slice(15, 24).join("\n");
  expect(left).toContain(
    `left alone 1 file: it has no test_id: give it one with --test-id\n  ${IN}/\n    ${short(oldest())}`,
  );
  expect(left).toContain(
    `left alone 1 file: the file is cut off: expected a key in double quotes\n  ${IN}/\n    broken.json`,
  );
  expect(left).toContain("left alone 1 file: its name verifies under no scheme (validate --explain)");
  expect(plan.overflows()).toEqual([]);
  expect(plan.code).toBe(1);
});

it("--all shows every file, and what was done tells how it is taken back", async () => {
  const { cwd } = everything();
  const done = await onTerminal(["rekey", "--scheme", NEWEST, "--all", "--apply"], { cwd });
  expect(done.lines().join("\n")).not.toContain("more (--all)");
  expect(done.lines().filter((line) => line.includes(" → ")).length).toBe(8);
  expect(done.lines().slice(-4)).toEqual([
    "7 files renamed · 1 copy removed · 5 left alone",
    "to take it back:",
    "  recctl undo",
    `scheme ${NEWEST}: set by --scheme`,
  ]);
  const again = await onTerminal(["rekey", "--scheme", NEWEST, IN, "--grep", "nothing"], { cwd });
  expect(again.lines()[0]).toMatch(/^left alone/);
});
