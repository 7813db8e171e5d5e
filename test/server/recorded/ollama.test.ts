import { describe, expect, it } from "vitest";
import { call, json, recorded, refused, response, stream, textAt, whole } from "./made.ts";

const asked = (endpoint: string, body = '{"model":"m"}') =>
  call({ dialect: "ollama", endpoint, url: `http://h:11434${endpoint}`, body: json(body) });

const STATS = (done: string): string =>
  `"model":"m","created_at":"1970-01-01T00:00:00.000000Z","done":${done},"done_reason":null,"total_duration":${done === "true" ? 0 : null},"load_duration":null,"prompt_eval_count":null,"prompt_eval_duration":null,"eval_count":null,"eval_duration":null`;

describe("ollama", () => {
  it("streams of JSON lines, without keys that the models do not know", () => {
    const frames = [
      '{"model":"m","created_at":"2026-01-02T03:04:05Z","message":{"role":"assistant","content":"Hi","own":1},"done":false}\n',
      '{"model":"m","created_at":"2026","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1.0}}}]},"done":true,"total_duration":9}\n',
    ];
    const type = '{"__type__":"ollama._types.ChatResponse","__data__":';
    expect(response(asked("/api/chat", '{"model":"m","stream":true}'), stream(frames))).toBe(
      `{"body":[${type}{${STATS("false")},"message":{"role":"assistant","content":"Hi","thinking":null,"images":null,"tool_calls":null}}},${type}{${STATS("true")},"message":{"role":"assistant","content":"","thinking":null,"images":null,"tool_calls":[{"function":{"name":"f","arguments":{"a":1.0}}}]}}}],"is_streaming":true}`,
    );
  });

  it("generate and embed as wholes", () => {
    const generated = whole(
      '{"model":"m","created_at":"2026","response":"Hi","done":true,"total_duration":5,"context":[1]}',
    );
    expect(response(asked("/api/generate"), generated)).toBe(
      `{"body":{"__type__":"ollama._types.GenerateResponse","__data__":{${STATS("true")},"response":"Hi","thinking":null,"context":[1]}},"is_streaming":false}`,
    );
    const embedded = recorded(
      asked("/api/embeddings"),
      whole('{"model":"m","embeddings":[[1,0.25]],"total_duration":5}'),
    );
    expect(textAt(embedded.root, "response", "body", "__data__", "embeddings")).toBe("[[1.0,0.25]]");
    expect(textAt(embedded.root, "response", "body", "__data__", "created_at")).toBe('"1970-01-01T00:00:00.000000Z"');
  });

  it("lists, with times as pydantic prints them", () => {
    const models =
      '{"models":[{"name":"a:1","model":"a:1","modified_at":"2026-01-02T03:04:05.123456789-07:00","size":5},{"model":"b","modified_at":"2026-01-02T03:04:05.000Z"}]}';
    const listed = recorded(asked("/api/tags", "{}"), whole(models));
    expect(listed.name).toMatch(/^models-[0-9a-f]{64}-[0-9a-f]{8}\.json$/);
    expect(textAt(listed.root, "response", "body", "__data__", "models")).toBe(
      '[{"model":"a:1","modified_at":"2026-01-02T03:04:05.123456-07:00","digest":null,"size":5,"details":null},{"model":"b","modified_at":"2026-01-02T03:04:05Z","digest":null,"size":null,"details":null}]',
    );
    expect(response(asked("/api/ps", "{}"), whole('{"models":[{"model":"a"}]}'))).toBe(
      '{"body":{"__type__":"ollama._types.ProcessResponse","__data__":{"models":[{"model":"a","name":null,"digest":null,"expires_at":null,"size":null,"size_vram":null,"details":null}]}},"is_streaming":false}',
    );
  });

  it("failures: at once, before a stream, in it, and where it breaks off", () => {
    const data = (status: number): string =>
      `"exception_data":{"category":"provider_sdk","provider":"ollama","type":"ResponseError","message":"no model","status_code":${status},"body":null},"exception_message":"no model (status code: ${status})"}`;
    const failed = whole('{"error":"no model"}', { status: 404 });
    expect(response(asked("/api/chat"), failed)).toBe(
      `{"body":null,"is_streaming":false,"is_exception":true,${data(404)}`,
    );
    const streaming = asked("/api/chat", '{"model":"m","stream":true}');
    expect(response(streaming, failed)).toBe(`{"body":[],"is_streaming":true,"is_exception":true,${data(404)}`);
    const line = '{"model":"m","message":{"role":"assistant","content":"Hi"},"done":false}\n';
    expect(response(streaming, stream([line, '{"error":"no model"}\n']))).toContain(`"is_exception":true,${data(-1)}`);
    expect(response(streaming, stream([line, '{"mod'], { ended: "broken" }))).toContain('"RemoteProtocolError"');
    expect(refused(streaming, stream(["<html>\n"]))).toBe("line 1 of the stream is no JSON object");
    expect(refused(asked("/api/show"), whole("{}"))).toBe("the recorder keeps no /api/show");
  });
});
