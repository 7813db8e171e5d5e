import { describe, expect, it } from "vitest";
import { HAS_PYTHON, python } from "../../python.ts";
import { call, json, recorded, refused, response, stream, streaming, textAt, whole } from "./made.ts";

const CHUNK = "openai.types.chat.chat_completion_chunk.ChatCompletionChunk";

describe("chat completions", () => {
  it("streamed: every field of the models, what they do not know behind, ids and times made the same", () => {
    const frames = [
      'data: {"object":"chat.completion.chunk","id":"x","created":17,"model":"m","own":null,"choices":[{"index":0,"delta":{"role":"assistant","content":"Hi","reasoning":null},"token_ids":null}]}\n\n',
      'data: {"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"f"}}]},"finish_reason":"stop"}],"created":17,"mod',
      'el":"m","object":"chat.completion.chunk","usage":{"total_tokens":3,"prompt_tokens":1,"completion_tokens":2}}\n\ndata: [DONE]\n\n',
    ];
    const [one, two] = [
      '{"id":"rec-ID","choices":[{"delta":{"content":"Hi","function_call":null,"refusal":null,"role":"assistant","tool_calls":null,"reasoning":null},"finish_reason":null,"index":0,"logprobs":null,"token_ids":null}],"created":0,"model":"m","object":"chat.completion.chunk","service_tier":null,"system_fingerprint":null,"usage":null,"own":null}',
      '{"id":"rec-ID","choices":[{"delta":{"content":null,"function_call":null,"refusal":null,"role":null,"tool_calls":[{"index":0,"id":null,"function":{"arguments":null,"name":"f"},"type":null}]},"finish_reason":"stop","index":0,"logprobs":null}],"created":0,"model":"m","object":"chat.completion.chunk","service_tier":null,"system_fingerprint":null,"usage":{"completion_tokens":2,"prompt_tokens":1,"total_tokens":3,"completion_tokens_details":null,"prompt_tokens_details":null}}',
    ];
    expect(response(streaming(), stream(frames))).toBe(
      `{"body":[{"__type__":"${CHUNK}","__data__":${one}},{"__type__":"${CHUNK}","__data__":${two}}],"is_streaming":true}`,
    );
  });

  it("not streamed: numbers as Python prints them", () => {
    const text =
      '{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":0,"bytes":null,"top_logprobs":[]}]}}],"created":17,"model":"m","object":"chat.completion","own":1E-7}';
    expect(response(call(), whole(text))).toBe(
      '{"body":{"__type__":"openai.types.chat.chat_completion.ChatCompletion","__data__":{"id":"rec-ID","choices":[{"finish_reason":null,"index":0,"logprobs":{"content":[{"token":"Hi","bytes":null,"logprob":0.0,"top_logprobs":[]}],"refusal":null},"message":{"content":"Hi","refusal":null,"role":"assistant","annotations":null,"audio":null,"function_call":null,"tool_calls":null}}],"created":0,"model":"m","object":"chat.completion","service_tier":null,"system_fingerprint":null,"usage":null,"own":1e-07}},"is_streaming":false}',
    );
  });

  it("has the document's keys, the request's and the name in the recorder's order", () => {
    const { name, root } = recorded(call(), whole('{"object":"chat.completion"}'));
    expect(name).toMatch(/^[0-9a-f]{64}\.json$/);
    expect(root.keys).toEqual(["test_id", "request", "response", "id_normalization_mapping"]);
    expect(textAt(root, "request")).toBe(
      '{"method":"POST","url":"http://127.0.0.1:9/v1/v1/chat/completions","headers":{},"body":{"model":"m","messages":[{"role":"user","content":"?"}]},"endpoint":"/v1/chat/completions","model":"m"}',
    );
    expect(recorded(call({ testId: null }), whole("{}")).name).not.toBe(name);
    expect(recorded(call({ scheme: "2025-07-29" }), whole("{}")).name).not.toBe(name);
  });

  it("a status of 400 and more is the SDK's exception, its message a Python literal", () => {
    const text = `{"error": {"message": "it's \\"no\\"\\u00a0", "code": null, "list": [true, 1.50]}}`;
    const message = `Error code: 429 - {'error': {'message': 'it\\\\'s \\"no\\"\\\\xa0', 'code': None, 'list': [True, 1.5]}}`;
    const body = '{"message":"it\'s \\"no\\"\u00a0","code":null,"list":[true,1.5]}';
    expect(response(streaming(), whole(text, { status: 429 }))).toBe(
      `{"body":null,"is_streaming":false,"is_exception":true,"exception_data":{"category":"provider_sdk","provider":"openai","type":"RateLimitError","message":"${message}","status_code":429,"body":${body}},"exception_message":"${message}"}`,
    );
  });

  it.each([
    [400, "BadRequestError"],
    [418, "APIStatusError"],
    [503, "InternalServerError"],
  ])("a status of %i is a %s, also with a body that is no JSON, or none", (status, type) => {
    const told = (text: string): string => response(call(), whole(text, { status }));
    expect(told("down\n")).toContain(`"type":"${type}","message":"down","status_code":${status},"body":"down"}`);
    expect(told("")).toContain(`"message":"Error code: ${status}","status_code":${status},"body":""}`);
  });

  it("a failure in mid-stream lies behind the chunks that came before it", () => {
    const before = 'data: {"id":"x","choices":[],"object":"chat.completion.chunk"}\n\n';
    const failed = response(streaming(), stream([before, 'data: {"error":{"message":"overloaded"}}\n\n']));
    expect(failed).toMatch(/^{"body":\[{[^[]*\[\][^[]*}\],"is_streaming":true,"is_exception":true/);
    expect(failed).toContain('{"category":"unknown","type":"APIError","message":"overloaded"}');
    const broken = response(streaming(), stream([before, "data: {"], { ended: "broken" }));
    expect(broken).toContain('"type":"RemoteProtocolError","message":"peer closed connection');
    expect(response(call(), whole('{"id', { ended: "broken" }))).toContain('"APIConnectionError"');
    expect(response(streaming(), stream([before, "data: [DONE]\n\n"], { ended: "broken" }))).not.toContain("exception");
  });

  it("refuses what the SDK would stumble over", () => {
    expect(refused(streaming(), stream(["data: {]\n\n"]))).toBe("event 1 of the stream is no JSON");
    expect(refused(streaming(), whole("{}"))).toBe("a stream was asked for, and the answer is none");
    expect(refused(call(), whole("<html>"))).toBe("the answer is not what this call returns");
  });
});

it("text completions, streamed and not", () => {
  const asked = { dialect: "openai-completions", endpoint: "/v1/completions", url: "http://h/v1/v1/completions" };
  const text =
    '{"id":"x","object":"text_completion","choices":[{"text":"a","index":0,"seed":null}],"model":"m","created":5}';
  const kept =
    '{"__type__":"openai.types.completion.Completion","__data__":{"id":"rec-ID","choices":[{"finish_reason":null,"index":0,"logprobs":null,"text":"a","seed":null}],"created":0,"model":"m","object":"text_completion","system_fingerprint":null,"usage":null}}';
  expect(response(call(asked), whole(text))).toBe(`{"body":${kept},"is_streaming":false}`);
  expect(response(streaming(asked), stream([`data: ${text}\r\n\r\n`, ": ping\n\n", "data: [DONE]\n\n"]))).toBe(
    `{"body":[${kept}],"is_streaming":true}`,
  );
  expect(response(call(asked), whole("{}", { status: 404 }))).toContain('"NotFoundError"');
});

describe("embeddings", () => {
  const asked = { dialect: "openai-embeddings", endpoint: "/v1/embeddings", url: "http://h/v1/v1/embeddings" };
  const floats = [0.1, -0, 1, 1e-7, -3.4028234663852886e38, 16777216];
  const base64 = Buffer.from(Float32Array.from(floats).buffer).toString("base64");
  const answer = `{"object":"list","data":[{"object":"embedding","index":0,"embedding":"${base64}"}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}`;
  const kept = (body: string): string =>
    textAt(
      recorded(call({ ...asked, body: json(body) }), whole(answer)).root,
      "response",
      "body",
      "__data__",
      "data",
      0,
    );

  it("base64 becomes the numbers that the SDK makes of it, unless base64 was asked for", () => {
    const numbers = "[0.10000000149011612,-0.0,1.0,1.0000000116860974e-07,-3.4028234663852886e+38,16777216.0]";
    expect(kept('{"model":"m"}')).toBe(`{"embedding":${numbers},"index":0,"object":"embedding"}`);
    expect(kept('{"model":"m","encoding_format":"float"}')).toContain(numbers);
    expect(kept('{"model":"m","encoding_format":"base64"}')).toContain(base64);
  });

  it.skipIf(!HAS_PYTHON)("as CPython makes them of it (needs python3)", () => {
    const many = Float32Array.from({ length: 2000 }, (_, at) => Math.sin(at) * 10 ** ((at % 60) - 30));
    const text = Buffer.from(many.buffer).toString("base64");
    const program =
      "import array, base64, json, sys; print(json.dumps(array.array('f', base64.b64decode(sys.stdin.read())).tolist(), separators=(',', ':')))";
    const made = recorded(call(asked), whole(answer.replace(base64, text)));
    expect(textAt(made.root, "response", "body", "__data__", "data", 0, "embedding")).toBe(
      python(program, text).trim(),
    );
  });

  it("numbers in an answer stay, whole ones become floats; a failure is one", () => {
    const text =
      '{"data":[{"embedding":[0.0123456789012345678,1,-0.0],"index":0,"object":"embedding"}],"model":"m","object":"list"}';
    expect(response(call(asked), whole(text))).toContain('"embedding":[0.012345678901234568,1.0,-0.0]');
    expect(response(call(asked), whole("{}", { status: 401 }))).toContain('"AuthenticationError"');
  });
});

it("model lists lie under their hash and what they list; a failed one is not kept", () => {
  const asked = call({
    dialect: "openai-models",
    endpoint: "/v1/models",
    url: "http://h/v1/v1/models",
    body: json("{}"),
  });
  const answer = whole(
    '{"object":"list","data":[{"id":"b","object":"model","owned_by":"o","created_at":7},{"id":"a","object":"model","created":5}]}',
  );
  expect(recorded(asked, answer).name).toMatch(/^models-[0-9a-f]{64}-0eab8a0a\.json$/);
  expect(response(asked, answer)).toBe(
    '{"body":[{"__type__":"openai.types.model.Model","__data__":{"id":"b","created":null,"object":"model","owned_by":"o","created_at":"1970-01-01T00:00:00.000000Z"}},{"__type__":"openai.types.model.Model","__data__":{"id":"a","created":5,"object":"model","owned_by":null}}],"is_streaming":false}',
  );
  expect(textAt(recorded(asked, answer).root, "request", "model")).toBe('""');
  expect(refused(asked, whole("{}", { status: 500 }))).toBe("a model list that failed is not kept");
});
