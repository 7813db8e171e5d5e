import { parseJson } from "../../../recording/json/parse.ts";
import { asArray, asObject, asString, JsonNumber, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { objectOf, put } from "../../matching/edits.ts";
import type { Question } from "../../matching/match.ts";

/** What decides the form of an answer beside what was recorded. */
export interface Wanted extends Pick<Question, "body"> {
  /** The path that was asked. */
  readonly path: string;
}

/** A whole body as the API sends it, in the form in which it is asked this time. */
type Form = (body: JsonValue, wanted: Wanted) => JsonValue;

/** Bodies that depend on how they are asked, by the route's id; all others are as they were recorded. */
const FORMS: Readonly<Record<string, Form>> = {
  "openai-embeddings": (body, { body: asked }) =>
    asObject(asked)?.get("encoding_format") === "base64" ? eachMember(body, "data", encoded) : body,
  // Vertex AI's form is the recorded one: {predictions: [{embeddings}]}.
  "genai-embed": (body, { path }) => {
    const list = asArray(asObject(body)?.get("predictions"))?.map((one) => asObject(one)?.get("embeddings") ?? one);
    if (!list || path.endsWith(":predict")) return body;
    return path.endsWith(":embedContent") ? objectOf({ embedding: list[0] }) : objectOf({ embeddings: list });
  },
  "tavily-search": (body) => searchOf(body) ?? body,
};

export const bodyAsked = (routeId: string, body: JsonValue, wanted: Wanted): JsonValue =>
  FORMS[routeId]?.(body, wanted) ?? body;

function eachMember(body: JsonValue, key: string, change: (one: JsonObject) => JsonValue): JsonValue {
  const object = asObject(body);
  const list = asArray(object?.get(key));
  return object && list
    ? put(
        object,
        key,
        list.map((one) => (one instanceof JsonObject ? change(one) : one)),
      )
    : body;
}

/** Numbers as base64 of little-endian floats of 32 bits, which is what libraries ask for where nobody says anything. */
function encoded(one: JsonObject): JsonValue {
  const numbers = asArray(one.get("embedding"));
  if (!numbers?.every((number) => number instanceof JsonNumber)) return one;
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [at, number] of numbers.entries()) bytes.writeFloatLE(number.value, at * 4);
  return put(one, "embedding", bytes.toString("base64"));
}

/** What Tavily sent, out of the result that the recorder's tool runtime made of it: {query, top_k} in a text. */
function searchOf(body: JsonValue): JsonValue | undefined {
  try {
    const kept = asObject(parseJson(asString(asObject(body)?.get("content")) ?? ""));
    return kept && objectOf({ query: kept.get("query"), results: kept.get("top_k") ?? [] });
  } catch {
    return undefined;
  }
}
