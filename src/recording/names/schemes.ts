import { createHash, type Hash } from "node:crypto";
import { sha256 } from "../digest.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import type { Kind } from "../kinds.ts";
import { Dump, dumps, type Normaliser, RAW } from "./dumps.ts";
import { testMembers } from "./member.ts";
import { splitUrl, type UrlParts } from "./url.ts";

/** Whether and as what the test id is part of a name. */
type TestIdRule = (testId: JsonValue | undefined, url: UrlParts) => JsonValue | undefined;

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

export const never: TestIdRule = () => undefined;
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

/** What a request is called. */
export interface Names {
  /** The hash that each scheme of its kind gives it, 64 hex digits, by the scheme's id. */
  hashes: ReadonlyMap<string, string>;
  /** The hash of the request without its test id, normalised by the newest scheme: the same in every test that asks it. */
  request: string | null;
}

/** The names of a request. None for a kind that no scheme names, and for a request that lacks what a name is made of. */
export function namesOf(hashable: Hashable): Names {
  const schemes = schemesOf(hashable.kind);
  const parts = PARTS[hashable.kind]?.(hashable.request);
  const newest = schemes.at(-1);
  if (!parts || !newest) return { hashes: new Map(), request: null };
  const hasher = remembered(parts, hashable.testId);
  return {
    hashes: new Map(schemes.map((scheme) => [scheme.id, hasher(scheme)])),
    request: hasher({ ...newest, testId: never }),
  };
}

/** {@link Names.hashes} alone. */
export const hashesOf = (hashable: Hashable): ReadonlyMap<string, string> => namesOf(hashable).hashes;

/** The schemes of a kind, oldest first. */
export const schemesOf = (kind: Kind): readonly Scheme[] => SCHEMES.filter((scheme) => scheme.kind === kind);

/** The hashes of a request by scheme, as {@link Names.hashes}, under a test id; undefined: as if there were no such key. */
export type Hashes = (testId: JsonValue | undefined) => ReadonlyMap<string, string>;

/**
 * What names one request under many test ids, and hashes all else of it once. For a few test ids {@link hashesOf}
 * is faster.
 */
export function hasherOf({ kind, request }: Pick<Hashable, "kind" | "request">): Hashes {
  const parts = PARTS[kind]?.(request);
  if (!parts) return () => new Map();
  const states = new Map<string, Hash>();
  // Schemes that make the same body of it and take the same test id (shown by any one) give the same hash.
  const alike = new Map<string, { ids: string[]; scheme: Scheme; state: Hash }>();
  for (const scheme of schemesOf(kind)) {
    const body = parts.body.key(scheme);
    const state = states.get(body) ?? createHash("sha256").update(parts.before + parts.body.text(scheme));
    states.set(body, state);
    const key = body + parts.behind(scheme, "any");
    const ids = alike.get(key)?.ids ?? [];
    ids.push(scheme.id);
    alike.set(key, { ids, scheme, state });
  }
  return (testId) => {
    const hashes = new Map<string, string>();
    for (const { ids, scheme, state } of alike.values()) {
      const hash = state.copy().update(parts.behind(scheme, testId)).digest("hex");
      for (const id of ids) hashes.set(id, hash);
    }
    return hashes;
  };
}

/** The schemes under which a hash in a file's name verifies; the oldest layout has its first 12 digits alone. */
export function verifying(name: string, hashes: ReadonlyMap<string, string>): string[] {
  return [...hashes]
    .filter(([, hash]) => hash === name || (name.length === 12 && hash.startsWith(name)))
    .map(([scheme]) => scheme);
}

/** What is hashed of a request: its body, and what stands before and behind it. */
export interface Parts {
  body: Normalised;
  before: string;
  behind(scheme: Scheme, testId: JsonValue | undefined): string;
}

export const PARTS: Partial<Record<Kind, (request: JsonObject) => Parts | null>> = {
  tool: (request) => {
    const [provider, name] = ["provider", "tool_name"].map((key) => dumps(request.get(key) ?? null));
    return {
      body: new Normalised(request.get("kwargs") ?? null, false),
      before: '{"kwargs": ',
      behind: () => `, "provider": ${provider}, "tool_name": ${name}}`,
    };
  },
  http: (request) => {
    const [method, url] = [request.get("method"), request.get("url")];
    if (typeof method !== "string" || url === undefined) return null;
    const [upper, where] = [method.toUpperCase(), url].map((value) => dumps(value));
    const testMember = testMembers();
    return {
      body: new Normalised(request.get("payload") ?? null, false),
      before: `{"method": ${upper}, "payload": `,
      behind: (scheme, testId) => `${testMember(scheme.testId(testId, NOWHERE))}, "url": ${where}}`,
    };
  },
  inference: (request) => {
    const [method, url] = [request.get("method"), request.get("url")];
    if (typeof method !== "string" || typeof url !== "string") return null;
    const parts = splitUrl(url);
    const testMember = testMembers();
    const rest = `, "endpoint": ${dumps(parts.path)}, "method": ${dumps(method.toUpperCase())}`;
    return {
      body: new Normalised(request.get("body") ?? null, parts.netloc.includes("bedrock")),
      before: '{"body": ',
      behind: (scheme, testId) => `${rest}${testMember(scheme.testId(testId, parts))}}`,
    };
  },
};

/** Names of http requests do not look at the url's parts. */
const NOWHERE: UrlParts = { netloc: "", hostname: null, path: "" };

/** Hashes each text once, for most schemes agree on it. */
function remembered({ body, before, behind }: Parts, testId: JsonValue): (scheme: Scheme) => string {
  const known: { key: string; end: string; made: string }[] = [];
  return (scheme) => {
    const end = behind(scheme, testId);
    const key = body.key(scheme);
    // A few at most: to compare them is faster than to hash long texts for a Map.
    const same = known.find((one) => one.key === key && one.end === end);
    if (same) return same.made;
    const made = sha256(before + body.text(scheme) + end);
    known.push({ key, end, made });
    return made;
  };
}

/** A body as each scheme normalises it, written as seldom as can be: most bodies have nothing to normalise. */
class Normalised {
  private readonly known = new Map<string, string>();
  /** What made a difference under all rules together. */
  private changed: Dump["changed"] | undefined;

  constructor(
    private readonly body: JsonValue,
    private readonly onBedrock: boolean,
  ) {}

  text(scheme: Scheme): string {
    const key = this.key(scheme);
    const text = this.known.get(key) ?? dumps(this.body, scheme.normaliser, this.leftOut(scheme));
    this.known.set(key, text);
    return text;
  }

  /** The same for schemes that make the same text of this body. */
  key(scheme: Scheme): string {
    return this.keyOf(scheme.normaliser) + (this.leftOut(scheme) ?? "");
  }

  /** The member that a scheme leaves out of this body. */
  leftOut({ bedrock }: Scheme): string | undefined {
    return this.onBedrock && bedrock ? "stream_options" : undefined;
  }

  private keyOf({ decimals, projectId, fileSearch }: Normaliser): string {
    if (!this.changed) {
      const dump = new Dump(SEARCH);
      const text = dump.text(this.body, true);
      this.changed = dump.changed;
      this.known.set(this.keyOf(SEARCH), text);
    }
    const { changed } = this;
    // What file search or a project hides could have decimals in it: then each is written by itself.
    if (changed.projectId || changed.fileSearch) return `${decimals} ${projectId} ${fileSearch} `;
    return `${decimals && changed.decimals} `;
  }
}
