import { JsonNumber, JsonObject, type JsonValue } from "./value.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const NEWLINE = 10;
const SPACE = 32;
const CLOSING = 93;

/** What a template needs of the reader that it reads for. */
export interface TemplateReader {
  readonly text: string;
  at: number;
  depth: number;
  value(code: number): JsonValue;
}

/** The bytes of a text of ASCII: an offset into one is an offset into the other. */
export class Bytes {
  readonly view: DataView;
  constructor(readonly all: Buffer) {
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }
}

type Container = JsonObject | JsonValue[];

/**
 * An object that was read, and where each of its scalars stands: what is like it but for scalars is compared with
 * it eight bytes at a time, and only what differs is read. What does not differ is the very same value in both,
 * so that whoever walks over the two need not walk twice.
 */
export class Template {
  private readonly nodes: Container[] = [];
  private readonly parents: number[] = [];
  private readonly places: number[] = [];
  private readonly copies: (Container | undefined)[] = [];
  /** Of each scalar (and of each empty container) its place in the file, and the node that it lies in. */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly owners: number[] = [];
  private readonly indexes: number[] = [];
  private readonly depths: number[] = [];

  /** @param from where `value` stands, as a recorder writes it, to `to` */
  constructor(
    private readonly bytes: Bytes,
    private readonly from: number,
    private readonly to: number,
    value: JsonObject,
  ) {
    this.look(value, from, -1, 0, 1);
  }

  /** Notes what is inside of a container that begins at `start`; tells where it ends. */
  private look(value: Container, start: number, parent: number, place: number, depth: number): number {
    const { all } = this.bytes;
    const node = this.nodes.push(value) - 1;
    this.parents.push(parent);
    this.places.push(place);
    this.copies.push(undefined);
    const isObject = value instanceof JsonObject;
    const values = isObject ? value.values : value;
    let at = start + 1;
    for (let index = 0; index < values.length; index++) {
      while (all[at] === NEWLINE || all[at] === SPACE || all[at] === COMMA) at++;
      if (isObject) at = stringEnd(all, at) + 2;
      const inner = values[index] as JsonValue;
      if (isFilled(inner)) {
        at = this.look(inner, at, node, index, depth + 1);
        continue;
      }
      this.starts.push(at);
      at = scalarEnd(all, at);
      this.ends.push(at);
      this.owners.push(node);
      this.indexes.push(index);
      this.depths.push(depth);
    }
    while (all[at] === NEWLINE || all[at] === SPACE) at++;
    return at + 1;
  }

  /** The object at the reader's place, if it is like this one; else undefined, and the reader stands anywhere. */
  read(reader: TemplateReader): JsonObject | undefined {
    const { bytes, to, starts, ends, depths } = this;
    const { all, view } = bytes;
    const last = all.length - 8;
    const { depth } = reader;
    let old = this.from;
    let { at } = reader;
    let leaf = 0;
    let differs = false;
    for (;;) {
      while (old + 8 <= to && at <= last && view.getFloat64(old) === view.getFloat64(at)) {
        old += 8;
        at += 8;
      }
      while (old < to && all[old] === all[at]) {
        old++;
        at++;
      }
      if (old >= to) break;
      // A number may go on where the other one ended.
      while (leaf < ends.length && (ends[leaf] as number) < old) leaf++;
      const start = starts[leaf];
      if (start === undefined || start > old) return undefined;
      const here = at - (old - start);
      const code = reader.text.charCodeAt(here);
      // Where this one has a first element, an array may end.
      if (!(code > SPACE) || code === CLOSING) return undefined;
      reader.at = here;
      reader.depth = depth + (depths[leaf] as number);
      const value = reader.value(code);
      reader.depth = depth;
      old = ends[leaf] as number;
      at = reader.at;
      if (all[old] !== all[at]) return undefined;
      if (!differs) this.copies.fill(undefined);
      differs = true;
      put(this.copyOf(this.owners[leaf] as number), this.indexes[leaf] as number, value);
    }
    reader.at = at;
    return (differs ? this.copies[0] : this.nodes[0]) as JsonObject;
  }

  private copyOf(node: number): Container {
    const known = this.copies[node];
    if (known !== undefined) return known;
    const original = this.nodes[node] as Container;
    const copy = Array.isArray(original) ? original.slice() : new JsonObject(original.keys, original.values.slice());
    this.copies[node] = copy;
    const parent = this.parents[node] as number;
    if (parent >= 0) put(this.copyOf(parent), this.places[node] as number, copy);
    return copy;
  }
}

function put(container: Container, index: number, value: JsonValue): void {
  if (Array.isArray(container)) container[index] = value;
  else container.values[index] = value;
}

const isFilled = (value: JsonValue): value is Container =>
  typeof value === "object" &&
  value !== null &&
  !(value instanceof JsonNumber) &&
  (Array.isArray(value) ? value : value.values).length > 0;

/** Where the string that opens at `start` ends, its quote included. */
function stringEnd(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (let code = bytes[at]; code !== QUOTE; code = bytes[at]) at += code === BACKSLASH ? 2 : 1;
  return at + 1;
}

function scalarEnd(bytes: Buffer, start: number): number {
  if (bytes[start] === QUOTE) return stringEnd(bytes, start);
  let at = start;
  while (bytes[at] !== COMMA && bytes[at] !== NEWLINE) at++;
  return at;
}

/** How many templates of one array are compared with. */
const COMPARED = 4;

/** After so many objects that were like none, an array's are read without. */
const MOST_MISSES = 24;

/** Longer objects are not remembered: there are not many like them. */
const LONGEST = 1 << 16;

/** The objects of one array, one after another: those of a stream are alike. */
export class Series {
  private readonly known: Template[] = [];
  private pending: { from: number; to: number; value: JsonObject } | undefined;
  private misses = 0;

  constructor(private readonly bytes: Bytes) {}

  /** The object at the reader's place if it is like one before; else undefined, and the reader stands where it did. */
  read(reader: TemplateReader): JsonObject | undefined {
    const { at } = reader;
    for (let index = 0; index < this.known.length; index++) {
      const template = this.known[index] as Template;
      const value = template.read(reader);
      if (value !== undefined) {
        if (index > 0) this.known.unshift(...this.known.splice(index, 1));
        return value;
      }
      reader.at = at;
    }
    return this.readPending(reader, at);
  }

  private readPending(reader: TemplateReader, at: number): JsonObject | undefined {
    const { pending, known } = this;
    if (!pending) return undefined;
    this.pending = undefined;
    const template = new Template(this.bytes, pending.from, pending.to, pending.value);
    known.unshift(template);
    if (known.length > COMPARED) known.pop();
    const value = template.read(reader);
    if (value === undefined) reader.at = at;
    return value;
  }

  /** Takes an object that was read without, from `from` to `to`, and is written as a recorder writes it. */
  learn(from: number, to: number, value: JsonObject): void {
    if (++this.misses > MOST_MISSES || to - from > LONGEST || value.keys.length === 0) return;
    this.pending = { from, to, value };
  }
}
