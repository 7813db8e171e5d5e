import { describe, expect, it } from "vitest";
import { foundParts, withoutLooks } from "../../../src/text/style.ts";
import { shownPath } from "../../../src/tui/state/requests.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { update } from "../../../src/tui/state/update.ts";
import { screenOf } from "../../../src/tui/views/screen.ts";
import { after, type Made, resized, stateOf } from "../views/world.ts";
import { press, run } from "./made.ts";

const FAR = Array.from({ length: 60 }, (_, at) => (at === 41 ? "Here stands the Lighthouse." : `Line ${at}.`)).join(
  "\n",
);
const MADE: readonly Made[] = [
  { test: "a.py::test_first", asks: "Hello?", answers: "Nothing." },
  { test: "a.py::test_far", asks: FAR, answers: "No." },
  { test: "a.py::test_near", asks: "Where is the Lighthouse?", answers: "No." },
  {
    test: "b.py::TestHarbour::test_lighthouse_at_the_end_of_a_very_long_name_of_a_test",
    asks: "Hello?",
    answers: "No.",
  },
  { test: "b.py::test_of_small_2", model: "lantern-2", asks: "Hello?", answers: "No." },
];
const start = (hasColour = false): State => stateOf(MADE, { size: { columns: 100, rows: 20 }, hasColour });
const paths = start().tree.entries.map(({ path }) => path);
const search = (state: State, text: string, ...found: readonly number[]): State =>
  run(press(state, "/", `"${text}`, "enter").state, {
    type: "found",
    text,
    hits: new Set(found.map((at) => paths[at] as string)),
    isDone: true,
  }).state;
/** What stands out on the screen, by rows. */
const found = (state: State): string[] =>
  screenOf(state).flatMap((line) => foundParts(line).filter((_, at) => at % 2 === 1));

describe("a search", () => {
  it("scrolls the answer to what was found, and shows it", () => {
    const state = search(start(), "Lighthouse", 1, 2);
    expect(shownPath(state)).toBe(paths[1]);
    expect(state.answer.top).toBeGreaterThan(20);
    expect(found(state)).toEqual(["Lighthouse"]);
    const next = press(state, "n").state;
    expect(shownPath(next)).toBe(paths[2]);
    expect(next.answer.top).toBe(0);
    expect(found(next)).toEqual(["Lighthouse"]);
    const back = press(next, "N").state;
    expect(back.answer.top).toBe(state.answer.top);
    expect(found(press(state, "esc").state)).toEqual([]);
  });

  it("scrolls once the recording is read, unless one has gone on", () => {
    const all = start();
    const late = search({ ...all, bodies: new Map() }, "Lighthouse", 1, 2);
    expect(late.answer.top).toBe(0);
    const body = all.bodies.get(paths[1] as string);
    if (!body) throw new Error("no body");
    expect(update(late, { type: "opened", body }).state.answer.top).toBeGreaterThan(20);
    const gone = press(late, "j", "k").state;
    expect(update(gone, { type: "opened", body }).state.answer.top).toBe(0);
  });

  it("puts the cursor of the raw JSON on it", () => {
    const raw = { ...start(), answer: { ...start().answer, tab: "raw" as const } };
    const state = search(raw, "Lighthouse?", 2);
    expect(screenOf(state).find((line) => line.includes("›") && line.includes("Lighthouse?"))).toBeDefined();
  });

  it("keeps what was found seen in the row of the cursor", () => {
    const row = (state: State): string => screenOf(state).find((line) => withoutLooks(line).includes("› ")) ?? "";
    const coloured = search(start(true), "test_n", 2);
    expect(row(coloured)).toContain("\u001b[1mtest_n\u001b[22m");
    expect(row(coloured)).toContain("\u001b[7mear");
    expect(row(search(start(), "test_n", 2))).toContain("\u001b[7mtest_n\u001b[27mear");
  });

  it("shows the rows of lists in which it was found, whole where it is in what is cut out", () => {
    const state = press(search(start(), "lighthouse", 2), "N").state;
    expect(found(state)).toContain("Lighthouse");
    const narrow = resized(search(start(), "test_lighthouse"), { columns: 80, rows: 20 });
    expect(found(narrow).join(" ")).toMatch(/…/);
    const opened = after(resized(search(start(), "where is", 2), { columns: 160, rows: 20 }), "deeper");
    expect(found(opened)).toEqual(["Where is", "Where is"]);
  });

  it("says where it is, if not in what the pane shows", () => {
    const message = (state: State): string | undefined => press(press(state, "G").state, "n").state.message?.text;
    expect(message(search(start(), "test_light"))).toBe("1 of 1, search wrapped, in the test id");
    expect(message(search(start(), "00000002a"))).toBe("1 of 1, search wrapped, in the id");
    expect(message(search(start(), "Lighthouse", 2))).toBe("1 of 1, search wrapped");
    expect(message(search(start(), "nobody said that", 2))).toBe(
      "1 of 1, search wrapped, not in what the pane shows: o shows all of it",
    );
    const findings = { ...start(), answer: { ...start().answer, tab: "findings" as const } };
    expect(message(search(findings, "Lighthouse", 2))).toBe("1 of 1, search wrapped, 1 shows it in the conversation");
  });
});

it("a search in a very long answer takes no longer than a key may", () => {
  const asks = "There is nothing to be seen but the sea.\n".repeat(9_000);
  const state = stateOf([{ test: "a.py::test_long", asks, answers: "Lighthouse" }]);
  press(search(state, "sea", 0), "n");
  const hit = search(state, "lighthouse", 0);
  press(hit, "n");
  const times = Array.from({ length: 9 }, () => {
    const began = performance.now();
    press(hit, "n");
    return performance.now() - began;
  });
  // A key has 16 ms; a busy machine is given more.
  expect(times.sort((a, b) => a - b)[4]).toBeLessThan(100);
});
