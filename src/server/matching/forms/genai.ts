import { asObject, asString, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { candidates } from "../axes.ts";
import { objectOf, without } from "../edits.ts";
import { floatAxes } from "../numbers.ts";
import type { Form, Stored, WireRequest } from "./form.ts";
import { fromWire, toWire } from "./genai-case.ts";
import {
  configAxis,
  contentOf,
  contentsAxis,
  contentsOf,
  modelAxis,
  modelPaths,
  schemaAxis,
  systemAxis,
} from "./genai-parts.ts";

/** Members of a config that stand beside `generationConfig` on the wire; all others stand in it. */
const BESIDE = new Set([
  ...["system_instruction", "tools", "tool_config", "safety_settings", "labels", "cached_content", "service_tier"],
  ...["model_armor_config", "continuation_token"],
]);

/** Members of a config that say how the library asks, and are not sent. */
const TRANSPORT = new Set(["http_options", "automatic_function_calling", "should_return_http_response"]);

/** Members whose names differ in more than their spelling. */
const RENAMED = new Map([["model_selection_config", "modelConfig"]]);
const NAMED = new Map([["model_config", "model_selection_config"]]);

function configOf(body: JsonObject): JsonObject {
  const spelled = fromWire(without(body, "contents", "generationConfig", "model"));
  const beside = spelled instanceof JsonObject ? spelled : new JsonObject();
  const inside = asObject(fromWire(body.get("generationConfig") ?? null)) ?? new JsonObject();
  const keys = [...beside.keys, ...inside.keys.map((key) => NAMED.get(key) ?? key)];
  return new JsonObject(keys, [...beside.values, ...inside.values]);
}

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

/** `generateContent` of Vertex AI and the Gemini API, as https://github.com/googleapis/python-genai asks them: {model, contents, config}. */
export const generate: Form = {
  stored({ model }, body) {
    if (model === null) return [];
    const contents = body.get("contents") ?? [];
    const config = configOf(body);
    const stored = objectOf({ model, contents: fromWire(contents), config });
    return candidates(stored, [
      configAxis(config),
      systemAxis(config),
      schemaAxis(config),
      contentsAxis(contents),
      modelAxis(model),
      ...floatAxes(stored, ["config"], ["top_k"]),
    ]);
  },
  wires(stored) {
    const verb = stored.route.streams === "always" ? "streamGenerateContent?alt=sse" : "generateContent";
    const sent = sentOf(stored.body);
    return asked(stored, { vertex: verb, gemini: verb }, { vertex: sent, gemini: sent });
  },
};
