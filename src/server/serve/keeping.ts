import { asObject, asString, type JsonObject } from "../../recording/json/value.ts";
import type { Question, Tried } from "../matching/match.ts";
import type { Recorded } from "../recorded/index.ts";
import { type Answered, type AskedCall, recordedFrom } from "../recorded/index.ts";
import type { Ended, UpstreamAnswer } from "../upstream/types.ts";
import { echoedIn } from "./echoed.ts";
import { MODES } from "./modes.ts";
import { folderFor } from "./place.ts";
import type { ServePorts, ServeSettings, Written } from "./types.ts";
import { brokenNamed, unreadableText } from "./unreadable.ts";

/** What was asked, as the recorder has it. */
export function callOf(
  { route }: Question["routed"],
  { request, candidate }: Tried,
  testId: string | null,
  scheme: string | undefined,
): AskedCall {
  const text = (key: string): string => asString(request.get(key)) ?? "";
  return {
    dialect: route.dialect,
    kind: route.kind,
    method: text("method"),
    url: text("url"),
    endpoint: route.endpoint,
    body: candidate.body,
    testId,
    ...(route.kind === "tool" && { provider: text("provider"), toolName: text("tool_name") }),
    ...(scheme !== undefined && { scheme }),
  };
}

/**
 * As what a request is recorded that nothing was found for: as it was sent, but for what libraries put in by themselves, which the
 * recorder, who sees their callers' arguments, does not know of: they ask for embeddings as base64 and hand on numbers.
 */
export function recordedAs({ route }: Question["routed"], tried: readonly Tried[]): Tried | null {
  const [first = null] = tried;
  if (route.id !== "openai-embeddings" || first?.candidate.body.get("encoding_format") !== "base64") return first;
  const isPlain = ({ candidate, base }: Tried): boolean =>
    base === first.base && candidate.notes.length === 1 && !candidate.body.has("encoding_format");
  return tried.find(isPlain) ?? first;
}

/** Streams by what they say they are. */
const STREAMS = /^(?:text\/event-stream|application\/(?:x-)?(?:ndjson|jsonl|json-lines|stream\+json))\b/i;
export const isStream = (headers: Readonly<Record<string, string>>): boolean =>
  STREAMS.test(headers["content-type"] ?? "");

/** The recording of an answer that has ended, or why there is none. */
export function documentOf(
  call: AskedCall,
  answer: Pick<UpstreamAnswer, "status" | "headers" | "sent">,
  ended: Ended,
  keepPartial: boolean,
): Recorded | { refused: string } {
  const answered: Answered = {
    status: answer.status,
    headers: answer.sent,
    frames: [ended.text],
    streamed: isStream(answer.headers),
    ended: ended.how,
  };
  const recorded = recordedFrom(call, answered);
  if (!("refused" in recorded) || ended.how === "whole" || !keepPartial) return recorded;
  return recordedFrom(call, { ...answered, ended: "whole" });
}

/** Writes a recording where its test's lie; or why not. `keys` are those that were sent. */
export async function kept(
  recorded: Recorded,
  testId: string | null,
  keys: readonly string[],
  { store, secretsIn }: Pick<ServePorts, "store" | "secretsIn">,
  { fallback, mode, recctl, wording }: Pick<ServeSettings, "fallback" | "mode" | "recctl" | "wording">,
): Promise<Written> {
  const place = folderFor(testId, fallback);
  if ("refused" in place) return place;
  // Nobody wants that one written, whatever else is allowed.
  const echoed = echoedIn(recorded.root, keys);
  if (echoed !== null) return { refused: echoed };
  const secrets = secretsIn?.(recorded.root) ?? [];
  if (secrets.length > 0) {
    const more = secrets.length > 1 ? ` (and ${secrets.length - 1} more)` : "";
    return { refused: `${secrets[0]}${more}; ${wording.allowSecrets} writes it all the same` };
  }
  // Matching by request may have looked for another name.
  const broken = MODES[mode].look ? brokenNamed(recorded.name, { store }) : [];
  if (broken.length > 0) return { refused: unreadableText(broken, { store }, { recctl }) };
  // What is looked for and was not found may have come since.
  return store.write({ folder: place.folder, name: recorded.name }, recorded.root, !MODES[mode].look);
}

/** Whether a tool's call says who does it: a name cannot be made without. */
export const isNamed = (kind: AskedCall["kind"], request: JsonObject): boolean =>
  kind !== "tool" || (asString(asObject(request)?.get("provider")) ?? "") !== "";
