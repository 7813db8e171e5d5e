import type { Api } from "../matching/routes.ts";
import type { Asked } from "./types.ts";

/** What is said of an endpoint that no route has; `client` is whose client asked, where that decided it. */
export function unknownText({ method, headers, origin }: Asked, path: string, client: Api | null): string {
  const fact = `recctl does not know this endpoint${client === null ? "" : ` of ${client}`}: ${method} ${path.slice(0, 200)}`;
  const { host } = headers;
  // Whoever has a whole URL points at nothing here.
  if (origin != null || host === undefined) return fact;
  return `${fact}; base urls are http://${host}/v1 for OpenAI, http://${host} for Anthropic, Ollama, Google and Tavily`;
}
