import { type Asked, askedRequest } from "../../compare/why/asked.ts";
import { type Cause, causesOf, type Known } from "../../compare/why/index.ts";
import type { Matched, MatchMode, Tried } from "./match.ts";

type Miss = Extract<Matched, { kind: "miss" }>;

/** Every subject is compared with every recording. */
const MOST = 8;

/**
 * What `causesOf` of compare/why, and `explained` of the command, are to explain of a miss: the request in the forms that were tried
 * first, each with the name it was looked for by. By request nothing was looked for by its name.
 */
export function askedOf({ tried }: Miss, testId: string | null, mode: MatchMode = "name"): Asked[] {
  return tried.slice(0, MOST).map(({ request, name }: Tried): Asked => {
    return { ...askedRequest(request, testId), hash: mode === "name" ? name : null };
  });
}

/** Why a request has no recording: of all forms that it may have been recorded in, the one that comes nearest to what was. */
export function causeOfMiss(miss: Miss, testId: string | null, known: Known, mode: MatchMode = "name"): Cause {
  return likeliest(causesOf(askedOf(miss, testId, mode), known));
}

/** Of the causes of one request in several forms the proven one, else the one with the fewest differences, else the first. */
export function likeliest(causes: readonly Cause[]): Cause {
  const rank = ({ proven, nearest }: Cause): number =>
    proven ? -1 : (nearest[0]?.changes?.filter(({ evened }) => !evened).length ?? Number.MAX_SAFE_INTEGER);
  const ranks = causes.map(rank);
  return causes[ranks.indexOf(Math.min(...ranks))] as Cause;
}
