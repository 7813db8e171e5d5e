import { describe, expect, it } from "vitest";
import { plain } from "../../../src/text/style.ts";
import { width } from "../../../src/text/width.ts";
import { KEYS, type Key, keyText, type Verb, type Where } from "../../../src/tui/keys.ts";
import { MARK_NAMES, MARKS } from "../../../src/tui/state/marks.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { whereOf } from "../../../src/tui/state/update.ts";
import { footerLines } from "../../../src/tui/views/footer.ts";
import { shortOf } from "../../../src/tui/views/footer-keys.ts";
import { headerLine } from "../../../src/tui/views/header.ts";
import { positionOf } from "../../../src/tui/views/position.ts";
import { promptLine } from "../../../src/tui/views/prompt.ts";
import { screenOf } from "../../../src/tui/views/screen.ts";
import { testName } from "../../../src/tui/views/test-name.ts";
import { PLAN } from "../state/wheres.ts";
import { after, marked, resized, stateOf, USUAL } from "./world.ts";

const usual = stateOf(USUAL, { size: { columns: 400, rows: 40 } });
const path = usual.tree.entries[1]?.path as string;
const onStream = after(usual, "down", "down", "down", "down", "down", "down");

/** For each place where keys hold, states in which all of its keys matter between them. */
const PLACES: Record<Where, readonly State[]> = {
  lists: [{ ...marked(onStream), filter: { line: "", kept: new Set(usual.tree.entries.map((one) => one.path)) } }],
  answer: [
    {
      ...marked(onStream),
      filter: { line: "", kept: new Set(usual.tree.entries.map((one) => one.path)) },
      focus: "answer",
      answer: { ...usual.answer, tab: "raw" },
    },
  ],
  prompt: [{ ...usual, prompt: { asks: "search", text: "", at: 0, error: null } as State["prompt"] }],
  help: [{ ...usual, overlay: { shows: "help", top: 0 } }],
  compare: [{ ...usual, overlay: { shows: "compare", top: 0, old: path, now: path, lines: [] } }],
  plan: [
    { ...usual, overlay: { shows: "plan", top: 0, plan: PLAN } },
    { ...marked(usual), overlay: { shows: "plan", top: 0, plan: PLAN, isRefused: true } },
  ],
  play: [
    {
      ...marked(onStream),
      filter: { line: "", kept: new Set(usual.tree.entries.map((one) => one.path)) },
      play: { path, shown: 1, isPaused: false, pace: 1, turn: 1 },
    },
  ],
};

const shorts = (where: Where): [Verb, Key][] =>
  (Object.entries(KEYS) as [Verb, Key][]).filter(([, key]) => key.short !== undefined && key.where.includes(where));

describe("the footer", () => {
  it.each(Object.entries(PLACES))("tells every key that has its place there: %s", (where, states) => {
    for (const state of states) expect(whereOf(state)).toBe(where);
    const told = states.map((state) => ` ${footerLines(state, plain)[1]?.trimEnd()}  `);
    for (const [verb, { keys }] of shorts(where as Where)) {
      // Told where there is nothing else to do.
      if (verb === "reload") continue;
      const isIn = (line: string, at: number): boolean =>
        line.includes(` ${keyText(keys[0] as string)} ${shortOf(verb, states[at] as State)} `);
      // A plan can be carried out, or was refused.
      expect(where === "plan" ? told.some(isIn) : told.every(isIn), verb).toBe(true);
    }
  });

  it("keeps the keys that lead out where there is room for few", () => {
    const line = footerLines(resized(usual, { columns: 40, rows: 20 }), plain)[1] as string;
    expect(line).toContain("? help");
    expect(line).toContain("q quit");
    expect(line).not.toContain("copy");
  });

  it("tells only what matters where there is nothing to browse", () => {
    const empty: State = { ...usual, tree: { entries: [], broken: [], isRead: true } };
    expect(footerLines(empty, plain)[1]?.trimEnd()).toBe("r read again  ? help  q quit");
    const away: State = { ...usual, filter: { line: "--model huge", kept: new Set() } };
    expect(footerLines(away, plain)[1]?.trimEnd()).toBe("f filter  F no filter  r read again  ? help  q quit");
  });

  it("tells the tone of a message by a sign", () => {
    const told = (tone: "good" | "bad" | "plain") =>
      footerLines({ ...usual, message: { text: "copied", tone } }, plain)[0]?.trimEnd();
    expect([told("good"), told("bad"), told("plain")]).toEqual(["✓ copied", "✗ copied", "copied"]);
  });
});

it.each([40, 60, 80, 100, 160])("the help explains every mark, whole, at %d columns", (columns) => {
  const help = resized({ ...usual, overlay: { shows: "help", top: 0 } }, { columns, rows: 20 });
  const text = screenOf(help).join("\n");
  for (const mark of MARK_NAMES) expect(text).toContain(`${MARKS[mark].sign} ${MARKS[mark].short}`);
});

it("the help tells every key of the table", () => {
  const { top: _, ...help } = { shows: "help", top: 0 } as const;
  const state = resized({ ...usual, overlay: { ...help, top: 0 } }, { columns: 300, rows: 200 });
  const text = screenOf(state).join(" ").replace(/\s+/g, " ");
  for (const { does } of Object.values(KEYS)) for (const word of does.split(" ")) expect(text).toContain(word);
});

