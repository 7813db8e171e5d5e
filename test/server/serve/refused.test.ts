import { expect, it } from "vitest";
import { entryLine } from "../../../src/commands/serving/telling.ts";
import type { StorePort } from "../../../src/server/serve/index.ts";
import { DEFAULT_UPSTREAMS, unknownTargetOf } from "../../../src/server/serve/upstreams.ts";
import { UpstreamError } from "../../../src/server/upstream/types.ts";
import { answering, framesIn, MemoryStore, request, worldOf } from "./ports.ts";

const BODY = { model: "m", messages: [{ role: "user", content: "?" }] };
const said = (text: string) =>
  JSON.stringify({
    object: "chat.completion",
    id: "1",
    created: 1,
    model: "m",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
  });
const openai = (url: string) => ({ api: "openai", url, from: "flag" as const });

/** A store with what each base answered. */
async function recorded(...urls: string[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const url of urls) {
    const { serve } = worldOf({ mode: "record", upstreams: [openai(url)] }, async () => answering(said(url)), store);
    await serve(request("/v1/chat/completions", BODY, { headers: { "x-test-id": "tests/a.py::t" } }));
    await serve.settled();
  }
  return store;
}

it("bases that answer differently are told with the flag that chooses each, which then does", async () => {
  const urls = ["https://a.example/v1", "https://b.example/openai/v1"];
  const store = await recorded(...urls);
  const asked = request("/v1/chat/completions", BODY, { headers: { "x-test-id": "tests/a.py::t" } });
  const { serve, entries } = worldOf({}, undefined, store);
  const reply = await serve(asked);
  expect(reply.status).toBe(409);
  for (const url of urls) expect(reply.said).toContain(`(${url}): --upstream openai=${url}`);
  expect(entries[0]?.reason).toMatch(/^ambiguous: several recordings/);
  const chosen = worldOf({ upstreams: [openai(urls[1] as string)] }, undefined, store);
  expect((await chosen.serve(asked)).body).toContain(urls[1]);
});

it("a path of no API is 501 where nothing else is asked, or nobody says who", async () => {
  for (const mode of ["replay", "record", "live"] as const) {
    const { serve, asked, entries } = worldOf({ mode, upstreams: DEFAULT_UPSTREAMS });
    const reply = await serve(request("/v1/files", {}));
    const fact = "recctl does not know this endpoint: POST /v1/files";
    const way = "; to have it passed on: --upstream NAME=URL, and ask under /NAME";
    expect([reply.status, reply.said]).toEqual([501, mode === "replay" ? fact : fact + way]);
    expect(asked).toEqual([]);
    expect(entries).toMatchObject([{ outcome: "refused", reason: expect.stringMatching(/^unknown endpoint: /) }]);
  }
});

it("a path of no API is passed on to whom its prefix or its API names, and not recorded", async () => {
  const stream = { headers: { "content-type": "text/event-stream" } };
  for (const [target, mode, part] of [
    ["/openai/v1/files?a=b", "live", {}],
    ["/v1/files?a=b", "record", {}],
    ["/v1/files?a=b", "record-if-missing", stream],
  ] as const) {
    const world = worldOf({ mode, upstreams: [openai("https://x.example/v1"), ...DEFAULT_UPSTREAMS] }, async () =>
      answering("no JSON", part),
    );
    const reply = await world.serve(request(target, "{ neither", { headers: { "content-type": "text/plain" } }));
    expect((await framesIn(reply)).frames).toEqual(["no JSON"]);
    await world.serve.settled();
    expect(world.asked.map(({ url }) => url)).toEqual(["https://x.example/v1/files?a=b"]);
    expect(world.entries).toMatchObject([{ outcome: "live", endpoint: target.split("?")[0], path: null }]);
    expect(world.store.texts.size).toBe(0);
  }
  const own = worldOf({ mode: "live" }, async () => answering("{}"));
  await own.serve(request("/v1/files", {}, { origin: "https://y.example" }));
  expect(own.asked.map(({ url }) => url)).toEqual(["https://y.example/v1/files"]);
  const two = [
    openai("https://x.example/v1"),
    { api: "groq", url: "https://g.example/openai/v1", from: "flag" as const },
  ];
  expect(unknownTargetOf({ path: "/v1/files" }, two)?.url).toBe("https://x.example/v1/files");
  expect(unknownTargetOf({ path: "/v1/files" }, two.slice(1))).toBeNull();
  expect(unknownTargetOf({ path: "/groq/v1/files" }, two)?.url).toBe("https://g.example/openai/v1/files");
  expect(unknownTargetOf({ path: "/anthropic/v1/messages/count_tokens" }, DEFAULT_UPSTREAMS)?.url).toBe(
    "https://api.anthropic.com/v1/messages/count_tokens",
  );
});

