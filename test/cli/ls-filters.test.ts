import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, sample } from "./samples.ts";

const unwrapped = (request: object, body: unknown, streaming = false): string =>
  JSON.stringify({ test_id: "t.py::odd", request, response: { body, is_streaming: streaming } });

/** By the letter that their names begin with. */
const FILES = {
  [at("a")]: sample({ test: "tests/test_sea.py::test_tide[gpt-4o]", answered: ["High ", "water at ten."] }),
  [at("b")]: sample({ test: "tests/test_sea.py::TestWind::test_gale", model: "llama3.2:3b", asked: "Is it SAFE?" }),
  [at("c")]: sample({ test: null, model: "Qwen/Qwen3-0.6B", endpoint: "/v1/completions", failure: "Timed out." }),
  [at("d")]: unwrapped({ tool_name: "web_search", kwargs: { query: "tide tables" } }, { content: "none found" }),
  [at("e")]: unwrapped({ method: "POST", url: "https://x.test/v1/messages", payload: { model: "claude" } }, {}),
  [at("f")]: sample({ test: "t.py::large", model: "large", answered: "ä".repeat(800) }),
};

/** The letters of what `ls` lists with these options. */
async function listed(cwd: string, ...args: string[]): Promise<string> {
  const { stdout, code, stderr } = await inside(["ls", "--sort", "id", ...args], { cwd });
  expect({ code, stderr: stdout === "" ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.replace(/^(.).*\n/gm, "$1");
}

/** Pairs of options and letters: what is listed with each. */
async function listedEach(cases: readonly (readonly [args: string, letters: string])[]): Promise<unknown> {
  const cwd = tree(FILES);
  return forEach(cases, async ([args]) => [args, await listed(cwd, ...args.split(" "))]);
}

describe("ls lists only what", () => {
  it("fits filters on texts: anywhere, * for anything, capitals only where there are some, several or-ed", async () => {
    const cases = [
      ["--test tide", "a"],
      ["-t test_sea", "ab"],
      ["-t TESTWIND", ""],
      ["-t testwind", "b"],
      ["-t TestWind", "b"],
      ["-t t*::*t_", "ab"],
      ["-t sea*gale", "b"],
      ["-t gale*sea", ""],
      ["-t [gpt-4o]", "a"],
      ["-t .", "abdef"],
      ["-t gale -t large", "bf"],
      ["--model qwen", "c"],
      ["-m gpt-4o -m claude", "ae"],
      ["-m gpt-5", ""],
      ["--endpoint completions", "abcf"],
      ["-e /v1/completions", "c"],
      ["-e messages", "e"],
    ] as const;
    expect(await listedEach(cases)).toEqual(cases);
  });

  it("fits filters on what a recording is, and all of several filters", async () => {
    const cases = [
      ["--kind inference", "abcf"],
      ["--kind http", "e"],
      ["--kind tool --kind http", "de"],
      ["--kind unknown", ""],
      ["--dialect openai-chat", "abf"],
      ["--dialect openai-completions --dialect tool", "cd"],
      ["--dialect anthropic-messages", "e"],
      ["--dialect unknown", ""],
      ["--streaming", "a"],
      ["--no-streaming", "bcdef"],
      ["--failed", "c"],
      ["--failed --streaming", ""],
      ["--larger 4k", "f"],
      ["--larger 0", "abcdef"],
      ["--larger 1.5MB", ""],
      ["-t sea -m llama", "b"],
      ["-t sea -m qwen", ""],
    ] as const;
    expect(await listedEach(cases)).toEqual(cases);
  });

  it("was asked or answered, with --grep", async () => {
    const cases = [
      ["safe?", "b", "asked"],
      ["Safe", "", "asked, in other capitals"],
      ["water at", "a", "answered, over the end of a chunk"],
      ["tide tables", "d", "asked of a tool"],
      ["none found", "d", "answered by a tool"],
      ["timed*out", "c", "said in a failure"],
      ["ää", "f", "not ASCII"],
      ["test_sea", "", "in the test id alone"],
    ] as const;
    const cwd = tree(FILES);
    const found = await forEach(cases, async ([text, , why]) => [text, await listed(cwd, "--grep", text), why]);
    expect(found).toEqual(cases);
    expect(await listed(cwd, "--grep", "high water", "--streaming")).toBe("a");
    expect(await listed(cwd, "--grep", "high water", "--no-streaming")).toBe("cf");
  });

  it("was answered as something other than a message, with --grep: a list of models, an embedding", async () => {
    const listed = await inside(["ls", "--json", "--grep", "all-minilm:l6-v2"]);
    const found = JSON.parse(listed.stdout).recordings;
    expect(found.map(({ dialect }: { dialect: string }) => dialect)).toContain("openai-models");
    expect(found.length).toBeLessThan(10);
  });

  it("is larger than --larger says, not as large", async () => {
    const cwd = tree(FILES);
    const bytes = Buffer.byteLength(FILES[at("f")] as string);
    expect(await listed(cwd, "--larger", String(bytes - 1))).toBe("f");
    expect(await listed(cwd, "--larger", String(bytes))).toBe("");
  });
});

describe("ls tells a filter that it cannot read", () => {
  it.each([
    [["--kind", "tea"], "Allowed choices are tool, http, inference, file-processor, unknown."],
    [["--dialect", "welsh"], /Allowed choices are openai-chat, .*, rerank, unknown\./],
    [["--larger", "much"], "A size is a number with k, M or G, such as 500k."],
    [["--larger", "-1"], "A size is a number"],
  ])("%j", async (args, message) => {
    const { stdout, stderr, code } = await inside(["ls", ...args], { cwd: tree(FILES) });
    expect(stderr).toMatch(message);
    expect(stderr).toContain(`option '${args[0]} <`);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });
});
