import { describe, expect, it } from "vitest";
import { recctl, tree } from "../run.ts";
import { forEach, started } from "./process.ts";
import { at, sample } from "./samples.ts";

const PIECES = ["High ", "water ", "at ", "22:14", "."];
const FILES = { [at("aaaa")]: sample({ answered: PIECES }) };

interface Planned {
  ms: number;
  content: boolean;
  text: string;
}

async function plan(...options: string[]): Promise<Planned[]> {
  const { stdout, stderr, code } = await recctl(["replay", "aaaa", "--plan", ...options], { cwd: tree(FILES) });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
const times = async (...options: string[]): Promise<number[]> =>
  (await plan(...options)).filter(({ content }) => content).map(({ ms }) => ms);

describe("replay --plan", () => {
  it("says what would be sent and when, and sends nothing", async () => {
    const planned = await plan("--ttft", "400", "--tps", "20");
    expect(Object.keys(planned[0] as Planned)).toEqual(["ms", "content", "text"]);
    expect(planned.map(({ text }) => text).join("")).toBe(PIECES.join(""));
    expect(await times("--ttft", "400", "--tps", "20")).toEqual([400, 450, 500, 550, 600]);
    expect(await times("--ttft", "400")).toEqual([400, 400, 400, 400, 400]);
    expect(await times("--tps", "2.5")).toEqual([0, 400, 800, 1200, 1600]);
    expect(await times()).toEqual([0, 0, 0, 0, 0]);
  });

  it("plans the form that is asked for", async () => {
    const planned = await plan("--as", "wire", "--tps", "10");
    expect(planned.at(-1)).toEqual({ ms: 400, content: false, text: "data: [DONE]\n\n" });
    expect(planned).toHaveLength(PIECES.length + 1);
  });

  it("is the same for the same seed, and another for another one", async () => {
    const pace = ["--ttft", "1000", "--tps", "10", "--jitter", "0.5"];
    const one = await times(...pace, "--seed", "1");
    expect(await times(...pace, "--seed", "1")).toEqual(one);
    expect(await times(...pace, "--seed", "2")).not.toEqual(one);
    expect(await times(...pace)).toEqual(await times(...pace, "--seed", "0"));
    expect(one).not.toEqual([1000, 1100, 1200, 1300, 1400]);
    for (const [index, ms] of one.entries()) {
      const pause = ms - (one[index - 1] ?? 0);
      const meant = index === 0 ? 1000 : 100;
      expect(pause).toBeGreaterThanOrEqual(meant * 0.5 - 1);
      expect(pause).toBeLessThanOrEqual(meant * 1.5 + 1);
    }
  });
});

describe("replay at a pace", () => {
  it("takes the time that its plan says", async () => {
    const cwd = tree(FILES);
    const began = performance.now();
    const run = started(["replay", "aaaa", "--ttft", "600", "--tps", "5"], { cwd }).read();
    await run.until(() => run.stdout.length > 0);
    const first = performance.now() - began;
    // Had it not waited, all would have come at once.
    expect(PIECES.join("")).toContain(run.stdout.toString());
    expect(run.stdout.toString()).not.toBe(PIECES.join(""));
    expect(first).toBeGreaterThanOrEqual(600);
    const { stdout, code } = await run.ended;
    const whole = performance.now() - began;
    expect({ stdout, code }).toEqual({ stdout: PIECES.join(""), code: 0 });
    expect(whole).toBeGreaterThanOrEqual(600 + 4 * 200);
    expect(whole).toBeLessThan(20_000);
  });

  it("that cannot be read is refused", async () => {
    const cases = [
      ["--ttft", "-1", "Milliseconds, up to an hour."],
      ["--ttft", "soon", "Milliseconds, up to an hour."],
      ["--ttft", "3600001", "Milliseconds, up to an hour."],
      ["--tps", "0", "More than 0, up to a million."],
      ["--tps", "", "More than 0, up to a million."],
      ["--jitter", "1.1", "A number from 0 to 1."],
      ["--seed", "-5", "A whole number from 0."],
      ["--seed", "1.5", "A whole number from 0."],
    ] as const;
    const cwd = tree(FILES);
    await forEach(cases, async ([option, value, why]) => {
      const { stdout, stderr, code } = await recctl(["replay", "aaaa", option, value], { cwd });
      expect(stderr).toMatch(`argument '${value}' is invalid. ${why}\n  try  recctl replay --help\n`);
      expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    });
  });
});
