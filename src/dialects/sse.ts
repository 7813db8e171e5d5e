import { JsonError } from "../recording/json/error.ts";
import { parseJson } from "../recording/json/parse.ts";
import type { JsonValue } from "../recording/json/value.ts";

/** An event of a server-sent stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface SseEvent {
  event: string | null;
  /** The `data:` lines, joined by newlines; null where there are none. */
  data: string | null;
  /** Its recorded lines, the empty one behind it included. */
  lines: string[];
}

/** What was read of lines and events before: the checks of a stream ask several times. */
const EVENTS = new WeakMap<readonly string[], SseEvent[]>();
const JSONS = new WeakMap<SseEvent, JsonValue | undefined>();

/** Groups recorded lines into events; lines behind the last empty one make an event of their own. */
export function sseEvents(lines: readonly string[]): readonly SseEvent[] {
  const known = EVENTS.get(lines);
  if (known) return known;
  const events = groupedLines(lines);
  EVENTS.set(lines, events);
  return events;
}

function groupedLines(lines: readonly string[]): SseEvent[] {
  const events: SseEvent[] = [];
  let open: string[] = [];
  for (const line of lines) {
    // A recorder that kept line ends, or dropped the empty lines, still leaves events that can be told apart.
    if (/^event:/.test(line) && open.some((before) => before.startsWith("data:"))) {
      events.push(eventOf(open));
      open = [];
    }
    open.push(line);
    if (line === "" || line === "\r") {
      events.push(eventOf(open));
      open = [];
    }
  }
  if (open.length > 0) events.push(eventOf(open));
  return events;
}

function eventOf(lines: string[]): SseEvent {
  const field = (name: string): string[] =>
    lines
      .filter((line) => line === name || line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ |\r$/g, ""));
  const data = field("data");
  return { event: field("event").at(-1) ?? null, data: data.length > 0 ? data.join("\n") : null, lines };
}

/** The JSON that an event carries; undefined for one without data, for `[DONE]`, and where it is no JSON. */
export function eventJson(event: SseEvent): JsonValue | undefined {
  if (event.data === null) return undefined;
  if (JSONS.has(event)) return JSONS.get(event);
  const json = jsonOf(event.data);
  JSONS.set(event, json);
  return json;
}

function jsonOf(data: string): JsonValue | undefined {
  try {
    return parseJson(data);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
