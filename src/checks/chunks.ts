import type { JsonPath } from "../recording/json/locate.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Recording } from "../recording/recording.ts";
import type { Wrapped } from "./rule.ts";

/** Every wrapped value at the top level of a response: one for a plain answer, one a chunk or a model. */
export function wrappedIn({ body }: Pick<Recording, "body">): Wrapped[] {
  const found: Wrapped[] = [];
  if (!Array.isArray(body)) wrap(body, null, found);
  else for (let index = 0; index < body.length; index++) wrap(body[index] as JsonValue, index, found);
  return found;
}

function wrap(value: JsonValue, index: number | null, found: Wrapped[]): void {
  if (!(value instanceof JsonObject)) return;
  const type = value.get("__type__");
  const data = value.get("__data__");
  if (typeof type === "string" && data instanceof JsonObject) found.push({ index, type, data });
}

/** Where a member of what is wrapped stands. */
export const memberPath = ({ index }: Wrapped, key: string): JsonPath => [
  "response",
  "body",
  ...(index === null ? [] : [index]),
  "__data__",
  key,
];
