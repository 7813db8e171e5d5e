import { describe, expect, it } from "vitest";
import { paintOf } from "../../../src/tui/content/answer.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { headerLine } from "../../../src/tui/views/header.ts";
import { press, run, started } from "./made.ts";

const path = (name: string): string => `tests/recordings/${name}1111.json`;
const search = (state: State, text: string) => press(state, "/", `"${text}`, "enter");

describe("a search is taken back", () => {
  it.each(["esc", "h", "left"])("by %s at the outermost row, where nothing else is done, and ends", (key) => {
    const { state } = press(search(started(), "test_t").state, "g", key);
    expect(state.search).not.toBeNull();
    const back = press(state, key);
    expect(back.state).toMatchObject({ search: null, message: { text: "the search is taken back" } });
    expect(back.effects).toContainEqual({ type: "search", text: "", paths: [] });
    expect(press(back.state, key)).toMatchObject({
      state: { message: { text: "nothing is further out than this: q quits" } },
      effects: [],
    });
  });

  it("by nothing that moves", () => {
    expect(press(search(started(), "test_t").state, "esc").state.search).not.toBeNull();
  });
});

it("counts that are told while it is searched are those of the header", () => {
  const { state } = search(started(), "test_t");
  const text = "test_t";
  const more = run(state, { type: "found", text, hits: new Set([path("aaaa")]), isDone: false }).state;
  expect(more.message?.text).toBe("2 of 3 (searching…)");
  expect(headerLine(more, paintOf(more))).toContain("/test_t 2 of 3 searching…");
  const wrapped = press(more, "n", "n").state;
  expect(wrapped.message?.text).toBe("1 of 3, search wrapped (searching…)");
  const still = run(wrapped, { type: "found", text, hits: new Set([path("dddd")]), isDone: false }).state;
  expect(still.message?.text).toBe("1 of 4, search wrapped (searching…)");
  const done = run(still, { type: "found", text, hits: new Set(), isDone: true }).state;
  expect(done.message?.text).toBe("4 recordings found");
  const bad = { ...still, message: { text: "1 of them failed", tone: "bad" } as const };
  const after = run(bad, { type: "found", text, hits: new Set([path("eeee")]), isDone: false }).state;
  expect(after.message).toEqual(bad.message);
});

describe("lines that were typed", () => {
  const twice = search(search(search(started(), "one").state, "two").state, "one").state;
  const texts = (state: State, ...keys: string[]) => {
    let now = state;
    return keys.map((key) => {
      now = press(now, key).state;
      return now.prompt?.text;
    });
  };

  it("come back, the last one first, and then what was begun", () => {
    const { state } = press(twice, "/", '"x');
    expect(texts(state, "up", "up", "up", "down", "down", "down")).toEqual(["one", "two", "two", "one", "x", "x"]);
    expect(press(state, "up").state.prompt?.at).toBe(3);
    expect(texts(state, "up", "down", '"y', "up", "down")).toEqual(["one", "x", "xy", "one", "xy"]);
  });

  it("are kept for each kind, as many as are bound to be enough, and not of files", () => {
    expect(texts(press(twice, "f").state, "up")).toEqual([""]);
    let { state } = press(started(), "f", '"--failed', "enter");
    expect(texts(press(state, "f").state, "up")).toEqual(["--failed"]);
    for (let at = 0; at < 80; at++) state = search(state, `text ${at}`).state;
    expect(state.typed.search).toHaveLength(50);
    expect(texts(press(state, "/").state, "up", "up")).toEqual(["text 79", "text 78"]);
    const exported = press(press(started(), "enter").state, "w").state;
    expect(texts(exported, "up")).toEqual([exported.prompt?.text]);
  });
});
