import { bodyData } from "../../../dialects/units.ts";
import { asArray, asObject, asString, type JsonValue } from "../../../recording/json/value.ts";
import type { Recording } from "../../../recording/recording.ts";
import { objectOf } from "../../matching/edits.ts";

/** Lists of models of one kind as one, each model once, as the recorder unites them: the first that has an id stays. */
export function united(recordings: readonly Recording[], endpoint: string): JsonValue {
  const isOllama = endpoint === "/api/tags";
  const models = new Map<string, JsonValue>();
  for (const recording of recordings) {
    const data = bodyData(recording);
    for (const model of asArray(data) ?? asArray(asObject(data)?.get("models")) ?? []) {
      const id = asString(asObject(model)?.get(isOllama ? "model" : "id")) ?? `${models.size}`;
      if (!models.has(id)) models.set(id, model);
    }
  }
  const list = [...models.values()];
  return isOllama ? objectOf({ models: list }) : objectOf({ object: "list", data: list });
}
