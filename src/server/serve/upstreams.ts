import { type Api, baseOf, type Routed } from "../matching/routes.ts";
import type { Upstream } from "../upstream/headers.ts";
import { familyOf, type Sent } from "./family.ts";

/** Where the APIs are, for whoever names no other place. */
export const DEFAULT_UPSTREAMS: readonly Upstream[] = (
  [
    ["openai", "https://api.openai.com/v1"],
    ["anthropic", "https://api.anthropic.com"],
    ["ollama", "http://localhost:11434"],
    ["google", "https://generativelanguage.googleapis.com"],
    ["tavily", "https://api.tavily.com"],
  ] as const
).map(([api, url]) => ({ api, url, from: "default" }));

/** An upstream, and what recordings of it say. */
export interface Target {
  readonly upstream: Upstream;
  /** To be asked, without a query. */
  readonly url: string;
  /** What stands before the endpoint in recorded urls; of a tool, who does it, null where nobody says. */
  readonly base: string | null;
}

const VERSION = /\/v\d+(?:alpha|beta)?\d*$/;
const VERSION_FIRST = /^\/v\d+(?:alpha|beta)?\d*(?=\/)/;

/** The url as a client library takes it. Of OpenAI's kind the version belongs to it; a bare host has it added. */
function openaiUrl(url: string): string {
  return new URL(url).pathname === "/" ? `${url}/v1` : url;
}

/** A version that both have is one. */
const joined = (url: string, path: string): string =>
  url + (VERSION.test(url) ? path.replace(VERSION_FIRST, "") : path);

const withoutVersion = (url: string): string => url.replace(VERSION, "");

/** How the url of an upstream and the path behind the mount become what is asked, by who defined the API. */
const URLS: Readonly<Record<Api, (url: string, path: string) => string>> = {
  openai: (url, path) => openaiUrl(url) + path.replace(/^(?:\/v1)*(?=\/)/, ""),
  anthropic: (url, path) => withoutVersion(url) + path,
  ollama: (url, path) => url + path,
  google: joined,
  rerank: joined,
  tools: (url, path) => withoutVersion(url) + path.replace(/^(?:\/v1)+(?=\/)/, "/v1"),
  tavily: (url, path) => url + path,
};

/**
 * Which upstream a request goes to: the one that its path's first folder names, else that of its API. What else stands before
 * the API's path goes up with it.
 */
export function targetOf(routed: Routed, path: string, upstreams: readonly Upstream[]): Target | { missing: string } {
  const { route, mount } = routed;
  const [, name, ...rest] = mount === "" ? [] : mount.split("/");
  const upstream = upstreams.find(({ api }) => api === (name ?? route.api));
  if (!upstream) return { missing: name ?? route.api };
  const root = [upstream.url.replace(/\/+$/, ""), ...rest].join("/");
  const url = URLS[route.api](root, path.slice(mount.length));
  return { upstream, url, base: basesOf(routed, root, url, name) };
}

/**
 * Which upstream a request goes to that has a whole URL: that one, unless a flag names another for its API. What the client calls
 * is what its caller typed, so it counts as a flag, and gets whatever the client sends.
 */
export function ownTargetOf(
  routed: Routed,
  origin: string,
  path: string,
  upstreams: readonly Upstream[],
): Target | { missing: string } {
  const { route, mount } = routed;
  const instead = upstreams.filter(({ from }) => from === "flag");
  if (instead.some(({ api }) => api === route.api)) {
    return targetOf({ ...routed, mount: "" }, path.slice(mount.length), instead);
  }
  const url = origin + path;
  return { upstream: { api: route.api, url: origin, from: "client" }, url, base: ownBase(routed, origin, url) };
}

/** First folders that APIs themselves have. Any other one with something behind it is the name of an upstream. */
const OWN_FOLDER = /^(?:v\d\w*|api|upload|extract|crawl|map|research|usage|search)$/;

/**
 * Which upstream a request goes to that is in no row of the table, and what is asked there: the one that its first folder names, else
 * that of the API whose it is: nobody's prompts and keys go to another. The API's own place is asked where something tells that it
 * is meant; null where nothing does, or nobody speaks that API.
 */
export function unknownTargetOf(sent: Sent, upstreams: readonly Upstream[]): Target | null {
  const { path } = sent;
  const [, name = "", ...behind] = path.split("/");
  const family = familyOf(sent);
  const given = upstreams.filter(({ from }) => family !== null || from !== "default");
  const named = upstreams.find(({ api }) => api === name);
  // Whoever asks for `/` looks who is there, and asks nothing of an API.
  if (name === "" && behind.length === 0) return null;
  if (!named && behind.length > 0 && !OWN_FOLDER.test(name)) return null;
  const upstream = named ?? given.find(({ api }) => api === (family ?? "openai"));
  if (!upstream) return null;
  const root = upstream.url.replace(/\/+$/, "");
  const rest = named ? path.slice(name.length + 1) : path;
  const isOpenai = upstream.api === "openai" && !/^\/v\d/.test(rest);
  return { upstream, url: joined(isOpenai ? openaiUrl(root) : root, rest), base: null };
}

/** The recorder writes no workspace's name. */
const DATABRICKS = /^https:\/\/[^/]*\.(?:azuredatabricks\.net|(?:cloud|gcp)\.databricks\.com)(?=\/|$)/;

/** What its library was given as base url, as the recorder stores it. */
function ownBase({ route, mount }: Routed, origin: string, whole: string): string | null {
  if (route.kind === "tool") return null;
  if (route.dialect === "genai") return route.home;
  const url = route.kind === "inference" ? whole.replace(DATABRICKS, "__databricks__") : whole;
  if (route.api === "ollama") return origin + mount;
  // The version is part of the base url there, and stands in the endpoint once more.
  const tail = route.api === "openai" ? route.endpoint.replace(/^\/v1/, "") : route.endpoint;
  return baseOf({ endpoint: tail }, url.replace(/\/$/, ""));
}

function basesOf({ route }: Routed, root: string, url: string, name: string | undefined): string | null {
  if (route.kind === "tool") return name ?? null;
  if (route.api === "openai") return openaiUrl(root);
  if (route.dialect === "genai") return route.home;
  // The recorder's label of a call may be another than its path.
  return route.api === "ollama" ? root : baseOf(route, url);
}
