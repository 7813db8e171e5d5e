import { folderOf, splitTestId, testOf } from "./testid.ts";

/** A recording, by the absolute path of its folder (with `/`), and the test id that it holds. */
export interface Recorded {
  place: string;
  testId: string;
}

/** The folder that a test id is relative to, absolute, "/" for the topmost one; or why none can be told. */
export type Root = { root: string; why: null } | { root: null; why: string };

/**
 * The root of each recording's test id, in the order asked: the R for which `R/<folder of the test file>/recordings` is where the
 * recording lies (FORMAT, section 1). R counts only if the file of another test under it is there: some producers make up ids whose
 * file never existed. `isFile` answers for the disk and git's index; it is asked once for a path.
 */
export function rootsOf(recordings: readonly Recorded[], isFile: (path: string) => boolean): Root[] {
  const found = recordings.map(candidate);
  const tests = new Map<string, Map<string, string>>();
  for (const each of found) {
    if (!("root" in each)) continue;
    const under = tests.get(each.root) ?? new Map<string, string>();
    tests.set(each.root, under.set(each.test, each.file));
  }
  const there = new Map([...tests].map(([root, under]) => [root, testsThere(root, under, isFile)]));
  return found.map((each) => {
    if (!("root" in each)) return { root: null, why: each.why };
    const others = there.get(each.root) ?? [];
    if (others.some((test) => test !== each.test)) return { root: each.root, why: null };
    return { root: null, why: `no other test under ${each.root} has a file that is there` };
  });
}

/** The folder that a recording lies below with the path of its test, whether that counts or not; null where it does not lie beside it. */
export function homeOf(recorded: Recorded): string | null {
  const found = candidate(recorded);
  return "root" in found ? found.root : null;
}

type Candidate = { root: string; test: string; file: string } | { why: string };

function candidate({ place, testId }: Recorded): Candidate {
  const id = splitTestId(testId);
  if ("why" in id) return id;
  const folder = folderOf(id.file);
  const end = `${folder === "" ? "" : `/${folder}`}/recordings`;
  if (!place.endsWith(end)) return { why: "it does not lie beside its test" };
  return { root: place.slice(0, -end.length) || "/", test: testOf(id), file: id.file };
}

/** Two tests whose files are there; one alone does not count for itself, and more would change nothing. */
function testsThere(root: string, tests: ReadonlyMap<string, string>, isFile: (path: string) => boolean): string[] {
  const known = new Map<string, boolean>();
  const there: string[] = [];
  for (const [test, file] of tests) {
    const is = known.get(file) ?? isFile(`${root === "/" ? "" : root}/${file}`);
    known.set(file, is);
    if (is && there.push(test) === 2) break;
  }
  return there;
}
