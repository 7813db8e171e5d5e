import { expect, it } from "vitest";
import { hitNumber, MARK_NAMES, MARKS, type Marks, markedOf, totalBytes } from "../../../src/tui/state/marks.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { recordings, testRows } from "../../../src/tui/state/tree.ts";
import { marked, stateOf, USUAL } from "./world.ts";

/** The same by looking at each recording. */
function counted(state: State, from: number, to: number): Marks {
  const marks = Object.fromEntries(MARK_NAMES.map((mark) => [mark, 0])) as Record<string, number>;
  const count = (mark: keyof Marks, is: boolean | undefined): void => {
    if (is) marks[mark] = (marks[mark] as number) + 1;
  };
  for (const { path, head } of recordings(state).order.slice(from, to)) {
    const findings = state.findings.is === "known" ? (state.findings.value.get(path) ?? []) : [];
    count("failed", head.failed);
    for (const severity of ["error", "warning"] as const) {
      count(
        severity,
        findings.some((finding) => finding.severity === severity),
      );
    }
    count("unused", state.verdicts.is === "known" && state.verdicts.value.get(path)?.goes);
    count("leaving", state.leaving.has(path));
    count("compared", state.compareWith === path);
    count("hit", state.search?.hits.has(path));
  }
  return marks as unknown as Marks;
}

const WORLD = marked(stateOf([...USUAL, ...USUAL, ...USUAL].map((made) => ({ ...made }))));

it("each row has the sums of what is below it", () => {
  const { of } = markedOf(WORLD);
  const rows = testRows(WORLD);
  for (const { key, from, to } of rows) expect(of(from, to), key).toEqual(counted(WORLD, from, to));
  expect(markedOf(WORLD).present).toEqual(MARK_NAMES);
});

it("follows each thing that it is made from", () => {
  const all = (state: State): Marks => markedOf(state).of(0, recordings(state).order.length);
  const path = WORLD.tree.entries[0]?.path as string;
  const changes: State[] = [
    { ...WORLD, findings: { is: "unknown" } },
    { ...WORLD, verdicts: { is: "asked" } },
    { ...WORLD, leaving: new Set([path]) },
    { ...WORLD, compareWith: null },
    { ...WORLD, search: null },
    { ...WORLD, filter: { line: "", kept: new Set([path]) } },
    { ...WORLD, tree: { ...WORLD.tree, entries: WORLD.tree.entries.slice(3) } },
  ];
  for (const state of [...changes, WORLD]) {
    expect(all(state)).toEqual(counted(state, 0, recordings(state).order.length));
    expect(markedOf(state).present).toEqual(MARK_NAMES.filter((mark) => all(state)[mark] > 0));
    expect(totalBytes(state)).toBe(recordings(state).order.reduce((sum, { bytes }) => sum + bytes, 0));
  }
  expect(markedOf(WORLD)).toBe(markedOf({ ...WORLD, message: null }));
});

it("hits are numbered in the order of the tests", () => {
  const hits = recordings(WORLD).order.filter(({ path }) => WORLD.search?.hits.has(path));
  expect(hits.length).toBeGreaterThan(3);
  expect(hits.map(({ path }) => hitNumber(WORLD, path))).toEqual(hits.map((_, at) => at + 1));
  const other = recordings(WORLD).order.find(({ path }) => !WORLD.search?.hits.has(path));
  expect(hitNumber(WORLD, other?.path ?? "")).toBeNull();
  expect(hitNumber(WORLD, null)).toBeNull();
});

it("marks are told apart without colour", () => {
  const signs = MARK_NAMES.map((mark) => MARKS[mark].sign);
  expect(new Set(signs).size).toBe(signs.length);
});
