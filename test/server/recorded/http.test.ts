import { describe, expect, it } from "vitest";
import { call, json, recorded, refused, response, stream, textAt, whole } from "./made.ts";

const http = (dialect: string, url: string, body: string) =>
  call({ kind: "http", dialect, url, endpoint: new URL(url).pathname, body: json(body) });

describe.each([
  ["anthropic-messages", "https://api.anthropic.com/v1/messages"],
  ["gemini-interactions", "https://generativelanguage.googleapis.com/v1beta/interactions"],
])("%s", (dialect, url) => {
  it("streamed: a line an element, cut where httpx cuts", () => {
    const frames = ['event: message_start\ndata: {"a":1', ',"b":2}\r\n\r\n', 'event: ping\ndata: {"type": "ping"}\n\n'];
    expect(response(http(dialect, url, '{"stream":true}'), stream(frames))).toBe(
      '{"body":["event: message_start","data: {\\"a\\":1,\\"b\\":2}","","event: ping","data: {\\"type\\": \\"ping\\"}",""],"is_streaming":true}',
    );
  });

  it("not streamed: with its status, failures too", () => {
    const asked = http(dialect, url, '{"model":"m"}');
    expect(response(asked, whole('{"id":"x","n":1.50}'))).toBe(
      '{"status":200,"body":{"id":"x","n":1.5},"is_streaming":false}',
    );
    expect(response(asked, whole('{"error":1}', { status: 429 }))).toBe(
      '{"status":429,"body":{"error":1},"is_streaming":false}',
    );
    expect(textAt(recorded(asked, whole("{}")).root, "request")).toBe(
      `{"test_id":"tests/a.py::b","url":"${url}","method":"POST","payload":{"model":"m"}}`,
    );
  });

  it("what broke off, and streams that never began, are not kept", () => {
    const asked = http(dialect, url, '{"stream":true}');
    expect(refused(asked, stream(["data: 1\n"], { ended: "broken" }))).toMatch(/^the recorder would keep/);
    expect(refused(asked, whole('{"error":1}', { status: 429 }))).toMatch(/^the recorder keeps no failure/);
    expect(refused(http(dialect, url, "{}"), whole("<html>"))).toBe("the answer is no JSON");
  });
});

it("rerank", () => {
  const asked = http("rerank", "http://h:8000/rerank", '{"model":"m","query":"q"}');
  expect(response(asked, whole('{"results":[{"index":1,"relevance_score":0.10}]}'))).toBe(
    '{"status":200,"body":{"results":[{"index":1,"relevance_score":0.1}]},"is_streaming":false}',
  );
  expect(response(asked, whole("[]", { status: 500 }))).toBe('{"status":500,"body":[],"is_streaming":false}');
  expect(refused(asked, whole("[", { ended: "broken" }))).toBe("the answer broke off");
});

describe("tools", () => {
  const asked = call({
    kind: "tool",
    dialect: "tool",
    provider: "tavily",
    toolName: "web_search",
    body: json('{"query":"q"}'),
  });
  const kept = (content: string, code = "null"): string =>
    `{"body":{"__type__":"ogx_api.tools.ToolInvocationResult","__data__":{"content":"${content}","error_message":null,"error_code":${code},"metadata":null}},"is_streaming":false}`;

  it("what the tool runtime answers, and what Tavily itself does", () => {
    expect(response(asked, whole('{"error_code":7,"content":"found"}'))).toBe(kept("found", "7"));
    expect(response(asked, whole('{"query":"q","answer":null,"results":[{"score":0.9,"title":"é"}]}'))).toBe(
      kept('{\\"query\\": \\"q\\", \\"top_k\\": [{\\"score\\": 0.9, \\"title\\": \\"\\\\u00e9\\"}]}'),
    );
    expect(textAt(recorded(asked, whole("{}")).root, "request")).toBe(
      '{"test_id":"tests/a.py::b","provider":"tavily","tool_name":"web_search","kwargs":{"query":"q"}}',
    );
  });

  it("a failure is not kept", () => {
    expect(refused(asked, whole("{}", { status: 401 }))).toBe("the recorder keeps no failure of a tool");
    expect(refused(asked, whole('{"content":', { ended: "broken" }))).toBe("the recorder keeps no failure of a tool");
  });
});

it("a dialect or a scheme that is none is refused", () => {
  expect(refused(call({ dialect: "smoke-signals" }), whole("{}"))).toBe("no recorder speaks smoke-signals");
  expect(refused(call({ scheme: "2019-01-01" }), whole("{}"))).toBe("no name can be made of the request");
});
