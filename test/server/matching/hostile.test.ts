import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/recording/json/parse.ts";
import type { JsonObject } from "../../../src/recording/json/value.ts";
import { storedOf } from "../../../src/server/matching/asked.ts";
import { matchOf } from "../../../src/server/matching/match.ts";
import { ROUTES } from "../../../src/server/matching/route-table.ts";
import { type Routed, routeOf } from "../../../src/server/matching/routes.ts";
import { recordingsOf } from "../../../src/server/matching/store.ts";
import { testIdOf } from "../../../src/server/matching/testid.ts";
import { CASES } from "./asked-cases.ts";
import { wiresOf } from "./wire.ts";

/** Words that bodies have, and that every object of JavaScript has. */
const KEYS = [...new Set(CASES.flatMap(({ body, stored }) => `${body}${stored}`.match(/(?<=")\w+(?=":)/g) ?? []))];
const key = fc.constantFrom(...KEYS, "__proto__", "constructor", "toString", "hasOwnProperty", "length", "0");
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("null", "true", "false", "0", "-0", "1.0", "1e999", "NaN", '""', '"a"', '"base64"', "[]", "{}"),
    fc.array(tie("json") as fc.Arbitrary<string>, { maxLength: 3 }).map((all) => `[${all.join(", ")}]`),
    fc
      .array(fc.tuple(key, tie("json") as fc.Arbitrary<string>), { maxLength: 6 })
      .map((all) => `{${all.map(([name, value]) => `"${name}": ${value}`).join(", ")}}`),
  ),
})) as { json: fc.Arbitrary<string> };

const nothing = recordingsOf([]);

describe("nothing that is sent throws", () => {
  it("a body, at any row of the table, nor what is made of it", () => {
    const cases = CASES.map(({ wire, body }) => routeOf(body === null ? "GET" : "POST", wire) as Routed);
    fc.assert(
      fc.property(fc.constantFrom(...cases), json, (routed, text) => {
        const body = parseJson(text);
        for (const candidate of storedOf(routed, body)) expect(candidate.body.keys).toBeDefined();
        const matched = matchOf({ routed, body, testId: "__proto__" }, { recordings: nothing });
        expect(["miss", "malformed"]).toContain(matched.kind);
        if (matched.kind === "miss")
          for (const { request } of matched.tried) expect(wiresOf(request).length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it("a recorded request of any content", () => {
    const kinds = [
      ...ROUTES.map(
        ({ endpoint }) =>
          (body: string) =>
            `{"method": "POST", "url": "https://x.example${endpoint}", "body": ${body}}`,
      ),
      ...ROUTES.map(
        ({ endpoint }) =>
          (body: string) =>
            `{"method": 5, "url": "https://x.example${endpoint}", "payload": ${body}}`,
      ),
      (body: string) => `{"tool_name": ${body}, "provider": ${body}, "kwargs": ${body}}`,
      (body: string) => `{"url": ${body}, "body": ${body}}`,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), json, (kind, text) => {
        for (const { target } of wiresOf(parseJson(kind(text)) as JsonObject)) expect(target).toMatch(/^\//);
      }),
      { numRuns: 2000 },
    );
  });

  it("a request line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.webPath(), (method, path) => {
        routeOf(method, path);
        routeOf("POST", path + method);
      }),
    );
    for (const piece of ["/v1", "/", "/models", "/projects/a/locations/b", "/models/a:", "%", "?"]) {
      const before = process.hrtime.bigint();
      routeOf("POST", `${piece.repeat(16_000 / piece.length)}x`);
      routeOf("GET", `${piece.repeat(16_000 / piece.length)}x`);
      expect(Number(process.hrtime.bigint() - before) / 1e6, piece).toBeLessThan(500);
    }
  });

  it("a header", () => {
    fc.assert(
      fc.property(json, fc.string(), (data, plain) => {
        const header = (name: string): string | undefined =>
          name === "x-test-id" ? plain : name === "x-ogx-provider-data" ? data : undefined;
        const found = testIdOf(header, null);
        expect("error" in found || found.testId === null || typeof found.testId === "string").toBe(true);
      }),
    );
  });
});
