import { isLoopbackHost } from "../http/loopback.ts";
import { UpstreamError, type UpstreamFault } from "./types.ts";

/** What a connection comes to where only a proxy gets out. */
const FAULTS: ReadonlySet<UpstreamFault> = new Set(["refused", "dns", "unreachable", "timeout"]);
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  "https:": ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
  "http:": ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
};

type Env = Readonly<Record<string, string | undefined>>;

/** An upstream that was not reached, with what to know where the environment names a proxy for it: it is not asked. */
export function proxyRemedy(error: UpstreamError, url: string, env: Env): UpstreamError {
  const { protocol, host, hostname } = new URL(url);
  const set = VARIABLES[protocol]?.find((name) => env[name]);
  if (set === undefined || !FAULTS.has(error.fault) || isLoopbackHost(host)) return error;
  if (isDirect(hostname, env.NO_PROXY || env.no_proxy || "")) return error;
  return new UpstreamError(
    error.fault,
    `${error.message}; ${set} is set, and recctl uses no proxy: it must reach the API itself`,
  );
}

/** Whether a host is one that no proxy is to be asked for. */
const isDirect = (host: string, direct: string): boolean =>
  direct
    .split(/[\s,]+/)
    .map((name) => name.replace(/^\*?\.|:\d+$/g, "").toLowerCase())
    .some((name) => name === "*" || name === host || (name !== "" && host.endsWith(`.${name}`)));
