import { expect, it } from "vitest";
import { recctl } from "../run.ts";
import { served, treeOf } from "./serving.ts";

const CONFIG = JSON.stringify({ upstreams: { openai: "http://127.0.0.1:9/v1", ollama: "http://127.0.0.1:9" } });
const FLAGS = ["--upstream", "openai=http://127.0.0.1:8/v1", "--upstream", "groq=http://127.0.0.1:7"];
const ASKS = [
  "asks openai at http://127.0.0.1:8/v1 (--upstream)",
  "asks groq at http://127.0.0.1:7 (--upstream)",
  "asks ollama at http://127.0.0.1:9 (recctl.config.json)",
];
const asksIn = (text: string): string[] => text.split("\n").filter((line) => /\basks /.test(line));

it.each(["record", "record-if-missing", "live"])(
  "whom --mode %s asks is told at the start, and who says so",
  async (mode) => {
    const cwd = treeOf({ "recctl.config.json": CONFIG });
    const run = await served(["--mode", mode, ...FLAGS], { cwd });
    await run.run.until(() => run.run.stderr.includes("point clients here"));
    expect(asksIn(run.run.stderr.toString())).toEqual(ASKS);
    await run.end();
    const { stderr } = await recctl(["serve", "--mode", mode, ...FLAGS, "--", "node", "-e", "0"], { cwd });
    expect(asksIn(stderr)).toEqual(ASKS.map((line) => `recctl serve: ${line}`));
  },
);

it("where nobody is asked, or nobody named anybody, nothing is told of it", async () => {
  for (const [args, config] of [
    [[], CONFIG],
    [["--mode", "live"], "{}"],
  ] as const) {
    const run = await served(args, { cwd: treeOf({ "recctl.config.json": config }) });
    expect(asksIn((await run.end()).stderr)).toEqual([]);
  }
});
