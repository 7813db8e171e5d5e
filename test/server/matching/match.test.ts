import { describe, expect, it } from "vitest";
import { changesOf } from "../../../src/compare/changes/changes.ts";
import type { Known } from "../../../src/compare/why/index.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { asObject, type JsonObject } from "../../../src/recording/json/value.ts";
import { hashesOf, namesOf } from "../../../src/recording/names/schemes.ts";
import { askedOf, causeOfMiss } from "../../../src/server/matching/explained.ts";
import { type Looking, type Matched, matchOf } from "../../../src/server/matching/match.ts";
import { type Routed, routeOf } from "../../../src/server/matching/routes.ts";
import { type Recordings, recordingsOf } from "../../../src/server/matching/store.ts";
import { keptOf } from "./folder.ts";

const TEST = "tests/integration/inference/test_x.py::test_a";
const HOME = "tests/integration/inference/recordings";
const COMMON = "tests/integration/common/recordings";
const ASKED = '{"model": "m", "messages": [], "stream": false}';

/** A recording made of a request, lying where its name says. */
function made(request: string, testId: string | null, answer: string, folder = HOME, digest?: string) {
  const root = parseJson(
    `{"test_id": ${JSON.stringify(testId)}, "request": ${request}, "response": {"body": ${JSON.stringify(answer)}}}`,
  ) as JsonObject;
  const { head, request_ } = keptOf("x.json", root);
  const hash = [...hashesOf({ kind: head.kind, request: request_, testId })].at(-1)?.[1] as string;
  return keptOf(`${folder}/${digest ? `models-${hash}-${digest}` : hash}.json`, root);
}

const chat = (base: string, body = ASKED): string =>
  `{"method": "POST", "url": "${base}/v1/chat/completions", "headers": {}, "body": ${body}, "endpoint": "/v1/chat/completions", "model": "m"}`;
const list = (base: string): string =>
  `{"method": "POST", "url": "${base}/v1/models", "headers": {}, "body": {}, "endpoint": "/v1/models", "model": ""}`;

const OPENAI = "https://api.openai.com/v1";
const AZURE = "https://x.openai.azure.com/openai/v1";

function asked(
  recordings: Recordings,
  options: Partial<Looking> & { target?: string; body?: string | null; testId?: string | null } = {},
): Matched {
  const { target = "/v1/chat/completions", body = ASKED, testId = TEST, ...looking } = options;
  const routed = routeOf(body === null ? "GET" : "POST", target) as Routed;
  return matchOf({ routed, body: body === null ? null : parseJson(body), testId }, { recordings, ...looking });
}

const found = (matched: Matched): string[] | string =>
  "found" in matched
    ? matched.found.map(({ answer, path }) => (answer() && path.split("/recordings/")[0]) as string)
    : matched.kind;

