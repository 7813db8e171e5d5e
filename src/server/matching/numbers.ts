import { at, JsonNumber, type JsonObject } from "../../recording/json/value.ts";
import { AS_SENT, type Axis, type Reading } from "./axes.ts";
import { changedAt } from "./edits.ts";

/** The members of sampling that Python's libraries take as floats. */
const SAMPLING = ["temperature", "top_p", "frequency_penalty", "presence_penalty"];

/**
 * Where JavaScript has one number, Python has two, and names tell them apart: what a Python client recorded as `1.0`
 * is `1` on the wire of a client that cannot write it otherwise, and `-0.0` is `0`. Only members whose type is float are read so.
 */
export function floatAxes(body: JsonObject, below: readonly string[] = [], more: readonly string[] = []): Axis[] {
  return [...SAMPLING, ...more].flatMap((key): Axis[] => {
    const path = [...below, key];
    const value = at(body, ...path);
    if (!(value instanceof JsonNumber) || !/^-?[0-9]+$/.test(value.text)) return [];
    const texts = value.value === 0 ? ["0.0", "-0.0"] : [`${value.text}.0`];
    const readings = texts.map(
      (text): Reading => ({
        apply: (object) => changedAt(object, path, () => new JsonNumber(text)),
        note: `${path.join(".")} ${value.text} is ${text}`,
      }),
    );
    return [[AS_SENT, ...readings]];
  });
}
