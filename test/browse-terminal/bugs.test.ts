import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporary } from "../run.ts";
import { opened } from "./open.ts";

/** What goes wrong when `!` is typed. */
const BUGS = {
  "in what a key does": "fail()",
  "behind a timer": "setTimeout(fail)",
  "in a promise that nobody waits for": "Promise.resolve().then(fail)",
  "in a frame": "setImmediate(fail)",
  "in a component": `
    const map = Array.prototype.map;
    Array.prototype.map = function (...args) {
      if (/\\bat App\\d*\\b/.test(new Error().stack)) fail();
      return map.apply(this, args);
    }`,
};

/** Is loaded before recctl. */
const preload = (bug: string): string => `
  import tty from "node:tty";
  const fail = () => { throw new Error("the tide is wrong"); };
  const emit = tty.ReadStream.prototype.emit;
  tty.ReadStream.prototype.emit = function (name, text, ...rest) {
    if (name === "data" && text === "!") { ${bug} }
    return emit.call(this, name, text === "!" ? "z" : text, ...rest);
  };`;

describe("a bug is told when the screen has been left:", () => {
  it.each(Object.entries(BUGS))("%s", async (_, bug) => {
    const file = join(temporary(), "bug.mjs");
    writeFileSync(file, preload(bug));
    const terminal = await opened({ env: { NODE_OPTIONS: `--import=${file}` } });
    terminal.type("!");
    expect(await terminal.ended).toEqual({ code: 2 });
    const [first, second, third] = terminal.lines();
    expect(first).toMatch(/^error: a bug in recctl \d/);
    expect(second).toBe("Error: the tide is wrong");
    expect(third).toMatch(/^ {4}at /);
    expect(terminal.isAlternate).toBe(false);
    expect(["?1049", "?1000", "?1006", "?2004"].map((mode) => terminal.mode(mode))).toEqual(Array(4).fill(false));
    expect([terminal.mode("?25"), terminal.mode("?7")]).toEqual([true, true]);
  });
});
