import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/recording/json/parse.ts";
import type { JsonValue } from "../../../src/recording/json/value.ts";
import { STRICT, writeJson } from "../../../src/recording/json/write.ts";
import type { Failure } from "../../../src/recording/recording.ts";
import { ROUTES } from "../../../src/server/matching/route-table.ts";
import type { Api } from "../../../src/server/matching/routes.ts";
import { errorOf, failureOf } from "../../../src/server/matching/wire-errors.ts";
import { folderOf, RECORDINGS } from "./folder.ts";

const plain = ({ status, body }: { status: number; body: JsonValue }) => ({
  status,
  body: JSON.parse(writeJson(body, STRICT)),
});

const NOT_FOUND: Readonly<Record<Api, unknown>> = {
  openai: { error: { message: "m", type: "not_found_error", param: null, code: null } },
  ollama: { error: "m" },
  anthropic: { type: "error", error: { type: "not_found_error", message: "m" } },
  google: { error: { code: 404, message: "m", status: "NOT_FOUND" } },
  rerank: { message: "m" },
  tools: { error: { detail: "m" } },
  tavily: { detail: { error: "m" } },
};

describe("an error", () => {
  it.each(Object.keys(NOT_FOUND) as Api[])("of %s", (api) => {
    expect(plain(errorOf(api, { status: 404, message: "m" }))).toEqual({ status: 404, body: NOT_FOUND[api] });
  });

  it("every API of the table has one", () => {
    expect(new Set(ROUTES.map(({ api }) => api))).toEqual(new Set(Object.keys(NOT_FOUND)));
  });

  it("may say its own type and code", () => {
    const said = { status: 418, message: "m", type: "recording_not_found", code: "c" };
    expect(plain(errorOf("openai", said)).body.error).toMatchObject({ type: "recording_not_found", code: "c" });
    expect(plain(errorOf("anthropic", said)).body.error.type).toBe("recording_not_found");
    expect(plain(errorOf("google", said)).body.error).toMatchObject({ code: 418, status: "recording_not_found" });
    expect(plain(errorOf("google", { status: 418, message: "m" })).body.error.status).toBe("UNKNOWN");
  });
});

describe("a recorded failure", () => {
  const failure = (some: Partial<Failure>, body = "null"): Failure => ({
    category: "provider_sdk",
    type: "BadRequestError",
    message: "Error code: 400",
    status: 400,
    ...some,
    body: parseJson(body),
  });

  it.each<[title: string, api: Api, failure: Failure, status: number, body: unknown]>([
    [
      "openai's inner object",
      "openai",
      failure({}, '{"message": "m", "code": "c"}'),
      400,
      { error: { message: "m", code: "c" } },
    ],
    ["openai's whole one", "openai", failure({}, '{"error": {"message": "m"}}'), 400, { error: { message: "m" } }],
    [
      "Anthropic's, which is whole",
      "anthropic",
      failure(
        { status: 529 },
        '{"type": "error", "error": {"type": "overloaded_error", "message": "m"}, "request_id": "r"}',
      ),
      529,
      { type: "error", error: { type: "overloaded_error", message: "m" }, request_id: "r" },
    ],
    [
      "Google's",
      "google",
      failure({ status: 429 }, '{"error": {"code": 429, "message": "m", "status": "X"}}'),
      429,
      { error: { code: 429, message: "m", status: "X" } },
    ],
    ["Ollama's", "ollama", failure({ status: 404 }, '{"error": "m"}'), 404, { error: "m" }],
    [
      "of another API than it is told in",
      "anthropic",
      failure({}, '{"message": "m"}'),
      400,
      { type: "error", error: { type: "invalid_request_error", message: "m" } },
    ],
    [
      "the recorder's own",
      "openai",
      failure({ category: "ogx", type: "ModelNotFoundError", status: 404, message: "m" }),
      404,
      { error: { message: "m", type: "not_found_error", param: null, code: null } },
    ],
    [
      "Python's, without a status",
      "ollama",
      failure({ category: "builtin", type: "TimeoutError", status: null, message: "m" }),
      504,
      { error: "m" },
    ],
    [
      "of nothing known",
      "tavily",
      failure({ category: null, type: null, status: null, message: "m" }),
      500,
      { detail: { error: "m" } },
    ],
  ])("%s", (_, api, recorded, status, body) => {
    expect(plain(failureOf(api, recorded))).toEqual({ status, body });
  });

  it("of this repository's: openai's body is inside of `error`", () => {
    const root = folderOf(RECORDINGS).all.find(({ path }) => path.startsWith("acb474ee"))?.root;
    const data = JSON.parse(writeJson(root?.get("response") ?? null, STRICT)).exception_data;
    const { status_code: status, type, message, category, body } = data;
    const told = failureOf("openai", { category, type, message, status, body: parseJson(JSON.stringify(body)) });
    expect(plain(told)).toEqual({ status: 400, body: { error: body } });
  });
});
