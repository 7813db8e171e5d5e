import { floatText, isFloat } from "../../../recording/json/number.ts";
import { asObject, JsonNumber, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { timeText } from "../python/time.ts";

/**
 * What `model_dump(mode="json")` of a Python SDK's models prints of what the API sent. A table of models says it:
 * each is the list of its fields in their order, `name`, or `name:Type` where the value is a model, a union or a
 * scalar that Python changes; `name=key:Type` where the API's key is another. Lists are seen through: a list of models is
 * written like a model.
 */
export type Models = Readonly<Record<string, string | Union>>;

/** One of several models, told by the member `by`; Python takes `first` where nothing there fits. */
export interface Union {
  by: string;
  first: string;
  of: Readonly<Record<string, string>>;
}

/** How a family of models is printed. */
export interface Printing {
  models: Models;
  /** Whether keys that a model does not know are kept, behind its own. */
  extra: boolean;
  /** Whether a field without a value is printed as null. */
  nulls: boolean;
  /** The API's key of a field, where the field's own name is not the key. */
  key?(name: string): string;
}

interface Field {
  name: string;
  key: string;
  type: string | undefined;
}

const SCALARS: Readonly<Record<string, (value: JsonValue) => JsonValue>> = {
  /** An int in a float's place becomes one, in lists and maps too. */
  float,
  time: (value) => (typeof value === "string" ? timeText(value) : value),
  /** `ser_json_bytes="base64"` has the alphabet for urls. */
  bytes: (value) => (typeof value === "string" ? value.replaceAll("+", "-").replaceAll("/", "_") : value),
};

function float(value: JsonValue): JsonValue {
  if (value instanceof JsonNumber) return isFloat(value.text) ? value : new JsonNumber(floatText(value.value));
  if (Array.isArray(value)) return value.map(float);
  if (value instanceof JsonObject) return new JsonObject(value.keys, value.values.map(float));
  return value;
}

/** Field lists that were read before, by the family they belong to. */
const READ = new WeakMap<Printing, Map<string, { fields: Field[]; keys: Set<string> }>>();

function fieldsOf(text: string, printing: Printing): { fields: Field[]; keys: Set<string> } {
  const known = READ.get(printing) ?? new Map();
  READ.set(printing, known);
  const there = known.get(text);
  if (there) return there;
  const fields = text.split(/\s+/).map((word): Field => {
    const [, name = "", key, type] = /^([^=:]+)(?:=([^:]+))?(?::(.+))?$/.exec(word) ?? [];
    return { name, key: key ?? printing.key?.(name) ?? name, type };
  });
  const read = { fields, keys: new Set(fields.map(({ key }) => key)) };
  known.set(text, read);
  return read;
}

/** `value` as the model `type` prints it. What is no object stays as it is, as Python's `construct` leaves it. */
export function dumped(value: JsonValue, type: string, printing: Printing): JsonValue {
  const scalar = SCALARS[type];
  if (scalar) return scalar(value);
  if (Array.isArray(value)) return value.map((element) => dumped(element, type, printing));
  if (!(value instanceof JsonObject)) return value;
  const model = printing.models[type];
  if (model === undefined) throw new Error(`no model ${type}`);
  return typeof model === "string"
    ? fieldsDumped(value, model, printing)
    : dumped(value, variantOf(value, model), printing);
}

/** The model of a union that fits a value. */
export function variantOf(value: JsonValue, { by, first, of }: Union): string {
  const told = asObject(value)?.get(by);
  return (typeof told === "string" ? of[told] : undefined) ?? first;
}

function fieldsDumped(value: JsonObject, model: string, printing: Printing): JsonObject {
  const { fields, keys } = fieldsOf(model, printing);
  const out = new JsonObject();
  for (const { name, key, type } of fields) {
    const member = value.get(key) ?? null;
    if (member === null && !printing.nulls) continue;
    out.keys.push(name);
    out.values.push(member === null || type === undefined ? member : dumped(member, type, printing));
  }
  if (!printing.extra) return out;
  for (const [key, member] of value.entries()) {
    if (keys.has(key)) continue;
    out.keys.push(key);
    out.values.push(member);
  }
  return out;
}
