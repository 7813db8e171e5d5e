import { asObject, JsonObject } from "../../../recording/json/value.ts";
import { candidates } from "../axes.ts";
import { objectOf, without } from "../edits.ts";
import { floatAxes } from "../numbers.ts";
import type { Form } from "./form.ts";
import { fromWire } from "./genai-case.ts";
import { configAxis, contentsAxis, modelAxis, schemaAxis, systemAxis } from "./genai-parts.ts";

/** Members whose names differ in more than their spelling. */
const NAMED = new Map([["model_config", "model_selection_config"]]);

function configOf(body: JsonObject): JsonObject {
  const spelled = fromWire(without(body, "contents", "generationConfig", "model"));
  const beside = spelled instanceof JsonObject ? spelled : new JsonObject();
  const inside = asObject(fromWire(body.get("generationConfig") ?? null)) ?? new JsonObject();
  const keys = [...beside.keys, ...inside.keys.map((key) => NAMED.get(key) ?? key)];
  return new JsonObject(keys, [...beside.values, ...inside.values]);
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
};
