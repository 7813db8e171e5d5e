import { readFileSync } from "node:fs";
import { join } from "node:path";
import OpenAI from "openai";
import { expect, it, vi } from "vitest";
import type { FetchOptions, JournalEntry } from "../../src/library/public.d.ts";
import { createFetch, RecctlError } from "../../src/library.ts";
import { recordingText } from "../run.ts";
import { treeOf, upstream } from "../serve/serving.ts";
import { RECORDINGS } from "../wire/wires.ts";
import { fetchIn, piecesOf } from "./made.ts";

const URL_ = "https://api.openai.com/v1/chat/completions";
const BODY = JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: "When is high water?" }] });
const TEST = "test_bar.py::test_tide[gpt-4o]";
const OTHER = BODY.replace("high", "low");

/** A tree with the recording of that body; its name is made by asking for it. */
async function treeWith(testId: string | null = TEST): Promise<string> {
  const entries: JournalEntry[] = [];
  const ask = fetchIn(treeOf(), { testId, journal: (entry) => void entries.push(entry) });
  await ask(URL_, { method: "POST", body: BODY });
  return treeOf({ [`recordings/${entries[0]?.name}.json`]: recordingText({ test_id: testId }) });
}

const stream = (text: string): ReadableStream =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

it("requests in every form that fetch takes are the same request", async () => {
  const fetch = fetchIn(await treeWith(), { testId: TEST, strict: true });
  const bytes = new TextEncoder().encode(BODY);
  const init = { method: "POST" };
  const asked: Parameters<typeof fetch>[] = [
    [URL_, { ...init, body: BODY }],
    [new URL(URL_), { ...init, body: bytes }],
    [URL_, { ...init, body: bytes.buffer }],
    [URL_, { ...init, body: new Blob([BODY]) }],
    [URL_, { ...init, body: stream(BODY) }],
    [URL_, { ...init, body: stream(BODY), duplex: "half" }],
    [new Request(URL_, { ...init, body: BODY })],
    [new Request(URL_, { ...init, body: OTHER }), { body: BODY }],
    [new Request(URL_, { ...init, body: stream(BODY), duplex: "half" })],
    [`${URL_}#part`, { ...init, body: BODY, headers: [["content-type", "application/json"]] }],
  ];
  for (const one of asked) {
    const response = await fetch(...one);
    expect(response).toBeInstanceOf(Response);
    expect([response.ok, response.headers.get("x-recctl-outcome"), response.url]).toEqual([
      true,
      "hit",
      expect.stringContaining(URL_),
    ]);
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: "At 22:14." } }] });
  }
});

it("what is no request of these APIs is refused before anything is read", async () => {
  const fetch = fetchIn(treeOf());
  const form = new FormData();
  form.set("file", new Blob(["x"]), "x");
  await expect(fetch(URL_, { method: "POST", body: form })).rejects.toThrow("a form with parts (FormData)");
  await expect(fetch("/v1/models")).rejects.toThrow(TypeError);
  await expect(fetch(URL_, { body: "x" })).rejects.toThrow(TypeError);
  await expect(fetch("data:,x")).rejects.toThrow("data: is not asked");
  expect((await fetch("https://api.openai.com/v1/files")).status).toBe(501);
});

it("a miss is a response in the API's own words, or, where it is strict, rejects with what why says", async () => {
  const cwd = await treeWith();
  const lax = await fetchIn(cwd, { testId: TEST })(URL_, { method: "POST", body: OTHER });
  const { error } = (await lax.json()) as { error: { message: string } };
  expect([lax.status, lax.headers.get("x-recctl-outcome")]).toEqual([404, "miss"]);
  expect(error.message).toContain("asked now");
  const fetch = fetchIn(cwd, { testId: TEST, strict: true });
  const strict = await fetch(URL_, { method: "POST", body: OTHER }).catch((reason) => reason);
  expect(strict).toBeInstanceOf(RecctlError);
  expect(strict).toMatchObject({ name: "RecctlError", outcome: "miss", status: 404, message: error.message });
  expect(strict.message).toContain(strict.recording);
  expect(strict.message).toContain("RECCTL_MODE=record-if-missing");
  expect(strict.message).not.toContain("pytest");
  const refused = fetch("https://api.openai.com/v1/files");
  await expect(refused).rejects.toMatchObject({ outcome: "refused", recording: null });
  // Behind a client library it is the cause.
  const client = new OpenAI({ apiKey: "x", fetch, maxRetries: 0 });
  const asked = client.chat.completions.create({ model: "request timed out", messages: [] });
  await expect(asked).rejects.toMatchObject({ cause: { name: "RecctlError", outcome: "miss" } });
  const other = fetchIn(cwd, { missStatus: 418 });
  expect((await other(URL_, { method: "POST", body: OTHER })).status).toBe(418);
});