describe("the header", () => {
  const busy: State = {
    ...marked(usual),
    filter: { line: "--model small", kept: new Set(usual.tree.entries.map((one) => one.path)) },
    findings: { is: "asked" },
    verdicts: { is: "asked" },
    play: { path, shown: 2, isPaused: false, pace: 20, turn: 1 },
  };

  it("tells what is browsed and what goes on", () => {
    const line = headerLine(busy, plain);
    for (const part of [
      "recctl",
      "tests",
      "recordings",
      "KB",
      "filter --model small",
      "/rain",
      "checking…",
      "judging…",
      "= compare with 00000000",
      "D 2 to remove",
      "► playing",
      "at 20/s",
    ]) {
      expect(line).toContain(part);
    }
  });

  it("gives way from the least important on", () => {
    const at = (columns: number): string => headerLine({ ...busy, size: { columns, rows: 20 } }, plain);
    expect(at(60)).toContain("► playing");
    expect(at(60)).toContain("/rain");
    expect(at(60)).not.toContain("judging…");
    for (let columns = 1; columns < 200; columns++) expect(width(at(columns))).toBe(columns);
  });

  it("tells the place among what was found", () => {
    const [first = "", second = ""] = usual.tree.entries.map((one) => one.path).slice(1, 3);
    const search = { text: "rain", hits: new Set([first, second]), isDone: true };
    const on = { ...onStream, search };
    expect(headerLine(on, plain)).toMatch(/\/rain (\d of 2|2 found)/);
    expect(headerLine({ ...on, search: { ...search, hits: new Set() } }, plain)).toContain("/rain nothing found");
    expect(headerLine({ ...on, search: { ...search, isDone: false } }, plain)).toContain("searching…");
  });
});

describe("a prompt", () => {
  const at = (text: string, cursor: number, columns = 20) =>
    promptLine({ asks: "search", text, at: cursor, error: null } as NonNullable<State["prompt"]>, columns, plain);

  it("shows its cursor without colour", () => {
    expect(at("rain", 4)).toBe("/rain▏              ");
    expect(at("rain", 0)).toBe("/▏rain              ");
  });

  it("is scrolled so that the cursor is seen", () => {
    const long = "0123456789".repeat(5);
    expect(at(long, 50)).toBe("/…34567890123456789▏".slice(0, 1) + "…34567890123456789▏".padEnd(19));
    expect(at(long, 0)).toBe("/▏01234567890123456…");
    for (let cursor = 0; cursor <= 50; cursor++) expect(at(long, cursor)).toContain("▏");
  });
});

describe("the name of a test", () => {
  const long = "test_a_response_that_streams[client=openai-txt=small-1]";

  it("is whole where it fits", () => expect(testName(long, [], false, 80)).toBe(long));

  it("keeps its function where that is what tells it", () =>
    expect(testName(long, ["test_other"], false, 34)).toBe("test_a_response_that_streams[…l-1]"));

  it("keeps where its parameters differ", () => {
    const end = testName(long, ["test_a_response_that_streams[client=openai-txt=large-2]"], false, 34);
    expect(end).toContain("small-1]");
    const start = testName(long, ["test_a_response_that_streams[client=library-txt=small-1]"], false, 34);
    expect(start).toContain("openai");
  });

  it("loses its beginning, which all have in common, and keeps more than half of it", () => {
    expect(testName("test_output_guardrails_safe_content", [], false, 24)).toBe("…guardrails_safe_content");
    expect(testName("TestBatches::test_batch_cancel[model-1]", [], false, 24)).toBe("…s::test_batch_cancel[…]");
    expect(testName(long, ["test_a_response_that_streams[client=openai-txt=large-2]"], false, 34)).toMatch(
      /^…\w+streams\[/,
    );
  });

  it("keeps more of its function than of its parameters, where both tell it", () => {
    const twin = "test_a_response_that_streams[client=openai-txt=large-2]";
    const [, name = "", parameters = ""] = /^(.*?)(\[.*)$/.exec(testName(long, [twin], false, 40)) ?? [];
    expect(name.length).toBeGreaterThan(parameters.length);
    expect(parameters).toContain("small-1]");
  });

  it("below a test of its function is its parameters", () =>
    expect(testName(long, [long], true, 34)).toBe("  ″ [client=openai-txt=small-1]"));
});

describe("the line below the panes", () => {
  const id = "tests/chat/test_weather.py::test_forecast_for_a_city_streaming[client=library-txt=small-1-tools0-True]";
  const line = (state: State, columns: number): string =>
    (footerLines(resized(state, { columns, rows: 24 }), plain)[0] as string).trimEnd();
  const tests = after(usual, "down", "down", "down", "down", "down", "down");
  const inside = after(tests, "deeper");

  it("tells the test, its folders and its file cut first", () => {
    expect(line(tests, 160)).toBe(id);
    for (const state of [tests, inside]) {
      expect(line(state, 80)).toMatch(/^….*test_forecast_for_a_city_streaming\[.*-tools0-True\]$/);
      expect(line(state, 50)).toMatch(/^…\w*_city_streaming\[…\S*-tools0-True\]$/);
    }
  });

  it("tells the path of a recording where there is room, and of one that belongs to no test", () => {
    expect(line(inside, 250)).toBe(`${id}  ${inside.requests.cursor}`);
    expect(line(inside, 160)).toBe(id);
    const shared = stateOf([{ test: null, asks: "list", answers: "small-1" }]);
    expect(line(after(shared, "last", "deeper"), 160)).toBe(shared.tree.entries[0]?.path);
  });
});

it("a pane that was never scrolled tells no share, but that it is at its top", () => {
  expect(positionOf(20, 20, 0)).toBe("");
  expect(positionOf(60, 20, 0)).toBe("top");
  expect(positionOf(60, 20, 1)).toBe("35%");
  expect(positionOf(60, 20, 40)).toBe("end");
  const help = resized({ ...usual, overlay: { shows: "help", top: 0 } }, { columns: 80, rows: 20 });
  expect(screenOf(help)[1]).toMatch(/ top · Esc closes$/);
  expect(screenOf(after(help, "last"))[1]).toMatch(/ end · Esc closes$/);
});
