import { asObject, type JsonObject } from "../../recording/json/value.ts";
import { shortId } from "../../recording/name.ts";
import { type Asked, askedRequest } from "./asked.ts";
import type { KnownRecording } from "./known.ts";
import { likenessOf, wordsOf } from "./likeness.ts";
import { put } from "./tries.ts";

/** Whether nothing but a body is known: neither where it goes to, nor how. */
export const isBody = ({ request, kind }: Asked): boolean => request !== null && kind === "unknown";

/**
 * A body as a request: all else is taken from the recording whose body is most like it, of its own test where that has any; and
 * which that is. The body alone where there is none.
 */
export function completed(asked: Asked, recordings: Iterable<KnownRecording>): { asked: Asked; from: string | null } {
  const { request: body, testId } = asked;
  if (body === null) return { asked, from: null };
  const words = wordsOf(body);
  let best: { recording: KnownRecording; request: JsonObject; key: string; worth: number } | null = null;
  for (const recording of recordings) {
    const request = recording.request();
    const key = ["body", "payload"].find((one) => asObject(request?.get(one)));
    const own = key && asObject(request?.get(key));
    if (!request || !key || !own) continue;
    const worth = likenessOf(words, wordsOf(own)) + (testId !== null && recording.testId === testId ? 1 : 0);
    if (best === null || worth > best.worth) best = { recording, request, key, worth };
  }
  if (best === null) return { asked, from: null };
  const { recording, request, key } = best;
  const whole = askedRequest(put(request, key, body), testId);
  const model = body.get("model");
  return { asked: { ...whole, ...(typeof model === "string" && { model }) }, from: shortId(recording.hash) };
}
