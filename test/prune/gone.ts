import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { chat, NEWEST } from "../mend/named.ts";

/** A test file whose `test_kept` is there, and whose `test_gone` is not. */
export const FILE = "tests/a/test_a.py";
export const SOURCE = "def test_kept(): pass\n";
const FOLDER = "tests/a/recordings";

/** Recordings by path: those that go, and those that stay. */
export interface Made {
  gone: Record<string, string>;
  kept: Record<string, string>;
}

/** Recordings of a test; each is longer than the one before. */
const recordingsOf = (test: string, count: number, folder: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const { name, text } = chat(NEWEST, { test, asked: `Question ${at}: ${"how high, ".repeat(at)}` });
      return [`${folder}/${name}.json`, text];
    }),
  );

/** A tree in which so many recordings go and so many stay. */
export function made(gone: number, kept: number, under = ""): Made & { files: Record<string, string> } {
  const recordings = {
    gone: recordingsOf(`${FILE}::test_gone`, gone, under + FOLDER),
    kept: recordingsOf(`${FILE}::test_kept`, kept, under + FOLDER),
  };
  return { ...recordings, files: { [under + FILE]: SOURCE, ...recordings.gone, ...recordings.kept } };
}

/** What is known of a file without opening it again: its bytes, its mode, and when it was last changed, in nanoseconds. */
export type Whole = string;

/** Every file below a folder, but for those in git directories and journals. */
export function wholes(cwd: string): Record<string, Whole> {
  const found: [string, Whole][] = [];
  for (const entry of readdirSync(cwd, { recursive: true, withFileTypes: true })) {
    const place = join(entry.parentPath, entry.name);
    const path = place.slice(cwd.length + 1);
    if (!entry.isFile() || /(?:^|\/)\.(?:git|recctl)(?:\/|$)/.test(path)) continue;
    found.push([path, wholeAt(place)]);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function wholeAt(place: string): Whole {
  const { mode, mtimeNs } = lstatSync(place, { bigint: true });
  return `${mode.toString(8)} ${mtimeNs} ${readFileSync(place, "utf8")}`;
}

/** Whether a folder, with what is in it, lies on another file system than another. */
export const apart = (a: string, b: string): boolean => statSync(a).dev !== statSync(b).dev;
