import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recctl } from "../run.ts";
import { smallDisk } from "./disk.ts";
import { post, served, upstream } from "./serving.ts";

it("what filled the disk can be undone on it", { timeout: 60_000 }, async (context) => {
  const cwd = smallDisk();
  if (cwd === null) return context.skip("no disk of its own may be mounted here");
  const up = await upstream((_, response) => {
    const message = { role: "assistant", content: "x".repeat(10_000) };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: "1", choices: [{ index: 0, message }] }));
  });
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  const outcomes: (string | null)[] = [];
  for (let at = 0; at < 40; at++) {
    const asked = { model: "m", messages: [{ role: "user", content: `${at}` }] };
    outcomes.push((await post(`${run.url}/v1/chat/completions`, asked)).headers.get("x-recctl-outcome"));
  }
  expect((await run.end()).stderr).toContain("no space left on the disk");
  expect([outcomes[0], outcomes.at(-1)]).toEqual(["recorded", "refused"]);
  const written = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  expect(written.length).toBeGreaterThan(5);
  // Not a byte is left.
  spawnSync("sh", ["-c", "cat /dev/zero > rest"], { cwd, stdio: "ignore" });
  const undone = await recctl(["undo"], { cwd });
  expect([undone.code, undone.stderr]).toEqual([0, expect.not.stringContaining("no space")]);
  for (const path of written) expect(existsSync(join(cwd, path)), path).toBe(false);
  expect((await recctl(["undo", "--list"], { cwd })).stdout).toMatch(/\tundone$/m);
});

it("where the room that was kept is gone, it is told what makes some", async (context) => {
  const cwd = smallDisk();
  if (cwd === null) return context.skip("no disk of its own may be mounted here");
  const up = await upstream(
    (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end("{}"),
  );
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  await post(`${run.url}/v1/chat/completions`, { model: "m", messages: [] });
  await run.end();
  execFileSync("rm", [join(cwd, ".recctl/room")]);
  spawnSync("sh", ["-c", "cat /dev/zero > rest"], { cwd, stdio: "ignore" });
  const undone = await recctl(["undo"], { cwd });
  expect([undone.code, undone.stderr]).toEqual([
    2,
    expect.stringMatching(/nothing was undone[\s\S]+make room on that disk/),
  ]);
  writeFileSync(join(cwd, "rest"), "");
  expect((await recctl(["undo"], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, "rest"), "utf8")).toBe("");
});
