import { describe, expect, it } from "vitest";
import { wrapLines } from "../../../src/text/wrap.ts";
import { answerLines } from "../../../src/tui/content/answer.ts";
import { piecesOf, rememberingWrap } from "../../../src/tui/content/wrapping.ts";
import type { OpenBody, State } from "../../../src/tui/state/state.ts";
import { expectShowable, wordsOf } from "./lines.ts";
import { BODIES, showing, streaming } from "./made.ts";

const playing = (state: State, { path }: OpenBody, shown: number): State => ({
  ...state,
  play: { path, shown, isPaused: false, pace: 100, turn: 1 },
});

const STREAMS = BODIES.filter(({ units }) => units.length > 0);

describe("a stream that plays", () => {
  it.each(STREAMS.map((body) => [body.dialect.id, body] as const))("%s grows to the finished answer: %#", (_, body) => {
    const state = showing(body);
    const finished = answerLines(state);
    const fresh = answerLines(showing({ ...body }));
    for (let shown = 0; shown < body.units.length; shown++) {
      const lines = answerLines(playing(state, body, shown));
      expectShowable(lines, 80, `${shown} units`);
      expect(lines.at(-1)).toMatch(/▌$/);
      expect(lines.join("\n")).not.toContain("not JSON");
    }
    expect(answerLines(playing(state, body, body.units.length))).toEqual(finished);
    // What was remembered on the way is what comes of it at once.
    expect(finished).toEqual(fresh);
  });

  it("its text only grows, forwards; backwards it is as it was", () => {
    const body = streaming(Array.from({ length: 60 }, (_, at) => (at % 9 === 8 ? ".\n\n" : `word${at} `)));
    const state = showing(body, { hasColour: false });
    const texts = Array.from({ length: 61 }, (_, shown) => textOf(answerLines(playing(state, body, shown))));
    for (const [at, text] of texts.entries()) if (at > 0) expect(text.startsWith(texts[at - 1] as string)).toBe(true);
    expect(texts[60]).toContain("word59");
    expect(texts[10]).not.toContain("word12");
    for (const shown of [59, 7, 8, 3, 0]) {
      expect(textOf(answerLines(playing(state, body, shown)))).toBe(texts[shown]);
    }
  });

  it("the request stays as it is", () => {
    const body = streaming(["one ", "two"]);
    const state = showing(body);
    const whole = answerLines(state);
    const head = whole.findIndex((line) => line.includes("answer, streamed"));
    const lines = answerLines(playing(state, body, 1));
    expect(lines.slice(0, head)).toEqual(whole.slice(0, head));
    expect(lines.slice(head + 1)).toEqual(["one ▌"]);
  });

  it("arguments of a call are told as far as they came", () => {
    const call = (part: string, more = {}) => ({ index: 0, function: { arguments: part, ...more } });
    const body = streaming([[call('{"a": ', { name: "tide" })], [call("1}")]] as never, "tool_calls");
    expect(wordsOf(answerLines(playing(showing(body), body, 1)))).toContain('call: tide {"a": ▌');
    expect(wordsOf(answerLines(showing(body)))).toContain('call: tide {"a":1}');
  });

  it("with every unit only its end is made anew: 1,400 steps of a long answer take the time of few", () => {
    const words = Array.from({ length: 1400 }, (_, at) => `a word of some length, the ${at}th, and `);
    const body = streaming(words);
    const state = showing(body);
    const started = performance.now();
    for (let shown = 1; shown <= 1400; shown++) answerLines(playing(state, body, shown));
    // Less than 4 ms each, on any machine: it takes a tenth of that.
    expect(performance.now() - started).toBeLessThan(1400 * 4);
  });
});

/** The answer alone, as text. */
const textOf = (lines: readonly string[]): string => {
  const from = lines.findIndex((line) => /── answer, \d+ of/.test(line));
  return lines
    .slice(from + 1)
    .join(" ")
    .replace(/▌$/, "")
    .replace(/\s+/g, " ")
    .trimEnd();
};

describe("wrapping a line that grows", () => {
  it("its pieces stay as they are but for the last, and lose nothing", () => {
    const text = Array.from({ length: 3000 }, (_, at) => (at % 700 === 0 ? "x".repeat(4100) : `w${at}`)).join(" ");
    const all = [...piecesOf(text)];
    expect(all.length).toBeGreaterThan(10);
    expect(all.join("")).toBe(text);
    for (const length of [2001, 5000, 9999, text.length - 1]) {
      const pieces = [...piecesOf(text.slice(0, length))];
      expect(pieces.slice(0, -1)).toEqual(all.slice(0, pieces.length - 1));
    }
  });

  it("the pieces together are the line, and no character is parted", () => {
    const words = Array.from({ length: 2000 }, (_, at) => `word${at}`).join(" ");
    for (const columns of [8, 9, 40, 97]) {
      expect(rememberingWrap()(words, columns)).toEqual(wrapLines(words, columns));
    }
    expect(rememberingWrap()(`x${"😀".repeat(3000)}`, 40).join("")).toBe(`x${"😀".repeat(3000)}`);
  });
});
