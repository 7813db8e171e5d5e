import { asArray, asObject, asString, type JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { AS_SENT, type Axis, type Reading } from "../axes.ts";
import { changedAt, objectOf, put, without } from "../edits.ts";
import { fromWire, hasSchema, SCHEMA_READINGS, toWire, withSchemas } from "./genai-case.ts";

/** A text as the libraries send it. */
const userContent = (parts: JsonValue[]): JsonObject => objectOf({ parts, role: "user" });
const textPart = (text: string): JsonObject => objectOf({ text });

/** A text or a part as a part. */
const partOf = (value: JsonValue): JsonValue => (typeof value === "string" ? textPart(value) : toWire(value));

const isContent = (value: JsonValue | undefined): boolean => asObject(value)?.has("parts") === true;

/** One content on the wire: of a text, a part, a list of either, or a content. */
export function contentOf(value: JsonValue): JsonValue {
  if (isContent(value)) return toWire(value);
  return userContent((asArray(value) ?? [value]).map(partOf));
}

/** The contents of a request on the wire: texts and parts in a list are one content. */
export function contentsOf(value: JsonValue): JsonValue {
  const list = asArray(value);
  if (!list) return [contentOf(value)];
  return list.some(isContent) ? list.map(toWire) : [contentOf(list)];
}

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

/** What stands in the path for a model: of Vertex AI, and of the Gemini API. */
export function modelPaths(model: string): { vertex: string; gemini: string } {
  const gemini = /^(?:models|tunedModels)\//.test(model) ? model : `models/${model}`;
  if (/^(?:publishers|projects|models)\//.test(model)) return { vertex: model, gemini };
  const [publisher, name] = model.split("/");
  return {
    vertex: name === undefined ? `publishers/google/models/${model}` : `publishers/${publisher}/models/${name}`,
    gemini,
  };
}
