import type { Found } from "./store.ts";

/** Where look-ups outside of a test find recordings, and those of tests after their own folder. */
export const FALLBACK = "tests/integration/common/recordings";

/** The folder of a test's recordings, as text to compare with: a test id is data and never opens anything. */
function homeOf(testId: string | null, fallback: string): string {
  if (testId === null) return fallback;
  const file = testId.split("::", 1)[0] as string;
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  return `${folder}recordings`;
}

/** Whether a path lies right in a folder of which only the end is known, as stores begin anywhere. */
function liesIn(path: string, folder: string): boolean {
  const own = path.slice(0, path.lastIndexOf("/"));
  return own === folder || own.endsWith(`/${folder}`) || (own !== "" && folder.endsWith(`/${own}`));
}

/** 0: in the folder of the test; 1: in the one that all tests share; 2: elsewhere. */
export function distanceOf({ path }: Pick<Found, "path">, testId: string | null, fallback: string): 0 | 1 | 2 {
  if (liesIn(path, homeOf(testId, fallback))) return 0;
  return liesIn(path, fallback) ? 1 : 2;
}

/** Of recordings with one name those that a recorder would find: of the test's own folder, else of the shared one, else any. */
export function nearestOf(found: readonly Found[], testId: string | null, fallback: string): readonly Found[] {
  const distances = found.map((one) => distanceOf(one, testId, fallback));
  const nearest = Math.min(...distances);
  return found.filter((_, at) => distances[at] === nearest);
}

/** Model lists that are united: of the test's folder and of the shared one, and where neither has any, all. */
export function unitedOf(found: readonly Found[], testId: string | null, fallback: string): readonly Found[] {
  const near = found.filter((one) => distanceOf(one, testId, fallback) < 2);
  return near.length > 0 ? near : found;
}
