import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/listing/entry.ts";
import { forTerminalLine } from "../../../src/text/escape.ts";
import { forLine } from "../../../src/text/line.ts";
import { clip, squeeze } from "../../../src/text/width.ts";
import { initial } from "../../../src/tui/state/state.ts";
import { screenOf } from "../../../src/tui/views/screen.ts";
import { entry, peek, press, run, tree } from "../state/made.ts";

/** A megabyte, and more. */
const LONG = "née ".repeat(262_144);

const withHead = (one: Entry, head: Partial<Entry["head"]>): Entry => ({ ...one, head: { ...one.head, ...head } });
const KINDS: Record<string, (one: Entry, n: number) => Entry> = {
  "a model": (one, n) => withHead(one, { model: `${n}${LONG}` }),
  "a test": (one, n) => withHead(one, { testId: `t.py::test_${n}${LONG}[${n}${LONG}]` }),
  "a test file": (one, n) => withHead(one, { testId: `${LONG}.py::test_${n}` }),
  "an endpoint": (one) => withHead(one, { endpoint: LONG, model: null }),
};

it.each(Object.entries(KINDS))("of %s with a name of a megabyte a row costs no more than others", (_, made) => {
  const entries = Array.from({ length: 40 }, (_, n) => made(entry(`tests/recordings/${n}.json`, "t.py::test_x"), n));
  const peeks = new Map(entries.map(({ path }) => [path, { ...peek(), opening: "", tools: [] }]));
  const start = initial({ size: { columns: 160, rows: 48 }, recctl: "recctl", hasColour: true });
  let { state } = run(start, { type: "scanned", tree: tree(entries) }, { type: "peeked", peeks });
  screenOf(state);
  const keys = ["j", "j", "j", "k", "enter", "j", "j", "G", "enter", "esc", "s", "z", "j", "tab"];
  const times = [...keys, ...keys].map((key) => {
    const from = performance.now();
    state = press(state, key).state;
    screenOf(state);
    return performance.now() - from;
  });
  // Where each row escapes its whole name it is some hundreds.
  expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(40);
});

describe("a text without end", () => {
  const PIECES = ["plain ", "née ", "灯台", "👩‍👩‍👧", "\u001b[31m\n\t", "\u202e", `e${"\u0301".repeat(29)}`, "مرحبا "];
  const TEXTS = [...PIECES, PIECES.join(""), PIECES.toReversed().join("-")].map((piece) => piece.repeat(3_000));

  it.each(TEXTS.map((text) => [text.slice(0, 12), text]))(
    "of %j looks on a line as if all of it was read",
    (_, text) => {
      for (const columns of [0, 1, 2, 20, 57, 160]) {
        for (const cut of [clip, squeeze]) {
          const seen = cut(forLine(text, columns), columns);
          expect(seen).toBe(cut(forTerminalLine(text), columns));
        }
      }
    },
  );
});
