import { sha256 } from "../recording/digest.ts";
import { type JsonPath, pathText } from "../recording/json/locate.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";
import { dumps } from "../recording/names/dumps.ts";
import type { Change, Volatile, WordPiece } from "./change.ts";

/** One change, and all pairs that have it. */
export interface Cluster {
  /** The same whenever the same change is found: 8 hex digits, or more where two would share them. */
  id: string;
  /** Where it stands now (what is removed: where it stood); an index that is not the same in all pairs is `[]`. */
  path: string;
  op: Change["op"];
  /** What was recorded and what is asked now, volatile values as placeholders. Of long texts that change in words: see {@link words}. */
  old: JsonValue | undefined;
  now: JsonValue | undefined;
  /** Of texts the words that changed, with `…` for those that did not; null where all of {@link old} and {@link now} is the change. */
  words: WordPiece[] | null;
  volatile: Volatile | null;
  /** Whether names see it in no pair. */
  evened: boolean;
  /** Indexes of the pairs, each once, in order. */
  pairs: number[];
  /** Their tests, each once, in order. */
  tests: string[];
}

/** A pair, as far as clusters ask for it. */
export interface Changed {
  changes: readonly Change[];
  testId: string | null;
}

/** Texts up to this length are told whole. */
const SHORT = 80;

/** A cluster that grows. */
interface Growing {
  first: Change;
  shape: Shape;
  /** The path so far: steps on which not all agree are null. */
  path: (string | number | null)[];
  evened: boolean;
  pairs: Set<number>;
  tests: Set<string>;
}

/** What of a change is the same wherever it stands. */
interface Shape {
  old: JsonValue | undefined;
  now: JsonValue | undefined;
  words: WordPiece[] | null;
}

/**
 * The changes of many pairs, each told once with all pairs that have it, most pairs first. Two changes are one if they differ in
 * indexes of their paths and in volatile values alone. `placeholder` replaces those in a text.
 */
export function clustersOf(pairs: readonly Changed[], placeholder: (text: string) => string): Cluster[] {
  const found = new Map<string, Growing>();
  for (const [index, { changes, testId }] of pairs.entries()) {
    for (const change of changes) {
      const shape = shapeOf(change, placeholder);
      const key = keyOf(change, shape);
      let own = found.get(key);
      if (!own) {
        own = { first: change, shape, path: [...pathOf(change)], evened: true, pairs: new Set(), tests: new Set() };
        found.set(key, own);
      }
      for (const [at, step] of pathOf(change).entries()) if (own.path[at] !== step) own.path[at] = null;
      own.evened &&= change.evened;
      own.pairs.add(index);
      if (testId !== null) own.tests.add(testId);
    }
  }
  return named(found).sort(
    (a, b) =>
      b.pairs.length - a.pairs.length || b.tests.length - a.tests.length || order(a.path, b.path) || order(a.id, b.id),
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const pathOf = ({ from, to }: Change): JsonPath => to ?? from ?? [];

function named(found: ReadonlyMap<string, Growing>): Cluster[] {
  const hashes = [...found.keys()].map((key) => sha256(key));
  const uses = new Map<string, number>();
  for (const hash of hashes) uses.set(hash.slice(0, 8), (uses.get(hash.slice(0, 8)) ?? 0) + 1);
  return [...found.values()].map(({ first, shape, path, evened, pairs, tests }, at) => {
    const hash = hashes[at] as string;
    return {
      id: hash.slice(0, uses.get(hash.slice(0, 8)) === 1 ? 8 : 16),
      path: evenPath(path),
      op: first.op,
      ...shape,
      volatile: first.volatile,
      evened,
      pairs: [...pairs],
      tests: [...tests],
    };
  });
}

/** A path as text, `[]` where there is any index. */
function evenPath(path: readonly (string | number | null)[]): string {
  const cut = path.indexOf(null);
  if (cut < 0) return pathText(path as JsonPath);
  const rest = path.slice(cut + 1);
  const behind = rest.length === 0 ? "" : evenPath(["", ...rest]).replace(/^\[""\]/, "");
  return `${pathText(path.slice(0, cut) as JsonPath)}[]${behind}`;
}

function keyOf(change: Change, { old, now, words }: Shape): string {
  const steps = (path: JsonPath | null): JsonValue =>
    path === null ? null : path.map((step) => (typeof step === "number" ? true : step));
  const values = words ? words.map(({ op, text }) => [op, text]) : [old ?? null, now ?? null];
  // What is only removed or added has null on one side, and the operation beside it.
  return dumps([change.op, change.volatile, steps(change.from), steps(change.to), ...values]);
}

function shapeOf(change: Change, placeholder: (text: string) => string): Shape {
  const { volatile } = change;
  const stand = (value: JsonValue | undefined): JsonValue | undefined =>
    value === undefined ? undefined : standing(value, volatile, placeholder);
  const long = [change.old, change.now].some((value) => typeof value === "string" && value.length > SHORT);
  // Such a text is another in each pair, and what changed in it is not.
  if (long && volatile !== null) return { old: `<${volatile}>`, now: `<${volatile}>`, words: null };
  const changed = change.words ? withoutSame(change.words) : [];
  const words = long && changed.length > 0 ? changed.map(({ op, text }) => ({ op, text: placeholder(text) })) : null;
  return { old: stand(change.old), now: stand(change.now), words };
}

/** What changed, with `…` for what stands between. */
function withoutSame(words: readonly WordPiece[]): WordPiece[] {
  const ends = [0, words.length - 1];
  return words.flatMap((piece, at): WordPiece[] => {
    if (piece.op !== "same") return [piece];
    return ends.includes(at) ? [] : [{ op: "same", text: "…" }];
  });
}

/** A value with placeholders; a volatile text that none is found in is one as a whole. */
function standing(value: JsonValue, volatile: Volatile | null, placeholder: (text: string) => string): JsonValue {
  if (typeof value === "string") {
    const text = placeholder(value);
    return volatile !== null && text === value ? `<${volatile}>` : text;
  }
  if (Array.isArray(value)) return value.map((element) => standing(element, null, placeholder));
  if (!(value instanceof JsonObject)) return volatile !== null && value !== null ? `<${volatile}>` : value;
  return new JsonObject(
    value.keys,
    value.values.map((member) => standing(member, null, placeholder)),
  );
}
