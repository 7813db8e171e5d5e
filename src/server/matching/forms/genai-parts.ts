import { asArray, asObject, asString, type JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { AS_SENT, type Axis, type Reading } from "../axes.ts";
import { changedAt, put, without } from "../edits.ts";
import { fromWire, hasSchema, SCHEMA_READINGS, withSchemas } from "./genai-case.ts";

/** The texts of a content from the user that has nothing else. */
export function textsOf(content: JsonValue | undefined): string[] | null {
  const object = asObject(content);
  const parts = asArray(object?.get("parts"));
  if (!object || !parts || parts.length === 0 || !["user", undefined].includes(asString(object.get("role"))))
    return null;
  if (without(object, "role", "parts").keys.length > 0) return null;
  const texts = parts.map((part) =>
    asObject(part)?.keys.join() === "text" ? asString(asObject(part)?.get("text")) : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : null;
}

const set = (path: readonly string[], value: JsonValue, note: string): Reading => ({
  apply: (body) => changedAt(body, path, () => value),
  note,
});

/** What one content was asked as, where it is all that was asked. */
export function contentsAxis(contents: JsonValue): Axis {
  const list = asArray(contents) ?? [];
  const texts = list.length === 1 ? textsOf(list[0]) : null;
  if (!texts) return [AS_SENT];
  const one = texts.length === 1 ? [set(["contents"], texts[0] as string, "contents is a text")] : [];
  return [
    AS_SENT,
    ...one,
    set(["contents"], texts, "contents is a list of texts"),
    set(["contents"], fromWire(list[0] as JsonValue), "contents is one content"),
  ];
}

/** Instructions are mostly given as a text; the libraries make a content of it. */
export function systemAxis(config: JsonObject): Axis {
  const path = ["config", "system_instruction"];
  const texts = textsOf(config.get("system_instruction"));
  if (!texts) return [AS_SENT];
  const list = set(path, texts, "system_instruction is a list of texts");
  if (texts.length !== 1) return [AS_SENT, list];
  return [set(path, texts[0] as string, "system_instruction is a text"), AS_SENT, list];
}

/** Both libraries change schemas before they send them. */
export function schemaAxis(config: JsonObject): Axis {
  if (!hasSchema(config)) return [AS_SENT];
  return [
    AS_SENT,
    ...SCHEMA_READINGS.map(
      ({ note, read }): Reading => ({
        apply: (body) => changedAt(body, ["config"], (value) => withSchemas(value, read)),
        note: `schemas: ${note}`,
      }),
    ),
  ];
}

/** No config at all is sent as an empty one is. */
export const configAxis = (config: JsonObject): Axis =>
  config.keys.length > 0 ? [AS_SENT] : [AS_SENT, { apply: (body) => without(body, "config"), note: "no config" }];

/** The libraries put a model's collection before it, where it has none: on Vertex AI with its publisher. */
export function modelAxis(model: string): Axis {
  const [, publisher, name] = /^publishers\/([^/]+)\/models\/(.+)$/.exec(model) ?? [];
  const short =
    name === undefined ? /^models\/(.+)$/.exec(model)?.[1] : publisher === "google" ? name : `${publisher}/${name}`;
  if (short === undefined) return [AS_SENT];
  return [AS_SENT, { apply: (body) => put(body, "model", short), note: `model ${short}` }];
}