describe("by name", () => {
  const one = made(chat(OPENAI), TEST, "a");

  it("what the recorder would find is found, under any base", () => {
    const matched = asked(recordingsOf([one]));
    expect(matched).toMatchObject({ kind: "hit", list: false, found: [{ path: one.path }], tried: { base: OPENAI } });
    expect(matched.kind === "hit" && matched.tried.name).toBe(one.hash);
    expect(asked(recordingsOf([made(chat("__databricks__/serving-endpoints"), TEST, "a")])).kind).toBe("hit");
  });

  it("another test, another model, another base that was given: a miss", () => {
    const recordings = recordingsOf([one]);
    expect(asked(recordings, { testId: null }).kind).toBe("miss");
    expect(asked(recordings, { body: ASKED.replace('"m"', '"n"') }).kind).toBe("miss");
    expect(asked(recordings, { mounts: new Map([["", AZURE]]) }).kind).toBe("miss");
    expect(asked(recordings, { mounts: new Map([["", `${OPENAI}/`]]) }).kind).toBe("hit");
    expect(asked(recordings, { mounts: new Map([["/other", AZURE]]) }).kind).toBe("hit");
  });

  it("of two bases that answer differently neither is chosen", () => {
    const other = made(chat(AZURE), TEST, "b");
    const both = recordingsOf([one, other]);
    const paths = [one.path, other.path].sort();
    expect(asked(both)).toMatchObject({ kind: "ambiguous", found: paths.map((path) => ({ path })) });
    expect(asked(both, { mounts: new Map([["", AZURE]]) })).toMatchObject({
      kind: "hit",
      found: [{ path: other.path }],
    });
    expect(asked(recordingsOf([one, made(chat(AZURE), TEST, "a")])).kind).toBe("hit");
  });

  it("a host makes no difference to the name of an inference request, so it is no other base", () => {
    const matched = asked(recordingsOf([one, made(chat("https://api.example/v1"), "other", "z")]));
    expect(matched).toMatchObject({ kind: "hit", found: [{ path: one.path }] });
  });

  it("what was asked as it was sent comes before what libraries add", () => {
    const bare = made(chat(OPENAI, '{"model": "m", "messages": []}'), TEST, "b");
    const both = recordingsOf([bare, one]);
    expect(asked(both)).toMatchObject({ found: [{ path: one.path }] });
    expect(asked(both, { body: '{"model": "m", "messages": []}' })).toMatchObject({ found: [{ path: bare.path }] });
    expect(asked(recordingsOf([bare]))).toMatchObject({ found: [{ path: bare.path }] });
  });

  it("a test's own folder comes first, then the shared one, then any", () => {
    const at = (folder: string, answer: string) => made(chat(OPENAI), TEST, answer, folder);
    const [own, shared, far] = [at(HOME, "a"), at(COMMON, "b"), at("tests/unit/recordings", "c")];
    expect(found(asked(recordingsOf([far, shared, own])))).toEqual(["tests/integration/inference"]);
    expect(found(asked(recordingsOf([far, shared])))).toEqual(["tests/integration/common"]);
    expect(found(asked(recordingsOf([far])))).toEqual(["tests/unit"]);
    expect(found(asked(recordingsOf([far, shared]), { fallback: "tests/unit/recordings" }))).toEqual(["tests/unit"]);
    expect(asked(recordingsOf([far, at("tests/other/recordings", "d")])).kind).toBe("ambiguous");
    expect(asked(recordingsOf([far, at("tests/other/recordings", "c")])).kind).toBe("hit");
  });

  it("a store that begins below the root of the tests has the same folders", () => {
    const at = (folder: string) => ({
      ...made(chat(OPENAI), TEST, folder),
      path: `${folder}/${made(chat(OPENAI), TEST, "").hash}.json`,
    });
    expect(found(asked(recordingsOf([at("common/recordings"), at("inference/recordings")])))).toEqual(["inference"]);
  });

  it("test ids are compared and never followed", () => {
    const odd = "../../etc/passwd::__proto__";
    expect(asked(recordingsOf([made(chat(OPENAI), odd, "a")]), { testId: odd }).kind).toBe("hit");
  });

  it("an older scheme that is in force is asked for", () => {
    const request = parseJson(chat(OPENAI)) as JsonObject;
    const old = hashesOf({ kind: "inference", request, testId: TEST }).get("2025-07-29") as string;
    const recordings = recordingsOf([{ ...one, path: `${HOME}/${old}.json` }]);
    expect(asked(recordings).kind).toBe("miss");
    expect(asked(recordings, { schemeOf: () => "2025-07-29" }).kind).toBe("hit");
  });
});

describe("by request", () => {
  const mode = "request" as const;
  const own = made(chat(OPENAI), TEST, "a");
  const other = made(chat(OPENAI), "tests/integration/safety/test_y.py::t", "b", "tests/integration/safety/recordings");
  const third = made(chat(AZURE), "tests/integration/z/test_z.py::t", "c", "tests/integration/z/recordings");

  it("any test's will do, its own first", () => {
    expect(asked(recordingsOf([other]), { mode })).toMatchObject({ kind: "hit", found: [{ path: other.path }] });
    expect(asked(recordingsOf([other, own]), { mode })).toMatchObject({
      kind: "hit",
      found: [{ path: own.path }, { path: other.path }],
    });
    expect(asked(recordingsOf([third, own]), { mode })).toMatchObject({ kind: "hit", found: [{ path: own.path }] });
    expect(asked(recordingsOf([third, other]), { mode }).kind).toBe("ambiguous");
  });

  it("and no other request", () => {
    expect(asked(recordingsOf([other]), { mode, body: ASKED.replace("[]", '["x"]') }).kind).toBe("miss");
  });
});

describe("model lists", () => {
  const lists = [
    made(list(OPENAI), null, "a", COMMON, "aaaaaaaa"),
    made(list(OPENAI), null, "b", HOME, "bbbbbbbb"),
    made(list(OPENAI), null, "c", "tests/unit/recordings", "cccccccc"),
  ];
  const target = "/v1/models";

  it("of the test's folder and of the shared one are united; where there are none, all others", () => {
    const matched = asked(recordingsOf(lists), { target, body: null });
    expect(matched).toMatchObject({ kind: "hit", list: true });
    expect(found(matched)).toEqual(["tests/integration/common", "tests/integration/inference"]);
    expect(found(asked(recordingsOf(lists), { target, body: null, testId: null }))).toEqual([
      "tests/integration/common",
    ]);
    expect(found(asked(recordingsOf(lists.slice(2)), { target, body: null }))).toEqual(["tests/unit"]);
  });

  it("are no answer to anything else that has their hash", () => {
    const stray = { ...(lists[0] as (typeof lists)[0]), path: `${COMMON}/${lists[0]?.hash}.json` };
    expect(asked(recordingsOf([stray]), { target, body: null }).kind).toBe("miss");
  });

  it("of several bases are several answers", () => {
    const two = [...lists, made(list("https://g.example/v1beta/openai"), null, "g", COMMON, "dddddddd")];
    expect(asked(recordingsOf(two), { target, body: null }).kind).toBe("ambiguous");
    expect(asked(recordingsOf(two), { target, body: null, mounts: new Map([["", OPENAI]]) }).kind).toBe("hit");
  });
});

