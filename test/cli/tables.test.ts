import { describe, expect, it } from "vitest";
import { tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, sample } from "./samples.ts";
import { type Ended, type OnTerminal, onTerminal } from "./terminal.ts";

const WIDTHS = [40, 60, 80, 100, 120, 200];
/** On a terminal of each width; of the narrowest, the usual and the widest where no columns come and go. */
const onEach = (args: string[], cwd?: string): Promise<(OnTerminal & Ended)[]> =>
  forEach(args[0] === "ls" ? WIDTHS : [40, 80, 200], (columns) =>
    onTerminal(args, { columns, rows: 60, ...(cwd === undefined ? {} : { cwd }) }),
  );

describe("no line is wider than the terminal", () => {
  const long = `test_${"long_".repeat(60)}[x]`;
  const wide = {
    [at("aaaa")]: sample({
      test: long,
      model: "m".repeat(90),
      endpoint: `/v1/${"e".repeat(90)}`,
      asked: "w ".repeat(300),
    }),
    "recordings/a-name-that-is-no-hash-and-longer-than-a-column.json": sample({
      test: "漁".repeat(70),
      answered: "漁".repeat(70),
    }),
    [at("bbbb")]: sample({ test: "t", answered: Array(1200).fill("x".repeat(9)), failure: "f".repeat(200) }),
  };
  const commands: [name: string, args: string[], files?: typeof wide][] = [
    ["ls of the project's own", ["ls"]],
    ["ls --group test", ["ls", "--group", "test"]],
    ["ls --group dialect --limit", ["ls", "--group", "dialect", "--limit", "3"]],
    ["show of two streamed choices", ["show", "3cc807e6"]],
    ["show of a tool call", ["show", "b61dddf3"]],
    ["show of events", ["show", "a31491a6"]],
    ["show of every script", ["show", "babfb98e"]],
    ["ls of long names", ["ls"], wide],
    ["ls --group of long names", ["ls", "--group", "model"], wide],
    ["show of long names", ["show", "aaaa"], wide],
    ["show of wide characters", ["show", "a-name"], wide],
    ["show of a failure", ["show", "bbbb"], wide],
  ];

  it.each(commands)("of 40 to 200 columns: %s", async (_, args, files) => {
    const terminals = await onEach(args, files && tree(files));
    for (const terminal of terminals) {
      expect([terminal.columns, terminal.code, ...terminal.overflows()]).toEqual([terminal.columns, 0]);
      expect(terminal.lines().length).toBeGreaterThan(2);
    }
  });

  it("and a narrower one is given less, a wider one all", async () => {
    const headers = (await onEach(["ls"])).map((terminal) => terminal.lines()[0]?.split(/\s+/).join(" "));
    expect(headers).toEqual([
      "ID TEST SIZE",
      "ID TEST SIZE",
      "ID TEST CHUNKS SIZE",
      "ID TEST CHUNKS SIZE",
      "ID TEST DIALECT CHUNKS SIZE",
      "ID TEST DIALECT ENDPOINT MODEL CHUNKS SIZE",
    ]);
  });

  it("nor is one where the terminal does not say how wide it is", async () => {
    const terminal = await onTerminal(["ls"], { columns: 80, env: { COLUMNS: "300" } });
    expect(terminal.overflows()).toEqual([]);
  });
});

describe("columns stay aligned", () => {
  const names = {
    latin: "test_plain.py::test_one",
    chinese: "test_漁港.py::test_潮汐表[灯台=岬]",
    korean: "test_항구.py::test_조류",
    emoji: "test_🌊.py::test_🦀_and_🐟[🗼]",
    hebrew: "test_נמל.py::test_גאות[א]",
    arabic: "test_ميناء.py::test_مد_وجزر",
    combining: "test_cafe\u0301.py::test_n\u0303u\u0308",
    fullwidth: "test_ＡＢＣ.py::test_ｱｲｳ",
    thai: "test_ท่าเรือ.py::test_น้ำขึ้น",
    long: `test_${"潮".repeat(80)}`,
    odd: `test_x${"潮".repeat(81)}`,
  };
  const files = Object.fromEntries(
    Object.values(names).map((test, index) => [
      at(`${(index + 16).toString(16)}aa`),
      sample({ test, answered: ["x", "y"] }),
    ]),
  );

  /** Where a row's test id begins, cut or not. */
  const startOf = (terminal: OnTerminal, y: number): number =>
    terminal.cellOf(y, terminal.lines()[y]?.includes("…潮") ? "…潮" : "test_");

  it.each([81, 120, 200])("whatever test ids are written in, on %i columns", async (columns) => {
    const terminal = await onTerminal(["ls"], { columns, cwd: tree(files) });
    const rows = terminal.lines().slice(1, -1);
    expect(rows).toHaveLength(Object.keys(files).length);
    const header = { chunks: terminal.cellOf(0, "CHUNKS") + 5, test: terminal.cellOf(0, "TEST") };
    const ends = rows.map((_, y) => ({ chunks: terminal.cellOf(y + 1, "2  "), test: startOf(terminal, y + 1) }));
    expect(ends).toEqual(rows.map(() => header));
    expect(terminal.overflows()).toEqual([]);
  });

  it("in groups as well, where they come last and are cut", async () => {
    const terminal = await onTerminal(["ls", "--group", "test"], { columns: 100, cwd: tree(files) });
    const start = terminal.cellOf(0, "TEST");
    const rows = terminal.lines().slice(1, -1);
    expect(rows.map((_, y) => startOf(terminal, y + 1))).toEqual(rows.map(() => start));
    expect(rows.filter((row) => row.includes("…")).length).toBe(2);
    expect(terminal.overflows()).toEqual([]);
  });
});
