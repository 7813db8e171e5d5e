import { describe, expect, it } from "vitest";
import { responseChange } from "../../src/compare/responses/change.ts";
import { pathText } from "../../src/recording/json/locate.ts";
import { made } from "./made.ts";
import { plainChanges } from "./plain-changes.ts";

type Members = Record<string, unknown>;

const chunk = (delta: Members, more: Members = {}): Members => ({
  __type__: "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
  __data__: {
    id: "rec-000000000000",
    choices: [{ index: 0, delta, finish_reason: null, logprobs: null }],
    model: "m-1",
    object: "chat.completion.chunk",
    usage: null,
    ...more,
  },
});

const texts = (...pieces: string[]): Members[] => pieces.map((content) => chunk({ content }));

const streamed = (...body: Members[]): Members => ({ body, is_streaming: true });

const completion = (message: Members, more: Members = {}): Members => ({
  body: {
    __type__: "openai.types.chat.chat_completion.ChatCompletion",
    __data__: {
      id: "rec-1",
      choices: [{ index: 0, finish_reason: "stop", message }],
      model: "m-1",
      object: "chat.completion",
      ...more,
    },
  },
  is_streaming: false,
});

function between(old: Members, now: Members, request: Members = {}) {
  const { kind, noise, changes } = responseChange(
    made({ request, response: old }),
    made({ request, response: now }),
    plainChanges,
  );
  return { kind, noise, paths: changes.map(({ from, to }) => pathText(to ?? from ?? [])) };
}

const noise = (...what: string[]) => ({ kind: "noise", noise: what, paths: [] });
const changed = (...paths: string[]) => ({ kind: "changed", noise: [], paths });

describe("a stream", () => {
  it("is the same", () => {
    expect(between(streamed(...texts("a", "b")), streamed(...texts("a", "b")))).toEqual({
      kind: "same",
      noise: [],
      paths: [],
    });
  });

  it("says the same in other chunks", () => {
    expect(between(streamed(...texts("a", "b")), streamed(...texts("ab")))).toEqual(noise("chunk borders"));
    expect(between(streamed(...texts("ab", "c")), streamed(...texts("a", "bc")))).toEqual(noise("chunk borders"));
  });

  it("has other ids, times and padding", () => {
    const one = streamed(chunk({ content: "a" }, { id: "x", created: 1, obfuscation: "p", system_fingerprint: "f" }));
    const other = streamed(chunk({ content: "a" }, { id: "y", created: 2, obfuscation: "q", system_fingerprint: "g" }));
    expect(between(one, other)).toEqual(noise("ids", "padding", "times"));
  });

  it("has other call ids", () => {
    const call = (id: string) =>
      streamed(chunk({ tool_calls: [{ index: 0, id, function: { name: "f", arguments: '{"id": 1}' } }] }));
    expect(between(call("call_a"), call("call_b"))).toEqual(noise("ids"));
  });

  it("calls with other arguments, whatever they are called", () => {
    const call = (id: number) =>
      streamed(chunk({ tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: `{"id": ${id}}` } }] }));
    expect(between(call(1), call(2))).toEqual(changed("choices[0].tool_calls[0].arguments.id"));
  });

  it("says something else, ends otherwise, comes from another model", () => {
    expect(between(streamed(...texts("a")), streamed(...texts("b")))).toEqual(changed("choices[0].text"));
    const end = (finish_reason: string) => chunk({}, { choices: [{ index: 0, delta: {}, finish_reason }] });
    expect(between(streamed(...texts("a"), end("stop")), streamed(...texts("a"), end("length")))).toEqual(
      changed("choices[0].finish"),
    );
    const from = (model: string) => streamed(chunk({ content: "a" }, { model }), chunk({ content: "b" }, { model }));
    expect(between(from("m-1"), from("m-2"))).toEqual(changed("envelope.model"));
  });

  it("counts its usage otherwise: noise, but not that it begins to", () => {
    const count = (usage: Members | null) => streamed(...texts("a"), chunk({}, { choices: [], usage }));
    expect(between(count({ total_tokens: 1 }), count({ total_tokens: 2 }))).toEqual(noise("usage"));
    expect(between(count(null), count({ total_tokens: 2 }))).toEqual(changed("usage"));
  });
});

describe("a body", () => {
  it("says the same with other ids", () => {
    expect(between(completion({ content: "a" }), completion({ content: "a" }, { id: "rec-2" }))).toEqual(noise("ids"));
  });

  it("changed where no dialect looks", () => {
    const [old, now] = [
      completion({ content: "a", annotations: ["b"] }),
      completion({ content: "a", annotations: ["c"] }),
    ];
    expect(between(old, now)).toEqual(changed("body.choices[0].message.annotations[0]"));
  });

  it("became a stream that says the same", () => {
    const stream = streamed(
      chunk({ content: "a" }, { object: "chat.completion" }),
      chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: "stop" }], object: "chat.completion" }),
    );
    expect(between(completion({ content: "a" }), stream)).toEqual(noise("chunk borders"));
  });

  it("is a failure", () => {
    const failed = (message: string) => ({
      body: null,
      is_streaming: false,
      is_exception: true,
      exception_data: { category: "unknown", type: "E", message },
      exception_message: message,
    });
    expect(between(failed("a"), failed("b"))).toEqual(changed("failure.message"));
    expect(between(completion({ content: "a" }), failed("b")).paths).toContain("failure");
  });

  it("lists models in another order, or others", () => {
    const list = (...ids: string[]) => ({
      body: ids.map((id) => ({ __type__: "openai.types.model.Model", __data__: { id, created: 1, owned_by: "x" } })),
      is_streaming: false,
    });
    const request = { endpoint: "/v1/models", url: "http://h/v1/v1/models", body: {} };
    expect(between(list("a", "b"), list("b", "a"), request)).toEqual(noise("order"));
    expect(between(list("a", "b"), list("a", "c"), request)).toEqual(changed("items[1]"));
  });

  it("has vectors that point where they pointed", () => {
    const vector = (last: number) => ({
      body: {
        __type__: "openai.types.create_embedding_response.CreateEmbeddingResponse",
        __data__: { data: [{ index: 0, embedding: [0.5, 0.25, 0.125, 0.5, 0.5, 0.5, 0.5, last] }], model: "e" },
      },
      is_streaming: false,
    });
    const request = { endpoint: "/v1/embeddings", url: "http://h/v1/v1/embeddings" };
    expect(between(vector(0.5), vector(0.50001), request)).toEqual(noise("vectors"));
    expect(between(vector(0.5), vector(-0.5), request).kind).toBe("changed");
  });
});
