import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { asObject, type JsonObject, type JsonValue } from "../../../src/recording/json/value.ts";
import { dumps } from "../../../src/recording/names/dumps.ts";
import { requestOf, storedOf } from "../../../src/server/matching/asked.ts";
import { ROUTES } from "../../../src/server/matching/route-table.ts";
import { type Routed, routeOf } from "../../../src/server/matching/routes.ts";
import { CASES } from "./asked-cases.ts";
import { recordedRoute, wireOf, wiresOf } from "./wire.ts";

const read = (text: string | null): JsonValue => (text === null ? null : parseJson(text));
const bodyIn = (request: JsonObject): JsonValue =>
  request.get("body") ?? request.get("payload") ?? request.get("kwargs") ?? null;
const routedTo = (target: string, body: JsonValue): Routed => routeOf(body === null ? "GET" : "POST", target) as Routed;
const bodies = (target: string, text: string | null): string[] =>
  storedOf(routedTo(target, read(text)), read(text)).map(({ body }) => dumps(body));

describe("a request on the wire and as it is stored", () => {
  it.each(CASES)("$route: $title", ({ route, wire, body, stored, back }) => {
    const request = parseJson(stored) as JsonObject;
    const sent = read(body);
    expect(routedTo(wire, sent)?.route.id).toBe(route);
    expect(bodies(wire, body)).toContain(dumps(bodyIn(request)));
    if (back === false) return;
    const wires = wiresOf(request).map((one) => [one.target, dumps(one.body)]);
    expect(wires).toContainEqual([wire, dumps(sent)]);
    expect(wireOf(request)?.method).toBe(body === null ? "GET" : "POST");
  });

  it("there is a case for every row of the table", () => {
    expect(new Set(CASES.map(({ route }) => route))).toEqual(new Set(ROUTES.map(({ id }) => id)));
  });

  it.each(CASES)("every reading of it is another, and in a fixed order: $title", ({ wire, body }) => {
    const made = bodies(wire, body);
    expect(new Set(made).size).toBe(made.length);
    expect(bodies(wire, body)).toEqual(made);
  });
});

