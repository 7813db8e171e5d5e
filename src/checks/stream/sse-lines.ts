import { eventJson, type SseEvent, sseEvents } from "../../dialects/sse.ts";
import { asObject } from "../../recording/json/value.ts";
import type { Problem, Subject } from "../rule.ts";

/** The fields of https://html.spec.whatwg.org/multipage/server-sent-events.html, comments, and empty lines. */
const LINE = /^(?:(?:event|data|id|retry)(?::|$)|:|\r?$)/;

/** Lines of server-sent events that a client would pass over or fail on. */
export function lineProblems({ recording: { body, head } }: Subject): Problem[] {
  if (!head.streaming || !Array.isArray(body) || typeof body[0] !== "string") return [];
  const lines = body as string[];
  const odd = lines.findIndex((line) => !LINE.test(line) || /[\r\n]./s.test(line));
  if (odd >= 0) {
    return [{ at: ["response", "body", odd], message: "no line of server-sent events: clients pass over it" }];
  }
  let first = 0;
  for (const event of sseEvents(lines)) {
    const wrong = wrongWith(event);
    if (wrong) {
      const at = event.lines.findIndex((line) => line.startsWith(wrong.field));
      return [{ at: ["response", "body", first + at], message: wrong.message }];
    }
    first += event.lines.length;
  }
  return [];
}

/** Some servers keep a connection open with events that say nothing. */
const SILENT = /^(?:ping|heartbeat|keep-?alive)$/;

/** What no client can make anything of, and in which of an event's fields that shows. */
function wrongWith(event: SseEvent): { field: string; message: string } | null {
  const { data, event: name } = event;
  if (data === null) {
    if (name === null || SILENT.test(name)) return null;
    return { field: "event", message: "an event without data: clients pass over it" };
  }
  if (data.trim() === "[DONE]") return null;
  const json = eventJson(event);
  if (json === undefined) {
    return { field: "data", message: "the data of this event is no JSON: no client can read it" };
  }
  const type = asObject(json)?.get("type") ?? asObject(json)?.get("event_type");
  return typeof type !== "string" || name === null || name === type
    ? null
    : { field: "event", message: "the event is called otherwise than its data says: lines of two events" };
}
