import { expect, it } from "vitest";
import { withoutLooks } from "../../../src/text/style.ts";
import { answerLines } from "../../../src/tui/content/answer.ts";
import { ALL } from "../../../src/tui/content/bounds.ts";
import { rememberingWrap } from "../../../src/tui/content/wrapping.ts";
import { withoutMemory } from "../../../src/tui/state/memo.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { chunkRowsOf, MEASURED } from "../../../src/tui/views/chunk-rows.ts";
import { expectShowable } from "./lines.ts";
import { chat, showing, streaming } from "./made.ts";

const asking = (content: string, answer = "the answer") =>
  chat({
    request: {
      method: "POST",
      endpoint: "/v1/chat/completions",
      body: { model: "gpt-4o", messages: [{ role: "user", content }] },
    },
    response: {
      body: { choices: [{ index: 0, finish_reason: "stop", message: { content: answer } }] },
      is_streaming: false,
    },
  });

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);
const allOf = (state: State): readonly string[] => withoutMemory(() => answerLines(state, ALL));

it("of a long text 100,000 characters are shown, and how many more there are; the pager gets all", () => {
  const state = showing(asking("x".repeat(250_000)));
  const lines = answerLines(state);
  expect(lengthOf(lines)).toBeLessThan(110_000);
  expect(lines.map(withoutLooks)).toContain("… 150,000 more characters: o shows all of it in $PAGER");
  expect(lines.map(withoutLooks)).toContain("the answer");
  expect(lengthOf(allOf(state))).toBeGreaterThan(250_000);
  expect(allOf(state).join()).not.toContain("more characters");
});

it("of many lines no more than 20,000 are made, and the answer stands behind those of the request", () => {
  const state = showing(asking("line\n".repeat(19_000), "tide\n".repeat(19_000)));
  const lines = answerLines(state).map(withoutLooks);
  expect(lines.length).toBeLessThan(20_010);
  expect(lines.filter((line) => line === "tide").length).toBeGreaterThan(9_900);
  expect(lines.at(-1)).toBe("… about 9,005 more lines: o shows all of it in $PAGER");
  expect(allOf(state).filter((line) => line === "tide").length).toBe(19_000);
});

it("of very many lines that are left it is told that they are very many", () => {
  const turns = Array.from({ length: 120_000 }, () => ({ role: "user", content: "q" }));
  const request = { method: "POST", endpoint: "/v1/chat/completions", body: { model: "gpt-4o", messages: turns } };
  const many = answerLines(showing(chat({ request }))).map(withoutLooks);
  expect(many).toContain("… more than 100,000 more lines: o shows all of it in $PAGER");
});

it("of JSON as much", () => {
  const body = chat({ request: { method: "POST", body: { text: "x".repeat(250_000) } } });
  const raw = { ...showing(body).answer, tab: "raw" as const, folds: new Set(["request.body.text"]) };
  const state = showing(body, { answer: raw });
  expect(lengthOf(answerLines(state))).toBeLessThan(140_000);
  expect(answerLines(state).map(withoutLooks).join(" ").replace(/\s+/g, " ")).toContain("150,000 more characters");
  expect(lengthOf(allOf(state))).toBeGreaterThan(250_000);
  const members = Object.fromEntries(
    Array.from({ length: 1900 }, (_, at) => [at, Object.fromEntries(Array.from({ length: 20 }, (_, key) => [key, 1]))]),
  );
  const wide = showing(chat({ request: members }), { answer: { ...raw, folds: new Set() } });
  const lines = answerLines(wide).map(withoutLooks);
  expect(lines).toHaveLength(20_000);
  const left = (allOf(wide).length - 19_999).toLocaleString("en-US");
  expect(lines.at(-1)).toBe(`… about ${left} more lines: o shows all of it in $PAGER`);
});

it("marks that take no room are no single line without end", () => {
  const lines = rememberingWrap()(`a${"\u0301".repeat(50_000)}`, 80);
  // All but the first marks are written out.
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80 + 31);
  expect(lines.join("").replaceAll("\\u0301", "\u0301")).toHaveLength(50_000);
});

it("of very many chunks those are made that are looked at", () => {
  const units = Array.from({ length: MEASURED + 1_000 }, () => {
    const [unit] = streaming(["x"]).units;
    if (!unit) throw new Error("no unit");
    return unit;
  });
  let written = 0;
  const counted = units.map((unit) => ({ ...unit, pieces: unit.pieces, wire: () => `${++written}` }));
  const rows = chunkRowsOf(counted);
  expect([written, rows.bytes]).toEqual([MEASURED, null]);
  expect(rows.row(MEASURED + 999)).toBe(rows.row(MEASURED + 999));
  expect(written).toBe(MEASURED + 1);
  expect(chunkRowsOf(counted.slice(0, 3)).bytes).toBeGreaterThan(0);
});

it("the head is short where there is little room: three lines at most, and the pager has all of it", () => {
  const body = asking("question");
  for (const [columns, rows, isShort] of [
    [79, 60, true],
    [80, 32, true],
    [80, 33, false],
    [40, 12, true],
  ] as const) {
    const state = showing(body, { size: { columns, rows } });
    const lines = answerLines(state).map(withoutLooks);
    const head = lines.slice(0, lines.indexOf(""));
    expectShowable(head, columns, "head");
    expect(head.join(" ").startsWith("made · ")).toBe(isShort);
    if (isShort) expect(head.length).toBeLessThanOrEqual(3);
    expect(allOf(state).map(withoutLooks).join("\n")).toContain("file       recordings/made.json");
  }
});
