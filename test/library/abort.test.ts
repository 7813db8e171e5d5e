import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import type { FetchOptions } from "../../src/library/public.d.ts";
import { chunk, treeOf, type Upstream, upstream } from "../serve/serving.ts";
import { RECORDINGS, wiresOf } from "../wire/wires.ts";
import { fetchIn } from "./made.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Collects garbage; what a job has looked at through a WeakRef is kept to its end. */
async function collect(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await new Promise((done) => setImmediate(done));
    gc();
  }
}

/** An API that sends the beginning of a stream, or nothing, and no more. */
const stalling = (begins: boolean): Promise<Upstream> =>
  upstream((_asked, response) => {
    if (begins) response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk("Half"));
  });

const CHAT = { model: "m", messages: [], stream: true as const };

interface Stream {
  readonly fetch: ReturnType<typeof fetchIn>;
  readonly url: string;
  readonly body: string;
}

/** A stream that has begun, and would go on for minutes. */
async function streamIn(mode: NonNullable<FetchOptions["mode"]>): Promise<Stream> {
  if (mode !== "replay") {
    const { url } = await stalling(true);
    return { fetch: fetchIn(treeOf(), { mode }), url: `${url}/v1/chat/completions`, body: JSON.stringify(CHAT) };
  }
  const wire = [...wiresOf(RECORDINGS)].find(({ endpoint, streamed }) => endpoint === "/api/generate" && streamed);
  const { request } = JSON.parse(readFileSync(join(RECORDINGS, wire?.path as string), "utf8"));
  const fetch = fetchIn(RECORDINGS, { recordings: ".", match: "request", pace: { ttft: 0, tps: 0.001 } });
  return { fetch, url: "http://localhost:11434/api/generate", body: JSON.stringify(request.body) };
}

/** How callers hand over a signal. */
const FORMS: Readonly<Record<string, (signal: AbortSignal, stream: Stream) => Promise<Response>>> = {
  "an option": (signal, { fetch, url, body }) => fetch(url, { method: "POST", body, signal }),
  "a Request": (signal, { fetch, url, body }) => fetch(new Request(url, { method: "POST", body, signal })),
  "one of several": (signal, { fetch, url, body }) =>
    fetch(url, { method: "POST", body, signal: AbortSignal.any([signal, AbortSignal.timeout(3_600_000)]) }),
};

describe.each(["replay", "live", "record-if-missing"] as const)("in mode %s, behind a garbage collection", (mode) => {
  it.each(Object.keys(FORMS))("a signal that is %s is heard", async (form) => {
    const stop = new AbortController();
    const stream = await streamIn(mode);
    const response = await FORMS[form]?.(stop.signal, stream);
    const reader = response?.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    const next = reader?.read().catch((reason) => reason);
    await collect();
    const own = new Error("enough");
    stop.abort(own);
    expect(await next).toBe(own);
    await stream.fetch.close();
  });
});

describe.each(["live", "record-if-missing"] as const)("in mode %s, openai's library", (mode) => {
  it.each(["timeout", "signal"])("ends a request by its %s, behind a garbage collection", async (by) => {
    const { url, asked } = await stalling(false);
    const client = new OpenAI({ apiKey: "x", baseURL: `${url}/v1`, fetch: fetchIn(treeOf(), { mode }), maxRetries: 0 });
    const stop = new AbortController();
    const options = by === "timeout" ? { timeout: 1_000 } : { signal: stop.signal };
    const told = client.chat.completions.create(CHAT, options).catch((error) => error);
    await expect.poll(() => asked.length).toBe(1);
    await collect();
    if (by === "signal") stop.abort();
    expect((await told).message).toBe(by === "timeout" ? "Request timed out." : "Request was aborted.");
  });
});

/** A body that begins, and never ends; and whether it was told that nobody wants it. */
function endless(): { body: ReadableStream; cancelled: () => unknown } {
  let reason: unknown;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("{")),
    cancel: (why) => {
      reason = why;
    },
  });
  return { body, cancelled: () => reason };
}

it.each(["an option", "a Request"])("aborted while its body is read, a request rejects (%s)", async (form) => {
  const fetch = fetchIn(treeOf());
  const { body, cancelled } = endless();
  const stop = new AbortController();
  const init = { method: "POST", body, duplex: "half" as const, signal: stop.signal };
  const url = "http://localhost/v1/chat/completions";
  const told = (form === "an option" ? fetch(url, init) : fetch(new Request(url, init))).catch((reason) => reason);
  await collect();
  const own = new Error("enough");
  stop.abort(own);
  expect(await told).toBe(own);
  expect(cancelled()).toBe(own);
  await fetch.close();
});

it("a body that is a stream of texts is no body", async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue("{}") });
  const asked = fetchIn(treeOf())("http://localhost/v1/chat/completions", { method: "POST", body });
  await expect(asked).rejects.toThrow("a body that is a stream must give Uint8Array");
});
