import { readdirSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Ollama } from "ollama";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { familyOf } from "../../src/server/serve/family.ts";
import { post, served, treeOf, type Upstream, upstream } from "./serving.ts";

const KEY = "Zr4Tq8Lw2Nv6Xy1Bc5Md9Kf3";
const MISSING = ["--mode", "record-if-missing"];
const HEADERS = ["authorization", "x-api-key", "x-goog-api-key"];
const messages = [{ role: "user" as const, content: "a secret prompt" }];

const anthropic = (url: string) =>
  new Anthropic({ apiKey: `sk-ant-${KEY}`, authToken: null, baseURL: url, maxRetries: 0 });
const google = (url: string, apiVersion?: string) =>
  new GoogleGenAI({ apiKey: `AIza${KEY}`, httpOptions: { baseUrl: url, ...(apiVersion && { apiVersion }) } });

/** Calls of each API's own library to endpoints that serve does not know. */
const UNKNOWN: readonly (readonly [api: string, what: string, call: (url: string) => Promise<unknown>])[] = [
  ["anthropic", "count_tokens", (url) => anthropic(url).messages.countTokens({ model: "c", messages })],
  ["anthropic", "batches", (url) => anthropic(url).messages.batches.create({ requests: [] })],
  ["anthropic", "models", async (url) => anthropic(url).models.list()],
  ["google", "countTokens", (url) => google(url).models.countTokens({ model: "g", contents: "a secret prompt" })],
  ["google", "models", (url) => google(url).models.list()],
  ["google", "models of v1", (url) => google(url, "v1").models.list()],
  ["google", "files", (url) => google(url).files.list()],
  ["ollama", "version", (url) => new Ollama({ host: url }).version()],
];

/** Paths below a folder that names no upstream: a name that was mistyped, or forgotten. */
const UNNAMED = ["/groq/v1/messages/count_tokens", "/groq/v1beta/foo", "/groq/api/foo", "/unknown/v1/files"];

const ANSWER = { input_tokens: 1, data: [{ id: "claude-x", type: "model" }], models: [] };
const answering = (answer: object = ANSWER): Promise<Upstream> =>
  upstream((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  });
const files = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));

describe("what serve does not know", () => {
  it.each(UNKNOWN)("of %s (%s) goes to its own upstream, with its own key, and to no other", async (api, _, call) => {
    const [own, other] = [await answering(), await answering()];
    const cwd = treeOf();
    const others = ["openai", "anthropic", "google", "ollama"].filter((name) => name !== api);
    const args = others.flatMap((name) => ["--upstream", `${name}=${other.url}`]);
    const run = await served([...MISSING, ...args, "--upstream", `${api}=${own.url}`], { cwd });
    await call(run.url);
    const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: object[] };
    await run.end();
    expect([own.asked.length, other.asked.length, files(cwd)]).toEqual([1, 0, []]);
    expect(entries).toMatchObject([{ outcome: "live", name: null, path: null }]);
    const sent = HEADERS.map((name) => own.asked[0]?.headers[name]).filter((value) => value !== undefined);
    expect(sent.map((value) => String(value).includes(KEY))).toEqual(api === "ollama" ? [] : [true]);
  });

  it("and what nobody tells whose it is, is refused where no upstream is given for it", async () => {
    const other = await answering();
    const run = await served([...MISSING, "--upstream", `groq=${other.url}`], { cwd: treeOf() });
    for (const path of ["/v1/files", "/map"]) expect((await post(run.url + path, {})).status).toBeGreaterThan(400);
    await run.end();
    expect(other.asked).toEqual([]);
  });

  it("and nothing goes anywhere from below a folder that names no upstream", async () => {
    const other = await answering();
    const all = ["openai", "anthropic", "google", "ollama"].flatMap((api) => ["--upstream", `${api}=${other.url}`]);
    const run = await served([...MISSING, ...all], { cwd: treeOf() });
    for (const path of UNNAMED) {
      const answer = await post(run.url + path, {}, { authorization: `Bearer gsk-${KEY}` });
      expect([path, answer.status]).toEqual([path, 501]);
      expect(await answer.text()).toContain("--upstream NAME=URL");
    }
    await run.end();
    expect(other.asked).toEqual([]);
  });

  it.each(["", "?key=k"])(
    "who asks for / learns which base urls there are, and it goes nowhere: /%s",
    async (query) => {
      const other = await answering();
      const all = ["openai", "google"].flatMap((api) => ["--upstream", `${api}=${other.url}`]);
      for (const args of [[], [...MISSING, ...all]]) {
        const run = await served(args, { cwd: treeOf() });
        const answer = await fetch(`${run.url}/${query}`, { headers: { authorization: `Bearer sk-${KEY}` } });
        expect([answer.status, await answer.text()]).toEqual([
          501,
          expect.stringContaining(
            `GET /; base urls are ${run.url}/v1 for OpenAI, ${run.url} for Anthropic, Ollama, Google and Tavily`,
          ),
        ]);
        await run.end();
      }
      expect(other.asked).toEqual([]);
    },
  );

  it("is 501 in the words of its own API where nothing is asked", async () => {
    const run = await served([], { cwd: treeOf() });
    const models = (headers: Record<string, string>) => fetch(`${run.url}/v1/models`, { headers });
    const refused = await models({ "anthropic-version": "2023-06-01", "x-api-key": KEY });
    expect([refused.status, await refused.json()]).toMatchObject([501, { type: "error" }]);
    const second = await models({ "x-goog-api-key": KEY });
    expect([second.status, await second.json()]).toMatchObject([501, { error: { status: "UNIMPLEMENTED" } }]);
    expect((await models({})).status).toBe(404);
    await run.end();
  });
});