it("an upstream that fails says so, of such a path too", async () => {
  const world = worldOf({ mode: "live", upstreams: [openai("http://x/v1")] }, async () => {
    throw new UpstreamError("timeout", "too late");
  });
  const reply = await world.serve(request("/v1/files", {}));
  expect([reply.status, reply.said]).toEqual([504, "too late"]);
  expect(world.entries).toMatchObject([{ outcome: "refused", reason: "upstream failed: too late" }]);
  expect(entryLine(world.entries[0] as never)).toMatch(
    /^refused {2}upstream failed {2}- 504 {2}POST .*\n {2}too late$/,
  );
});

it("a body that is none is a bad request", async () => {
  const { serve, entries } = worldOf();
  const reply = await serve(request("/v1/chat/completions", "{"));
  expect(reply.said).toMatch(/^the body is cut off: /);
  expect(entries[0]?.reason).toMatch(/^bad request: the body is cut off/);
});

it("a recording that cannot be read is told with the place of its flaw, and what shows it", async () => {
  const store = await recorded("https://a.example/v1");
  const [path = ""] = store.texts.keys();
  const broken: StorePort = Object.assign(store, {
    open: () => ({ line: 3, column: 7, message: "no comma" }) as never,
  });
  const { serve } = worldOf({}, undefined, broken as MemoryStore);
  const reply = await serve(request("/v1/chat/completions", BODY, { headers: { "x-test-id": "tests/a.py::t" } }));
  expect([reply.status, reply.said]).toEqual([
    500,
    `the recording cannot be read: ${path}:3:7: no comma; recctl validate ${path}`,
  ]);
});

it("a miss says in which places the nearest recording differs, and how it is recorded where it runs", async () => {
  const store = await recorded("https://a.example/v1");
  const [id = ""] = [...store.texts.keys()].map((path) => path.split("/").at(-1)?.slice(0, 8));
  const other = { ...BODY, messages: [{ role: "user", content: "!" }] };
  const miss = async (testId: string, upstreams = DEFAULT_UPSTREAMS, target = "/v1/chat/completions") => {
    const { serve, entries } = worldOf({ upstreams }, undefined, store);
    const { said: text = "" } = await serve(request(target, other, { headers: { "x-test-id": testId } }));
    return { text, reason: entries[0]?.reason ?? "", line: entryLine(entries[0] as never) };
  };
  const own = await miss("tests/a.py::t");
  expect(own.reason).toBe(`why (likely): request changed: differs from ${id} in body.messages[0].content`);
  expect(own.line).toMatch(
    /^miss POST \/v1\/chat\/completions {2}m {2}tests\/a\.py::t {2}name [0-9a-f]{64} {2}why \(likely\): /,
  );
  expect(own.line).not.toContain("\n");
  expect(own.text).toContain(`    differs from ${id} in body.messages[0].content\n`);
  expect(own.text).toMatch(/recctl serve --mode record-if-missing -- pytest tests\/a\.py::t$/);
  const script = await miss("tests/a.test.ts::t");
  expect(script.text).toMatch(/recctl serve --mode record-if-missing -- COMMAND$/);
  expect(script.reason).toMatch(
    new RegExp(`^why \\(likely\\): never recorded: nothing of the test was recorded; differs from ${id} in`),
  );
  expect((await miss("tests/a.test.ts::t", DEFAULT_UPSTREAMS, "/nobody/v1/chat/completions")).text).toMatch(
    /recctl serve --mode record-if-missing --upstream nobody=URL -- COMMAND$/,
  );
  for (const { text, reason } of [own, script]) {
    expect(`${text}${reason}`).not.toContain("the same but for that");
    expect(reason).not.toMatch(/:$/);
  }
});
