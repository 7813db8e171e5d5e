import { describe, expect, it } from "vitest";
import { genai } from "../../../src/dialects/genai.ts";
import { call, json, refused, response, stream, whole } from "./made.ts";

const asked = (endpoint: string, body = '{"model":"m","contents":"?"}') =>
  call({ dialect: "genai", endpoint, url: `vertexai://${endpoint}`, body: json(body) });

const headers = { "Content-Type": "application/json", "X-XSS-Protection": "0" };
const HTTP = '"sdk_http_response":{"headers":{"Content-Type":"application/json","X-XSS-Protection":"0"}}';

describe("google genai", () => {
  it("streamed: snake_case in the models' order, nothing that is null, no key that they do not know", () => {
    const frame =
      'data: {"usageMetadata":{"totalTokenCount":4,"trafficType":"ON_DEMAND"},"candidates":[{"finishReason":"STOP","content":{"role":"model","parts":[{"thoughtSignature":"+/8=","functionCall":{"name":"f","args":{"aB":null}},"text":null}]}}],"createTime":"2026-01-02T03:04:05.100Z","responseId":"r","own":1}\r\n\r\n';
    expect(response(asked("/generate_content_stream"), stream([frame], { headers }))).toBe(
      `{"body":[{${HTTP},"candidates":[{"content":{"parts":[{"function_call":{"args":{"aB":null},"name":"f"},"thought_signature":"-_8="}],"role":"model"},"finish_reason":"STOP"}],"create_time":"2026-01-02T03:04:05.100000Z","response_id":"r","usage_metadata":{"total_token_count":4,"traffic_type":"ON_DEMAND"}}],"is_streaming":true}`,
    );
  });

  it("what is played of a recording has the API's alphabet of base64 again", () => {
    const part = json('{"candidates":[{"content":{"parts":[{"thought_signature":"-_8=","text":"-_"}]}}]}');
    expect(genai.wire.chunk(part)).toContain('"parts":[{"thoughtSignature":"+/8=","text":"-_"}]');
  });

  it("not streamed: with what the SDK called by itself, unless it was told not to", () => {
    const answer = whole('{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"avgLogprobs":-1}]}', { headers });
    const kept = `{"body":{${HTTP},"candidates":[{"content":{"parts":[{"text":"Hi"}]},"avg_logprobs":-1.0}]`;
    expect(response(asked("/generate_content"), answer)).toBe(
      `${kept},"automatic_function_calling_history":[]},"is_streaming":false}`,
    );
    const without = '{"model":"m","config":{"automatic_function_calling":{"disable":true}}}';
    expect(response(asked("/generate_content", without), answer)).toBe(`${kept}},"is_streaming":false}`);
  });

  it.each([
    [
      "Vertex AI",
      '{"predictions":[{"embeddings":{"statistics":{"token_count":6,"truncated":false},"values":[1,0.5]}}]}',
    ],
    ["the Gemini API", '{"embeddings":[{"values":[1,0.5],"statistics":{"truncated":false,"token_count":6}}]}'],
  ])("embeddings of %s", (_, text) => {
    expect(response(asked("/embed_content"), whole(text, { headers }))).toBe(
      `{"body":{${HTTP},"embeddings":[{"values":[1.0,0.5],"statistics":{"truncated":false,"token_count":6.0}}]},"is_streaming":false}`,
    );
  });

  it("a failure is one that the recorder does not know; streams that fail are not kept", () => {
    const text = '[{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT"}}]';
    const message = "400 INVALID_ARGUMENT. {'error': {'code': 400, 'message': 'no', 'status': 'INVALID_ARGUMENT'}}";
    expect(response(asked("/generate_content_stream"), whole(text, { status: 400 }))).toBe(
      `{"body":null,"is_streaming":true,"is_exception":true,"exception_data":{"category":"unknown","type":"ClientError","message":"${message}"},"exception_message":"${message}"}`,
    );
    const frame = 'data: {"candidates":[]}\n\n';
    expect(refused(asked("/generate_content_stream"), stream([frame], { ended: "broken" }))).toMatch(
      /^the recorder would/,
    );
    expect(refused(asked("/generate_content_stream"), stream([frame, 'data: {"error":{}}\n\n']))).toMatch(
      /^the recorder would/,
    );
  });
});
