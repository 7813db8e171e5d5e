import { pathText } from "../../recording/json/locate.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { COMPACT, writeJson } from "../../recording/json/write.ts";
import { splitUrl } from "../../recording/names/url.ts";
import type { Change } from "../change.ts";
import type { Goal } from "./goal.ts";
import type { Known, KnownRecording } from "./known.ts";

/** A recording that is near to what was asked. */
export interface Near {
  readonly recording: KnownRecording;
  /** What differs; null where all that was asked is not known. */
  readonly changes: readonly Change[] | null;
}

/** How many recordings are told of a miss, and how many changes of one. */
const MOST_NEAR = 3;
const MOST_TOLD = 3;
/** What is longer is told to have changed, and no more. */
const LONGEST = 80;

/** The recordings nearest to a request, nearest first; those of its own test before others. */
export function nearestOf({ asked, like, own }: Goal, { changesOf }: Known): Near[] {
  const { request, testId, isBaseOpen = false } = asked;
  if (request === null) return own.slice(-MOST_NEAR).map((recording) => ({ recording, changes: null }));
  const now = hashedOf(request);
  const ranked = like.map(({ recording, request: recorded }) => {
    // Where it may have been asked of any of them, that of the recording is no other.
    const there = isBaseOpen ? hashedOf(placedAs(request, recorded)) : now;
    const changes = changesOf(hashedOf(recorded), there);
    const foreign = testId !== null && recording.testId !== testId;
    return { near: { recording, changes }, foreign, weight: weightOf(changes) };
  });
  return ranked
    .sort((a, b) => Number(a.foreign) - Number(b.foreign) || a.weight - b.weight)
    .slice(0, MOST_NEAR)
    .map(({ near }) => near);
}

/** A request with the url and the provider of another one. */
const placedAs = (request: JsonObject, { keys, values }: JsonObject): JsonObject =>
  new JsonObject(
    request.keys,
    request.values.map((own, at) => {
      const key = request.keys[at] as string;
      return key === "url" || key === "provider" ? (values[keys.indexOf(key)] ?? own) : own;
    }),
  );

/** What of a request is part of its name. */
export function hashedOf(request: JsonObject): JsonObject {
  const out = new JsonObject();
  for (const key of ["method", "url", "body", "payload", "provider", "tool_name", "kwargs"]) {
    const value = request.get(key);
    if (value === undefined) continue;
    const path = key === "url" && request.has("body") && typeof value === "string";
    out.keys.push(path ? "endpoint" : key);
    out.values.push(path ? splitUrl(value).path : key === "method" ? String(value).toUpperCase() : value);
  }
  return out;
}

/** The changes that a name sees. */
export const seen = (changes: readonly Change[]): readonly Change[] => changes.filter(({ evened }) => !evened);

/** How far changes lead from a request: what is volatile counts little. */
function weightOf(changes: readonly Change[]): number {
  let weight = 0;
  for (const { volatile, words, old, now } of seen(changes)) {
    const size = words
      ? words.reduce((sum, { op, text }) => sum + (op === "same" ? 0 : text.length), 0)
      : sizeOf(old) + sizeOf(now);
    weight += volatile ? 1 : 8 + Math.log2(1 + size);
  }
  return weight;
}

const sizeOf = (value: JsonValue | undefined): number => (value === undefined ? 0 : writeJson(value, COMPACT).length);

/** Changes, a text each. */
export const changeTexts = (changes: readonly Change[]): string[] => [...new Set(seen(changes).map(changeText))];

/** Changes in a line, the same for all requests that changed alike: places in lists are left open. */
export function changesText(changes: readonly Change[]): string {
  const texts = changeTexts(changes);
  const more = texts.length - MOST_TOLD;
  return texts.slice(0, MOST_TOLD).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

function changeText(change: Change): string {
  const path = pathText((change.to ?? change.from ?? []).map((step) => (typeof step === "number" ? 0 : step)));
  const where = path === "" ? "the request" : path.replaceAll("[0]", "[*]");
  const { op, old, now, volatile } = change;
  if (volatile !== null) return `${where}: another ${volatile}`;
  if (op === "move") return `${where} moved`;
  if (op === "add") return `+ ${where}${valueText(now, " = ")}`;
  if (op === "remove") return `- ${where}${valueText(old, " = ")}`;
  const [recorded, asked] = [valueText(old, ""), valueText(now, "")];
  return recorded === "" || asked === "" ? `${where} changed` : `${where} recorded ${recorded}, asked now ${asked}`;
}

/** A value that is short enough to be told. */
function valueText(value: JsonValue | undefined, before: string): string {
  if (value === undefined || Array.isArray(value) || value instanceof JsonObject) return "";
  if (typeof value === "string" && value.length > LONGEST) return "";
  return before + (value instanceof JsonNumber ? value.text : JSON.stringify(value)).slice(0, LONGEST);
}
