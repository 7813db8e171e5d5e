import type { JsonPath } from "../recording/json/locate.ts";
import { asObject, type JsonObject } from "../recording/json/value.ts";
import type { Recording } from "../recording/recording.ts";

/** What a Python type name wraps: a body, or an element of one, and where its data stands. */
export interface Wrapped {
  at: JsonPath;
  type: string;
  data: JsonObject;
}

/** Every wrapped value at the top level of a response: one for a plain answer, one a chunk or a model. */
export function wrappedIn({ body }: Pick<Recording, "body">): Wrapped[] {
  const list = Array.isArray(body);
  return (list ? body : [body]).flatMap((value, index) => {
    const object = asObject(value);
    const type = object?.get("__type__");
    const data = asObject(object?.get("__data__"));
    if (typeof type !== "string" || !data) return [];
    return [{ at: list ? ["response", "body", index, "__data__"] : ["response", "body", "__data__"], type, data }];
  });
}

/** The hashes under which chunks were recorded: the 12 digits of each `rec-…` id. */
export function recordedIds(recording: Pick<Recording, "body">): { at: JsonPath; hash: string }[] {
  return wrappedIn(recording).flatMap(({ at, data }) => {
    const id = data.get("id");
    const hash = typeof id === "string" ? /^rec-([0-9a-f]{12})$/.exec(id)?.[1] : undefined;
    return hash === undefined ? [] : [{ at: [...at, "id"], hash }];
  });
}
