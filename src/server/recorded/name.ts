import { sha256 } from "../../recording/digest.ts";
import { asArray, asObject, type JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { byCodePoint } from "../../recording/names/dumps.ts";
import type { AskedCall } from "./types.ts";

const TAGS = "/api/tags";

/** Whether recordings of this call are lists of models, which lie side by side under one hash. */
const isList = ({ kind, endpoint }: AskedCall): boolean =>
  kind === "inference" && (endpoint === TAGS || endpoint.endsWith("/models"));

/** The file that a recording lies in, without its folder. */
export function fileName(call: AskedCall, hash: string, response: JsonObject): string {
  if (!isList(call)) return `${hash}.json`;
  const listed = models(response.get("body") ?? null);
  const ids = listed.map((model) => dataOf(model)?.get(call.endpoint === TAGS ? "model" : "id"));
  const distinct = [...new Set(ids.filter((id) => typeof id === "string"))].sort(byCodePoint);
  return `models-${hash}-${sha256(distinct.join("|")).slice(0, 8)}.json`;
}

const dataOf = (value: JsonValue): JsonObject | undefined =>
  asObject(asObject(value)?.get("__data__")) ?? asObject(value);

const models = (body: JsonValue): JsonValue[] => asArray(body) ?? asArray(dataOf(body)?.get("models")) ?? [];
