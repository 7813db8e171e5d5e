import { asArray, asObject, JsonNumber, type JsonValue } from "../recording/json/value.ts";
import type { Dialect, Turn } from "./dialect.ts";
import type { Piece } from "./message.ts";
import { asText, dataWire, indexOf, objects, parametersOf, usagePiece, vectorText } from "./shared.ts";

/** What is to be embedded, a turn for each text. */
export function inputTurns(input: JsonValue | undefined): Turn[] {
  if (input === undefined || input === null) return [];
  const list = asArray(input);
  // A list of numbers is one input, as tokens.
  const tokens = list?.every((element) => element instanceof JsonNumber);
  const inputs = list && !tokens ? list : [input];
  return inputs.map((text) => ({
    role: "input",
    parts: [{ type: "text", text: asArray(text) ? vectorText(text) : asText(text) }],
  }));
}

function embeddingPieces(body: JsonValue): Piece[] {
  const object = asObject(body);
  const items = objects(object?.get("data")).map(
    (one, position): Piece => ({
      type: "item",
      label: `embedding ${indexOf(one.get("index"), position)}`,
      text: vectorText(one.get("embedding")),
    }),
  );
  return [...items, ...usagePiece(object?.get("usage"))];
}

/** OpenAI embeddings: https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEmbeddings: Dialect = {
  id: "openai-embeddings",
  title: "OpenAI embeddings",
  endpoint: /\/embeddings$/,
  type: /^CreateEmbeddingResponse$/,
  ask: (body) => ({
    turns: inputTurns(body.get("input")),
    tools: [],
    parameters: parametersOf(body, "input"),
  }),
  chunk: embeddingPieces,
  body: embeddingPieces,
  wire: dataWire("data: [DONE]\n\n"),
};
