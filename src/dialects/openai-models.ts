import { asArray, asObject, asString, JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect } from "./dialect.ts";
import type { Piece } from "./message.ts";
import { compact, dataWire, parametersOf } from "./shared.ts";

function modelPieces(body: JsonValue): Piece[] {
  const list = asArray(body) ?? asArray(asObject(body)?.get("data")) ?? [body];
  return list.map((model): Piece => {
    return { type: "item", label: "", text: asString(asObject(model)?.get("id")) ?? compact(model) };
  });
}

/** OpenAI model lists: https://platform.openai.com/docs/api-reference/models/list. Stored as a bare list. */
export const openaiModels: Dialect = {
  id: "openai-models",
  title: "OpenAI model lists",
  endpoint: /\/models$/,
  type: /^Model$/,
  ask: (body) => ({ turns: [], tools: [], parameters: parametersOf(body) }),
  chunk: modelPieces,
  body: modelPieces,
  wire: dataWire("data: [DONE]\n\n", (body) =>
    Array.isArray(body) ? new JsonObject(["object", "data"], ["list", body]) : body,
  ),
};
