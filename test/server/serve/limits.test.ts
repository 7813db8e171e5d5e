import { expect, it } from "vitest";
import { UpstreamError, type UpstreamFault } from "../../../src/server/upstream/types.ts";
import { answering, framesIn, request, worldOf } from "./ports.ts";

const upstreams = [{ api: "openai", url: "http://x/v1", from: "flag" as const }];
const BODY = { model: "m", messages: [] };
const CHUNK = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[]}\n\n`;

const brokenBy = (fault: UpstreamFault) => {
  const error = new UpstreamError(fault, "it ended early");
  return answering("", {
    headers: { "content-type": "text/event-stream" },
    frames: (async function* () {
      yield CHUNK;
      throw error;
    })(),
    ended: Promise.resolve({ how: "broken", why: error.message, error, text: CHUNK }),
  });
};

it.each(["size", "timeout"] as const)(
  "a limit of recctl's own (%s) is no failure of the API, whatever is kept",
  async (fault) => {
    const settings = { mode: "record", upstreams, keepPartial: true, keepFailures: true } as const;
    const { serve, entries, store } = worldOf(settings, async () => brokenBy(fault));
    expect((await framesIn(await serve(request("/v1/chat/completions", { ...BODY, stream: true })))).broke).toBe(true);
    await serve.settled();
    expect(store.texts.size).toBe(0);
    expect(entries).toMatchObject([
      { outcome: "refused", reason: "a limit of recctl is not recorded as a failure: it ended early" },
    ]);
  },
);

it("a connection that breaks off is one, where everything is recorded", async () => {
  const { serve, entries, store } = worldOf({ mode: "record", upstreams }, async () => brokenBy("reset"));
  await framesIn(await serve(request("/v1/chat/completions", { ...BODY, stream: true })));
  await serve.settled();
  expect(store.texts.size).toBe(1);
  expect(entries).toMatchObject([{ outcome: "recorded", failure: true }]);
  expect(serve.failures).toBe(1);
  await serve(request("/__recctl/reset", {}));
  expect([serve.failures, serve.counts.recorded]).toEqual([0, 0]);
});
