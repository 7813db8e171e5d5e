import { bodyData } from "../../../dialects/units.ts";
import { asArray, asObject, asString, type JsonValue } from "../../../recording/json/value.ts";
import { byCodePoint } from "../../../recording/names/dumps.ts";
import type { Recording } from "../../../recording/recording.ts";
import { objectOf } from "../../matching/edits.ts";

/** Lists of models of one kind as one, as the recorder unites them: each model once, the last that has its id, in the order of ids. */
export function united(recordings: readonly Recording[], endpoint: string): JsonValue {
  const isOllama = endpoint === "/api/tags";
  const models = new Map<string, JsonValue>();
  for (const recording of recordings) {
    const data = bodyData(recording);
    for (const model of asArray(data) ?? asArray(asObject(data)?.get("models")) ?? []) {
      const id = asString(asObject(model)?.get(isOllama ? "model" : "id")) ?? `${models.size}`;
      models.set(id, model);
    }
  }
  const list = [...models].sort(([one], [other]) => byCodePoint(one, other)).map(([, model]) => model);
  return isOllama ? objectOf({ models: list }) : objectOf({ object: "list", data: list });
}
