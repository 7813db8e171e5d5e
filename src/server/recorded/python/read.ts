import { JsonError } from "../../../recording/json/error.ts";
import { floatText, intText, isFloat } from "../../../recording/json/number.ts";
import { parseJson } from "../../../recording/json/parse.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../../recording/json/value.ts";

/** `json.loads(text)`; undefined where Python would raise. */
export function readPython(text: string): JsonValue | undefined {
  try {
    return asPython(parseJson(text));
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** A document as Python holds it: numbers in the text that it prints, of a repeated key the last value at the first one's place. */
export function asPython(value: JsonValue): JsonValue {
  if (value instanceof JsonNumber) {
    const { text } = value;
    const printed = isFloat(text) ? floatText(value.value) : intText(text);
    return printed === text ? value : new JsonNumber(printed);
  }
  if (Array.isArray(value)) return value.map(asPython);
  if (!(value instanceof JsonObject)) return value;
  const keys = [...new Set(value.keys)];
  return new JsonObject(
    keys,
    keys.map((key) => asPython(value.get(key) as JsonValue)),
  );
}
