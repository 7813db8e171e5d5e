import type { JsonObject, JsonValue } from "../../recording/json/value.ts";
import type { Kind } from "../../recording/kinds.ts";
import { type Namer, namerOf } from "../../recording/names/namer.ts";
import { schemesOf } from "../../recording/names/schemes.ts";
import { requestOf, storedOf } from "./asked.ts";
import type { Candidate } from "./axes.ts";
import { distanceOf, FALLBACK, nearestOf, unitedOf } from "./nearness.ts";
import { type Mounts, placesOf, queriesOf } from "./places.ts";
import type { Routed } from "./routes.ts";
import type { Found, Recordings } from "./store.ts";

/** `name`: what the recorder would find; `request`: the same request, whoever asked it. */
export type MatchMode = "name" | "request";

/** A request that wants a recording. */
export interface Question {
  readonly routed: Routed;
  /** The body on the wire; null where there is none. */
  readonly body: JsonValue;
  readonly testId: string | null;
}

/** How it is looked for. */
export interface Looking {
  readonly recordings: Recordings;
  readonly mode?: MatchMode;
  readonly mounts?: Mounts;
  /** The scheme in force for a kind; the newest where nothing is said. */
  readonly schemeOf?: (kind: Kind) => string | undefined;
  /** The folder of recordings that all tests share. */
  readonly fallback?: string;
}

/** A request as it may have been recorded, and what it is called then. */
export interface Tried {
  /** 64 hex digits. */
  readonly name: string;
  readonly base: string;
  readonly candidate: Candidate;
  /** As recordings store it. */
  readonly request: JsonObject;
}

export type Matched =
  /** One recording answers; of the mode `request` there may be others. A list is united from all of `found`. */
  | {
      readonly kind: "hit";
      readonly found: readonly [Found, ...Found[]];
      readonly list: boolean;
      readonly tried: Tried;
    }
  /** Several answer, and not alike: recordings of several bases, or copies that differ. */
  | {
      readonly kind: "ambiguous";
      readonly found: readonly Found[];
      readonly tried: readonly Tried[];
      /** The same, each base with what answers there. */
      readonly hits: readonly Hit[];
    }
  /** Nothing does. What was tried first is what most likely was meant. */
  | { readonly kind: "miss"; readonly tried: readonly [Tried, ...Tried[]] }
  /** The body is none that the API knows. */
  | { readonly kind: "malformed" };

/** What one name, or one request, found. */
export interface Hit {
  readonly found: readonly [Found, ...Found[]];
  readonly tried: Tried;
}

/**
 * The recording that answers a request. The first candidate that any recording has decides; where its base is not given, all bases
 * are tried, and recordings that then answer differently are told and none is chosen.
 */
export function matchOf(question: Question, looking: Looking): Matched {
  const { routed, body, testId } = question;
  const { recordings, mounts = new Map() } = looking;
  const candidates = storedOf(routed, body);
  const { bases, tool } = placesOf(routed, body, mounts, recordings);
  const nameOf = namerFor(routed.route.kind, looking);
  const all: Tried[] = [];
  for (const candidate of candidates) {
    const hits: Hit[] = [];
    for (const base of bases) {
      const requests = queriesOf(routed).map((query) =>
        requestOf(routed.route, candidate, { base, testId, tool, query }),
      );
      for (const request of requests) {
        const name = nameOf(request, testId);
        if (name === null) continue;
        const tried: Tried = { name, base, candidate, request };
        all.push(tried);
        const found = foundOf(tried, question, looking);
        if (!isSome(found)) continue;
        hits.push({ found, tried });
        break;
      }
    }
    if (hits.length > 0) return decided(hits, question, looking);
  }
  const [first, ...rest] = all;
  if (!first) return { kind: "malformed" };
  return { kind: "miss", tried: [first, ...rest] };
}

/** What names requests of a kind here. */
function namerFor(kind: Kind, { mode, schemeOf }: Looking): Namer {
  return namerOf(kind, mode === "request" ? null : (schemeOf?.(kind) ?? schemesOf(kind).at(-1)?.id ?? null));
}

function foundOf({ name }: Tried, { routed, testId }: Question, looking: Looking): readonly Found[] {
  const { recordings, fallback = FALLBACK, mode } = looking;
  const { list = false } = routed.route;
  const named = mode === "request" ? recordings.byRequest(name) : recordings.byName(name);
  // Lists have a digest behind the hash, and nothing else has.
  const found = named.filter(({ id }) => id.includes("-") === list);
  if (found.length === 0) return found;
  if (mode === "request" && !list) return byNearness(found, testId, fallback);
  return list ? unitedOf(found, testId, fallback) : nearestOf(found, testId, fallback);
}

/** How far a recording of the same request is: those of the test itself are nearest, then folders count. */
const rankOf = (one: Found, testId: string | null, fallback: string): number =>
  (one.testId === testId ? 0 : 3) + distanceOf(one, testId, fallback);

function byNearness(found: readonly Found[], testId: string | null, fallback: string): Found[] {
  return [...found].sort((a, b) => rankOf(a, testId, fallback) - rankOf(b, testId, fallback));
}

function decided(hits: readonly Hit[], { routed, testId }: Question, looking: Looking): Matched {
  const { fallback = FALLBACK, mode } = looking;
  const list = routed.route.list === true;
  // Of one request every test has its own answer, and the nearest is taken; of one name all recordings must agree.
  const nearest = mode === "request" && !list;
  const ranks = hits.map(({ found }) => (nearest ? rankOf(found[0], testId, fallback) : 0));
  const best = hits.filter((_, at) => ranks[at] === Math.min(...ranks));
  const { found, tried } = best[0] as Hit;
  const alone = best.length === 1 && (list || nearest || found.length === 1);
  const answers = alone ? [] : best.flatMap((hit) => answersOf(nearest ? [hit.found[0]] : hit.found, list));
  if (new Set(answers).size <= 1) return { kind: "hit", found, list, tried };
  return {
    kind: "ambiguous",
    found: best.flatMap((hit) => [...hit.found]),
    tried: best.map((hit) => hit.tried),
    hits: best,
  };
}

/** The answers of recordings; those of lists are one together. */
function answersOf(found: readonly Found[], list: boolean): string[] {
  const answers = found.map((one) => one.answer());
  return list ? [[...new Set(answers)].sort().join("\n")] : answers;
}

const isSome = (found: readonly Found[]): found is readonly [Found, ...Found[]] => found.length > 0;
