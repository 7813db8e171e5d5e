import { eventJson, sseEvents } from "../../dialects/sse.ts";
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
    if (event.data !== null && event.data.trim() !== "[DONE]" && eventJson(event) === undefined) {
      const at = first + event.lines.findIndex((line) => line.startsWith("data"));
      return [{ at: ["response", "body", at], message: "the data of this event is no JSON: no client can read it" }];
    }
    first += event.lines.length;
  }
  return [];
}
