import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recctl, temporary, tree } from "../run.ts";
import { forEach, shell, started } from "./process.ts";
import { at, sample } from "./samples.ts";
import { recctlOnTerminal } from "./terminal.ts";

/** Sound recordings, and of every sort of what is none, some. */
function mixed(): string {
  const files = Array.from({ length: 120 }, (_, index): [string, string] => {
    const text = sample({ test: `test_${index % 7}.py::test`, answered: Array(index).fill("wave ") });
    if (index % 11 === 0) return [at(`bad${index}`), text.slice(0, -40)];
    if (index % 13 === 0) return [at(`odd${index}`), text.replace('"is_streaming": true', '"is_streaming": false')];
    return [at(index.toString(16).padStart(4, "0")), text];
  });
  const cwd = tree({ ...Object.fromEntries(files), "recordings/empty.json": "" });
  symlinkSync("nowhere", join(cwd, "recordings/gone.json"));
  mkdirSync(join(cwd, "recordings/folder.json"));
  return cwd;
}

/** Links to one large file: much to check that takes no disk. */
function much(count = 400): string {
  const cwd = temporary();
  mkdirSync(join(cwd, "recordings"));
  writeFileSync(join(cwd, "large"), sample({ answered: Array(5000).fill("wave ".repeat(4)) }));
  for (let index = 0; index < count; index++) symlinkSync("../large", join(cwd, `recordings/${index}.json`));
  return cwd;
}

const SEVERAL = { RECCTL_THREADS: "3" };

describe("several threads", () => {
  it("find what one finds, in the same order, unreadable files among it", async () => {
    const cwd = mixed();
    const runs = await forEach(["1", "2", "3", "8"], (threads) =>
      recctl(["validate", "--json", "--all", "--no-index"], { cwd, env: { RECCTL_THREADS: threads } }),
    );
    const [one, ...others] = runs;
    expect(one?.code).toBe(1);
    expect(one?.stdout).toContain("a link to nowhere");
    for (const other of others) expect(other).toEqual(one);
  });

  it("are used without being asked for where there is much to check", async () => {
    const cwd = much(6);
    const [one, usual] = await forEach([{ RECCTL_THREADS: "1" }, {}], (env) =>
      recctl(["validate", "--json", "--no-index"], { cwd, env: env as Record<string, string> }),
    );
    expect(usual).toEqual(one);
  });

  it("end with the run that Ctrl-C ends", async () => {
    const run = recctlOnTerminal(["validate", "--no-index"], { cwd: much(), env: SEVERAL });
    await run.until(() => /^checking \d/.test(run.lines()[0] ?? ""));
    run.type("\u0003");
    expect(await run.ended).toEqual({ code: 130 });
    expect(run.lines()).toEqual([]);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("end with a run without a terminal: %s", async (signal, code) => {
    const run = started(["validate", "--no-index"], { cwd: much(), env: SEVERAL }).read();
    setTimeout(() => run.child.kill(signal), 1500);
    expect(await run.ended).toEqual({ stdout: "", stderr: "", code });
  });

  it("do not mind a reader that goes away", async () => {
    const line = "$recctl validate --all --json | head -1 | wc -l; echo $PIPESTATUS";
    expect(await shell(line, { cwd: mixed(), env: SEVERAL })).toMatchObject({ stdout: "1\n0\n", code: 0 });
  });
});
