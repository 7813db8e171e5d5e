import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialectFor } from "../../../src/dialects/index.ts";
import { STRICT, writeJson } from "../../../src/recording/json/write.ts";
import { framesOf } from "../../../src/replay/frames.ts";
import { type Routed, routeOf } from "../../../src/server/matching/routes.ts";
import { DEFAULT_UPSTREAMS, targetOf } from "../../../src/server/serve/upstreams.ts";
import { UpstreamError } from "../../../src/server/upstream/types.ts";
import { folderOf, RECORDINGS } from "../matching/folder.ts";
import { wireOf } from "../matching/wire.ts";
import { answering, framesIn, MemoryStore, request, worldOf } from "./ports.ts";

const folder = folderOf(RECORDINGS);

function demo(): MemoryStore {
  const store = new MemoryStore();
  for (const name of readdirSync(RECORDINGS).sort()) {
    store.put(`recordings/${name}`, readFileSync(join(RECORDINGS, name), "utf8"));
  }
  return store;
}

const headersOf = (testId: string | null): Record<string, string> => (testId === null ? {} : { "x-test-id": testId });

describe("replay", () => {
  it("gives the recorded frames, each by itself, of every stream", async () => {
    const store = demo();
    const { serve, entries } = worldOf({}, undefined, store);
    let streams = 0;
    for (const one of folder.all) {
      const wire = wireOf(one.request_);
      const recording = store.open(`recordings/${one.path}`);
      if (!wire || !recording?.head.streaming || !one.verified) continue;
      const reply = await serve(
        request(wire.target, writeJson(wire.body, STRICT), { headers: headersOf(one.head.testId) }),
      );
      const wanted = framesOf(recording, dialectFor(recording.head), "wire").map(({ text }) => text);
      const { frames, broke } = await framesIn(reply);
      // What failed in mid-stream says so as the API did.
      if (recording.failure)
        expect(frames.splice(wanted.length), one.path).toEqual([expect.stringMatching(/^data: \{"error"/)]);
      expect(frames, one.path).toEqual(wanted);
      expect(broke).toBe(false);
      expect(reply.headers["content-type"]).toMatch(one.head.url?.includes("/api/") ? /ndjson/ : /event-stream/);
      streams++;
    }
    expect(streams).toBeGreaterThan(15);
    expect(entries.every(({ outcome }) => outcome === "hit")).toBe(true);
  });

  it("keeps the pace that is asked for", async () => {
    const store = demo();
    const one = folder.all.find(({ path }) => path.startsWith("0c02316e")) ?? folder.all[0];
    const wire = wireOf((one as (typeof folder.all)[0]).request_);
    const { serve, slept } = worldOf({ pace: { ttft: 400, tps: 20 }, match: "request" }, undefined, store);
    const reply = await serve(
      request(wire?.target ?? "", writeJson(wire?.body ?? null, STRICT), {
        headers: headersOf(one?.head.testId ?? null),
      }),
    );
    await framesIn(reply);
    expect(slept.slice(0, 3)).toEqual([400, 50, 50]);
  });

  it("writes embeddings as they are asked for: as numbers, or as base64 of 32 bits each", async () => {
    const store = demo();
    const one = folder.all.find(({ head }) => head.url?.includes("api.openai.com") && head.url.endsWith("/embeddings"));
    const wire = wireOf(one?.request_ ?? folder.all[0]?.request_ ?? (undefined as never));
    const { serve } = worldOf({ match: "request" }, undefined, store);
    const ask = async (format: string | undefined) => {
      const body = JSON.parse(writeJson(wire?.body ?? null, STRICT));
      const reply = await serve(request(wire?.target ?? "", { ...body, encoding_format: format }));
      return (JSON.parse(reply.body as string) as { data: { embedding: string | number[] }[] }).data[0]?.embedding;
    };
    const numbers = (await ask("float")) as number[];
    const encoded = Buffer.from((await ask("base64")) as string, "base64");
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers.map((_, at) => encoded.readFloatLE(at * 4))).toEqual(numbers.map(Math.fround));
  });

  it("lists of models of several bases are told, and which flag says what is asked", async () => {
    const { serve, entries } = worldOf({}, undefined, demo());
    const reply = await serve(request("/v1/models", null));
    expect(reply.status).toBe(409);
    expect(reply.body).toMatch(/recordings\/models-64a2[0-9a-f-]+\.json/);
    expect(reply.body).toMatch(/recordings\/models-ccf0/);
    expect(reply.body).toMatch(/--upstream openai=https?:/);
    expect(entries).toMatchObject([{ outcome: "refused", status: 409 }]);
  });
});

