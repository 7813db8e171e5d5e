import { unwrapped } from "../../../dialects/units.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { quoteJson } from "../../../recording/json/write.ts";
import { countText } from "../../../text/bytes.ts";
import { forTerminalJson } from "../../../text/escape.ts";

/** What has members. */
export type Holder = JsonObject | readonly JsonValue[];

/** What a folded part holds, in a few words: `{…} 12 keys`, `[…] 3 elements`. */
export const sizeOf = (value: Holder): string =>
  value instanceof JsonObject
    ? `{…} ${countText(value.keys.length, "key")}`
    : `[…] ${countText(value.length, "element")}`;

/** Values that are looked at for one preview, at most. */
const MOST_VALUES = 400;

/**
 * The beginning of what a folded part holds, `most` characters or a little more. Of an element of a list only what is
 * not as in the one `before` it: the chunks of a stream are alike.
 */
export function previewOf(value: JsonValue, before: JsonValue | undefined, most: number): string {
  const preview = new Preview(most);
  const text = preview.of(value, before) ?? (before === undefined ? "" : "as the one before");
  return forTerminalJson(text.replace(/^[[{]|[\]}]$/g, ""));
}

class Preview {
  private values = 0;
  private length = 0;

  constructor(private readonly most: number) {}

  /** A value in short; null for one that is as `before`. */
  of(value: JsonValue, before: JsonValue | undefined): string | null {
    this.values++;
    const inner = unwrapped(value);
    const other = before === undefined ? undefined : unwrapped(before);
    if (inner instanceof JsonObject || Array.isArray(inner)) {
      if (inner === other) return null;
      const text = this.members(inner, isHolder(other) ? other : undefined);
      const isWhole = this.values < MOST_VALUES;
      if (text === "" && isWhole && other !== undefined && countIn(inner) === countIn(other)) return null;
      return inner instanceof JsonObject ? `{${text}}` : `[${text}]`;
    }
    if (inner instanceof JsonNumber) {
      return other instanceof JsonNumber && other.text === inner.text
        ? null
        : this.took(inner.text.slice(0, this.most));
    }
    if (inner === other) return null;
    return this.took(typeof inner === "string" ? quoted(inner, this.most) : String(inner));
  }

  private members(of: Holder, before: Holder | undefined): string {
    const values = valuesOf(of);
    const others = before && valuesOf(before);
    let out = "";
    for (let at = 0; at < values.length && this.length < this.most && this.values < MOST_VALUES; at++) {
      const key = of instanceof JsonObject ? (of.keys[at] as string) : null;
      const isAlike = before instanceof JsonObject ? before.keys[at] === key : key === null;
      const text = this.of(values[at] as JsonValue, isAlike ? others?.[at] : undefined);
      if (text === null) continue;
      out += `${out === "" ? "" : ", "}${key === null ? "" : `${this.took(bare(key, this.most))}: `}${text}`;
    }
    return out;
  }

  private took(text: string): string {
    this.length += text.length;
    return text;
  }
}

const isHolder = (value: JsonValue | undefined): value is JsonObject | JsonValue[] =>
  value instanceof JsonObject || Array.isArray(value);
const valuesOf = (of: Holder): readonly JsonValue[] => (of instanceof JsonObject ? of.values : of);
const countIn = (value: JsonValue): number => (isHolder(value) ? valuesOf(value).length : -1);

/** A string as JSON has it; of a long one its beginning. */
export const quoted = (text: string, most: number): string =>
  text.length > most ? quoteJson(`${text.slice(0, most)}…`, false) : quoteJson(text, false);

/** A key without quotes where it needs none. */
const bare = (key: string, most: number): string => (/^\w{1,40}$/.test(key) ? key : quoted(key, most));
