import { asArray, asObject, asString, JsonObject, type JsonValue } from "../../../../src/recording/json/value.ts";
import { objectOf, without } from "../../../../src/server/matching/edits.ts";
import { respelled, schemaWalk, typed } from "../../../../src/server/matching/forms/genai-case.ts";
import type { Stored, WireRequest, Wires } from "./request.ts";

const camel = (key: string): string => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What both libraries make of a JSON Schema: types in capitals, no `additionalProperties`. Lists of types stay as they are. */
const schemaToWire = (value: JsonValue): JsonValue =>
  schemaWalk(value, (schema) => {
    const made = typed(without(schema, "additionalProperties", "additional_properties"), (type) => type.toUpperCase());
    return new JsonObject(made.keys.map(camel), made.values);
  });

/** As the Python library dumps it (snake_case), as REST has it (camelCase): schemas as `schemaToWire` has them. */
export const toWire = (value: JsonValue): JsonValue => respelled(value, camel, schemaToWire);

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
function contentsOf(value: JsonValue): JsonValue {
  const list = asArray(value);
  if (!list) return [contentOf(value)];
  return list.some(isContent) ? list.map(toWire) : [contentOf(list)];
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

/** Members of a config that stand beside `generationConfig` on the wire; all others stand in it. */
const BESIDE = new Set([
  ...["system_instruction", "tools", "tool_config", "safety_settings", "labels", "cached_content", "service_tier"],
  ...["model_armor_config", "continuation_token"],
]);

/** Members of a config that say how the library asks, and are not sent. */
const TRANSPORT = new Set(["http_options", "automatic_function_calling", "should_return_http_response"]);

/** Members whose names differ in more than their spelling. */
const RENAMED = new Map([["model_selection_config", "modelConfig"]]);

function sentOf(body: JsonObject): JsonObject {
  const sent = objectOf({ contents: contentsOf(body.get("contents") ?? []) });
  const inside = new JsonObject();
  for (const [key, value] of asObject(body.get("config"))?.entries() ?? []) {
    if (value === null || TRANSPORT.has(key)) continue;
    const to = BESIDE.has(key) ? sent : inside;
    const whole = asObject(toWire(objectOf({ [key]: value }))) as JsonObject;
    to.keys.push(RENAMED.get(key) ?? (whole.keys[0] as string));
    to.values.push(key === "system_instruction" ? contentOf(value) : (whole.values[0] as JsonValue));
  }
  if (inside.keys.length > 0) {
    sent.keys.push("generationConfig");
    sent.values.push(inside);
  }
  return sent;
}

/** What both of Google's APIs are asked for a model. */
export function asked(
  { body }: Stored,
  verbs: { vertex: string; gemini: string },
  sent: { vertex: JsonValue; gemini: JsonValue },
): WireRequest[] {
  const paths = modelPaths(asString(body.get("model")) ?? "");
  const one = (target: string, of: JsonValue): WireRequest => ({ method: "POST", target, headers: {}, body: of });
  const vertex = one(`/v1beta1/${paths.vertex}:${verbs.vertex}`, sent.vertex);
  const gemini = one(`/v1beta/${paths.gemini}:${verbs.gemini}`, sent.gemini);
  return sent.vertex === null ? [gemini] : [vertex, gemini];
}

export const generate: Wires = (stored) => {
  const verb = stored.route.streams === "always" ? "streamGenerateContent?alt=sse" : "generateContent";
  const sent = sentOf(stored.body);
  return asked(stored, { vertex: verb, gemini: verb }, { vertex: sent, gemini: sent });
};
