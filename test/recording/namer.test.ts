import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/recording/json/parse.ts";
import { JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { namerOf } from "../../src/recording/names/namer.ts";
import { namesOf, schemesOf } from "../../src/recording/names/schemes.ts";

const BODIES = [
  "{}",
  '{"stream_options": {"include_usage": true}, "temperature": 0.123456789, "extra_body": {"project_id": "p"}}',
  '{"input": "score: 0.5, attributes: {a}, 3.14159265", "seed": 1}',
];
const PLACES = [
  "https://api.example/v1/v1/models",
  "http://localhost:1/v1/models",
  "https://bedrock.example/v1/chat/completions",
];

const requests = (body: JsonValue): JsonObject[] => [
  ...PLACES.map((url) => new JsonObject(["method", "url", "body"], ["POST", url, body])),
  new JsonObject(["method", "url", "payload"], ["post", "https://api.example/v1/messages", body]),
  new JsonObject(["provider", "tool_name", "kwargs"], ["p", "t", body]),
];

describe("one name of a request", () => {
  it.each(BODIES)("is among all of them: %s", (text) => {
    const body = parseJson(text);
    const all = requests(body);
    for (const kind of ["inference", "http", "tool"] as const) {
      const own = all.filter((request) => kindOf(new Set(request.keys)) === kind);
      for (const id of [null, ...schemesOf(kind).map((scheme) => scheme.id)]) {
        const nameOf = namerOf(kind, id);
        // Twice, and several with the same body: what was written is used again.
        for (const request of [...own, ...own]) {
          for (const testId of [null, "a", "b"]) {
            const names = namesOf({ kind, request, testId });
            expect(nameOf(request, testId)).toBe(id === null ? names.request : names.hashes.get(id));
          }
        }
      }
    }
  });

  it("is none of a request that lacks what names are made of, or by a scheme of another kind", () => {
    const request = new JsonObject(["body"], [null]);
    expect(namerOf("inference", null)(request, null)).toBeNull();
    expect(namerOf("unknown", null)(request, null)).toBeNull();
    expect(namerOf("inference", "http-2026-02-12")(requests(null)[0] as JsonObject, null)).toBeNull();
  });
});
