import { asObject, type JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { AS_SENT, type Axis } from "../axes.ts";
import { put, without } from "../edits.ts";

/** `stream` where the API streams nothing unless told so: not said, null and false are one. */
export function plainUnlessSaid(body: JsonObject): Axis {
  const said = body.get("stream");
  const absent = { apply: (object: JsonObject) => without(object, "stream"), note: "stream: false is the default" };
  const no = { apply: (object: JsonObject) => put(object, "stream", false), note: "stream: false is the default" };
  if (said === undefined) return [AS_SENT, no];
  if (said === false) return [AS_SENT, absent];
  return said === null ? [AS_SENT, no, absent] : [AS_SENT];
}

/** The object at a key, else an empty one. */
export const objectAt = (body: JsonObject, key: string): JsonObject | undefined => asObject(body.get(key));

/** Whether a value is an empty object, an empty list or an empty text. */
export const isEmpty = (value: JsonValue | undefined): boolean =>
  value === "" || (Array.isArray(value) && value.length === 0) || asObject(value)?.keys.length === 0;
