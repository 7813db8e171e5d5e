import { JsonNumber, type JsonValue } from "../../recording/json/value.ts";
import { type Alike, groupAlike } from "./alike.ts";
import { BODY, type Look, ROOT } from "./look.ts";

/** An object without a prototype to speak of, as quick as any other: `__proto__` is a key like others. */
const Plain = function Plain() {} as unknown as new () => Record<string, unknown>;
Plain.prototype = Object.create(null);

const EMPTY: readonly unknown[] = [];
const NOTHING = new Plain();

/** A document as the compiled schema reads it. */
export interface PlainDocument {
  /** Plain values, of them what the schema looks at, and of chunks that are alike the first alone. */
  value: unknown;
  /** What the elements of the body stand for. */
  chunks: readonly Alike[];
}

/** Turns a document into plain values. */
export function plain(root: JsonValue): PlainDocument {
  let chunks: readonly Alike[] = [];
  const value = convert(root, ROOT);
  return { value, chunks };

  function convert(value: JsonValue, look: Look): unknown {
    if (typeof value !== "object" || value === null) return value;
    // Where it is looked at for its type alone, any number will do: embeddings are thousands of them.
    if (value instanceof JsonNumber) return look.exact ? value.value : 0;
    if (Array.isArray(value)) return look.items ? convertAll(value, look, look.items) : EMPTY;
    if (!look.inside) return NOTHING;
    const out = new Plain();
    const { keys, values } = value;
    // Of a repeated key the last one wins.
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as string;
      const inner = look.keys.get(key) ?? look.rest;
      if (inner) out[key] = convert(values[at] as JsonValue, inner);
    }
    return out;
  }

  function convertAll(values: JsonValue[], look: Look, items: Look): unknown[] {
    if (look !== BODY) return values.map((element) => convert(element, items));
    chunks = groupAlike(values, items);
    return chunks.map(({ first }) => convert(values[first] as JsonValue, items));
  }
}
