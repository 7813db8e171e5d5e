import { join } from "node:path";
import { resolveTest } from "../usage/sources/resolve.ts";
import { homeOf, type Root, rootsOf } from "../usage/sources/roots.ts";
import { folderOf, splitTestId, testOf } from "../usage/sources/testid.ts";
import type { Candidate, Sourced } from "../usage/verdicts/index.ts";
import type { TestSources } from "./test-sources.ts";

/** What test sources tell of recordings. */
export interface Sourcing {
  /** Whether any test is gone. */
  anyGone: boolean;
  sourced(candidate: Pick<Candidate, "place" | "testId">): Sourced | undefined;
  /** Whether the test file of a recording is there; false where none can be told. */
  isThere(candidate: Candidate): boolean;
  /** Whether test files of this path lie below several folders: what tells of an id does not tell of which. */
  ambiguous(): Promise<(candidate: Candidate) => boolean>;
  /** The folders that test ids are relative to, absolute. */
  tops: ReadonlySet<string>;
  /** Whether a path is a file below any folder that test ids are relative to; where none is known, below one that they may be. */
  isFile(path: string): boolean;
}

/** A test as the recordings of a folder (absolute) name it: all of them have the same root. */
export interface Named {
  place: string;
  testId: string;
}

/** Tells tests of folders apart. */
export const keyOf = ({ place, testId }: Named): string => `${place}\0${testId}`;

/** Looks for the tests of all recordings, each test once. `named`: each test of a folder once. */
export async function sourcingOf(named: readonly Named[], sources: TestSources): Promise<Sourcing> {
  const found = await certain(sources, () => rootsOf(named, (path) => sources.isFile(path)));
  const roots = new Map(named.map((one, at) => [keyOf(one), found[at] as Root]));
  const tests = new Map<string, string>();
  const wanted = new Map<string, () => Sourced>();
  for (const [at, one] of named.entries()) {
    const { testId } = one;
    const root = found[at]?.root;
    if (typeof root !== "string") continue;
    const split = splitTestId(testId);
    const test = `${root}\0${"why" in split ? testId : testOf(split)}`;
    tests.set(keyOf(one), test);
    const world = {
      read: (path: string) => sources.read(join(root, path)),
      text: (path: string) => sources.text(join(root, path)),
    };
    if (!wanted.has(test)) wanted.set(test, () => ({ resolved: resolveTest(testId, world) }));
  }
  const resolved = await withoutIgnored(await resolvedAll(wanted, sources), sources);
  const tops = new Set(found.flatMap(({ root }) => root ?? []));
  const homes = new Set([...tops, ...named.flatMap((one) => homeOf(one) ?? [])]);
  // One test alone has no root; where its file is, evidence may still tell of it.
  const beginnings = tops.size > 0 ? tops : homes;
  const files = new Set(named.flatMap(({ testId }) => fileIn(testId) ?? []));
  return {
    anyGone: [...resolved.values()].some((one) => "resolved" in one && one.resolved.state === "gone"),
    sourced(candidate) {
      const key = keyIn(candidate);
      const root = roots.get(key);
      return root?.root === null ? { root } : resolved.get(tests.get(key) ?? "");
    },
    isThere(candidate) {
      const root = roots.get(keyIn(candidate))?.root;
      const split = splitTestId(candidate.testId ?? "");
      return typeof root === "string" && !("why" in split) && sources.isFile(join(root, split.file));
    },
    async ambiguous() {
      const twice = homes.size > 1 ? await certain(sources, () => severalTimes(files, homes, sources)) : new Set();
      return ({ testId }) => twice.has(fileIn(testId ?? ""));
    },
    tops,
    isFile: (path) => [...beginnings].some((root) => sources.isFile(join(root, path))),
  };
}

const keyIn = ({ place, testId }: Pick<Candidate, "place" | "testId">): string =>
  keyOf({ place: folderOf(place), testId: testId ?? "" });

function fileIn(testId: string): string | null {
  const split = splitTestId(testId);
  return "why" in split ? null : split.file;
}

/** The files that lie below more than one of the folders. */
const severalTimes = (files: ReadonlySet<string>, homes: ReadonlySet<string>, sources: TestSources): Set<string> =>
  new Set([...files].filter((file) => [...homes].filter((home) => sources.isFile(join(home, file))).length > 1));

/** A test file that git ignores may not be made yet: where it is not there, nothing is known of its tests. */
async function withoutIgnored(resolved: Map<string, Sourced>, sources: TestSources): Promise<Map<string, Sourced>> {
  const absent = new Map<string, string>();
  for (const [key, sourced] of resolved) {
    if (!("resolved" in sourced) || sourced.resolved.state !== "gone") continue;
    const path = join(key.slice(0, key.indexOf("\0")), sourced.resolved.file ?? "");
    if (sources.read(path) === "absent") absent.set(key, path);
  }
  if (absent.size === 0) return resolved;
  const ignored = await sources.ignored([...new Set(absent.values())]);
  for (const [key, path] of absent) {
    const one = resolved.get(key);
    if (!ignored.has(path) || !one || !("resolved" in one)) continue;
    const { file } = one.resolved;
    resolved.set(key, {
      resolved: { state: "unknown", why: `${file} is not there, and git ignores it`, file, line: null },
    });
  }
  return resolved;
}

/** Asks each until its answer rests on no guess. */
async function resolvedAll(
  wanted: ReadonlyMap<string, () => Sourced>,
  sources: TestSources,
): Promise<Map<string, Sourced>> {
  const resolved = new Map<string, Sourced>();
  do {
    for (const [key, resolve] of wanted) {
      if (resolved.has(key)) continue;
      const before = sources.guessed;
      const answer = resolve();
      if (sources.guessed === before) resolved.set(key, answer);
    }
  } while (await sources.settle());
  return resolved;
}

/** An answer that rests on no guess. */
async function certain<T>(sources: TestSources, ask: () => T): Promise<T> {
  for (;;) {
    const before = sources.guessed;
    const answer = ask();
    if (sources.guessed === before) return answer;
    await sources.settle();
  }
}
