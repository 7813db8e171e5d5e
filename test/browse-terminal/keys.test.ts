import { describe, expect, it } from "vitest";
import { decode, decodeLate, type Heard } from "../../src/tui/ink/decode.ts";

const key = (name: string): Heard => ({ is: "key", name });
const keys = (...names: string[]): Heard[] => names.map(key);

/** What is heard of a text, and of what is left of it when nothing more comes. */
const heardOf = (text: string): Heard[] => {
  const { heard, rest } = decode(text);
  return [...heard, ...decodeLate(rest)];
};

/** What is heard of a text that comes in pieces. */
function inPieces(pieces: readonly string[]): Heard[] {
  const all: Heard[] = [];
  let left = "";
  for (const piece of pieces) {
    const { heard, rest } = decode(left + piece);
    all.push(...heard);
    left = rest;
  }
  return [...all, ...decodeLate(left)];
}

const SENT: readonly [string, Heard[]][] = [
  ["j", keys("j")],
  ["jjjGk", keys("j", "j", "j", "G", "k")],
  ["\u0004\u0004\t\t", keys("ctrl-d", "ctrl-d", "tab", "tab")],
  [" \r\n\u007f\b", keys("space", "enter", "enter", "backspace", "backspace")],
  ["\u0003\u001a\u000c", keys("ctrl-c", "ctrl-z", "ctrl-l")],
  ["\u001b", keys("esc")],
  ["\u001b\u001b", keys("esc", "esc")],
  ["\u001b[A\u001b[B\u001bOC\u001bOD", keys("up", "down", "right", "left")],
  ["\u001b[H\u001b[F\u001b[1~\u001b[4~\u001bOH", keys("home", "end", "home", "end", "home")],
  ["\u001b[5~\u001b[6~\u001b[3~\u001b[Z", keys("pageup", "pagedown", "delete", "shift-tab")],
  ["é港👩", keys("é", "港", "👩")],
  ["\u001b[<64;10;5M", [{ is: "wheel", by: -3, column: 9, row: 4 }]],
  ["\u001b[<65;1;1M", [{ is: "wheel", by: 3, column: 0, row: 0 }]],
  ["\u001b[<81;300;200M", [{ is: "wheel", by: 3, column: 299, row: 199 }]],
  ["\u001b[<0;3;4M\u001b[<0;3;4m", [{ is: "click", column: 2, row: 3 }]],
  ["a\u001b[<65;2;2Mb", [key("a"), { is: "wheel", by: 3, column: 1, row: 1 }, key("b")]],
  ["\u001b[200~two\rlines\u001b[A\u001b[201~j", [{ is: "paste", text: "two\rlines\u001b[A" }, key("j")]],
  ["\u001b[200~never ends", [{ is: "paste", text: "never ends" }]],
];

const IGNORED = [
  "\u001b[I",
  "\u001b[?1;2c",
  "\u001b[24;80R",
  "\u001b[1;5A",
  "\u001b[15~",
  "\u001bOP",
  "\u001b[[A",
  "\u001bx",
  "\u001b\u001b[A",
  "\u001b[<1;1;1M",
  "\u001b[<2;1;1M",
  "\u001b[<32;1;1M",
  "\u001b[<66;1;1M",
  "\u001b[M !!",
  "\u001b]52;c;aGk=\u0007",
  "\u001b]11;rgb:0/0/0\u001b\\",
  "\u001bP>|xterm\u001b\\",
  "\u0000",
  "\u001c",
  "\u0085",
  "\u001b[1$y",
  "\u001b[",
  "\u001bO",
  "\u001b]0;no end",
];

describe("what a terminal sends", () => {
  it.each(SENT)("%j", (text, heard) => {
    expect(heardOf(text)).toEqual(heard);
  });

  it.each(IGNORED)("%j is nothing, and takes nothing with it", (text) => {
    expect(heardOf(text)).toEqual([]);
    const behind = decode(`${text}\u001b[Bq`);
    if (decode(text).rest === "") expect(behind.heard).toEqual(keys("down", "q"));
  });

  it("means the same wherever it is cut", () => {
    const all = [...SENT.slice(0, -1), ...IGNORED.slice(0, -3).map((text): [string, Heard[]] => [text, []])];
    for (const [text, heard] of all) {
      const begun = /^\u001b\u001b?$/.test(text);
      if (begun) continue;
      expect(inPieces([...text]), JSON.stringify(text)).toEqual(heard);
      for (let at = 1; at < text.length; at++) {
        if (/[\ud800-\udbff]/.test(text[at - 1] as string)) continue;
        expect(inPieces([text.slice(0, at), text.slice(at)]), JSON.stringify(text)).toEqual(heard);
      }
    }
  });

  it("takes no time beyond its length", () => {
    const paste = `\u001b[200~${"text ".repeat(200_000)}\u001b[201~`;
    expect(decode(paste).heard).toHaveLength(1);
    expect(decode("j".repeat(100_000)).heard).toHaveLength(100_000);
  });
});
