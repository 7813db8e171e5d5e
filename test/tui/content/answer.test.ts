import { describe, expect, it } from "vitest";
import { withoutLooks } from "../../../src/text/style.ts";
import { answerLines, foldKeys } from "../../../src/tui/content/answer.ts";
import { type State, TABS } from "../../../src/tui/state/state.ts";
import { expectShowable } from "./lines.ts";
import { BODIES, bodyFrom, chat, showing, streaming } from "./made.ts";

const WIDTHS = [20, 21, 40, 57, 100, 160];

/** A state once for each thing that the pane can be about: each tab; raw JSON of the file, all open, and of each chunk. */
function* views(state: State, units: number): Generator<State> {
  for (const tab of TABS) yield { ...state, answer: { ...state.answer, tab } };
  const raw: State = { ...state, answer: { ...state.answer, tab: "raw" } };
  yield { ...raw, answer: { ...raw.answer, folds: new Set(foldKeys(raw)) } };
  for (let cursor = 0; cursor < units; cursor += 7) yield { ...raw, level: "chunks", chunks: { cursor, top: 0 } };
}

/** Texts that are out to harm: escapes, bidi, joiners, wide and combining characters, halves of characters, long words. */
const HOSTILE = [
  "\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m",
  "\r\b\u0000\u007f\u0085",
  "\u202eright\u2066to\u2069left \u200f\u061c",
  "zero\u200bwidth\ufeff\u00ad\u2060 \u{e0041}",
  "漢字".repeat(300),
  "👩‍👩‍👧‍👦🇫🇷👍🏽".repeat(80),
  `a${"\u0301".repeat(500)} e\u0301 שלום مرحبا`,
  "\ud800 \udc00 \ud83d",
  "x".repeat(5000),
  "tab\tand\ttab\nnew\r\nlines\u2028and\u2029more\n\n\n",
  `${" ".repeat(300)}far`,
  '"quotes" \\ back \\u001b',
];

describe("whatever is looked at, in whatever width, no line is too wide and none acts on the terminal", () => {
  it.each(BODIES.map((body) => [body.dialect.id, body] as const))("%s: %#", (_, body) => {
    for (const columns of WIDTHS) {
      for (const state of views(showing(body, {}, columns), body.units.length)) {
        expectShowable(answerLines(state), columns, `${body.path} ${state.answer.tab} ${columns}`);
      }
    }
  });

  it.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 30)), text] as const))("%s", (_, text) => {
    const request = { method: text, url: text, model: text, body: { model: text, [text]: text } };
    const messages = [{ role: text, content: text, [text]: { [text]: [text, text] } }];
    const call = { id: text, type: "function", function: { name: text, arguments: text } };
    const whole = chat({
      test_id: text,
      request: { ...request, endpoint: "/v1/chat/completions", body: { messages, [text]: text } },
      response: {
        body: { choices: [{ index: 0, finish_reason: text, message: { content: text, tool_calls: [call] } }] },
        is_streaming: false,
      },
    });
    const failed = chat({
      response: { body: null, is_streaming: false, is_exception: true, exception_message: text },
    });
    const lines = bodyFrom(
      JSON.stringify({
        request: { ...request, endpoint: "/v1/messages" },
        response: {
          body: [`event: ${text}`, `data: {"type":"x","y":${JSON.stringify(text)}}`, ""],
          is_streaming: true,
        },
      }),
    );
    for (const body of [whole, failed, lines, streaming([text, text]), { ...whole, path: text }]) {
      for (const columns of WIDTHS) {
        const state = showing(body, {}, columns);
        for (const view of views(state, body.units.length)) expectShowable(answerLines(view), columns, view.answer.tab);
        const play = { path: body.path, shown: 1, isPaused: true, pace: 10, turn: 1 };
        expectShowable(answerLines({ ...state, play }), columns, "play");
      }
    }
  });

  it("values a thousand levels deep have room", () => {
    const body = chat({
      request: { method: "POST", body: JSON.parse(`${"[".repeat(900)}"deep down"${"]".repeat(900)}`) },
    });
    for (const state of views(showing(body, {}, 40), 0)) expectShowable(answerLines(state), 40, state.answer.tab);
  });
});

it("without colour there are no escapes, and all else is the same", () => {
  for (const body of BODIES) {
    for (const state of views(showing(body), Math.min(8, body.units.length))) {
      const bare = answerLines({ ...state, hasColour: false });
      expect(bare.some((line) => line.includes("\u001b"))).toBe(false);
      expect(bare).toEqual(answerLines(state).map(withoutLooks));
    }
  }
});

it("asked twice, the very same lines come back", () => {
  const body = BODIES[4] as (typeof BODIES)[number];
  for (const state of views(showing(body), 1)) {
    const before = answerLines(state);
    expect(answerLines({ ...state, message: { text: "told", tone: "good" } })).toBe(before);
  }
});