it("the test that asks is told by the option, by what it gives, or by the client", async () => {
  const cwd = await treeWith();
  const hits = async (options: FetchOptions, headers: Record<string, string> = {}): Promise<boolean> =>
    (await fetchIn(cwd, options)(URL_, { method: "POST", body: BODY, headers })).ok;
  let current: string | undefined;
  const telling = { testId: () => current };
  expect(await hits(telling)).toBe(false);
  current = TEST;
  expect(await hits(telling)).toBe(true);
  expect(await hits({})).toBe(false);
  expect(await hits({}, { "x-test-id": TEST })).toBe(true);
  expect(await hits({ testId: "other" }, { "X-OGX-Provider-Data": JSON.stringify({ __test_id: TEST }) })).toBe(true);
  expect(await hits({ testId: TEST }, { "x-test-id": "other" })).toBe(false);
  expect(await hits({ testId: "another", match: "request" })).toBe(true);
});

it.each<[unknown, string]>([
  [Promise.resolve("x"), "testId gave a promise: wanted is a text"],
  [7, "testId gave a value of type number"],
  [{ name: "x" }, "testId gave a value of type object"],
])("what tells the test must give a text: %s", async (given, told) => {
  const fetch = fetchIn(treeOf(), { testId: () => given as string });
  await expect(fetch(URL_, { method: "POST", body: BODY })).rejects.toThrow(told);
});

it("the journal is a file, or a function", async () => {
  const cwd = await treeWith();
  const entries: JournalEntry[] = [];
  for (const journal of ["run.jsonl", (entry: JournalEntry) => void entries.push(entry)]) {
    const fetch = fetchIn(cwd, { testId: TEST, journal });
    for (const body of [BODY, OTHER]) await fetch(URL_, { method: "POST", body });
    await fetch.close();
  }
  const lines = readFileSync(join(cwd, "run.jsonl"), "utf8").trim().split("\n");
  const [hit, miss] = entries;
  const runs = new Set(lines.map((line) => JSON.parse(line).run));
  expect([...runs]).toEqual([expect.stringMatching(/^\w+-\w+$/)]);
  expect(entries.map(({ time, ...rest }) => ({ ...rest, run: [...runs][0] }))).toEqual(
    lines.map((line) => JSON.parse(line)).map(({ time, ...rest }) => rest),
  );
  expect(hit).toMatchObject({ outcome: "hit", test_id: TEST, status: 200, path: `recordings/${hit?.name}.json` });
  expect(hit).not.toHaveProperty("request");
  expect(miss).toMatchObject({
    outcome: "miss",
    path: null,
    request: { url: expect.any(String), body: JSON.parse(OTHER) },
  });
});

it("a request is left out of the journal that is long, or holds a secret", async () => {
  const entries: JournalEntry[] = [];
  const fetch = fetchIn(treeOf(), { journal: (entry) => void entries.push(entry) });
  const key = `sk-ant-api03-${"Ab3dE5fG7h".repeat(9)}AA`;
  for (const content of ["x", "x".repeat(200_000), `my key is ${key}`]) {
    const body = JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
    await fetch(URL_, { method: "POST", body });
  }
  expect(entries.map(({ outcome, request }) => [outcome, request !== undefined])).toEqual([
    ["miss", true],
    ["miss", false],
    ["miss", false],
  ]);
  expect(JSON.stringify(entries)).not.toContain(key);
});

it("a journal that cannot be written does not keep from answering, and is told at the end", async () => {
  const journal = (): never => {
    throw new Error("full");
  };
  const fetch = fetchIn(await treeWith(), { testId: TEST, strict: true, journal });
  expect((await fetch(URL_, { method: "POST", body: BODY })).status).toBe(200);
  const told = { message: expect.stringContaining("the journal function threw for one request: full") };
  await expect(fetch.close()).rejects.toMatchObject({ ...told, cause: { message: "full" } });
  const late = fetchIn(await treeWith(), { testId: TEST, journal: async () => journal() });
  for (const body of [BODY, OTHER]) await late(URL_, { method: "POST", body });
  await expect(late.close()).rejects.toThrow("the journal function threw for 2 requests: full");
});

