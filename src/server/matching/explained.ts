import { type Asked, askedRequest } from "../../compare/why/asked.ts";
import { type Cause, causesOf, type Known } from "../../compare/why/index.ts";
import type { Matched, MatchMode, Tried } from "./match.ts";

type Miss = Extract<Matched, { kind: "miss" }>;

/** Every subject is compared with every recording. */
const MOST = 8;

/**
 * What `causesOf` of compare/why, and `explained` of the command, are to explain of a miss: the request in the forms that were tried
 * first, each once, with the names it was looked for by. Where several bases were tried nobody asked for any one of them. By request
 * nothing was looked for by its name.
 */
export function askedOf({ tried }: Miss, testId: string | null, mode: MatchMode = "name"): Asked[] {
  const isBaseOpen = new Set(tried.map(({ base }) => base)).size > 1;
  const forms = isBaseOpen ? [...new Set(tried.map(({ candidate }) => candidate))] : [];
  const groups = isBaseOpen
    ? forms.map((form) => tried.filter(({ candidate }) => candidate === form))
    : tried.map((one) => [one]);
  return groups.slice(0, MOST).map((group): Asked => {
    const { request, name } = group[0] as Tried;
    const hash = mode === "name" ? name : null;
    const names = group.map((one) => one.name);
    return { ...askedRequest(request, testId), isServed: true, hash, ...(isBaseOpen && { isBaseOpen, names }) };
  });
}

/** Why a request has no recording: of all forms that it may have been recorded in, the one that comes nearest to what was. */
export function causeOfMiss(miss: Miss, testId: string | null, known: Known, mode: MatchMode = "name"): Cause {
  return likeliest(causesOf(askedOf(miss, testId, mode), known));
}

/** Of the forms that were tried the one with the base of the recording that a cause tells of, else the first. */
export function triedAs({ tried }: Miss, { recording, nearest, asked }: Cause): Tried {
  const near = recording ?? nearest[0]?.recording;
  const own = tried.filter(({ name }) => asked.names?.includes(name));
  return own.find(({ request }) => request.get("url") === near?.url) ?? own[0] ?? (tried[0] as Tried);
}

/** Of the causes of one request in several forms the proven one, else the one with the fewest differences, else the first. */
export function likeliest(causes: readonly Cause[]): Cause {
  const rank = ({ proven, nearest }: Cause): number =>
    proven ? -1 : (nearest[0]?.changes?.filter(({ evened }) => !evened).length ?? Number.MAX_SAFE_INTEGER);
  const ranks = causes.map(rank);
  return causes[ranks.indexOf(Math.min(...ranks))] as Cause;
}
