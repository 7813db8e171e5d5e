import type { Broken, Entry } from "../../../src/listing/entry.ts";
import { KEYS, type Verb } from "../../../src/tui/keys.ts";
import type { Action } from "../../../src/tui/state/action.ts";
import type { Effect } from "../../../src/tui/state/effect.ts";
import type { Body, State } from "../../../src/tui/state/state.ts";
import { whereOf } from "../../../src/tui/state/update.ts";
import { DEMO } from "../../demo.ts";
import { body, entry, peek, tree } from "./made.ts";

/** What lies on a made-up disk, and what the machine wanted and has not been told yet. */
export interface World {
  random: (below: number) => number;
  entries: Entry[];
  broken: Broken[];
  wanted: Effect[];
}

export function worldOf(seed: number): World {
  const random = generator(seed);
  const world: World = { random, entries: [], broken: [], wanted: [] };
  for (let count = random(40); count > 0; count--) grow(world);
  return world;
}

/** Numbers from 0 up to `below`, the same for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const FILES = ["a/b/test_x.py", "a/b/c/d/test_y.py", "test_z.py", "a//b/test_x.py", "/a/test_w.py", "灯/test_v.py", ""];
const TESTS = ["::test_1", "::test_2[a/b::c]", "::Test::test_3", "", "::test_4[\u001b[31m]"];

function grow(world: World): void {
  const { random, entries, broken } = world;
  const path = `${["", "recordings/", "a/recordings/", "a/b/recordings/"][random(4)]}${random(60)}.json`;
  if (entries.some((one) => one.path === path) || broken.some((one) => one.path === path)) return;
  if (random(12) === 0) broken.push({ path, line: 1, column: random(9), message: "no JSON" });
  else {
    const testId = random(5) === 0 ? null : `${pick(world, FILES)}${pick(world, TESTS)}`;
    entries.push({ ...entry(path, testId, likeOf(path), random(1000)) });
  }
}

/** The project's own recordings with the fewest lines: many screens are made. */
const SMALL = DEMO.map((_, at) => at)
  .filter((at) => JSON.stringify(DEMO[at]?.recording.body).length < 20_000)
  .slice(0, 12);
const likeOf = (path: string): number => SMALL[Number(/\d+/.exec(path)?.[0] ?? 0) % SMALL.length] as number;
const bodies = new Map<string, Body>();
function bodyFor(path: string): Body {
  let known = bodies.get(path);
  if (!known) {
    known = path.endsWith("7.json")
      ? { path, flaw: { line: 1, column: 1, message: "gone" } }
      : body(path, likeOf(path));
    bodies.set(path, known);
  }
  return known;
}
const peeks = SMALL.map(peek);

const pick = <T>({ random }: World, list: readonly T[]): T => list[random(list.length)] as T;

/** Files come, go and change. */
function shake(world: World): void {
  const { random, entries } = world;
  for (let count = random(4); count > 0; count--) {
    const kind = random(4);
    if (kind === 0) grow(world);
    else if (kind === 1) world.entries = entries.filter(() => random(8) > 0);
    else if (kind === 2)
      world.entries = world.entries.map((one) => (random(6) === 0 ? { ...one, bytes: random(999) } : one));
    else world.broken = world.broken.filter(() => random(2) > 0);
  }
  if (random(60) === 0) world.entries = [];
  if (world.entries.length === 0) for (let count = random(30); count > 0; count--) grow(world);
}

const ALL = Object.keys(KEYS) as Verb[];
const TEXTS = ["test_1", "a", "--failed", "é", "e\u0301", "👩‍👩‍👧", "\u0301", "x\ny", "\u001b[31m", " ", "", "*"];

