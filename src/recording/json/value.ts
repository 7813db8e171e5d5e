/**
 * A JSON document as it was written: number text, key order and repeated keys survive.
 * Plain `JSON.parse` would damage real recordings: it turns `1.0` into `1`, moves keys that look
 * like integers to the front, and rounds integers beyond 2^53.
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;

/** A number, kept as its source text: `1`, `1.0`, `1e-05`, `-0.0`, `NaN`, `-Infinity`. */
export class JsonNumber {
  constructor(readonly text: string) {}

  /** The nearest double. Integers beyond 2^53 lose digits here, never in {@link text}. */
  get value(): number {
    return Number(this.text);
  }
}

/** An object with its keys in the order written; a repeated key stands there twice. */
export class JsonObject {
  constructor(
    readonly keys: string[] = [],
    readonly values: JsonValue[] = [],
  ) {}

  /** The value of `key`, as Python reads it: of a repeated key the last one wins. */
  get(key: string): JsonValue | undefined {
    // By hand: lastIndexOf is a call out of compiled code, for a handful of keys.
    const { keys } = this;
    for (let at = keys.length - 1; at >= 0; at--) if (keys[at] === key) return this.values[at];
    return undefined;
  }

  has(key: string): boolean {
    return this.keys.includes(key);
  }

  /** Every key with its value, repeated ones too, in the order written. */
  *entries(): Generator<[string, JsonValue]> {
    for (let at = 0; at < this.keys.length; at++) {
      yield [this.keys[at] as string, this.values[at] as JsonValue];
    }
  }
}

/** `value` as an object, else undefined. */
export const asObject = (value: JsonValue | undefined): JsonObject | undefined =>
  value instanceof JsonObject ? value : undefined;

/** `value` as an array, else undefined. */
export const asArray = (value: JsonValue | undefined): JsonValue[] | undefined =>
  Array.isArray(value) ? value : undefined;

/** `value` as a string, else undefined. */
export const asString = (value: JsonValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** `value` as a double, else undefined. */
export const asNumber = (value: JsonValue | undefined): number | undefined =>
  value instanceof JsonNumber ? value.value : undefined;

/** The value at `path`, or undefined where a step leads nowhere. */
export function at(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue | undefined {
  let here = value;
  for (const step of path) {
    here = typeof step === "number" ? asArray(here)?.[step] : asObject(here)?.get(step);
  }
  return here;
}
