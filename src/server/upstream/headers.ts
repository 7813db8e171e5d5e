import { keyIn, withoutKey } from "./body-key.ts";
import { isDummyKey } from "./dummy.ts";
import { apiAt, foreignTo, KEY_HEADERS, KEYED_APIS, type KeyedApi } from "./keys.ts";

/** What is asked instead of the recordings. */
export interface Upstream {
  /** A name of KEYED_APIS, or any other. */
  api: string;
  url: string;
  /** Who named the URL: whoever typed the command, a configuration file, recctl itself, or the client, which calls it. */
  from: "flag" | "config" | "default" | "client";
}

export interface HeadersUp {
  headers: Record<string, string>;
  /**
   * Whose key goes up: the client's own; one of the environment; none (`variables` would have been looked at); or withheld:
   * there was one of the environment, and this upstream must not have it.
   */
  key: "client" | "environment" | "none" | "withheld";
  /** The variables that can hold the key of this upstream. */
  variables: readonly string[];
}

const NO_BODY = new Uint8Array();

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Never sent up. Headers of one connection (RFC 9110 7.6.1), those that are made anew (host, length, coding), those that a
 * browser or a proxy adds about who asks, cookies (they are for the host that the client saw), and those meant for recctl.
 */
const DROPPED =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|http2-settings|proxy-.*|host|content-length|content-encoding|expect|accept-encoding|origin|referer|cookie2?|sec-.*|dnt|via|forwarded|x-forwarded-.*|x-real-ip|access-control-.*|x-recctl-.*|x-ogx-provider-data|x-llamastack-provider-data|x-test-id)$/;

/**
 * The headers that go up with a request: those of the client but for DROPPED, and a key. The client's own key goes where
 * the client is sent. A key of the environment is added where the client sent none, or a dummy, and goes only to its API's
 * own host over https, or where a flag says: a configuration file may come with a stranger's repository. A client's key
 * that is one of the environment (its library read it there) is held to the same rule. No API is sent what carries the key of
 * another one.
 */
export function headersFor(
  upstream: Upstream,
  client: Readonly<Record<string, string>>,
  env: Env,
  query = "",
  body: Uint8Array = NO_BODY,
): HeadersUp {
  const { api, forbidden, mayAdd } = rightsOf(upstream, env);
  const variables = api?.variables ?? [];
  const headers = passedOn(client);
  // What the client calls itself gets what it sends; to everybody else it may have been sent for another.
  if (api && upstream.from !== "client") for (const name of foreignTo(api)) delete headers[name];
  let withheld = false;
  for (const [name, value] of Object.entries(headers)) {
    if (!forbidden.some((key) => holds(value, key))) continue;
    delete headers[name];
    withheld = true;
  }
  if (withheld) return { headers, key: "withheld", variables };
  const sent = KEY_HEADERS.some((name) => headers[name] !== undefined && !isDummyKey(headers[name]));
  const asked = queryKey(queryFor(upstream, query, env));
  const inBody = keyIn(api, bodyFor(upstream, body, env));
  if (sent || asked !== null || inBody !== null) return { headers, key: "client", variables };
  const key = variables.map((name) => keyOf(env[name])).find((value) => value !== null) ?? null;
  if (!api || key === null) return { headers, key: "none", variables };
  if (!mayAdd) return { headers, key: "withheld", variables };
  // A dummy in another header would speak against the key.
  for (const name of KEY_HEADERS) delete headers[name];
  headers[api.header] = api.value(key);
  return { headers, key: "environment", variables };
}

/**
 * The query that goes up: a key in it (Google's `key=`) that is a dummy, or one of the environment that this upstream must
 * not have, is left out.
 */
export function queryFor(upstream: Upstream, query: string, env: Env): string {
  const key = queryKey(query);
  if (key === null) return query;
  if (!isDummyKey(key) && !rightsOf(upstream, env).forbidden.includes(key)) return query;
  const isKey = (part: string): boolean => queryKey(part) !== null;
  return query
    .split("&")
    .filter((part) => !isKey(part))
    .join("&");
}

/** The body that goes up, likewise: of an API that takes keys there. */
export function bodyFor(upstream: Upstream, body: Uint8Array, env: Env): Uint8Array {
  const { api, forbidden } = rightsOf(upstream, env);
  const key = keyIn(api, body);
  if (!api || key === null || !(isDummyKey(key) || forbidden.includes(key))) return body;
  return withoutKey(api, body);
}

/** Which keys of the environment an upstream may be sent, and which it must not. */
function rightsOf(upstream: Upstream, env: Env): { api: KeyedApi | undefined; forbidden: string[]; mayAdd: boolean } {
  const own = apiAt(new URL(upstream.url));
  const named = Object.hasOwn(KEYED_APIS, upstream.api) ? KEYED_APIS[upstream.api] : undefined;
  if (upstream.from === "flag" || upstream.from === "client") return { api: own ?? named, forbidden: [], mayAdd: true };
  const allowed = keysOf(own, env);
  const all = Object.values(KEYED_APIS).flatMap((api) => keysOf(api, env));
  return { api: own ?? named, forbidden: all.filter((key) => !allowed.includes(key)), mayAdd: own !== undefined };
}

const queryKey = (query: string): string | null => new URLSearchParams(query).get("key");

function passedOn(client: Readonly<Record<string, string>>): Record<string, string> {
  const lines = Object.entries(client).map(([name, value]) => [name.toLowerCase(), value] as const);
  const connection = lines.filter(([name]) => name === "connection");
  const named = new Set(connection.flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/)));
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of lines) {
    if (!DROPPED.test(name) && !named.has(name)) headers[name] = value;
  }
  // Pieces come as they were sent where nothing is compressed; what is compressed nevertheless is decoded.
  headers["accept-encoding"] = "identity";
  return headers;
}

const keyOf = (value: string | undefined): string | null => {
  const key = value?.trim() ?? "";
  return /^[\x21-\x7e]+$/.test(key) && !isDummyKey(key) ? key : null;
};

const keysOf = (api: KeyedApi | undefined, env: Env): string[] =>
  (api?.variables ?? []).map((name) => keyOf(env[name])).filter((key) => key !== null);

/** A short key may stand in a header by chance; there it must be a word of its own. */
const holds = (value: string, key: string): boolean =>
  key.length < 8 ? value.split(/\s+/).includes(key) : value.includes(key);
