import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

const ZERO = new JsonNumber("0");
const EPOCH = "1970-01-01T00:00:00.000000Z";

/** What the recorder makes the same in every recording, at the top level of a typed chunk or body; undefined leaves a value. */
const NORMALISED: Readonly<Record<string, (value: JsonValue, id: string, isModel: boolean) => JsonValue>> = {
  id: (value, id, isModel) => (isModel ? value : id),
  created: (value, _, isModel) => (isModel ? value : ZERO),
  created_at: () => EPOCH,
  total_duration: zeroUnlessNull,
  load_duration: zeroUnlessNull,
  prompt_eval_duration: zeroUnlessNull,
  eval_duration: zeroUnlessNull,
};

function zeroUnlessNull(value: JsonValue): JsonValue {
  return value === null ? null : ZERO;
}

/** The recorder's `_normalize_response`; ids and times of models in a list are theirs. */
export function normalised(data: JsonValue, id: string): JsonValue {
  if (!(data instanceof JsonObject)) return data;
  const isModel = data.get("object") === "model";
  return new JsonObject(
    data.keys,
    data.values.map((value, at) => {
      const rule = NORMALISED[data.keys[at] as string];
      return rule ? rule(value, id, isModel) : value;
    }),
  );
}

/** A value with the name of its Python type, normalised. */
export const typed = (type: string, data: JsonValue, id: string): JsonObject =>
  new JsonObject(["__type__", "__data__"], [type, normalised(data, id)]);
