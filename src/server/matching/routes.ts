import { ROUTES } from "./route-table.ts";

/** Who defined the form of an API's errors. */
export type Api = "openai" | "ollama" | "anthropic" | "google" | "rerank" | "tools" | "tavily";

/** The shape of a wire request, and of the stored form that belongs to it: a member of the table of forms. */
export type FormId = "openai" | "ollama" | "payload" | "generate" | "embed" | "invoke" | "search";

/** A row of the table: a method and a path that clients use, and what recordings of it say. */
export interface Route {
  /** Of its own; several rows may have one recorded endpoint. */
  readonly id: string;
  readonly api: Api;
  /** A dialect's id. */
  readonly dialect: string;
  readonly kind: "inference" | "http" | "tool";
  readonly form: FormId;
  readonly method: "GET" | "POST";
  /** The whole path; the groups `mount` and `model` are told. */
  readonly path: RegExp;
  /** What the url of a recording ends with: its base url stands before it. */
  readonly endpoint: string;
  /** Whether the answer is a stream: always or never, or as `stream` in the body says, which is this where it is absent. */
  readonly streams: "always" | "never" | { readonly absent: boolean };
  /** A list of models: united from several recordings. */
  readonly list?: true;
  /** Other APIs have something else under the same path: the headers tell whose it is. */
  readonly shared?: true;
  /** Where its API is, for what no recording and no mount tells. */
  readonly home: string;
}

/** Where a request goes. */
export interface Routed {
  readonly route: Route;
  /** The path's prefix, without a version: `/openai` of `/openai/v1/chat/completions`; empty where there is none. */
  readonly mount: string;
  /** The model that the path names, as it stands there; null for APIs that name it in the body. */
  readonly model: string | null;
  /** Each with its value, in the order sent. */
  readonly query: readonly (readonly [key: string, value: string])[];
}

/** No path of any API comes near this; the expressions of the table take time that grows with its square. */
const LONGEST = 2048;

/**
 * Where a request goes; null for what is in no row. `target` is as it stands in the request line: a path, and what
 * was asked behind a `?`. Nothing of it is ever a path on the disk.
 */
export function routeOf(method: string, target: string): Routed | null {
  const [before = "", ...behind] = target.replace(/#.*$/s, "").split("?");
  const path = before.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");
  if (path.length > LONGEST) return null;
  const upper = method.toUpperCase();
  for (const route of ROUTES) {
    if (route.method !== upper) continue;
    const found = route.path.exec(path);
    if (!found) continue;
    const model = decoded(found.groups?.model ?? null);
    if (model === undefined) return null;
    return { route, mount: found.groups?.mount ?? "", model, query: queryOf(behind.join("?")) };
  }
  return null;
}

/** The base url of a recording made of such requests: what stands before the endpoint; null for one of others. */
export function baseOf({ endpoint }: Pick<Route, "endpoint">, url: string): string | null {
  const whole = url.replace(/[?#].*$/s, "");
  return whole.endsWith(endpoint) ? whole.slice(0, whole.length - endpoint.length) : null;
}

/** Undefined: no text that was encoded. */
function decoded(text: string | null): string | null | undefined {
  if (text === null || !text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function queryOf(text: string): [string, string][] {
  return text === "" ? [] : [...new URLSearchParams(text)];
}