describe("an upstream", () => {
  const url = (target: string, ...flags: [string, string][]): unknown => {
    const routed = routeOf(target.endsWith("models") ? "GET" : "POST", target) as Routed;
    const upstreams = [...flags.map(([api, to]) => ({ api, url: to, from: "flag" as const })), ...DEFAULT_UPSTREAMS];
    const found = targetOf(routed, target, upstreams);
    return "missing" in found ? found : [found.url, found.base];
  };

  it("is asked under its own path, and recorded as libraries have it", () => {
    expect(url("/v1/chat/completions")).toEqual([
      "https://api.openai.com/v1/chat/completions",
      "https://api.openai.com/v1",
    ]);
    expect(url("/chat/completions", ["openai", "http://x/openai/v1/"])).toEqual([
      "http://x/openai/v1/chat/completions",
      "http://x/openai/v1",
    ]);
    expect(url("/v1/chat/completions", ["openai", "http://x"])).toEqual([
      "http://x/v1/chat/completions",
      "http://x/v1",
    ]);
    expect(url("/groq/v1/models", ["groq", "https://api.groq.com/openai/v1"])).toEqual([
      "https://api.groq.com/openai/v1/models",
      "https://api.groq.com/openai/v1",
    ]);
    expect(url("/v1/messages")).toEqual(["https://api.anthropic.com/v1/messages", "https://api.anthropic.com"]);
    expect(url("/v1/messages", ["anthropic", "http://x/v1"])).toEqual(["http://x/v1/messages", "http://x"]);
    expect(url("/api/embed")).toEqual(["http://localhost:11434/api/embed", "http://localhost:11434"]);
    expect(url("/v1beta/interactions")).toEqual([
      "https://generativelanguage.googleapis.com/v1beta/interactions",
      "https://generativelanguage.googleapis.com/v1beta",
    ]);
    expect(url("/v1beta/models/g:generateContent")).toEqual([
      "https://generativelanguage.googleapis.com/v1beta/models/g:generateContent",
      "vertexai://",
    ]);
    expect(url("/v1/rerank", ["rerank", "http://x/v1"])).toEqual(["http://x/v1/rerank", "http://x/v1"]);
    expect(url("/search")).toEqual(["https://api.tavily.com/search", null]);
    expect(url("/brave/v1/tool-runtime/invoke", ["brave", "http://x"])).toEqual([
      "http://x/v1/tool-runtime/invoke",
      "brave",
    ]);
    expect(url("/rerank")).toEqual({ missing: "rerank" });
    expect(url("/nobody/v1/chat/completions")).toEqual({ missing: "nobody" });
  });

  const BODY = { model: "m", messages: [] };
  const upstreams = [{ api: "openai", url: "http://x/v1", from: "flag" as const }];

  it("that cannot be asked is an error in the API's words, and nothing is written", async () => {
    const { serve, entries, store } = worldOf({ mode: "record", upstreams }, async () => {
      throw new UpstreamError("timeout", "too late");
    });
    const reply = await serve(request("/v1/chat/completions", BODY));
    expect([reply.status, JSON.parse(reply.body as string).error.message]).toEqual([504, "too late"]);
    expect(entries).toMatchObject([{ outcome: "refused", status: 504, reason: "upstream failed: too late" }]);
    expect(store.texts.size).toBe(0);
  });

  it("is asked by each of many requests at once where the first is waited for in vain, and what lies there then is one whole answer", async () => {
    let count = 0;
    const chat = (n: number) =>
      JSON.stringify({
        id: "c",
        object: "chat.completion",
        created: 1,
        model: "m",
        choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: `${n}` } }],
      });
    const { serve, store } = worldOf({ mode: "record-if-missing", upstreams }, async () => answering(chat(count++)));
    const replies = await Promise.all(Array.from({ length: 5 }, () => serve(request("/v1/chat/completions", BODY))));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await serve.settled();
    expect(store.texts.size).toBe(1);
    const [text = ""] = store.texts.values();
    expect(JSON.parse(text).response.body.__data__.choices[0].message.content).toMatch(/^\d$/);
  });

  it("whose client went away is called off, and not recorded", async () => {
    const gone = new AbortController();
    let signal: AbortSignal | undefined;
    const { serve, entries, store } = worldOf({ mode: "record", upstreams }, async (asked) => {
      signal = asked.signal;
      const ended = new Promise<never>((_, reject) =>
        asked.signal.addEventListener("abort", () => reject(new Error("off"))),
      );
      return answering("", {
        headers: { "content-type": "text/event-stream" },
        frames: (async function* () {
          yield "data: {}\n\n";
          await ended.catch(() => undefined);
        })(),
        ended: ended.catch(() => {
          const error = new UpstreamError("aborted", "called off");
          return { how: "broken" as const, why: error.message, error, text: "data: {}\n\n" };
        }),
      });
    });
    const reply = await serve(request("/v1/chat/completions", { ...BODY, stream: true }, { gone: gone.signal }));
    const reading = framesIn(reply);
    gone.abort();
    await reading;
    await serve.settled();
    expect(signal?.aborted).toBe(true);
    expect(entries).toMatchObject([{ outcome: "aborted", reason: expect.stringContaining("the client went away") }]);
    expect(store.texts.size).toBe(0);
  });
});
