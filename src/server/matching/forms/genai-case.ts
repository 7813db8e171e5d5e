import { JsonObject, type JsonValue } from "../../../recording/json/value.ts";

/** Members whose value is the user's own data, in both spellings: what lies in them keeps its keys. */
const OPAQUE = new Set([
  ...["args", "response", "labels", "headers"],
  ...["parameters_json_schema", "parametersJsonSchema", "response_json_schema", "responseJsonSchema"],
]);
/** Members that hold a schema of Google's own kind. */
const SCHEMAS = new Set(["response_schema", "responseSchema", "parameters"]);

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** As REST has it, as the Python library takes it. Schemas stay as they are: users write them in either spelling. */
export const fromWire = (value: JsonValue): JsonValue => respelled(value, snake, (schema) => schema);

/** Every key in another spelling, but for those of users; and schemas changed. */
export function respelled(
  value: JsonValue,
  spell: (key: string) => string,
  schema: (value: JsonValue) => JsonValue,
): JsonValue {
  if (Array.isArray(value)) return value.map((element) => respelled(element, spell, schema));
  if (!(value instanceof JsonObject)) return value;
  const values = value.keys.map((key, at): JsonValue => {
    const member = value.values[at] as JsonValue;
    if (OPAQUE.has(key)) return member;
    return SCHEMAS.has(key) ? schema(member) : respelled(member, spell, schema);
  });
  return new JsonObject(value.keys.map(spell), values);
}

/** A schema with every schema in it changed, innermost first. */
export function schemaWalk(value: JsonValue, change: (schema: JsonObject) => JsonObject): JsonValue {
  if (!(value instanceof JsonObject)) return value;
  const values = value.keys.map((key, at): JsonValue => {
    const member = value.values[at] as JsonValue;
    if (key === "items") return schemaWalk(member, change);
    if (/^any_?of$/i.test(key) && Array.isArray(member)) return member.map((one) => schemaWalk(one, change));
    if (key !== "properties" || !(member instanceof JsonObject)) return member;
    // Keys of properties are the user's own.
    return new JsonObject(
      [...member.keys],
      member.values.map((one) => schemaWalk(one, change)),
    );
  });
  return change(new JsonObject([...value.keys], values));
}

/** A schema with its type changed. */
export const typed = (schema: JsonObject, change: (type: string) => string): JsonObject =>
  new JsonObject(
    [...schema.keys],
    schema.keys.map((key, at) => {
      const value = schema.values[at] as JsonValue;
      return key === "type" && typeof value === "string" ? change(value) : value;
    }),
  );

/** What may have been such a schema: with types as JSON Schema writes them, and closed to other properties as strict ones are. */
export const SCHEMA_READINGS: readonly { note: string; read: (schema: JsonValue) => JsonValue }[] = [
  { note: "types in small letters", read: (value) => schemaWalk(value, lowered) },
  {
    note: "types in small letters, no additional properties",
    read: (value) =>
      schemaWalk(value, (schema) => {
        const made = lowered(schema);
        const isOpen = made.get("type") === "object" && !made.has("additionalProperties");
        return isOpen ? new JsonObject([...made.keys, "additionalProperties"], [...made.values, false]) : made;
      }),
  },
];

const lowered = (schema: JsonObject): JsonObject => typed(schema, (type) => type.toLowerCase());

/** Every schema in a config changed; the same config where it has none. */
export function withSchemas(value: JsonValue, change: (schema: JsonValue) => JsonValue): JsonValue {
  return respelled(value, (key) => key, change);
}

/** Whether a config has a schema that may have been written otherwise. */
export function hasSchema(value: JsonValue): boolean {
  let found = false;
  withSchemas(value, (schema) => {
    found ||= schema instanceof JsonObject;
    return schema;
  });
  return found;
}