describe("no reading is of another request", () => {
  /** What libraries and APIs take where nothing is said, left out; all else must be what was sent. */
  const bare = (value: JsonValue): string =>
    JSON.stringify(JSON.parse(dumps(value)), (key, member: unknown) => {
      const isDefault =
        (key === "stream" && member === false) ||
        (key === "encoding_format" && (member === "base64" || member === "float")) ||
        (key === "keep_alive" && member === "5m") ||
        (["search_depth", "max_results", "include_domains", "api_key"].includes(key) && member !== "advanced") ||
        (["suffix", "system", "template"].includes(key) && member === "") ||
        (["tools", "options", "kwargs"].includes(key) && JSON.stringify(member).length === 2);
      return isDefault ? undefined : Object.is(member, -0) ? 0 : member;
    });
  const path = (target: string): string => target.split("?")[0] as string;

  it.each(CASES)("$title", ({ wire, body }) => {
    const sent = read(body);
    const routed = routedTo(wire, sent);
    const streams =
      asObject(sent)?.has("stream") === false && routed.route.api === "ollama" && routed.route.streams !== "never";
    const place = { base: routed.route.kind === "tool" ? "tavily" : "https://x.example", testId: null };
    const verbs = (target: string): string => path(target).replace(":embedContent", ":batchEmbedContents");
    const isSamePlace = ({ target }: { target: string }): boolean => {
      const again = routedTo(target, sent);
      return again.model === null || verbs(target) === verbs(wire);
    };
    for (const candidate of storedOf(routed, sent)) {
      const tool = routed.route.id === "tavily-search" ? "web_search" : "t";
      const request = requestOf(routed.route, candidate, { ...place, tool });
      const kind = recordedRoute(request)?.endpoint;
      expect(kind === routed.route.endpoint || routed.route.kind === "tool").toBe(true);
      const again = wiresOf(request)
        .filter(isSamePlace)
        .map((one) => bare(one.body));
      const renamed = (body ?? "").includes('"name": "m"') ? (body as string).replace('"name"', '"model"') : body;
      const whole = streams ? (renamed as string).replace("{", '{"stream": true, ') : renamed;
      const wanted = path(wire).endsWith(":embedContent")
        ? bare(
            parseJson(
              `{"requests": [{"content": ${dumps(asObject(sent)?.get("content") ?? null)}, "model": "models/e", "taskType": "T"}]}`,
            ),
          )
        : bare(read(whole));
      expect(again, candidate.notes.join("; ")).toContain(wanted);
    }
  });

  /** Requests that look like one and are none of it. */
  const LIKE: readonly (readonly [path: string, sent: string, stored: string])[] = [
    ["/v1/chat/completions", '{"model": "m", "stream": true}', '{"model": "m"}'],
    ["/v1/chat/completions", '{"model": "m"}', '{"model": "m", "stream": true}'],
    ["/v1/chat/completions", '{"model": "m", "temperature": 1}', '{"model": "m", "temperature": 1.1}'],
    ["/v1/chat/completions", '{"model": "m", "seed": 1}', '{"model": "m", "seed": 1.0}'],
    ["/v1/chat/completions", '{"model": "m", "temperature": 0}', '{"model": "m"}'],
    ["/v1/chat/completions", '{"model": "m", "guided": 1}', '{"model": "m", "extra_body": {}}'],
    ["/v1/chat/completions", '{"model": "m", "user": null}', '{"model": "m"}'],
    ["/v1/embeddings", '{"model": "m", "encoding_format": "float"}', '{"model": "m"}'],
    ["/v1/embeddings", '{"model": "m", "encoding_format": "float"}', '{"model": "m", "encoding_format": "base64"}'],
    ["/api/chat", '{"model": "m"}', '{"model": "m"}'],
    ["/api/chat", '{"model": "m", "stream": true}', '{"model": "m"}'],
    ["/api/chat", '{"model": "m", "stream": false, "options": {"seed": 1}}', '{"model": "m"}'],
    ["/api/chat", '{"model": "m", "stream": false, "keep_alive": 0}', '{"model": "m"}'],
    ["/v1/messages", '{"model": "m", "temperature": 1}', '{"model": "m"}'],
    ["/search", '{"query": "a", "max_results": 6}', '{"query": "a"}'],
    ["/search", '{"query": "a", "search_depth": "advanced"}', '{"query": "a"}'],
    [
      "/v1beta/models/m:generateContent",
      `{"contents": []}`,
      '{"model": "publishers/google/models/m", "contents": [], "config": {}}',
    ],
  ];

  it.each(LIKE)("%s %s is not %s", (target, sent, stored) => {
    expect(bodies(target, sent)).not.toContain(dumps(parseJson(stored)));
  });

  it("what stands behind `?` is part of what is asked", () => {
    expect(bodies("/v1/models?after=x", null)).toEqual(['{"extra_query": {"after": "x"}}']);
  });
});

it("a body that is no object is no request", () => {
  const routed = routeOf("POST", "/v1/chat/completions") as Routed;
  for (const text of ["null", "[]", "1", '"a"']) expect(storedOf(routed, parseJson(text))).toEqual([]);
  const tool = routeOf("POST", "/v1/tool-runtime/invoke") as Routed;
  expect(storedOf(tool, parseJson('{"tool_name": "t", "kwargs": []}'))).toEqual([]);
  const embed = routeOf("POST", "/v1beta/models/e:batchEmbedContents") as Routed;
  const unlike = '{"requests": [{"content": "a", "taskType": "A"}, {"content": "b", "taskType": "B"}]}';
  expect(storedOf(embed, parseJson(unlike))).toEqual([]);
  expect(storedOf(embed, parseJson('{"requests": [1]}'))).toEqual([]);
});

it("however much may be read in several ways, the readings are bounded", () => {
  const keys = ["temperature", "top_p", "frequency_penalty", "presence_penalty"].map((key) => `"${key}": 0`);
  expect(
    bodies("/v1/chat/completions", `{"model": "m", ${keys.join(", ")}, "stream": false, "x": 1}`).length,
  ).toBeLessThanOrEqual(128);
});

it("a recording that no row of the table asks has no form on the wire", () => {
  for (const text of [
    '{"file_id": "f"}',
    '{"method": "POST", "url": "https://x.example/v1/audio", "body": {}}',
    "{}",
  ]) {
    expect(wiresOf(parseJson(text) as JsonObject)).toEqual([]);
  }
});
