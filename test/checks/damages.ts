import { parseJson } from "../../src/recording/json/parse.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { INDENTED, PYTHON_INDENTED, writeJson } from "../../src/recording/json/write.ts";

/** Chances that are the same in every run. */
export class Chance {
  constructor(private state: number) {}

  /** From 0 up to, but not, 1 (mulberry32). */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

type Damage = (bytes: Buffer, chance: Chance, other: Buffer) => Buffer;

/** A change of the document, which is then written as a recorder would. */
const ofDocument =
  (change: (root: JsonValue, chance: Chance) => void): Damage =>
  (bytes, chance) => {
    const root = parseJson(bytes.toString());
    change(root, chance);
    return Buffer.from(`${writeJson(root, PYTHON_INDENTED)}\n`);
  };

const ofLines =
  (change: (lines: string[], chance: Chance) => void): Damage =>
  (bytes, chance) => {
    const lines = bytes.toString().split("\n");
    change(lines, chance);
    return Buffer.from(lines.join("\n"));
  };

/** The same document with its text as people read it, where there is more than ASCII in it. */
const raw = (bytes: Buffer): string => `${writeJson(parseJson(bytes.toString()), INDENTED)}\n`;

function flip(bytes: Buffer, chance: Chance): Buffer {
  const flipped = Buffer.from(bytes);
  const at = chance.below(flipped.length);
  flipped[at] = (flipped[at] as number) ^ (1 << chance.below(8));
  return flipped;
}

/** Every object and list of a document that is not empty. */
function containers(value: JsonValue, found: (JsonObject | JsonValue[])[] = []): (JsonObject | JsonValue[])[] {
  const inside = value instanceof JsonObject ? value.values : Array.isArray(value) ? value : [];
  if (inside.length > 0) found.push(value as JsonObject | JsonValue[]);
  for (const one of inside) containers(one, found);
  return found;
}

const objects = (root: JsonValue): JsonObject[] => containers(root).filter((one) => one instanceof JsonObject);

const OTHERS: readonly JsonValue[] = [null, true, "text", new JsonNumber("1"), new JsonNumber("1.5"), []];

/** What befalls files. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  cut: (bytes, chance) => bytes.subarray(0, chance.below(bytes.length)),
  "bit flip": flip,
  "three bit flips": (bytes, chance) => flip(flip(flip(bytes, chance), chance), chance),
  "key dropped": ofDocument((root, chance) => {
    const object = chance.of(objects(root));
    const at = chance.below(object.keys.length);
    object.keys.splice(at, 1);
    object.values.splice(at, 1);
  }),
  "key renamed": ofDocument((root, chance) => {
    const { keys } = chance.of(objects(root));
    const at = chance.below(keys.length);
    keys[at] = `${keys[at]}_`;
  }),
  "value of another type": ofDocument((root, chance) => {
    const container = chance.of(containers(root));
    const values = container instanceof JsonObject ? container.values : container;
    values[chance.below(values.length)] = chance.of(OTHERS);
  }),
  "element dropped": ofDocument((root, chance) => {
    const list = chance.of(containers(root).filter(Array.isArray)) ?? [];
    list.splice(chance.below(list.length), 1);
  }),
  "element twice": ofDocument((root, chance) => {
    const list = chance.of(containers(root).filter(Array.isArray)) ?? [];
    const at = chance.below(list.length);
    list.splice(at, 0, list[at] as JsonValue);
  }),
  "conflict markers": ofLines((lines, chance) => {
    const at = chance.below(lines.length);
    lines.splice(at, 1, "<<<<<<< HEAD", lines[at] as string, "=======", lines[at] as string, ">>>>>>> theirs");
  }),
  "one conflict marker": ofLines((lines, chance) => {
    lines.splice(chance.below(lines.length), 0, chance.of(["<<<<<<< HEAD", "=======", ">>>>>>> theirs"]));
  }),
  "utf-16": (bytes, chance) => {
    const wide = Buffer.from(`${chance.of(["\ufeff", ""])}${raw(bytes)}`, "utf16le");
    return chance.below(2) === 0 ? wide : wide.swap16();
  },
  "latin-1": (bytes) => Buffer.from(raw(bytes), "latin1"),
  "byte order mark": (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  "raw utf-8": (bytes) => Buffer.from(raw(bytes)),
  "windows line ends": (bytes) => Buffer.from(bytes.toString().replaceAll("\n", "\r\n")),
  "lines swapped": ofLines((lines, chance) => {
    const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
  }),
  "neighbours swapped": ofLines((lines, chance) => {
    const at = chance.below(lines.length - 1);
    [lines[at], lines[at + 1]] = [lines[at + 1] as string, lines[at] as string];
  }),
  "line lost": ofLines((lines, chance) => {
    lines.splice(chance.below(lines.length), 1);
  }),
  "line twice": ofLines((lines, chance) => {
    const at = chance.below(lines.length);
    lines.splice(at, 0, lines[at] as string);
  }),
  "two files in one": (bytes, _, other) => Buffer.concat([bytes, other]),
  "another file's end": (bytes, chance, other) =>
    Buffer.concat([bytes.subarray(0, chance.below(bytes.length)), other.subarray(chance.below(other.length))]),
  "another file's content": (_, _chance, other) => other,
  "zeros in the middle": (bytes, chance) => {
    const hole = Buffer.from(bytes);
    const at = chance.below(hole.length);
    return hole.fill(0, at, Math.min(hole.length, at + 1 + chance.below(64)));
  },
};
