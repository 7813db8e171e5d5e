import type { Head } from "../../recording/head.ts";
import { readName } from "../../recording/name.ts";
import { ROUTES } from "./route-table.ts";
import { baseOf } from "./routes.ts";

/** A recording that may be the answer. */
export interface Found {
  /** Where it lies, with `/` between folders, as the store names it. */
  readonly path: string;
  /** `<hash>`, or `<hash>-<d8>` of a model list. */
  readonly id: string;
  readonly testId: string | null;
  /** The same text for the same answer; asked for where several recordings fit. */
  readonly answer: () => string;
}

/** What matching asks of the recordings that are there. It may answer from memory, and must not wait. */
export interface Recordings {
  /** Those with this hash in their names, model lists too. */
  byName(hash: string): readonly Found[];
  /** Those of this request under any test id, by {@link Names.request}: what `--match request` looks for. */
  byRequest(hash: string): readonly Found[];
  /** The base urls under which an endpoint of the table of routes was recorded, each once. */
  bases(endpoint: string): readonly string[];
  /** Who is recorded as having done what a tool was invoked for, each once. */
  providers(tool: string): readonly string[];
}

/** What {@link recordingsOf} is told of each recording. */
export interface Indexed {
  readonly path: string;
  readonly head: Pick<Head, "kind" | "url" | "tool" | "testId">;
  /** {@link Names.request}; null where it has none, or nobody matches by request. */
  readonly request: string | null;
  /** The provider of a tool; null for all else. */
  readonly provider: string | null;
  readonly answer: () => string;
}

/** Recordings in memory. In the order given, which should be that of their paths: it decides between equals. */
export function recordingsOf(all: Iterable<Indexed>): Recordings {
  const names = new Map<string, Found[]>();
  const requests = new Map<string, Found[]>();
  const bases = new Map<string, Set<string>>();
  const providers = new Map<string, Set<string>>();
  for (const { path, head, request, provider, answer } of all) {
    const { id, hash } = readName(path);
    const found: Found = { path, id, testId: head.testId, answer };
    gather(names, hash, []).push(found);
    if (request !== null) gather(requests, request, []).push(found);
    if (head.tool !== null && provider !== null) gather(providers, head.tool, new Set<string>()).add(provider);
    for (const route of ROUTES) {
      const base = route.kind === head.kind && head.url !== null ? baseOf(route, head.url) : null;
      if (base !== null) gather(bases, route.endpoint, new Set<string>()).add(base);
    }
  }
  return {
    byName: (hash) => names.get(hash) ?? [],
    byRequest: (hash) => requests.get(hash) ?? [],
    bases: (endpoint) => [...(bases.get(endpoint) ?? [])],
    providers: (tool) => [...(providers.get(tool) ?? [])],
  };
}

function gather<K, V>(map: Map<K, V>, key: K, empty: V): V {
  const value = map.get(key) ?? empty;
  map.set(key, value);
  return value;
}
