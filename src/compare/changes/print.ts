import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";

/** Hashes of values, each container's made once; equal but for the order of keys is equal. Unequal values may share one, very seldom. */
export class Prints {
  private readonly known = new WeakMap<object, number>();

  of(value: JsonValue): number {
    if (typeof value === "string") return hashText(value, 1);
    if (value instanceof JsonNumber) return hashText(value.text, 2);
    if (typeof value !== "object" || value === null) return hashText(String(value), 3);
    let print = this.known.get(value);
    if (print === undefined) {
      print = value instanceof JsonObject ? this.ofObject(value) : this.ofArray(value);
      this.known.set(value, print);
    }
    return print;
  }

  private ofArray(values: readonly JsonValue[]): number {
    let print = 4;
    for (const value of values) print = mixed(print, this.of(value));
    return print;
  }

  private ofObject({ keys, values }: JsonObject): number {
    let [low, high] = [5, keys.length];
    for (let at = 0; at < keys.length; at++) {
      const print = mixed(hashText(keys[at] as string, 6), this.of(values[at] as JsonValue));
      low = (low + (print >>> 0)) | 0;
      high = (high + highOf(print)) | 0;
    }
    return joined(low, high);
  }
}

/** 53 bits of a text, in two lanes. */
function hashText(text: string, seed: number): number {
  let low = 0x811c9dc5 ^ seed;
  let high = 0x1b873593 ^ text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
  }
  return joined(low ^ (low >>> 15), high ^ (high >>> 13));
}

/** One hash of two, in their order. */
function mixed(a: number, b: number): number {
  const low = Math.imul((a >>> 0) ^ Math.imul(b >>> 0, 0x9e3779b1), 0x85ebca77) + highOf(b);
  const high = Math.imul(highOf(a) ^ Math.imul(highOf(b), 0xc2b2ae3d), 0x27d4eb2f) + (a >>> 0);
  return joined(low ^ (low >>> 16), high ^ (high >>> 15));
}

const highOf = (print: number): number => Math.floor(print / 0x1_0000_0000);
const joined = (low: number, high: number): number => (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
