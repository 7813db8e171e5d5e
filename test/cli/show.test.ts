import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { ROOT, tree } from "../run.ts";
import { forEach, started } from "./process.ts";
import { at, sample } from "./samples.ts";

const MESSAGES = "recordings/a31491a6d1b2a4b7bd79bc500cecf7502e583665afd532a484bf01487ea71c0e.json";
const CHAT = "recordings/3e34e2510877bfa09f632b709d17cd94b0eb6a922f2bd55f9cbe31acac5c5199.json";
const EMBEDDING = "recordings/bf4dd8d11458489708c4808c783200edde40698a8fbc73724fb9783f607d483b.json";
const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const show = async (...args: string[]): Promise<string> => {
  const { stdout, stderr, code } = await inside(["show", ...args]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return stdout;
};

describe("show --raw", () => {
  it("gives the file, byte for byte, whatever is in it", async () => {
    const files: Record<string, string | Buffer> = {
      "recordings/plain.json": sample({ answered: "ä\u001b" }),
      "recordings/no-newline.json": sample().trimEnd(),
      "recordings/newlines.json": `${sample()}\n\n`,
      "recordings/crlf.json": sample().replaceAll("\n", "\r\n"),
      "recordings/bytes.json": Buffer.from([0, 0xff, 0x1b, 0x0a, 0x0d]),
      "recordings/nothing.json": "",
      "recordings/large.json": sample({ answered: "wave ".repeat(100_000) }),
    };
    const cwd = tree(files);
    await forEach(Object.keys(files), async (path) => {
      const shown = started(["show", "--raw", path], { cwd }).read();
      expect((await shown.ended).code).toBe(0);
      expect(shown.stdout.equals(Buffer.from(files[path] as string)), path).toBe(true);
    });
  });

  it("gives one half as it is stored, in the form of the file", async () => {
    for (const path of [MESSAGES, EMBEDDING]) {
      for (const half of ["request", "response"]) {
        const stored = await show("--raw", `--${half}`, path);
        // It stands in the file as it is, a level deeper.
        expect(text(path)).toContain(`\n  "${half}": ${stored.trimEnd().replaceAll("\n", "\n  ")},\n`);
      }
    }
  });

  it("gives either half or the file, not both halves", async () => {
    const { stderr, code } = await inside(["show", "--raw", "--request", "--response", CHAT]);
    expect(stderr).toMatch(/^error: --raw shows one part, or without either the whole file/);
    expect(code).toBe(2);
  });

  it("gives a string to JSON", async () => {
    expect(JSON.parse(await show("--raw", "--json", CHAT))).toEqual({ text: text(CHAT) });
  });
});

describe("show --chunk", () => {
  it("gives one chunk as it was recorded", async () => {
    const { body } = JSON.parse(text(CHAT)).response;
    for (const number of [1, 7, body.length]) {
      expect(JSON.parse(await show("--chunk", String(number), CHAT))).toEqual(body[number - 1]);
      expect(JSON.parse(await show("--chunk", String(number), "--json", CHAT))).toEqual({ chunk: body[number - 1] });
    }
  });

  it("gives an event, all of its lines, where server-sent events were recorded", async () => {
    const { body } = JSON.parse(text(MESSAGES)).response;
    expect(await show("--chunk", "2", MESSAGES)).toBe(`${body[3]}\n${body[4]}\n`);
    expect(body[3]).toBe("event: content_block_start");
    expect(JSON.parse(await show("--chunk", "2", "--json", MESSAGES))).toEqual({ chunk: body.slice(3, 6) });
  });

  it.each([
    ["27", CHAT, "there is no chunk 27: the stream has 26"],
    ["1", EMBEDDING, "the recording did not stream: it has no chunks"],
    ["0", CHAT, "option '--chunk <n>' argument '0' is invalid. Chunks are counted from 1."],
    ["-1", CHAT, "option '--chunk <n>' argument '-1' is invalid. Chunks are counted from 1."],
    ["1.5", CHAT, "option '--chunk <n>' argument '1.5' is invalid. Chunks are counted from 1."],
  ])("%s is refused: %s", async (number, path, message) => {
    const { stdout, stderr, code } = await inside(["show", "--chunk", number, path]);
    expect(stderr.split("\n")[0]).toBe(`error: ${message}`);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });
});

describe("show", () => {
  it("gives the conversation and the message as JSON, of a fixed shape", async () => {
    const path = at("aaaa");
    const content = sample({ asked: "When?", answered: ["At ", "22:14."], failure: "cut" });
    const { stdout } = await inside(["show", "--json", "aaaa"], { cwd: tree({ [path]: content }) });
    const document = JSON.parse(stdout);
    expect(Object.keys(document).join(" ")).toBe(
      "path id test_id kind dialect method url endpoint model streaming chunks failed bytes request response",
    );
    expect(document).toMatchObject({ path, dialect: "openai-chat", chunks: 2, failed: true, bytes: content.length });
    expect(document.request).toEqual({
      messages: [{ role: "user", parts: [{ type: "text", text: "When?" }] }],
      tools: [],
      parameters: { stream: true },
    });
    expect(document.response).toEqual({
      choices: [{ index: 0, parts: [{ type: "text", text: "At 22:14." }], finish: "stop" }],
      items: [],
      usage: null,
      errors: [],
      failure: { category: "builtin", type: "TimeoutError", message: "cut", status: null, body: null },
    });
    const line = await inside(["show", "--ndjson", "aaaa"], { cwd: tree({ [path]: content }) });
    expect(JSON.parse(line.stdout)).toEqual(document);
    expect(line.stdout.split("\n")).toHaveLength(2);
  });

  it("gives one half alone, in text and in JSON", async () => {
    const request = await show("--request", CHAT);
    const response = await show("--response", CHAT);
    expect(request).toContain("How do I change the lamp?");
    expect(request).not.toContain("isolator");
    expect(response).not.toContain("How do I change the lamp?");
    expect(response).toContain("Switch it off at the isolator");
    expect(response).toMatch(/\n\nfailed: APIError, unknown\nThe server had an error .*\n$/);
    expect(Object.keys(JSON.parse(await show("--request", "--json", CHAT)))).not.toContain("response");
    expect(Object.keys(JSON.parse(await show("--response", "--json", CHAT)))).not.toContain("request");
    expect(await show("--request", "--response", CHAT)).toBe(await show(CHAT));
  });
});