describe("tools", () => {
  const tool = (provider: string, answer: string) =>
    made(
      `{"test_id": null, "provider": "${provider}", "tool_name": "web_search", "kwargs": {"query": "a"}}`,
      TEST,
      answer,
    );
  const target = "/v1/tool-runtime/invoke";
  const body = '{"tool_name": "web_search", "kwargs": {"query": "a"}}';

  it("are looked for at every provider, or at the one that is asked", () => {
    const [tavily, brave] = [tool("tavily", "t"), tool("brave-search", "b")];
    expect(asked(recordingsOf([brave]), { target, body }).kind).toBe("hit");
    expect(asked(recordingsOf([brave, tavily]), { target, body }).kind).toBe("ambiguous");
    expect(asked(recordingsOf([brave, tavily]), { target: "/search", body: '{"query": "a"}' })).toMatchObject({
      kind: "hit",
      found: [{ path: tavily.path }],
    });
    expect(asked(recordingsOf([]), { target, body }).kind).toBe("miss");
  });
});

describe("a miss", () => {
  it("tells all names that were looked for, and the request as recordings store it", () => {
    const matched = asked(recordingsOf([made(chat(AZURE), "other", "a")]));
    if (matched.kind !== "miss") return expect.fail(matched.kind);
    const [first] = matched.tried;
    expect(new Set(matched.tried.map(({ name }) => name)).size).toBe(matched.tried.length);
    expect(first.base).toBe(AZURE);
    expect(namesOf({ kind: "inference", request: first.request, testId: TEST }).hashes.get("2026-06-17")).toBe(
      first.name,
    );
    expect(first.request.keys).toEqual(["method", "url", "headers", "body", "endpoint", "model"]);
  });

  it("is explained by what is there", () => {
    const other = made(chat(OPENAI), "tests/integration/inference/test_x.py::test_old", "a");
    const matched = asked(recordingsOf([other]));
    if (matched.kind !== "miss") return expect.fail(matched.kind);
    const { head, request_, path, hash } = other;
    const recording = { path, hash, ...head, endpoint: "/v1/chat/completions", model: "m", request: () => request_ };
    const known: Known = { recordings: [recording], past: null, changesOf, isGone: () => true };
    const cause = causeOfMiss(matched, TEST, known);
    expect(cause).toMatchObject({ kind: "renamed test", proven: true, asked: { testId: TEST } });
    expect(cause.nearest[0]?.recording.path).toBe(path);
  });

  it("is compared in the form that recordings have, whatever the client leaves out", () => {
    const body = '{"model": "m", "messages": [], "stream": false, "temperature": 0.0, "user": "a"}';
    const { head, request_, path, hash } = made(chat(OPENAI, body), TEST, "a");
    const recording = { path, hash, ...head, endpoint: "/v1/chat/completions", model: "m", request: () => request_ };
    const matched = asked(recordingsOf([]), { body: '{"model": "m", "messages": [], "temperature": 0, "user": "b"}' });
    if (matched.kind !== "miss") return expect.fail(matched.kind);
    const cause = causeOfMiss(matched, TEST, { recordings: [recording], past: null, changesOf });
    const changes = cause.nearest[0]?.changes?.filter(({ evened }) => !evened);
    expect(changes).toMatchObject([{ op: "replace", old: "a", now: "b" }]);
  });

  it("where nothing was recorded, is named as if its API's own host had been asked", () => {
    const urlOf = (matched: Matched) => (matched.kind === "miss" ? askedOf(matched, TEST)[0]?.url : matched.kind);
    expect(urlOf(asked(recordingsOf([])))).toBe("https://api.openai.com/v1/v1/chat/completions");
    const http = asked(recordingsOf([]), { target: "/v1/messages?beta=true&x=1", body: '{"model": "m"}' });
    expect(urlOf(http)).toBe("https://api.anthropic.com/v1/messages?beta=true&x=1");
    expect(http.kind === "miss" && asObject(http.tried[0].request.get("payload"))?.keys).toEqual(["model"]);
  });

  it("of a body that the API does not know is no miss", () => {
    expect(asked(recordingsOf([]), { body: "[]" }).kind).toBe("malformed");
  });
});