/** Anything that may happen: keys that hold, keys that do not, the terminal, and what was wanted, late or of another time. */
export function strayAction(world: World, state: State): Action {
  const { random, wanted } = world;
  const chance = random(100);
  if (chance < 55) {
    const where = whereOf(state);
    const here = ALL.filter((verb) => KEYS[verb].where.includes(where));
    return { type: "do", verb: random(20) === 0 ? pick(world, ALL) : pick(world, here) };
  }
  if (chance < 60) return { type: "input", text: pick(world, TEXTS) };
  if (chance < 63) return { type: "resize", size: pick(world, SIZES) };
  if (chance < 68) {
    const place = { column: random(state.size.columns), row: random(state.size.rows) };
    return random(2) === 0 ? { type: "click", ...place } : { type: "wheel", by: random(7) - 3, ...place };
  }
  if (chance < 70) shake(world);
  const effect = wanted.splice(random(Math.min(wanted.length, 6) || 1), 1)[0];
  while (wanted.length > 30) wanted.shift();
  return (effect && answerTo(world, effect)) ?? unasked(world, state);
}

const SIZES = [
  [1, 1],
  [39, 10],
  [40, 10],
  [60, 20],
  [79, 24],
  [80, 24],
  [100, 30],
  [120, 30],
  [160, 48],
  [300, 9],
].map(([columns, rows]) => ({ columns, rows }) as State["size"]);

/** What comes of an effect; nothing of some. */
function answerTo(world: World, effect: Effect): Action | undefined {
  const { random } = world;
  const some = (paths: readonly string[]) => paths.filter(() => random(3) === 0);
  switch (effect.type) {
    case "scan":
      return scan(world);
    case "open":
      return { type: "opened", body: bodyFor(effect.path) };
    case "peek":
      return { type: "peeked", peeks: new Map(effect.paths.map((path) => [path, pick(world, peeks)])) };
    case "check":
      return {
        type: "checked",
        findings: random(3) === 0 ? { is: "failed", why: "?" } : { is: "known", value: new Map() },
      };
    case "judge":
      return {
        type: "judged",
        verdicts: random(3) === 0 ? { is: "failed", why: "?" } : { is: "known", value: new Map() },
      };
    case "search":
      return { type: "found", text: effect.text, hits: new Set(some(effect.paths)), isDone: random(2) === 0 };
    case "filter": {
      const { line } = effect;
      if (random(4) === 0) return { type: "unfiltered", line, why: "no such flag" };
      return { type: "filtered", filter: { line, kept: new Set(some(world.entries.map(({ path }) => path))) } };
    }
    case "compare":
      return { ...effect, type: "compared", lines: Array.from({ length: random(90) }, (_, at) => `line ${at}`) };
    case "plan": {
      const items = effect.paths.map((path) => ({ path, testId: null, bytes: 1, digest: "" }));
      return { type: "planned", plan: { items, notes: [], refusals: random(3) === 0 ? ["no"] : [] } };
    }
    case "remove": {
      if (random(3) === 0) return { type: "refused", plan: effect.plan, refusals: ["gone"], told: "gone" };
      const paths = effect.plan.items.map(({ path }) => path);
      world.entries = world.entries.filter(({ path }) => !paths.includes(path));
      return { type: "removed", paths, told: "removed" };
    }
    case "timer":
      return effect.then;
    default:
      return undefined;
  }
}

/** What nobody waits for. */
function unasked(world: World, state: State): Action {
  const { random } = world;
  const path = pick(world, [...world.entries.map((one) => one.path), "gone.json"]);
  const kinds: Action[] = [
    scan(world),
    { type: "opened", body: bodyFor(path) },
    { type: "peeked", peeks: new Map([[path, pick(world, peeks)]]) },
    { type: "changed", paths: [path] },
    { type: "tick", turn: random(5) === 0 ? state.turns : random(9) },
    { type: "told", message: { text: "told", tone: "bad" } },
    { type: "found", text: pick(world, TEXTS), hits: new Set([path]), isDone: true },
    { type: "filtered", filter: random(2) === 0 ? null : { line: "--failed", kept: new Set([path]) } },
    { type: "compared", old: path, now: path, columns: 80, lines: [] },
    { type: "planned", plan: { items: [], notes: [], refusals: [] } },
    { type: "removed", paths: [path], told: "removed" },
  ];
  return pick(world, kinds);
}

const scan = (world: World): Action => ({ type: "scanned", tree: tree([...world.entries], [...world.broken]) });
