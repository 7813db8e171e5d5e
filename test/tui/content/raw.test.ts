import { describe, expect, it } from "vitest";
import { answerLines, foldAt, foldKeys, foldLine } from "../../../src/tui/content/answer.ts";
import type { OpenBody, State } from "../../../src/tui/state/state.ts";
import { recordingText } from "../../run.ts";
import { BODIES, bodyFrom, chat, showing, streaming } from "./made.ts";

const rawOf = (body: OpenBody, folds: Iterable<string> = [], change: Partial<State> = {}): State => {
  const state = showing(body, { hasColour: false, ...change }, 100);
  return { ...state, answer: { tab: "raw", top: 0, line: 0, folds: new Set(folds) } };
};
const at = (state: State, line: number): State => ({ ...state, answer: { ...state.answer, line } });
const lineWith = (state: State, text: string): number => answerLines(state).findIndex((line) => line.includes(text));
const turned = (state: State, ...keys: string[]): State => ({
  ...state,
  answer: { ...state.answer, folds: new Set([...state.answer.folds, ...keys]) },
});

/** The JSON of lines that are all open, without what recctl puts beside it. */
const jsonOf = (lines: readonly string[]): unknown =>
  JSON.parse(lines.map((line) => line.replace(/^ *(?:[▾▸] )?/, "").replace(/^\d+ ([[{])/, "$1")).join(""));

describe("raw JSON", () => {
  it("is the document, where nothing has to be wrapped or folded", () => {
    const body = chat();
    expect(jsonOf(answerLines(rawOf(body)))).toEqual(JSON.parse(recordingText()));
    expect(answerLines(rawOf(body)).slice(0, 12)).toEqual([
      "  {",
      '    "test_id": "test_bar.py::test_tide[gpt-4o]",',
      '  ▾ "request": {',
      '      "method": "POST",',
      '      "url": "https://api.openai.com/v1/v1/chat/completions",',
      '      "headers": {},',
      '    ▾ "body": {',
      '        "model": "gpt-4o",',
      '      ▾ "messages": [',
      "        ▾ 0 {",
      '            "role": "user",',
      '            "content": "When is high water?"',
    ]);
  });

  it("keeps numbers, repeated keys and their order as they were written", () => {
    const text = '{"request":{"b":1.0,"2":1e-05,"1":12345678901234567890,"b":NaN},"response":{"body":-0.0}}';
    const lines = answerLines(rawOf(bodyFrom(text))).join("\n");
    expect(lines).toContain('"b": 1.0,\n      "2": 1e-05,\n      "1": 12345678901234567890,\n      "b": NaN\n');
    expect(lines).toContain('"body": -0.0');
  });

  it("escapes what a terminal acts on as JSON does", () => {
    const body = chat({ test_id: "a\u001b[2J\u202eb\u0085\n" });
    expect(answerLines(rawOf(body))[1]).toBe('    "test_id": "a\\u001b[2J\\u202eb\\u0085\\n",');
  });

  it("wraps long strings with a hanging indent, and loses nothing of them", () => {
    const text = Array.from({ length: 90 }, (_, at) => `word${at}`).join(" ");
    const lines = answerLines(rawOf(chat({ test_id: text })));
    const to = lines.findIndex((line) => line.includes('"request"'));
    expect(to).toBeGreaterThan(5);
    expect(lines.slice(2, to).every((line) => /^ {6}word/.test(line))).toBe(true);
    expect(
      lines
        .slice(1, to)
        .map((line) => line.slice(line.startsWith('    "') ? 4 : 6))
        .join(""),
    ).toBe(`"test_id": "${text}",`);
  });

  it("gives keys, strings, numbers and literals a look each", () => {
    const body = bodyFrom('{"request":{"s":"t","n":1,"l":null},"response":{"body":null}}');
    const lines = answerLines(rawOf(body, [], { hasColour: true })).join("\n");
    expect(lines).toContain('\u001b[36m"s"\u001b[39m: \u001b[32m"t"\u001b[39m,');
    expect(lines).toContain('\u001b[36m"n"\u001b[39m: \u001b[33m1\u001b[39m,');
    expect(lines).toContain('\u001b[36m"l"\u001b[39m: \u001b[35mnull\u001b[39m');
  });
});

describe("folding", () => {
  const stream = streaming(Array.from({ length: 40 }, (_, at) => `word ${at}`));

  it("at first shows each chunk of a file on a line, with what it has that the one before had not", () => {
    const lines = answerLines(rawOf(stream));
    expect(lines.filter((line) => line.includes("▸"))).toHaveLength(41);
    expect(lines[lineWith(rawOf(stream), "▸ 1 ")]).toBe(
      '      ▸ 1 {…} 2 keys,  choices: [{delta: {content: "word 1"}}]',
    );
  });

  it.each(BODIES.map((body) => [body.dialect.id, body] as const))(
    "%s: each part closes and opens again: %#",
    (_, body) => {
      const first = rawOf(body);
      const before = answerLines(first);
      for (let line = 0; line < before.length; line += Math.max(3, Math.floor(before.length / 25))) {
        const key = foldAt(at(first, line));
        if (key === null) continue;
        const other = turned(first, key);
        expect(answerLines(other), key).not.toEqual(before);
        const head = foldLine(other, key);
        expect(foldAt(at(other, head)), key).toBe(key);
        expect(answerLines(other)[head]?.includes("▸")).toBe(!before[foldLine(first, key)]?.includes("▸"));
        // Turned back it is as it was.
        expect(answerLines({ ...other, answer: { ...other.answer, folds: new Set() } })).toEqual(before);
      }
    },
  );

  it.each(BODIES.map((body) => [body.dialect.id, body] as const))("%s: all keys together open all: %#", (_, body) => {
    const first = rawOf(body);
    const isFolded = answerLines(first).some((line) => line.includes("▸"));
    const all = rawOf(body, foldKeys(first));
    expect(answerLines(all).some((line) => line.includes("▸"))).toBe(!isFolded);
  });

  it("a line inside a part is about that part, and the outermost braces are about nothing", () => {
    const state = rawOf(chat());
    expect(foldAt(at(state, 0))).toBeNull();
    expect(foldAt(at(state, lineWith(state, '"method"')))).toBe("request");
    expect(foldAt(at(state, lineWith(state, '"messages"')))).toBe("request.body.messages");
    expect(foldAt(at(state, lineWith(state, '"role"')))).toBe("request.body.messages[0]");
    expect(foldAt({ ...state, answer: { ...state.answer, tab: "verdict" } })).toBeNull();
  });

  it("a string of many lines is folded, and opens", () => {
    const state = rawOf(chat({ test_id: "long ".repeat(1000) }));
    expect(answerLines(state)[1]).toMatch(/^ {2}▸ "test_id": 5,000 characters {2}"long long .*…$/);
    expect(answerLines(turned(state, "test_id")).length).toBeGreaterThan(answerLines(state).length + 40);
  });

  it("a list of 56,000 shows runs, of which one opens without the others", () => {
    const body = Array.from({ length: 56_000 }, (_, index) => ({ index }));
    const state = rawOf(chat({ response: { body, is_streaming: false } }));
    const before = answerLines(state);
    expect(before.length).toBeLessThan(120);
    const key = foldAt(at(state, lineWith(state, "55000–55999"))) as string;
    const lines = answerLines(turned(state, key));
    expect(lines).toHaveLength(before.length + 1000);
    expect(lines.at(-6)).toBe("        ▸ 55999 {…} 1 key  index: 55999");
    // All at once would be too much to look at: as many as can be scrolled through.
    expect(answerLines(rawOf(chat({ response: { body, is_streaming: false } }), foldKeys(state))).length).toBeLessThan(
      40_000,
    );
  });
});

describe("of a stream", () => {
  it("the chunk at hand is shown while the chunks have the attention", () => {
    const body = streaming(["one", "two"]);
    const state = rawOf(body, [], { level: "chunks", chunks: { cursor: 1, top: 0 } });
    expect(answerLines(state).join("\n")).toContain('"content": "two"');
    expect(answerLines(state).join("\n")).not.toContain("test_id");
  });

  it("an event is shown as its lines and as JSON", () => {
    const lines = ["event: delta", 'data: {"type": "delta", "n": 1.0}', ""];
    const text = JSON.stringify({
      request: { url: "x", endpoint: "/v1/messages" },
      response: { body: lines, is_streaming: true },
    });
    const state = rawOf(bodyFrom(text), [], { level: "chunks" });
    expect(answerLines(state)).toEqual([
      "event: delta",
      'data: {"type": "delta", "n": 1.0}',
      "",
      "",
      "  {",
      '    "type": "delta",',
      '    "n": 1.0',
      "  }",
    ]);
  });
});
