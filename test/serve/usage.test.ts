import { expect, it } from "vitest";
import { recctl, recordingText } from "../run.ts";
import { served, treeOf } from "./serving.ts";

const NOTHING = ["--", process.execPath, "-e", "0"];

it.each<[args: string[], told: string]>([
  [["--mode", "replay", "--keep-partial"], "--keep-partial does nothing with --mode replay: nothing is recorded"],
  [["--mode", "live", "--keep-partial"], "--keep-partial does nothing with --mode live"],
  [["--mode", "record", "--ttft", "5"], "--ttft does nothing with --mode record: no recording is replayed"],
  [["--mode", "live", "--seed", "0"], "--seed does nothing with --mode live"],
  [["--test-id", "../../x"], "--test-id ../../x: the path of the test id has a folder called .."],
  [["--mode", "record", "--test-id", "/x.py::t"], "begins with an absolute path"],
])("%j is wrong usage", async (args, told) => {
  const { code, stderr } = await recctl(["serve", ...args, ...NOTHING], { cwd: treeOf() });
  expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
});

it("--strict with nothing to serve warns; one recording is no recordings", async () => {
  const cwd = treeOf({ "recordings/x.json": recordingText() });
  const none = await recctl(["serve", "--strict", "--model", "nobody", ...NOTHING], { cwd });
  expect([none.code, none.stderr]).toEqual([0, expect.stringContaining("no recording fits the selection")]);
  expect((await recctl(["serve", "--strict", ...NOTHING], { cwd })).stderr).not.toContain("no recording fits");
  const run = await served([], { cwd });
  expect((await run.end()).stderr).toContain("replay, 1 recording, on http");
});
