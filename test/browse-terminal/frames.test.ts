import { describe, expect, it } from "vitest";
import { Browsing } from "./browsing.ts";
import { DOWN, ENTER, ESCAPE, UP } from "./scenes.ts";
import { seaside } from "./seaside.ts";

const KEYS = ["j", "k", "jjj", "G", "g", ENTER, "h", "2", "1", "z", "Z", "\u0004", "\u0015", DOWN, UP, "\u000c"];
const SIZES = [
  [160, 48],
  [100, 30],
  [121, 12],
  [60, 20],
  [41, 10],
  [30, 5],
] as const;

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe("every cell is as the state says", () => {
  it.each([1, 2, 3])("after any keys, at any size (%i)", async (seed) => {
    const next = random(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    for (let step = 0; step < 40; step++) {
      if (next() < 0.15) await browsing.resize(...(pick(SIZES) as [number, number]));
      else await browsing.type(pick(KEYS));
    }
  });

  it("after a storm of sizes, with keys between them", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    await browsing.type("jjj");
    const next = random(4);
    for (let round = 0; round < 60; round++) {
      const [columns, rows] = [20 + Math.floor(next() * 150), 4 + Math.floor(next() * 50)];
      browsing.mirror.resize(columns, rows);
      browsing.terminal.resize(columns, rows);
      // Something is drawn at most of these sizes.
      if (round % 3 === 0) await new Promise((done) => setImmediate(done));
    }
    await browsing.resize(100, 30);
    await browsing.type("G");
  });

  it("after a storm of sizes while a stream plays", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    await browsing.type("/low");
    await browsing.type(ENTER + ENTER);
    browsing.mirror.type("p");
    browsing.terminal.type("p");
    const next = random(5);
    for (let round = 0; round < 60; round++) {
      const [columns, rows] = [40 + Math.floor(next() * 120), 6 + Math.floor(next() * 40)];
      browsing.mirror.resize(columns, rows);
      browsing.terminal.resize(columns, rows);
      if (round % 4 === 0) await new Promise((done) => setTimeout(done, 5));
    }
    browsing.mirror.resize(100, 30);
    browsing.terminal.resize(100, 30);
    // Both play to the end by themselves.
    await browsing.agree(({ play }) => play?.isPaused === true);
    await browsing.type(ESCAPE);
    await browsing.type("j");
  });

  it.each([
    [2, 3],
    [39, 30],
    [200, 1],
    [500, 100],
  ])("on %i by %i cells", async (columns, rows) => {
    const browsing = new Browsing(seaside(), { columns, rows });
    await browsing.agree();
    await browsing.resize(80, 24);
    await browsing.type("j");
    await browsing.resize(columns, rows);
    browsing.terminal.type("q");
    expect(await browsing.terminal.ended).toEqual({ code: 0 });
  });

  it("on one cell, of which the screen here knows nothing, and off it again", async () => {
    const browsing = new Browsing(seaside(), { columns: 80, rows: 24 });
    await browsing.agree();
    browsing.terminal.resize(1, 1);
    browsing.mirror.type("j");
    browsing.terminal.type("j");
    await browsing.resize(80, 24);
  });

  it("after Ctrl-L, whatever was on the screen", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    await browsing.terminal.garble(
      "\u001b[2J\u001b[5;20Hgarbage\r\n\n\n\u001b[41mmore\u001b[12;7H\u001b[?7h\u001b[?25h",
    );
    expect(browsing.terminal.planes().text.join()).toContain("garbage");
    await browsing.type("\u000c");
    await browsing.type("j");
  });
});

describe("without colour", () => {
  it("no look is sent at all", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 }, { env: { NO_COLOR: "1" } });
    await browsing.agree();
    await browsing.type("jjj");
    await browsing.type(ENTER);
    browsing.terminal.type("q");
    await browsing.terminal.ended;
    // Where all looks are taken back, before the screen is drawn anew, there is none.
    expect(browsing.terminal.raw.match(/\u001b\[[\d;]+m/g)).toBeNull();
  });
});

describe("what people do", () => {
  it("counts, however it is cut", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    await browsing.type("jjjjj");
    await browsing.type("kk");
    browsing.mirror.type(DOWN + DOWN);
    for (const byte of DOWN + DOWN) browsing.terminal.type(byte);
    await browsing.agree();
    // Escape alone goes back; what no one knows does nothing.
    await browsing.type(ENTER);
    await browsing.type(ESCAPE);
    await browsing.type("\u001b[15~\u001b[I\u001b]11;rgb:0/0/0\u0007\u001bx");
  });

  it("with the mouse is for the pane under it", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    const { state } = browsing.mirror.machine;
    await browsing.type("\u001b[<0;5;9M\u001b[<0;5;9m");
    expect(browsing.mirror.machine.state.tests.cursor).not.toBe(state.tests.cursor);
    await browsing.type("\u001b[<64;5;9M");
    await browsing.type("\u001b[<65;60;9M");
    await browsing.type("\u001b[<0;60;9M");
    expect(browsing.mirror.machine.state.focus).toBe("answer");
  });

  it("by pasting is typed into a prompt, and nothing elsewhere", async () => {
    const browsing = new Browsing(seaside(), { columns: 100, rows: 30 });
    await browsing.agree();
    await browsing.type("\u001b[200~jjq\u001b[201~");
    await browsing.type("/");
    await browsing.type(
      "\u001b[200~high\r\nwater\u001b[A é\u001b[201~",
      ({ prompt }) => prompt?.text === "high water[A é",
    );
    await browsing.type("ü港");
    expect(browsing.mirror.machine.state.prompt?.text).toBe("high water[A éü港");
  });
});