it("a request that was aborted, or is, rejects with its reason", async () => {
  const fetch = fetchIn(await treeWith(), { testId: TEST });
  const own = new Error("enough");
  await expect(fetch(URL_, { method: "POST", body: BODY, signal: AbortSignal.abort(own) })).rejects.toBe(own);
  const stop = new AbortController();
  const asked = fetch(URL_, { method: "POST", body: BODY, signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});

it("aborted in mid-stream, the body errors at once, and the pause is not waited for", async () => {
  const fetch = fetchIn(RECORDINGS, { recordings: ".", match: "request", pace: { ttft: 0, tps: 0.01 } });
  const stop = new AbortController();
  const response = await fetch("http://localhost:11434/api/generate", await recordedStream(stop.signal));
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  const next = reader?.read();
  stop.abort();
  await expect(next).rejects.toMatchObject({ name: "AbortError" });
  // Left by its reader, it ends likewise.
  const left = await fetch("http://localhost:11434/api/generate", await recordedStream());
  await left.body?.cancel();
  await fetch.close();
});

/** A request whose answer is a recorded stream. */
async function recordedStream(signal?: AbortSignal): Promise<RequestInit> {
  const { wiresOf } = await import("../wire/wires.ts");
  const wire = [...wiresOf(RECORDINGS)].find(({ endpoint, streamed }) => endpoint === "/api/generate" && streamed);
  const { request } = JSON.parse(readFileSync(join(RECORDINGS, wire?.path as string), "utf8"));
  return { method: "POST", body: JSON.stringify(request.body), ...(signal && { signal }) };
}

it("aborted in mid-stream, the upstream is called off and nothing is recorded; close waits no longer", async () => {
  let closed = false;
  const up = await upstream((_asked, response) => {
    response.on("close", () => {
      closed = true;
    });
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"id":"c","choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n');
  });
  const entries: JournalEntry[] = [];
  const fetch = fetchIn(treeOf(), { mode: "record", journal: (entry) => void entries.push(entry) });
  const client = new OpenAI({ apiKey: "x", baseURL: `${up.url}/v1`, fetch, maxRetries: 0 });
  const answer = await client.chat.completions.create({ model: "m", messages: [], stream: true });
  for await (const chunk of answer) {
    expect(chunk.choices[0]?.delta.content).toBe("Half");
    break;
  }
  await fetch.close();
  await expect.poll(() => closed).toBe(true);
  expect(entries).toMatchObject([{ outcome: "aborted", path: null, reason: expect.stringContaining("went away") }]);
  await expect(fetch(`${up.url}/v1/models`)).rejects.toThrow("closed");
});

it("a stream that broke off breaks off again, behind all that came before", async () => {
  const up = await upstream((_asked, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"id":"c","choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n');
    setTimeout(() => response.destroy(), 30);
  });
  const cwd = treeOf();
  for (const mode of ["record", "replay"] as const) {
    const fetch = fetchIn(cwd, { mode });
    const body = JSON.stringify({ model: "m", messages: [], stream: true });
    const response = await fetch(`${up.url}/v1/chat/completions`, { method: "POST", body });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("Half");
    await expect(reader?.read()).rejects.toThrow("terminated");
    await fetch.close();
  }
  expect(up.asked).toHaveLength(1);
});

it("an answer without a body has none", async () => {
  const up = await upstream((_asked, response) => void response.writeHead(204).end());
  const fetch = fetchIn(treeOf(), { mode: "live" });
  const response = await fetch(`${up.url}/api/pull`, { method: "POST", body: "{}" });
  expect([response.status, response.body, await piecesOf(response)]).toEqual([204, null, []]);
});

it.each<[object, string]>([
  [{ mode: "play" }, "mode: wanted is replay, record-if-missing, record, live"],
  [{ modes: "replay" }, "no option modes"],
  [{ recordings: [""] }, "recordings: wanted is a path, or several"],
  [{ upstreams: { openai: "x" } }, "upstreams.openai: an upstream is an http or https url"],
  [{ pace: { tps: 0 } }, "pace.tps: wanted is more than 0"],
  [{ missStatus: 200 }, "missStatus: wanted is from 400 to 599"],
  [{ scheme: "2026" }, "scheme: wanted is auto, 2"],
])("options that are none: %j", (options, told) => {
  expect(() => createFetch(options as FetchOptions)).toThrow(told);
});

it("what cannot be read is told to who asks, with the place", async () => {
  const fetch = fetchIn(treeOf(), { recordings: "nowhere" });
  await expect(fetch(URL_, { method: "POST", body: BODY })).rejects.toThrow(
    /^recctl: no such file or folder: nowhere\n {2}in {3}\/.*\n {2}try {2}recctl/,
  );
  await expect(fetch.close()).resolves.toBeUndefined();
  const away = await fetchIn("/nowhere")(URL_, { method: "POST", body: BODY }).catch((error) => error);
  expect(String(away)).toBe(
    "Error: recctl: cwd: no such folder\n  in   /nowhere\n  try  createFetch({ cwd: FOLDER }), with one that is there",
  );
  expect(away.cause).toBeUndefined();
  const silent = vi.fn();
  const unused = fetchIn("/nowhere", { journal: silent });
  await unused.close();
  expect(silent).not.toHaveBeenCalled();
});
