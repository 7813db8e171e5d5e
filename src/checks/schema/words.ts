import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonNumber, type JsonValue } from "../../recording/json/value.ts";

/** The types of JSON as people call them. */
const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "an array",
  null: "null",
};

/**
 * What is wrong with the value at `place`, as the rest of a sentence that begins with the place. It names what
 * was found by its type alone: values may be long, and secret.
 */
export function faultText(keyword: string, param: unknown, place: JsonPath, found: JsonValue | undefined): string {
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return "is missing";
    case "additionalProperties":
      return "is not part of the format";
    case "type":
      return mustBe(either([param].flat().map((type) => TYPES[type as string] as string)), found, param);
    case "const":
      return mustBe(String(param), found);
    case "enum":
      return mustBe(either(param as string[]), found);
    case "false schema":
      return place.at(-1) === "status"
        ? "belongs to raw HTTP calls that did not stream, and to nothing else"
        : "is of no known kind: it has none of tool_name, payload, body and file_id";
    default:
      return "is not what recctl schema says";
  }
}

const mustBe = (wanted: string, found: JsonValue | undefined, type: unknown = null): string =>
  `must be ${wanted}, is ${foundText(found, type === "integer", type === null)}`;

const either = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

/** What stands there; `whole` where a number is wanted that is whole, `other` where the type is right. */
function foundText(found: JsonValue | undefined, whole: boolean, other: boolean): string {
  if (found === null || typeof found === "boolean") return String(found);
  if (found instanceof JsonNumber) return whole ? "a number that is not whole" : "a number";
  if (typeof found === "string") return other ? "another string" : "a string";
  return Array.isArray(found) ? "an array" : "an object";
}
