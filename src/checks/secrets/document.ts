import { Assembler } from "../../dialects/message.ts";
import type { Unit } from "../../dialects/units.ts";
import type { JsonPath } from "../../recording/json/locate.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { type Secret, secretsIn } from "./scan.ts";
import { conspicuous, namingKey, SHORTEST } from "./screen.ts";

/** A secret and the place in a document where it lies. */
export interface Found {
  /** To the value; of a secret in a key, to the value of that key; of a joined one, to the body. */
  path: JsonPath;
  where: "key" | "value";
  /** The secret itself: whoever shows it, masks it. */
  text: string;
  /** Its offsets are into the key or the value; of a joined one, into the text that the chunks add up to. */
  secret: Secret;
  /** It lies in several chunks of a stream, and in none of them whole. */
  joined?: true;
}

/** Slots for texts that hold nothing, a power of two. */
const SLOTS = 256;

/** Shorter texts are read in no more time than they are compared. */
const SHORTEST_KEPT = 12;

/** The secrets in a document, in its keys and its values. */
export function secretsOf(root: JsonValue, allow: readonly string[] = []): Found[] {
  const all: Found[] = [];
  const path: JsonPath = [];
  // The chunks of a stream repeat their ids, types and keys: the last text of each slot is not read twice. The memory
  // goes with the document, for V8 cut its strings out of the document's text and would keep that whole.
  const clean: (string | undefined)[] = new Array(SLOTS).fill(undefined);
  const take = (text: string, where: "key" | "value", key: string | undefined, step?: string | number): boolean => {
    const secrets = secretsIn(text, key, allow);
    for (const secret of secrets) {
      const here = step === undefined ? [] : [...path, step];
      all.push({ path: here, where, text: text.slice(secret.start, secret.end), secret });
    }
    return secrets.length > 0;
  };
  const look = (text: string, where: "key" | "value", key: string | undefined, step: string | number): void => {
    const { length } = text;
    if (length < SHORTEST) return;
    if (key !== undefined && namingKey(key) !== undefined) take(text, where, key, step);
    else if (length < SHORTEST_KEPT) {
      if (conspicuous(text)) take(text, where, key, step);
    } else {
      const slot = (length * 31 + text.charCodeAt(length - 1) * 7 + text.charCodeAt(length >> 1)) & (SLOTS - 1);
      if (clean[slot] !== text && !(conspicuous(text) && take(text, where, key, step))) clean[slot] = text;
    }
  };
  const visit = (value: JsonValue, key: string | undefined, step: string | number, beside?: JsonValue): void => {
    if (typeof value === "string") look(value, "value", key, step);
    else if (value instanceof JsonObject || Array.isArray(value)) {
      path.push(step);
      inside(value, key, beside);
      path.pop();
    }
  };
  // `beside` stands under the same keys and holds nothing: what is the very same value in both was looked at.
  const inside = (value: JsonObject | JsonValue[], key: string | undefined, beside?: JsonValue): void => {
    if (value instanceof JsonObject) {
      const { keys, values } = value;
      const like = beside instanceof JsonObject && beside.keys === keys ? beside.values : undefined;
      for (let at = 0; at < keys.length; at++) {
        const inner = values[at] as JsonValue;
        if (inner === null || (like && inner === like[at])) {
          if (!like) look(keys[at] as string, "key", undefined, keys[at] as string);
          continue;
        }
        const name = keys[at] as string;
        if (!like) look(name, "key", undefined, name);
        visit(inner, name, name, like?.[at]);
      }
    } else {
      // Elements of one array are beside each other; where it is one like another, they are beside that one's.
      let clean = Array.isArray(beside) ? beside[0] : undefined;
      for (let at = 0; at < value.length; at++) {
        const element = value[at] as JsonValue;
        // Embeddings are thousands of numbers each.
        if (element === null || typeof element !== "object") {
          if (typeof element === "string") look(element, "value", key, at);
        } else if (!(element instanceof JsonNumber)) {
          if (element === clean) continue;
          const before = all.length;
          visit(element, key, at, clean);
          if (all.length === before) clean = element;
        }
      }
    }
  };
  if (typeof root === "string") take(root, "value", undefined);
  else if (root instanceof JsonObject || Array.isArray(root)) inside(root, undefined);
  return all;
}

/** The secrets of a recording: those in its document as it is stored, and those that only its chunks together hold. */
export function secretsOfRecording(
  { root, units }: { root: JsonObject; units: readonly Pick<Unit, "pieces">[] },
  allow: readonly string[] = [],
): Found[] {
  const inDocument = secretsOf(root, allow);
  const known = new Set(inDocument.map(({ text }) => text));
  const joined = streamed(units).flatMap((text) =>
    secretsIn(text, undefined, allow).map(
      (secret): Found => ({
        path: ["response", "body"],
        where: "value",
        text: text.slice(secret.start, secret.end),
        secret,
        joined: true,
      }),
    ),
  );
  return [...inDocument, ...joined.filter(({ text }) => !known.has(text))];
}

/** The texts and arguments that the chunks of a stream add up to. */
export function streamed(units: readonly Pick<Unit, "pieces">[]): string[] {
  if (units.length === 0) return [];
  const assembler = new Assembler();
  for (const { pieces } of units) for (const piece of pieces) assembler.add(piece);
  return assembler.message.choices.flatMap(({ parts }) =>
    parts.flatMap((part) => ("text" in part ? [part.text] : part.type === "tool-call" ? [part.arguments] : [])),
  );
}
