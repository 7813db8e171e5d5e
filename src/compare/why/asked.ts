import { parseJson } from "../../recording/json/parse.ts";
import { asObject, asString, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { type Kind, kindOf } from "../../recording/kinds.ts";
import { splitUrl } from "../../recording/names/url.ts";
import type { Miss } from "../../usage/runs/run.ts";
import { readLiteral } from "./literal.ts";

/** What is known of a request that has no recording: as much as a log's form carries, or all of it. */
export interface Asked {
  /** 64 hex digits, or the first 12 of the oldest names. */
  readonly hash: string | null;
  /** Whether its hash may be no more than the start of one. */
  readonly isStart?: boolean;
  /** Whether it is nothing but a hash that somebody typed: then nobody says that it missed. */
  readonly isTyped?: boolean;
  /** Null where it is not told, and outside a test. */
  readonly testId: string | null;
  readonly kind: Kind | null;
  readonly method: string | null;
  readonly url: string | null;
  /** The plain path of the API, or the path of its url. */
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly tool: string | null;
  /** All that was asked, as recordings store it. */
  readonly request: JsonObject | null;
  /** Whether the base of its url, or the provider of its tool, is one of those that were tried, and nobody asked for it. */
  readonly isBaseOpen?: boolean;
  /** The names that it was looked for by, each under another base. */
  readonly names?: readonly string[];
  /** Whether a server of recctl's was asked, and no recorder. */
  readonly isServed?: boolean;
  /** What a server of recctl's made of it, which knew all that was asked. */
  readonly said?: string;
}

const NOTHING: Asked = {
  hash: null,
  testId: null,
  kind: null,
  method: null,
  url: null,
  endpoint: null,
  model: null,
  provider: null,
  tool: null,
  request: null,
};

const KINDS: Readonly<Record<Miss["form"], Kind | null>> = {
  inference: "inference",
  genai: "inference",
  "before 2025-10-09": "inference",
  tool: "tool",
  rerank: "http",
  httpx: "http",
  "httpx stream": "http",
  journal: null,
  serve: null,
  log: null,
};

/** What a log's miss tells of the request. */
export function askedOf({ form, hash, testId, says }: Miss): Asked {
  const stored = says.Stored === undefined ? null : asObject(parseJson(says.Stored));
  const isServed = form === "journal" || form === "serve";
  if (stored) return { ...askedRequest(stored, testId), hash, isServed };
  const { Method: method = null, URL: url = null, Provider: provider = null, Tool: tool = null } = says;
  const told = { ...NOTHING, hash, testId, kind: KINDS[form], method, url, provider, tool, model: modelOf(says.Model) };
  const endpoint = says.Endpoint ?? (url === null ? null : splitUrl(url).path);
  const isStart = form === "serve" && hash?.length === 12;
  const asked = { ...told, endpoint, request: requestIn(told, says), ...(isStart && { isStart }), isServed };
  return says.Why === undefined ? asked : { ...asked, said: says.Why };
}

/** A hash alone, or its first digits, as people type it. */
export const askedHash = (hash: string, testId: string | null = null): Asked => ({
  ...NOTHING,
  hash,
  testId,
  isTyped: true,
  ...(hash.length < 64 && { isStart: true }),
});

/** A whole request, as recordings store it, or a recording with one: that says its own test id, where none is given. */
export function askedRequest(root: JsonObject, testId: string | null = null): Asked {
  const request = asObject(root.get("request")) ?? root;
  const body = asObject(request.get("body")) ?? asObject(request.get("payload"));
  const url = asString(request.get("url")) ?? null;
  return {
    hash: null,
    testId: testId ?? asString(root.get("test_id")) ?? null,
    kind: kindOf(new Set(request.keys)),
    method: asString(request.get("method")) ?? null,
    url,
    endpoint: asString(request.get("endpoint")) ?? (url === null ? null : splitUrl(url).path),
    model: asString(request.get("model")) ?? asString(body?.get("model")) ?? null,
    provider: asString(request.get("provider")) ?? null,
    tool: asString(request.get("tool_name")) ?? null,
    request,
  };
}

/** The log says `N/A` where a request has no model. */
const modelOf = (said: string | undefined): string | null => (said === undefined || said === "N/A" ? null : said);

/** The request that a form carries whole: that of a tool, and that of an inference request before 2025-10-09. */
function requestIn(asked: Pick<Asked, "method" | "url" | "provider" | "tool">, says: Miss["says"]): JsonObject | null {
  const { method, url, provider, tool } = asked;
  if (says.Request !== undefined && provider !== null && tool !== null) {
    const kwargs = objectIn(says.Request);
    return kwargs && objectOf({ provider, tool_name: tool, kwargs });
  }
  if (says.Body === undefined || method === null || url === null) return null;
  const body = objectIn(says.Body);
  return body && objectOf({ method, url, body, endpoint: splitUrl(url).path });
}

const objectIn = (literal: string): JsonObject | null => asObject(readLiteral(literal)) ?? null;

const objectOf = (members: Readonly<Record<string, JsonValue>>): JsonObject =>
  new JsonObject(Object.keys(members), Object.values(members));
