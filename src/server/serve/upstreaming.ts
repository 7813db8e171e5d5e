import { OWN_ERROR } from "../http/refusal.ts";
import { bodyFor, headersFor, queryFor } from "../upstream/headers.ts";
import { keysSent } from "../upstream/keys-sent.ts";
import { proxyFor, proxyRemedy } from "../upstream/proxies.ts";
import { type UpstreamAnswer, UpstreamError } from "../upstream/types.ts";
import type { CirclePorts } from "./circle.ts";
import type { Asked, ServeSettings } from "./types.ts";
import type { Target } from "./upstreams.ts";

/** How long an answer may go on that nobody reads any more: a library that has what it wants leaves a moment before the end. */
const AFTER_GONE = 1_000;

/** An upstream's answer, with what there is to say of the key that it was asked with; or why there is none. */
export type Upstreamed =
  | {
      readonly answer: UpstreamAnswer;
      readonly hint: string | null;
      /** That it is no answer of an API, but an error of another recctl; null where it is one. */
      readonly own: string | null;
      readonly left: () => boolean;
      readonly keys: readonly string[];
    }
  | { readonly error: UpstreamError };

/** Asks the upstream what was asked here. Who goes away before the end calls it off. */
export async function upstreamed(
  asked: Asked,
  query: string,
  { upstream, url }: Target,
  { upstream: ask, env, sleep, circle }: Pick<CirclePorts, "upstream" | "env" | "sleep" | "circle">,
  { limits }: Pick<ServeSettings, "limits">,
): Promise<Upstreamed> {
  const { headers, key, variables } = headersFor(upstream, asked.headers, env, query, asked.body);
  const kept = queryFor(upstream, query, env);
  const call = new AbortController();
  const over = new AbortController();
  let answer: UpstreamAnswer | null = null;
  let left = false;
  const onGone = async (): Promise<void> => {
    if (!answer) return call.abort();
    answer.rest();
    await sleep(AFTER_GONE, over.signal);
    // It came to its end meanwhile.
    if (over.signal.aborted) return;
    left = true;
    call.abort();
  };
  const heard = (): void => void onGone();
  asked.gone.addEventListener("abort", heard, { once: true });
  try {
    answer = await ask({
      url: kept === "" ? url : `${url}?${kept}`,
      method: asked.method,
      headers: { ...headers, ...circle.headersFor(asked, url) },
      body: asked.body.length === 0 ? null : bodyFor(upstream, asked.body, env),
      proxy: proxyFor(url, env),
      signal: call.signal,
      limits,
    });
  } catch (error) {
    asked.gone.removeEventListener("abort", heard);
    if (error instanceof UpstreamError) return { error: proxyRemedy(error, url, env) };
    throw error;
  }
  const error = circle.whyNot(answer.headers, url);
  if (error) {
    asked.gone.removeEventListener("abort", heard);
    answer.rest();
    return { error };
  }
  if (asked.gone.aborted) heard();
  void answer.ended.then(() => {
    asked.gone.removeEventListener("abort", heard);
    // A second that nobody needs any more would keep the process alive.
    over.abort();
  });
  const hint =
    (answer.status === 401 || answer.status === 403) && key !== "client" && key !== "environment"
      ? asked.origin != null
        ? "the client sent no key"
        : keyHint(key, variables, upstream.api, upstream.url)
      : null;
  return { answer, hint, own: ownText(answer, url), left: () => left, keys: keysSent(headers, kept) };
}

function ownText({ status, headers }: UpstreamAnswer, url: string): string | null {
  if (headers[OWN_ERROR] === undefined) return null;
  const { host, origin } = new URL(url);
  const outcome = headers["x-recctl-outcome"] ?? "refused";
  return `the upstream ${host} is a recctl serve, and its ${status} is its own (${outcome}), not the API's; ${origin}/__recctl/journal tells why`;
}

const keyHint = (key: "none" | "withheld", variables: readonly string[], api: string, url: string): string =>
  key === "withheld"
    ? `the key of ${variables.join(" or ")} was not sent to an upstream that a configuration names: --upstream ${api}=${url}`
    : `no key was sent: the client sent none, and ${variables.join(", ") || "no variable of the environment"} holds none`;
