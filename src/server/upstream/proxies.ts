import { isLoopbackHost } from "../http/loopback.ts";
import { UpstreamError, type UpstreamFault } from "./types.ts";

/** What a connection comes to where only a proxy gets out. */
const FAULTS: ReadonlySet<UpstreamFault> = new Set(["refused", "dns", "unreachable", "timeout"]);
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  "https:": ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
  "http:": ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
};

type Env = Readonly<Record<string, string | undefined>>;

/** A proxy that connects to a host without reading what is asked of it. */
export interface HttpProxy {
  /** The variable of the environment that names it. */
  variable: string;
  /** http or https; it may hold a user and a password. */
  url: URL;
}

/**
 * The proxy that the environment names for an upstream; null where it is asked directly: a loopback address, what `NO_PROXY`
 * names, and http, whose keys and prompts a proxy could read.
 */
export function proxyFor(url: string, env: Env): HttpProxy | null {
  const variable = variableFor(url, env);
  if (variable === null || new URL(url).protocol !== "https:") return null;
  const value = env[variable] as string;
  // Many write the host and port alone.
  const named = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const proxy = URL.canParse(named) ? new URL(named) : null;
  return proxy && /^https?:$/.test(proxy.protocol) ? { variable, url: proxy } : null;
}

/** An upstream that was not reached, with what to know where the environment names a proxy for it that is not asked. */
export function proxyRemedy(error: UpstreamError, url: string, env: Env): UpstreamError {
  const variable = variableFor(url, env);
  if (variable === null || !FAULTS.has(error.fault) || proxyFor(url, env)) return error;
  const why =
    new URL(url).protocol === "http:"
      ? "recctl asks a proxy for https alone: it must reach the API itself"
      : "names no http or https proxy: recctl knows no other";
  return new UpstreamError(error.fault, `${error.message}; ${variable} is set, and ${why}`);
}

/** The variable that names a proxy for a URL; null where none is to be asked. */
function variableFor(url: string, env: Env): string | null {
  const { protocol, host, hostname } = new URL(url);
  if (isLoopbackHost(host) || isDirect(hostname, env.NO_PROXY || env.no_proxy || "")) return null;
  return VARIABLES[protocol]?.find((name) => env[name]) ?? null;
}

/** Whether a host is one that no proxy is to be asked for. */
const isDirect = (host: string, direct: string): boolean =>
  direct
    .split(/[\s,]+/)
    .map((name) => name.replace(/^\*?\.|:\d+$/g, "").toLowerCase())
    .some((name) => name === "*" || name === host || (name !== "" && host.endsWith(`.${name}`)));
