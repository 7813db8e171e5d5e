import { collectedElsewhere } from "./elsewhere.ts";
import { boundAt, fromFiles, lookUp, newSearch, type Search, stars, type Value } from "./lookup.ts";
import { madeDoubts, members, scopeDoubts } from "./members.ts";
import type { World } from "./modules.ts";
import type { TestSource } from "./source.ts";
import { splitTestId } from "./testid.ts";

/** What test sources tell of a test. */
export interface Resolved {
  /** `unknown` where anything is in doubt: nothing may be concluded from that. */
  state: "there" | "gone" | "unknown";
  /** The fact and its place, for people. */
  why: string;
  /** Where the test is, or where it is missing; null where no file is spoken of. */
  file: string | null;
  line: number | null;
}

/** What one name of a test id came to. */
interface Step {
  places: { file: string; line: number }[];
  values: Value[];
  doubts: string[];
  missing: string;
}

/**
 * Whether the test of a node id is still defined under the root that `world` reads from. `gone` only where its file is absent, or
 * everything that could define it was read and does not; a test that is defined is `there` even where pytest would not collect it.
 */
export function resolveTest(testId: string, world: World): Resolved {
  const id = splitTestId(testId);
  if ("why" in id) return unknown(id.why, null);
  const { file, names } = id;
  const source = world.read(file);
  if (source === "absent") return { state: "gone", why: `${file} is gone`, file, line: null };
  if (source === "unreadable") return unknown(`${file} cannot be read`, file);
  if (names.length === 0) return { state: "there", why: `${file} is there`, file, line: null };
  if (source.broken) return unknown(`${file} cannot be read: line ${source.broken.line}: ${source.broken.why}`, file);
  const search = newSearch(world, file);
  const step = follow(search, file, source, names);
  const [place] = step.places;
  if (place) {
    const where = `${place.file}:${place.line} has ${names.join("::")}`;
    const off = switchedOff(file, source, names);
    return off ? unknown(off, file) : { state: "there", why: where, ...place };
  }
  const [doubt] = [...step.doubts, ...collectedElsewhere(search, id)];
  return doubt === undefined ? { state: "gone", why: step.missing, file, line: null } : unknown(doubt, file);
}

const unknown = (why: string, file: string | null): Resolved => ({ state: "unknown", why, file, line: null });

/** Follows the names of a test id from the module inwards; stops at the first that is not bound. */
function follow(search: Search, file: string, source: TestSource, [first = "", ...more]: readonly string[]): Step {
  let step = inModule(search, file, source, first);
  let owner = first;
  for (const name of more) {
    if (step.places.length === 0) return step;
    step = inValues(search, step, owner, name);
    owner = name;
  }
  return step;
}

function inModule(search: Search, file: string, source: TestSource, name: string): Step {
  const missing = `${file} has no ${name}`;
  const doubts = scopeDoubts(source, source.module, name);
  const around = { file, source, scopes: [source.module] };
  const lines = boundAt(source.module, name);
  if (lines.length > 0) {
    const places = doubts.length > 0 ? [] : lines.map((line) => ({ file, line }));
    const found = lookUp(search, around, name);
    return { places, values: found.values, doubts: [...doubts, ...found.doubts], missing };
  }
  doubts.push(...madeDoubts(source, file));
  const values: Value[] = [];
  const places: Step["places"] = [];
  for (const star of stars(source)) {
    const found = fromFiles(search, { ...star, from: file }, name);
    values.push(...found.values);
    doubts.push(...found.doubts);
    if (found.values.length > 0) places.push({ file, line: star.line });
  }
  return { places, values, doubts, missing };
}

function inValues(search: Search, { values, doubts: before }: Step, owner: string, name: string): Step {
  const places: Step["places"] = [];
  const found: Value[] = [];
  const doubts = [...before];
  const bases = new Set<string>();
  if (values.length === 0) doubts.push(`${owner} is not found`);
  for (const value of values) {
    if (value.kind === "class") {
      const member = members(search, value, name);
      places.push(...member.places);
      found.push(...member.values);
      doubts.push(...member.doubts);
      for (const base of member.bases) bases.add(base);
    } else doubts.push(value.kind === "other" ? value.why : `${owner} is no class that can be read`);
  }
  const nor = bases.size > 0 ? `, nor have its bases ${[...bases].join(", ")}` : "";
  return { places, values: found, doubts, missing: `class ${owner} has no ${name}${nor}` };
}

/** Why pytest would pass over a test that is defined: its module or a class of its id says `__test__ = False`. */
function switchedOff(file: string, source: TestSource, names: readonly string[]): string | null {
  let scopes = [source.module];
  for (const name of ["", ...names]) {
    if (name !== "")
      scopes = scopes.flatMap(({ classes }) => classes.filter((each) => each.name === name)).map(({ body }) => body);
    const off = scopes.find(({ untested }) => untested !== null);
    if (off) return `${file}:${off.untested} says __test__ = False`;
  }
  return null;
}
