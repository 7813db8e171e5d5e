import type { JsonValue } from "../../recording/json/value.ts";
import { splitUrl } from "../../recording/names/url.ts";
import { toolOf } from "./asked.ts";
import type { Routed } from "./routes.ts";
import type { Recordings } from "./store.ts";

/** Base urls by mount: `/azure` is `https://x.openai.azure.com/openai/v1`. For tools, the provider. */
export type Mounts = ReadonlyMap<string, string>;

/** Where a request may have been recorded. */
export interface Places {
  /** Base urls, or providers of a tool; at least one. */
  readonly bases: readonly string[];
  /** Whether somebody says so: then there is one, and no other is tried. */
  readonly given: boolean;
  readonly tool: string | null;
}

/** Where a request may have been recorded: where its mount says, else wherever recordings say, else where its API is. */
export function placesOf(routed: Routed, body: JsonValue, mounts: Mounts, recordings: Recordings): Places {
  const { route, mount } = routed;
  if (route.kind === "tool") {
    const { provider, tool } = toolOf(routed, body);
    const said = provider ?? mounts.get(mount);
    if (said !== undefined) return { bases: [said], given: true, tool };
    const known = tool === null ? [] : recordings.providers(tool);
    return { bases: known.length > 0 ? known : [route.home], given: false, tool };
  }
  // The recorder gives calls of Google's library one url, whichever of its APIs they went to.
  const said = route.dialect === "genai" ? route.home : mounts.get(mount)?.replace(/\/+$/, "");
  if (said !== undefined) return { bases: [said], given: true, tool: null };
  const known = distinct(recordings.bases(route.endpoint), route.kind, route.endpoint);
  return { bases: known.length > 0 ? known : [route.home], given: false, tool: null };
}

/** One base of those that give a request the same names: of an inference request only the path counts, and whose host it is. */
function distinct(bases: readonly string[], kind: string, endpoint: string): string[] {
  if (kind !== "inference") return [...bases];
  const kept = new Map<string, string>();
  for (const base of bases) {
    const { path, netloc, hostname } = splitUrl(base + endpoint);
    const isLocal = ["0.0.0.0", "127.0.0.1", "localhost"].includes(hostname ?? "");
    const key = `${path} ${netloc.includes("bedrock")} ${isLocal && path.endsWith("/models")}`;
    if (!kept.has(key)) kept.set(key, base);
  }
  return [...kept.values()];
}

/** Behind a `?` for the client's sake; the recorder asks without. */
const CLIENTS_QUERY = new Set(["beta", "key", "alt", "api-version"]);

/** What may stand behind the url of a request that is recorded with its whole url, as it was sent first. */
export function queriesOf({ route, query }: Routed): readonly string[] {
  if (route.kind !== "http" || query.length === 0) return [""];
  const sent = `?${new URLSearchParams(query.map(([key, value]): [string, string] => [key, value]))}`;
  return query.every(([key]) => CLIENTS_QUERY.has(key)) ? [sent, ""] : [sent];
}
