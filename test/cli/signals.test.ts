import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporary, tree } from "../run.ts";
import { started } from "./process.ts";
import { at, sample } from "./samples.ts";
import { recctlOnTerminal } from "./terminal.ts";

const PIECES = ["High ", "water ", "at ", "22:14", "."];
/** A chunk every 20 seconds: what ends within ten was ended. */
const SLOWLY = ["replay", "aaaa", "--tps", "0.05"];
const QUICKLY = 10_000;
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

async function quickly<T>(ended: Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await ended;
  expect(performance.now() - began).toBeLessThan(QUICKLY);
  return result;
}

describe("a signal ends", () => {
  it.each(SIGNALS)("a paced replay quickly, with nothing after it: %s, %i", async (signal, code) => {
    const run = started(SLOWLY, { cwd: tree({ [at("aaaa")]: sample({ answered: PIECES }) }) }).read();
    await run.until(() => run.stdout.length > 0);
    run.child.kill(signal);
    expect(await quickly(run.ended)).toEqual({ stdout: "High ", stderr: "", code });
  });

  it("a replay that waits for its first word", async () => {
    const cwd = tree({ [at("aaaa")]: sample({ answered: ["", ...PIECES] }) });
    const run = started(["replay", "aaaa", "--as", "wire", "--ttft", "60000"], { cwd }).read();
    // The first chunk has no content: it is sent at once.
    await run.until(() => run.stdout.length > 0);
    run.child.kill("SIGINT");
    expect(await quickly(run.ended)).toMatchObject({ code: 130, stderr: "" });
    expect(run.stdout.toString().match(/^data: /gm)).toHaveLength(1);
  });

  it("a replay on a terminal, by Ctrl-C", async () => {
    const run = recctlOnTerminal(SLOWLY, { cwd: tree({ [at("aaaa")]: sample({ answered: PIECES }) }) });
    await run.until(() => run.lines()[0]?.startsWith("High") === true);
    run.type("\u0003");
    expect(await quickly(run.ended)).toEqual({ code: 130 });
    expect(run.lines()).toEqual(["High ^C"]);
  });

  it.each(SIGNALS)("a replay into a pipe that nobody empties: %s, %i", async (signal, code) => {
    const answered = Array(8000).fill("wave ".repeat(50));
    const run = started(["replay", "aaaa"], { cwd: tree({ [at("aaaa")]: sample({ answered }) }) });
    const { stdout } = run.child;
    if (!stdout) throw new Error("no pipe");
    // It has begun to write two megabytes, of which no more than the pipe's buffers are taken.
    await once(stdout, "readable");
    const exit = once(run.child, "exit");
    run.child.kill(signal);
    expect(await quickly(exit)).toEqual([code, null]);
    expect(run.stderr.toString()).toBe("");
    stdout.resume();
    await run.ended;
  });

  it.each(SIGNALS)("a long ls: %s, %i", async (signal, code) => {
    const cwd = manyLinks();
    const run = recctlOnTerminal(["ls", "--no-index"], { cwd });
    await run.until(() => /^reading \d/.test(run.lines()[0] ?? ""));
    const progress = run.lines();
    run.kill(signal);
    expect(await quickly(run.ended)).toEqual({ code });
    // The line that told how far it had come is taken away.
    expect(run.lines()).toEqual([]);
    expect(progress[0]).toMatch(/^reading [\d,]+ of 3,000$/);
    expect(run.raw).not.toContain("TEST");
  });

  it("a long search, by Ctrl-C", async () => {
    const run = recctlOnTerminal(["ls", "--grep", "nothing", "-n", "1"], { cwd: manyLinks(60) });
    await run.until(() => /^searching \d/.test(run.lines()[0] ?? ""));
    run.type("\u0003");
    expect(await quickly(run.ended)).toEqual({ code: 130 });
    expect(run.lines()).toEqual([]);
  });
});

/** Links to one file of some megabytes: much to read that takes no disk. */
function manyLinks(count = 3000): string {
  const cwd = temporary();
  mkdirSync(join(cwd, "recordings"));
  writeFileSync(join(cwd, "large"), sample({ answered: Array(20_000).fill("wave ".repeat(4)) }));
  for (let index = 0; index < count; index++) symlinkSync("../large", join(cwd, `recordings/${index}.json`));
  return cwd;
}