it("a list of models is OpenAI's own for OpenAI's client alone, though it was asked for before", async () => {
  const [list, claude] = [await answering(LIST), await answering()];
  const cwd = treeOf();
  const args = ["--upstream", `openai=${list.url}/v1`, "--upstream", `anthropic=${claude.url}`];
  const run = await served([...MISSING, ...args], { cwd });
  const openai = new OpenAI({ apiKey: "none", baseURL: `${run.url}/v1` });
  for (let turn = 0; turn < 2; turn++) {
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(["m"]);
    expect((await anthropic(run.url).models.list()).data.map(({ id }) => id)).toEqual(["claude-x"]);
  }
  await run.end();
  expect([list.asked.length, claude.asked.length, files(cwd).length]).toEqual([1, 2, 1]);
});
const LIST = { object: "list", data: [{ id: "m", object: "model", created: 1, owned_by: "o" }] };

it("no upstream gets the key of another API, whatever a path says", async () => {
  const up = await answering();
  const args = ["openai", "anthropic", "google"].flatMap((name) => ["--upstream", `${name}=${up.url}`]);
  const run = await served(["--mode", "live", ...args], { cwd: treeOf() });
  const headers = { "x-api-key": KEY, "x-goog-api-key": KEY, "api-key": KEY, "x-subscription-token": KEY };
  const all = Object.keys(headers);
  for (const [path, left] of [
    ["/openai/v1/messages", ["api-key"]],
    ["/v1/chat/completions", ["api-key"]],
    ["/v1/messages", ["x-api-key"]],
    ["/v1beta/models/m:generateContent", ["x-goog-api-key"]],
    ["/v1beta/models/m:countTokens", ["x-goog-api-key"]],
  ] as const) {
    await post(run.url + path, { model: "m", messages, contents: [] }, headers);
    const sent = up.asked.at(-1)?.headers ?? {};
    expect([path, all.filter((name) => sent[name] !== undefined)]).toEqual([path, left]);
  }
  await run.end();
  expect(up.asked).toHaveLength(5);
});

it.each([
  ["/v1/messages/batches", {}, "", "anthropic"],
  ["/v1/threads/t/messages", { authorization: "Bearer k" }, "", null],
  ["/v1/models", { "x-api-key": "k", authorization: "Bearer k" }, "", null],
  ["/v1/files", { "x-api-key": "k" }, "", "anthropic"],
  ["/v1/files", { "anthropic-beta": "files-api-2025-04-14", authorization: "Bearer k" }, "", "anthropic"],
  ["/v1/models/ft:gpt-4o:acme::a1", { authorization: "Bearer k" }, "", null],
  ["/v1/models/g:countTokens", {}, "", "google"],
  ["/v1/models/x:generate", {}, "", null],
  ["/v1/models/x:predict", { authorization: "Bearer k" }, "", null],
  ["/upload/v1beta/files", {}, "", "google"],
  ["/v1/models", {}, "key=k", "google"],
  ["/api/version", {}, "", "ollama"],
  ["/api/v1/generation", {}, "", null],
  ["/extract", {}, "", "tavily"],
  ["/openai/v1/messages/x", { "x-api-key": "k" }, "", "openai"],
  ["/v1/files", {}, "", null],
] as const)("%s %j %s is %s's", (path, headers, query, api) => {
  expect(familyOf({ path, headers, query })).toBe(api);
});
