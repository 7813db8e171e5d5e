import { expect, it } from "vitest";
import { runCommand, type Taker } from "../../src/io/running.ts";
import { recctlOnTerminal } from "../cli/terminal.ts";
import { RECORDINGS } from "../wire/wires.ts";

const CTRL_C = "\u0003";
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const served = (...command: string[]) => recctlOnTerminal(["serve", RECORDINGS, "--", ...command]);
const shell = (script: string) => served("sh", "-c", script);

it("a command that ignores Ctrl-C and SIGTERM is ended by Ctrl-C typed again and again", {
  timeout: 60_000,
}, async () => {
  const run = shell("trap '' INT TERM; echo up; while :; do sleep .2; done");
  await run.until(() => run.raw.includes("up"));
  let isOver = false;
  void run.ended.then(() => {
    isOver = true;
  });
  // Signals that come at the same moment are one.
  for (let press = 0; press < 40 && !isOver; press++) {
    run.type(CTRL_C);
    await sleep(500);
  }
  expect(await run.ended).toEqual({ code: 137 });
  const said = "recctl serve: the command is ended in 10 s; Ctrl-C again ends it now";
  expect(run.lines().filter((line) => line === said)).toHaveLength(1);
});

it("one that has its own use for Ctrl-C goes on, and ends when it wants to", { timeout: 60_000 }, async () => {
  const program = `
    let times = 0;
    process.on("SIGINT", () => console.log("interrupted " + ++times));
    process.stdin.on("data", () => process.exit(5));
    console.log("up");`;
  const run = served(process.execPath, "-e", program);
  await run.until(() => run.raw.includes("up"));
  for (const time of [1, 2, 3]) {
    run.type(CTRL_C);
    await run.until(() => run.raw.includes(`interrupted ${time}`));
    // Longer than what counts as twice in a row.
    await sleep(2_500);
  }
  run.type("\n");
  expect(await run.ended).toEqual({ code: 5 });
  expect(run.raw).not.toContain("the command is ended");
});

it("one that ends by Ctrl-C ends at once, with its own status", async () => {
  const own = shell("trap 'exit 9' INT; echo up; while :; do sleep .2; done");
  await own.until(() => own.raw.includes("up"));
  own.type(CTRL_C);
  expect(await own.ended).toEqual({ code: 9 });
  const none = shell("echo up; while :; do sleep .2; done");
  await none.until(() => none.raw.includes("up"));
  none.type(CTRL_C);
  expect(await none.ended).toEqual({ code: 130 });
});

/** Runs a program that tells by its output that it is up; then `signals` come. */
async function ran(program: string, ...signals: [NodeJS.Signals, isTyped: boolean][]) {
  const told: string[] = [];
  let isOff = false;
  const handOn = (take: Taker) => {
    // Node listens by then.
    const timer = setTimeout(() => {
      for (const [signal, isTyped] of signals) take(signal, isTyped);
    }, 1_000);
    return () => {
      clearTimeout(timer);
      isOff = true;
    };
  };
  const end = await runCommand(process.execPath, ["-e", program], process.env, handOn, (text) => told.push(text), 300);
  await expect.poll(() => isOff).toBe(true);
  return { ...end, told: told.length };
}

const DEAF = 'for (const one of ["SIGINT", "SIGTERM"]) process.on(one, () => {}); setInterval(() => {}, 1000)';

it("the time that a command has ends with SIGTERM where it was sent nothing, and in any case with SIGKILL", async () => {
  const killed = { status: 137, signal: "SIGKILL" };
  expect(await ran(DEAF, ["SIGTERM", false])).toEqual({ ...killed, told: 0 });
  expect(await ran(DEAF, ["SIGINT", true], ["SIGINT", true])).toEqual({ ...killed, told: 1 });
  const heeding = 'process.on("SIGTERM", () => process.exit(4)); setInterval(() => {}, 1000)';
  expect(await ran(heeding, ["SIGINT", true], ["SIGINT", true])).toEqual({ status: 4, signal: null, told: 1 });
  expect(await ran("setTimeout(() => process.exit(6), 3000)", ["SIGINT", true])).toEqual({
    status: 6,
    signal: null,
    told: 0,
  });
});
