import { MODES } from "./modes.ts";
import type { Place, ServePorts, ServeSettings } from "./types.ts";

/** Longer names of folders have no room on any file system. */
const LONGEST = 255;

/** Folders in which recordings are never looked for again, and git's own. */
const NEVER = new Set(["node_modules", ".git", ".recctl", ".venv", "venv", "__pycache__", "dist", "build"]);

/** Why a segment of a path from outside is not followed; null where it is. */
function objection(segment: string): string | null {
  if (segment === "") return "an empty folder name";
  if (segment === "." || segment === "..") return `a folder called ${segment}`;
  if (/[\u0000-\u001f\u007f\\]/.test(segment)) return "a control character or a backslash";
  if (/^[a-z]:/i.test(segment)) return "a drive";
  if (/[\ud800-\udfff]/.test(segment.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) return "half a character";
  if (segment.length > LONGEST) return "a folder name that is too long";
  return NEVER.has(segment.toLowerCase()) ? `a folder called ${segment}` : null;
}

/**
 * The folder that a test's recordings are written to, as the recorder has it: `recordings` beside its file, or the shared one. A test
 * id comes from outside: whatever could lead out of the store, or to where nobody looks, is refused.
 */
export function folderFor(testId: string | null, fallback: string): Pick<Place, "folder"> | { refused: string } {
  if (testId === null) return { folder: fallback };
  const file = testId.split("::", 1)[0] as string;
  if (file.startsWith("/")) return { refused: "the test id begins with an absolute path" };
  const segments = file.split("/");
  const why = segments.map(objection).find((one) => one !== null);
  if (why != null) return { refused: `the path of the test id has ${why}` };
  return { folder: [...segments.slice(0, -1), "recordings"].join("/") };
}

/** Where a test's recordings would lie: in its own folder, and in the shared one. */
export function foldersFor(testId: string | null, fallback: string): string[] {
  const own = folderFor(testId, fallback);
  return "refused" in own ? [fallback] : [...new Set([own.folder, fallback])];
}

/** What stands already where a test's recording of this name is to be written, and is not written over in this mode; null where nothing does. */
export function standingFor(
  testId: string | null,
  name: string,
  { store }: Pick<ServePorts, "store">,
  { mode, fallback }: Pick<ServeSettings, "mode" | "fallback">,
): string | null {
  const { look, write } = MODES[mode];
  const place = folderFor(testId, fallback);
  return !(look && write) || "refused" in place ? null : store.standing({ ...place, name: `${name}.json` });
}
