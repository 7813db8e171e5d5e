import { createHash, type Hash } from "node:crypto";
import { asObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { quoteJson } from "../json/write.ts";
import type { Kind } from "../kinds.ts";
import { dumps, type Normaliser, RAW } from "./dumps.ts";
import { splitUrl, type UrlParts } from "./url.ts";

/** Whether and as what the test id is part of a name. */
type TestIdRule = (testId: JsonValue, url: UrlParts) => JsonValue | undefined;

/** A rule that makes names, called by the day from which recorders used it. */
export interface Scheme {
  id: string;
  kind: Kind;
  normaliser: Normaliser;
  /** Leaves `stream_options` out of the body where the host is Bedrock's (2026-01-21). */
  bedrock: boolean;
  testId: TestIdRule;
}

const LISTS_2025 = new Set(["/api/tags", "/v1/models"]);
const LISTS = new Set([...LISTS_2025, "/v1/openai/v1/models"]);
const LOCAL = new Set(["0.0.0.0", "127.0.0.1", "localhost"]);

const never: TestIdRule = () => undefined;
const always: TestIdRule = (testId) => testId;
const butFor =
  (lists: ReadonlySet<string>): TestIdRule =>
  (testId, { path }) =>
    lists.has(path) ? undefined : testId;
const nullForLists: TestIdRule = (testId, { path, hostname }) =>
  LISTS.has(path) || (path.endsWith("/models") && !LOCAL.has(hostname ?? "")) ? null : testId;

const DECIMALS: Normaliser = { ...RAW, decimals: true };
const PROJECT: Normaliser = { ...DECIMALS, projectId: true };
const SEARCH: Normaliser = { ...PROJECT, fileSearch: true };

const inference = (id: string, normaliser: Normaliser, testId: TestIdRule, bedrock = false): Scheme => ({
  id,
  kind: "inference",
  normaliser,
  testId,
  bedrock,
});
const http = (id: string, normaliser: Normaliser): Scheme => ({
  id,
  kind: "http",
  normaliser,
  testId: always,
  bedrock: false,
});

/** The table of schemes, oldest first within each kind. */
export const SCHEMES: readonly Scheme[] = [
  inference("2025-07-29", RAW, never),
  inference("2025-10-04", RAW, butFor(LISTS_2025)),
  inference("2025-10-09", DECIMALS, butFor(LISTS_2025)),
  inference("2025-11-03", DECIMALS, butFor(LISTS)),
  inference("2026-01-21", DECIMALS, butFor(LISTS), true),
  inference("2026-03-18", PROJECT, butFor(LISTS), true),
  inference("2026-04-09", SEARCH, butFor(LISTS), true),
  inference("2026-06-17", SEARCH, nullForLists, true),
  http("http-2026-02-12", DECIMALS),
  http("http-2026-03-18", PROJECT),
  http("http-2026-04-09", SEARCH),
  { id: "tool-2025-10-09", kind: "tool", normaliser: RAW, testId: never, bedrock: false },
];

/** A request as names are made of it. */
export interface Hashable {
  kind: Kind;
  request: JsonObject;
  /** null where the recording has none. */
  testId: JsonValue;
}

/**
 * The hash that each scheme of its kind gives a request, 64 hex digits, by the scheme's id. Empty for
 * a kind that no scheme names, and for a request that lacks what a name is made of.
 */
export function hashesOf(hashable: Hashable): Map<string, string> {
  const schemes = SCHEMES.filter(({ kind }) => kind === hashable.kind);
  const hasher = HASHERS[hashable.kind]?.(hashable);
  return new Map(hasher ? schemes.map((scheme) => [scheme.id, hasher(scheme)]) : []);
}

/** The schemes under which a hash in a file's name verifies; the oldest layout has its first 12 digits alone. */
export function verifying(name: string, hashes: ReadonlyMap<string, string>): string[] {
  return [...hashes]
    .filter(([, hash]) => hash === name || (name.length === 12 && hash.startsWith(name)))
    .map(([scheme]) => scheme);
}

type Hasher = (scheme: Scheme) => string;

const HASHERS: Partial<Record<Kind, (hashable: Hashable) => Hasher | null>> = {
  tool: ({ request }) => {
    const members = ["kwargs", "provider", "tool_name"].map(
      (key) => `${quoteJson(key, true)}: ${dumps(request.get(key) ?? null)}`,
    );
    return () => sha256(`{${members.join(", ")}}`).digest("hex");
  },
  http: ({ request, testId }) => {
    const [method, url] = [request.get("method"), request.get("url")];
    if (typeof method !== "string" || url === undefined) return null;
    const payload = remembered((scheme) => dumps(request.get("payload") ?? null, scheme.normaliser));
    const [upper, test, where] = [method.toUpperCase(), testId, url].map((value) => dumps(value));
    return (scheme) =>
      sha256(`{"method": ${upper}, "payload": ${payload(scheme)}, "test_id": ${test}, "url": ${where}}`).digest("hex");
  },
  inference: ({ request, testId }) => {
    const [method, url] = [request.get("method"), request.get("url")];
    if (typeof method !== "string" || typeof url !== "string") return null;
    const parts = splitUrl(url);
    const body = request.get("body") ?? null;
    const onBedrock = parts.netloc.includes("bedrock") && asObject(body)?.has("stream_options") === true;
    const start = remembered((scheme) => {
      const text = dumps(body, scheme.normaliser, scheme.bedrock && onBedrock ? "stream_options" : undefined);
      return `{"body": ${text}, "endpoint": ${dumps(parts.path)}, "method": ${dumps(method.toUpperCase())}`;
    });
    const states = new Map<string, Hash>();
    return (scheme) => {
      const text = start(scheme);
      // The body is most of it, and most schemes agree on it: it is hashed once.
      const state = states.get(text) ?? sha256(text);
      states.set(text, state);
      const test = scheme.testId(testId, parts);
      return state
        .copy()
        .update(test === undefined ? "}" : `, "test_id": ${dumps(test)}}`)
        .digest("hex");
    };
  },
};

const sha256 = (text: string): Hash => createHash("sha256").update(text);

/** Computes once what schemes that normalise alike have in common. */
function remembered(compute: (scheme: Scheme) => string): (scheme: Scheme) => string {
  const known = new Map<string, string>();
  return (scheme) => {
    const { decimals, projectId, fileSearch } = scheme.normaliser;
    const key = `${decimals} ${projectId} ${fileSearch} ${scheme.bedrock}`;
    const text = known.get(key) ?? compute(scheme);
    known.set(key, text);
    return text;
  };
}
