import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FetchOptions } from "../../src/library/public.d.ts";
import { environment } from "../cli/process.ts";
import { fetchIn } from "../library/made.ts";
import { BIN, recctl, recordingText } from "../run.ts";
import { RECORDINGS } from "../wire/wires.ts";
import { post, served, treeOf } from "./serving.ts";

const BODY = { model: "m", messages: [] };
const LINE =
  '{"time":"2026-01-02T03:04:05.678Z","test_id":null,"name":null,"outcome":"hit","path":null,"method":"GET","endpoint":"/v1/models","model":null,"status":200}';
const FETCHED = {
  url: "https://api.openai.com/v1/chat/completions",
  init: { method: "POST", body: JSON.stringify(BODY) },
};

/** Runs a command that asks nothing, and gives back what is then in the file. */
async function run(cwd: string, journal: string, ...args: string[]) {
  const { code, stderr } = await recctl(["serve", RECORDINGS, "--journal", journal, ...args, "--", "true"], { cwd });
  return { code, stderr };
}

describe("what a journal is appended to", () => {
  it.each<[string, string | null]>([
    ["nothing that is there", null],
    ["an empty file", ""],
    ["a journal", `${LINE}\n`],
    ["a journal whose end is half a line", `${LINE}\n${LINE.slice(0, 40)}`],
    ["half a line alone", LINE.slice(0, 40)],
    ["a line that begins behind half a line", `${LINE.slice(0, 40)}${LINE}\n`],
    ["a journal with empty lines", `${LINE}\n\n\n`],
    ["a long journal", `${LINE}\n`.repeat(30_000)],
  ])("%s", async (_, text) => {
    const cwd = treeOf(text === null ? {} : { "run.jsonl": text });
    expect(await run(cwd, "run.jsonl")).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "run.jsonl"), "utf8")).toBe(text ?? "");
    const fetch = fetchIn(cwd, { journal: "run.jsonl" });
    await fetch(FETCHED.url, FETCHED.init);
    await fetch.close();
    expect(readFileSync(join(cwd, "run.jsonl"), "utf8").slice(0, text?.length ?? 0)).toBe(text ?? "");
  });

  it.each<[string, string]>([
    ["source code", "export const x = 1;\n"],
    ["text without a newline", "a note"],
    ["other JSON lines", `${LINE}\n{"time":1}\n`],
    ["a journal that something else was written behind", `${LINE}\nexport const x = 1;\n`],
    ["a journal that something else was begun behind", `${LINE}\nexport const`],
    ["what a journal was written behind", `export const x = 1;\n${LINE}\n`],
    ["a brace", "{"],
    ["the beginning of another object", '{"time'],
    ["the beginning of other lines with times", '{"time":"now", "level'],
    ["one long line", "x".repeat(5_000_000)],
    ["one that has an end", `${"x".repeat(5_000_000)}\n`],
  ])("but not %s", async (_, text) => {
    const cwd = treeOf({ "x.ts": text });
    const { code, stderr } = await run(cwd, "x.ts");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no journal of recctl[\s\S]+x\.ts[\s\S]+--journal/)]);
    const fetch = fetchIn(cwd, { journal: "x.ts" });
    await expect(fetch(FETCHED.url, FETCHED.init)).rejects.toThrow(
      /no journal of recctl[\s\S]+x\.ts[\s\S]+createFetch/,
    );
    expect(readFileSync(join(cwd, "x.ts"), "utf8")).toBe(text);
  });

  it("nor a pipe that nobody reads, nor a folder; streams and devices are", async () => {
    const cwd = treeOf();
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    mkdirSync(join(cwd, "folder"));
    for (const [path, kind] of [
      ["pipe", "a named pipe"],
      ["folder", "a folder"],
    ] as const) {
      expect(await run(cwd, path)).toEqual({ code: 2, stderr: expect.stringContaining(`this is ${kind}`) });
      const journal: FetchOptions["journal"] = path;
      await expect(fetchIn(cwd, { journal })(FETCHED.url, FETCHED.init)).rejects.toThrow(`this is ${kind}`);
    }
    expect(await run(cwd, "/dev/null")).toMatchObject({ code: 0 });
    const piped = `"$0" "$1" serve --journal /dev/stderr -- true 2>&1 | cat`;
    const told = execFileSync("sh", ["-c", piped, process.execPath, BIN], { cwd, env: environment() }).toString();
    expect(told).toBe("recctl serve: 0 hits, 0 misses\n");
  });
});

it("behind a last line without a newline a mark tells that lines may be missing, and each line stands alone", async () => {
  const cwd = treeOf({ "run.jsonl": LINE });
  const fetch = fetchIn(cwd, { journal: "run.jsonl" });
  await fetch(FETCHED.url, FETCHED.init);
  await fetch.close();
  const lines = readFileSync(join(cwd, "run.jsonl"), "utf8").split("\n");
  expect(lines.slice(0, 2)).toEqual([LINE, expect.stringMatching(/^\{"time":"[^"]+","lost":1\}$/)]);
  expect([lines.length, JSON.parse(lines[2] ?? "")]).toEqual([4, expect.objectContaining({ outcome: "miss" })]);
});

it.runIf(existsSync("/dev/full"))("a journal that lacks lines is an error with --strict", async () => {
  const cwd = treeOf({ "recordings/x.json": recordingText() });
  const body = JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: "When is high water?" }] });
  const asks = `fetch(process.env.OPENAI_BASE_URL + "/chat/completions", { method: "POST", body: ${JSON.stringify(body)} })`;
  const args = ["--match", "request", "--journal", "/dev/full"];
  for (const [strict, code] of [
    [[], 0],
    [["--strict"], 1],
  ] as const) {
    const ran = await recctl(["serve", ...args, ...strict, "--", process.execPath, "-e", asks], { cwd });
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining("no space left")]);
    expect(ran.stderr).toContain("1 hit, 0 misses");
  }
});

it("what a client had forgotten still decides the exit status", async () => {
  const run = await served([RECORDINGS, "--strict"]);
  await post(`${run.url}/v1/chat/completions`, BODY);
  await post(`${run.url}/__recctl/reset`, "");
  const health = (await (await fetch(`${run.url}/__recctl/health`)).json()) as { counts: { miss: number } };
  expect(health.counts.miss).toBe(0);
  const { code, stderr } = await run.end();
  expect([code, stderr]).toEqual([1, expect.stringContaining("0 hits, 0 misses; before a reset: miss 1\n")]);
});
