import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { tree } from "../run.ts";
import { forEach, shell, started } from "./process.ts";
import { at, sample } from "./samples.ts";

/** More than a pipe holds (64 KB), by every command. */
function large(): string {
  const rows = Array.from({ length: 200 }, (_, index) => {
    const id = index.toString(16).padStart(5, "0");
    return [at(`e${id}`), sample({ test: `test_${id}.py::test[${"long ".repeat(200)}]` })];
  });
  const pieces = Array.from({ length: 1500 }, (_, index) => `${index} ${"wave ".repeat(20)}\n`);
  return tree({ ...Object.fromEntries(rows), [at("aaaa")]: sample({ test: "t.py::a", answered: pieces }) });
}

const COMMANDS = ["ls", "ls --json", "ls --ndjson", "show aaaa", "show aaaa --json", "show aaaa --raw", "replay aaaa"];
const FORMS = ["replay aaaa --as wire", "replay aaaa --as raw", "replay aaaa --plan", "--help"];

describe("a reader that goes away", () => {
  it("is no error: exit 0, and nothing said", async () => {
    const cwd = large();
    const lines = [...COMMANDS, ...FORMS].map((command) => `$recctl ${command} | head -1 | wc -l; echo $PIPESTATUS`);
    const ends = await forEach(lines, (line) => shell(line, { cwd }));
    expect(ends).toEqual(lines.map(() => ({ stdout: "1\n0\n", stderr: "", code: 0 })));
  });

  it("is no error when it never read anything, or was never there", async () => {
    const cwd = large();
    for (const line of ["$recctl ls | true; exit $PIPESTATUS", "$recctl ls >&-", "$recctl replay aaaa >&- <&-"]) {
      expect(await shell(line, { cwd })).toEqual({ stdout: "", stderr: "", code: 0 });
    }
  });

  it("of a recorded failure is none either, and stderr may go away as well", async () => {
    const cwd = tree({ [at("aaaa")]: sample({ answered: Array(1500).fill("wave ".repeat(20)), failure: "x" }) });
    expect(await shell("$recctl replay aaaa | head -c 1; exit $PIPESTATUS", { cwd })).toMatchObject({ code: 0 });
    expect(await shell("$recctl ls 2>&-", { cwd: tree({ "recordings/x.json": "{" }) })).toMatchObject({ code: 0 });
  });
});

describe("a reader that is slow", () => {
  it("gets everything, in order", async () => {
    const cwd = large();
    for (const command of ["ls --json", "replay aaaa --as wire"]) {
      expect(await shell(`$recctl ${command} > whole`, { cwd })).toEqual({ stdout: "", stderr: "", code: 0 });
      const whole = readFileSync(join(cwd, "whole"));
      expect(whole.length).toBeGreaterThan(150_000);
      const run = started(command.split(" "), { cwd });
      const pieces: Buffer[] = [];
      // A page at a time, a turn of the loop between: recctl writes faster than that.
      for await (const piece of slowly(run.child.stdout as Readable)) pieces.push(piece);
      expect((await run.ended).code).toBe(0);
      expect(Buffer.concat(pieces).equals(whole)).toBe(true);
    }
  });
});

async function* slowly(stream: Readable): AsyncGenerator<Buffer> {
  stream.on("readable", () => undefined);
  while (!stream.readableEnded) {
    await new Promise((next) => setImmediate(next));
    const piece = stream.read(4096) ?? stream.read(1);
    if (piece) yield piece;
  }
}

describe("a full disk under stdout", () => {
  it("is told, and ends with 2", async () => {
    const cwd = large();
    const lines = [...COMMANDS, ...FORMS, "--version", "index", "replay aaaa --tps 1000"];
    const ends = await forEach(lines, (line) => shell(`$recctl ${line} > /dev/full`, { cwd }));
    const told = "error: cannot write the output: ENOSPC: no space left on device, write\n";
    expect(ends).toEqual(lines.map(() => ({ stdout: "", stderr: told, code: 2 })));
  });

  it("leaves the status where stderr is full as well", async () => {
    const cwd = large();
    expect(await shell("$recctl show nothing 2> /dev/full", { cwd })).toMatchObject({ stdout: "", code: 2 });
    expect(await shell("$recctl ls > /dev/full 2>&1", { cwd })).toMatchObject({ stdout: "", code: 2 });
  });
});
