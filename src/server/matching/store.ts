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

/** Recordings in memory. The order of their paths decides between equals. */
export const recordingsOf = (all: Iterable<Indexed>): Recordings => new StoredRecordings(all).view();

/** Recordings in memory, of which one may come, or take the place of another, at no more cost than its own. */
export class StoredRecordings {
  private readonly all = new Map<string, Indexed>();
  private names = new Map<string, Found[]>();
  private requests = new Map<string, Found[]>();
  /** By endpoint, and by tool: each with the first path that tells it. */
  private bases = new Map<string, Map<string, string>>();
  private providers = new Map<string, Map<string, string>>();

  constructor(all: Iterable<Indexed>) {
    for (const one of all) this.put(one);
  }

  /** Takes up a recording, in the place of the one that has its path. */
  put(one: Indexed): void {
    const before = this.all.get(one.path);
    this.all.set(one.path, one);
    if (before === undefined || isAlike(before, one)) this.gather(one);
    else this.again();
  }

  /** What is there now: another object after each change, so that answers may be kept by it. */
  view(): Recordings {
    return {
      byName: (hash) => this.names.get(hash) ?? [],
      byRequest: (hash) => this.requests.get(hash) ?? [],
      bases: (endpoint) => inOrder(this.bases.get(endpoint)),
      providers: (tool) => inOrder(this.providers.get(tool)),
    };
  }

  /** What a recording told that is not told any more may be told by others. */
  private again(): void {
    this.names = new Map();
    this.requests = new Map();
    this.bases = new Map();
    this.providers = new Map();
    for (const one of this.all.values()) this.gather(one);
  }

  private gather({ path, head, request, provider, answer }: Indexed): void {
    const { id, hash } = readName(path);
    const found: Found = { path, id, testId: head.testId, answer };
    insert(
      under(this.names, hash, () => []),
      found,
    );
    if (request !== null)
      insert(
        under(this.requests, request, () => []),
        found,
      );
    if (head.tool !== null && provider !== null) tell(this.providers, head.tool, provider, path);
    for (const route of ROUTES) {
      const base = route.kind === head.kind && head.url !== null ? baseOf(route, head.url) : null;
      if (base !== null) tell(this.bases, route.endpoint, base, path);
    }
  }
}

/** Whether two recordings of one path are found by the same. */
const isAlike = (one: Indexed, other: Indexed): boolean =>
  one.request === other.request &&
  one.provider === other.provider &&
  one.head.kind === other.head.kind &&
  one.head.url === other.head.url &&
  one.head.tool === other.head.tool;

/** Puts what has a path where that belongs, or in the place of what has it. They come mostly in order. */
export function insert<One extends { readonly path: string }>(list: One[], one: One): void {
  let from = 0;
  let to = list.length;
  if (to > 0 && (list[to - 1] as One).path < one.path) from = to;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle] as One).path < one.path) from = middle + 1;
    else to = middle;
  }
  list.splice(from, list[from]?.path === one.path ? 1 : 0, one);
}

function tell(map: Map<string, Map<string, string>>, key: string, value: string, path: string): void {
  const told = under(map, key, () => new Map<string, string>());
  const first = told.get(value);
  if (first === undefined || path < first) told.set(value, path);
}

const inOrder = (told: ReadonlyMap<string, string> | undefined): string[] =>
  [...(told ?? [])].sort(([, one], [, other]) => (one < other ? -1 : one === other ? 0 : 1)).map(([value]) => value);

function under<V>(map: Map<string, V>, key: string, empty: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = empty();
  map.set(key, value);
  return value;
}
