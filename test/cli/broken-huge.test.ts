import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recctl, tree } from "../run.ts";
import { sample } from "./samples.ts";

describe("a file made to exhaust its reader", () => {
  it.each([
    ["100 MB of [", Buffer.alloc(100e6, "["), /:1:1001: nested more than 1000 levels deep/],
    [
      "100 MB of one string that never ends",
      Buffer.alloc(100e6, '"a').fill("a", 1),
      /:1:100000001: the file is cut off/,
    ],
    [
      "100,000 brackets in the body of a recording",
      sample().replace('"At 22:14."', "[".repeat(1e5)),
      /:\d+:\d+: nested more than 1000 levels/,
    ],
  ])("is refused, with its place, and the others are listed: %s", async (_, content, told) => {
    const cwd = tree({ "recordings/good.json": sample() });
    writeFileSync(join(cwd, "recordings/bad.json"), content);
    const { stdout, stderr, code } = await recctl(["ls"], { cwd });
    expect(stdout).toMatch(/^good\t.*\n$/);
    expect(stderr).toMatch(told);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(code).toBe(0);
  });
});
