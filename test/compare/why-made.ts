import type { Change } from "../../src/compare/change.ts";
import type { Known, KnownRecording } from "../../src/compare/why/index.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject, asString, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { hashesOf } from "../../src/recording/names/schemes.ts";
import { splitUrl } from "../../src/recording/names/url.ts";

export const A = "tests/integration/inference/test_chat.py::test_old[txt=m]";
export const B = "tests/integration/inference/test_chat.py::test_new[txt=m]";
export const URL = "http://localhost:11434/v1/v1/chat/completions";
export const TODAY = "2026-06-17";

/** JSON of a value as the project reads it. */
export const json = (value: unknown): JsonObject => parseJson(JSON.stringify(value)) as JsonObject;

/** A chat request, with other members of its body. */
export const chat = (more: object = {}, url = URL): JsonObject =>
  json({
    method: "POST",
    url,
    headers: {},
    body: { model: "m", messages: [{ role: "user", content: "hello" }], ...more },
    endpoint: "/v1/chat/completions",
    model: (more as { model?: string }).model ?? "m",
  });

/** The hash of a request. */
export function hashOf(request: JsonObject, testId: string | null, scheme = TODAY): string {
  const hash = hashesOf({ kind: kindOf(new Set(request.keys)), request, testId }).get(scheme);
  if (hash === undefined) throw new Error(`no scheme ${scheme}`);
  return hash;
}

/** A recording of a request, by the name that a scheme gives it. */
export function recorded(
  request: JsonObject,
  testId: string | null,
  { scheme = TODAY, hash = hashOf(request, testId, scheme), folder = "tests/integration/inference/recordings" } = {},
): KnownRecording {
  const url = asString(request.get("url")) ?? null;
  const body = asObject(request.get("body")) ?? asObject(request.get("payload"));
  return {
    path: `${folder}/${hash}.json`,
    hash,
    testId,
    kind: kindOf(new Set(request.keys)),
    url,
    endpoint: asString(request.get("endpoint")) ?? (url === null ? null : splitUrl(url).path),
    model: asString(body?.get("model")) ?? null,
    tool: asString(request.get("tool_name")) ?? null,
    request: () => request,
  };
}

const text = (value: JsonValue | undefined): string => (value === undefined ? "" : writeJson(value, COMPACT));

/** Changes by path, as simple as can be; ids that begin with `call_` and uuids are volatile. */
export function changesOf(old: JsonValue, now: JsonValue, path: (string | number)[] = []): Change[] {
  if (text(old) === text(now)) return [];
  const change = (
    op: Change["op"],
    was: JsonValue | undefined,
    is: JsonValue | undefined,
    at: typeof path,
  ): Change => ({
    op,
    old: was,
    now: is,
    from: op === "add" ? null : at,
    to: op === "remove" ? null : at,
    volatile: /^"call_/.test(text(was)) && /^"call_/.test(text(is)) ? "call id" : null,
    evened: false,
    words: null,
    also: [],
  });
  const members = (value: JsonValue): [string | number, JsonValue][] =>
    Array.isArray(value) ? [...value.entries()] : value instanceof JsonObject ? [...value.entries()] : [];
  if (Array.isArray(old) !== Array.isArray(now) || !asContainer(old) || !asContainer(now)) {
    return [change("replace", old, now, path)];
  }
  const [was, is] = [new Map(members(old)), new Map(members(now))];
  return [
    ...[...was].flatMap(([key, value]) => {
      const next = is.get(key);
      return next === undefined
        ? [change("remove", value, undefined, [...path, key])]
        : changesOf(value, next, [...path, key]);
    }),
    ...[...is].flatMap(([key, value]) => (was.has(key) ? [] : [change("add", undefined, value, [...path, key])])),
  ];
}

const asContainer = (value: JsonValue): boolean => Array.isArray(value) || value instanceof JsonObject;

/** What is known: these recordings, and a past in which nothing was. */
export const knownOf = (recordings: readonly KnownRecording[], more: Partial<Known> = {}): Known => ({
  recordings,
  past: () => null,
  changesOf: (old, now) => changesOf(old, now),
  today: (kind) => ({ inference: TODAY, http: "http-2026-04-09", tool: "tool-2025-10-09" })[kind as string],
  ...more,
});
