import { asArray, asObject, asString, JsonObject, type JsonValue } from "../../../../src/recording/json/value.ts";
import { objectOf, put, without } from "../../../../src/server/matching/edits.ts";
import { textOf } from "../../../../src/server/matching/forms/genai-embed.ts";
import { asked, contentOf, modelPaths, toWire } from "./genai.ts";
import type { Wires } from "./request.ts";

export const embed: Wires = (stored) => {
  const { body } = stored;
  const given = body.get("contents") ?? [];
  const contents = (asArray(given) ?? [given]).map(contentOf);
  const config = asObject(toWire(body.get("config") ?? null)) ?? new JsonObject();
  const model = modelPaths(asString(body.get("model")) ?? "").gemini;
  const requests = contents.map((content) => put(put(config, "content", content), "model", model));
  return asked(
    stored,
    { vertex: "predict", gemini: "batchEmbedContents" },
    { vertex: predicted(contents, config), gemini: objectOf({ requests }) },
  );
};

/** Members of a config that Vertex AI has with each text, and what it calls them. */
const INSTANCE = new Map([
  ["taskType", "task_type"],
  ["title", "title"],
  ["mimeType", "mimeType"],
]);

/** Null: Vertex AI embeds texts alone. */
function predicted(contents: readonly JsonValue[], config: JsonObject): JsonValue {
  const texts = contents.map(textOf);
  if (!texts.every((text) => text !== undefined)) return null;
  const instances = texts.map((content) => {
    const instance = objectOf({ content });
    for (const [key, value] of config.entries()) {
      const name = INSTANCE.get(key);
      if (name === undefined) continue;
      instance.keys.push(name);
      instance.values.push(value);
    }
    return instance;
  });
  const parameters = without(config, ...INSTANCE.keys());
  return objectOf({ instances, parameters: parameters.keys.length > 0 ? parameters : undefined });
}
