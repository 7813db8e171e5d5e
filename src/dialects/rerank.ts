import { asArray, asObject, asString, type JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Dialect, Turn } from "./dialect.ts";
import type { Piece } from "./message.ts";
import { asText, dataWire, objects, parametersOf, usagePiece } from "./shared.ts";

/** Providers differ in names: {results|rankings|data: [{index, relevance_score|logit|score, document?}]}. */
const LISTS = ["results", "rankings", "data"];
const SCORES = ["relevance_score", "score", "logit"];

const documentText = (document: JsonValue | undefined): string =>
  asString(asObject(document)?.get("text")) ?? asText(document);

function rankPieces(body: JsonValue): Piece[] {
  const object = asObject(body);
  const list = LISTS.map((key) => asArray(object?.get(key))).find((found) => found) ?? asArray(body) ?? [];
  const ranks = objects(list).map((rank): Piece => {
    const score = SCORES.map((key) => rank.get(key)).find((found) => found !== undefined);
    const text = documentText(rank.get("document"));
    return { type: "item", label: `document ${asText(rank.get("index"))}`, text: `${asText(score)} ${text}`.trim() };
  });
  return [...ranks, ...usagePiece(object?.get("usage"))];
}

function askedTurns(body: JsonObject): Turn[] {
  const documents = asArray(body.get("documents")) ?? asArray(body.get("passages")) ?? [];
  const query = documentText(body.get("query"));
  return [
    { role: "query", parts: [{ type: "text", text: query }] },
    ...documents.map((document, index): Turn => {
      return { role: `document ${index}`, parts: [{ type: "text", text: documentText(document) }] };
    }),
  ];
}

/** Ranking of documents for a query, as Cohere, NVIDIA and vLLM offer it. */
export const rerank: Dialect = {
  id: "rerank",
  title: "rerank",
  endpoint: /\/(rerank|reranking|ranking)$/,
  type: null,
  ask: (body) => ({
    turns: askedTurns(body),
    tools: [],
    parameters: parametersOf(body, "query", "documents", "passages"),
  }),
  chunk: rankPieces,
  body: rankPieces,
  wire: dataWire(""),
};
