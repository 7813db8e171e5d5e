import type { Fault } from "virtual:recording-schema";
import { type JsonPath, pathText } from "../../recording/json/locate.ts";
import { at, type JsonValue } from "../../recording/json/value.ts";
import { countText } from "../../text/bytes.ts";
import type { Alike } from "./alike.ts";
import { faultText } from "./words.ts";

/** More problems of one file than these help nobody. */
const MOST = 5;

/** One thing that is wrong, in one place or in many. */
interface Group {
  at: JsonPath;
  text: string;
  /** The chunks that have it, each for those like it. */
  chunks: Set<Alike>;
  places: number;
  rank: number;
}

/** Where a fault lies. */
interface Followed {
  path: JsonPath;
  found: JsonValue | undefined;
  chunk: Alike | undefined;
}

/** What the faults of a document come to: the same in many chunks is one problem, told with the first. */
export function problemsOf(
  faults: readonly Fault[],
  chunks: readonly Alike[],
  root: JsonValue,
): { at: JsonPath; message: string }[] {
  const groups = new Map<string, Group>();
  const bare = unwrappedPlaces(faults);
  const seen = new Set<string>();
  for (const [pointer, keyword, param] of faults) {
    const lost = bare.has(pointer) && (keyword === "additionalProperties" || isWrapperKey(keyword, param));
    // An object that no type is known of: its own keys are no news.
    if (lost && param !== "__type__") continue;
    const { path, found, chunk } = follow(pointer, chunks, root);
    const place = lost ? path : [...path, ...keyOf(keyword, param)];
    const text = lost ? "has neither __type__ nor __data__" : faultText(keyword, param, place, found);
    const spot = `${pointer}\n${place.length}\n${text}`;
    if (seen.has(spot)) continue;
    seen.add(spot);
    add(groups, place, text, keyword, chunk);
  }
  return [...groups.values()].sort(byTelling).slice(0, MOST).map(told);
}

/** The places that lack both keys of a wrapper. */
function unwrappedPlaces(faults: readonly Fault[]): Set<string> {
  const lacking = (key: string): string[] =>
    faults.filter(([, keyword, param]) => keyword === "required" && param === key).map(([pointer]) => pointer);
  const data = new Set(lacking("__data__"));
  return new Set(lacking("__type__").filter((pointer) => data.has(pointer)));
}

const isWrapperKey = (keyword: string, param: unknown): boolean =>
  keyword === "required" && (param === "__type__" || param === "__data__");

/** The key that a fault of an object is about. */
const keyOf = (keyword: string, param: unknown): string[] =>
  ["required", "dependentRequired", "additionalProperties"].includes(keyword) ? [param as string] : [];

/** Where a JSON pointer of the plain document leads in `root`: the path, what is there, and the chunk it lies in. */
function follow(pointer: string, chunks: readonly Alike[], root: JsonValue): Followed {
  const path: JsonPath = [];
  let found: JsonValue | undefined = root;
  let chunk: Alike | undefined;
  for (const step of pointer.split("/").slice(1)) {
    if (Array.isArray(found)) {
      const index = Number(step);
      if (path.length === 2 && path[1] === "body") chunk = chunks[index];
      path.push(path.length === 2 && chunk ? chunk.first : index);
    } else path.push(step.replaceAll("~1", "/").replaceAll("~0", "~"));
    found = at(found, path.at(-1) as string | number);
  }
  return { path, found, chunk };
}

function add(
  groups: Map<string, Group>,
  place: JsonPath,
  text: string,
  keyword: string,
  chunk: Alike | undefined,
): void {
  const likeness = place.map((step) => (typeof step === "number" ? "" : `"${step}"`)).join("/");
  const key = `${likeness}\n${text}`;
  const group = groups.get(key) ?? { at: place, text, chunks: new Set(), places: 0, rank: rankOf(keyword, place) };
  groups.set(key, group);
  group.places++;
  if (chunk) group.chunks.add(chunk);
}

/**
 * The request decides what the response must be: its problems come first. What is there and unknown is often
 * what is missed elsewhere, misspelt: it comes last.
 */
function rankOf(keyword: string, place: JsonPath): number {
  if (keyword === "additionalProperties") return 2;
  return place[0] === "response" ? 1 : 0;
}

/** The deepest first: what lies nearer to the cause. */
const byTelling = (a: Group, b: Group): number => a.rank - b.rank || b.at.length - a.at.length;

function told({ at, text, chunks, places }: Group): { at: JsonPath; message: string } {
  const where = at.length === 0 ? "the document" : pathText(at.map(short));
  const inChunks = [...chunks].reduce((sum, { count }) => sum + count, 0);
  const more = inChunks > 1 ? countText(inChunks - 1, "more chunk") : "";
  const elsewhere = places > 1 ? countText(places - 1, "more place") : "";
  const others = more || elsewhere;
  return { at, message: `${where} ${text}${others && `, and in ${others}`}` };
}

const LONGEST_KEY = 40;

const short = (step: string | number): string | number =>
  typeof step === "string" && step.length > LONGEST_KEY ? `${step.slice(0, LONGEST_KEY - 1)}…` : step;
