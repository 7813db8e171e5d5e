import { join } from "node:path";
import { differenceOf, type FilePair } from "../../src/store/sides/difference.ts";
import { type Sides, type SidesOptions, sidesOf } from "../../src/store/sides/index.ts";
import type { Side, SideFile } from "../../src/store/sides/side.ts";
import { GIT_ENV } from "./repository.ts";

/** The sides that words name in a folder. */
export const sidesIn = (cwd: string, args: readonly string[] = [], more: Partial<SidesOptions> = {}): Promise<Sides> =>
  sidesOf(args, { staged: false, cwd, env: GIT_ENV, ...more });

/** What each file of a side holds, by path; in angle brackets why one cannot be read. */
export async function textsOf(side: Side, files: readonly SideFile[] = side.files): Promise<Record<string, string>> {
  const texts = new Map<string, string>();
  await side.read(files, (file, got) => {
    texts.set(file.path, "bytes" in got ? got.bytes.toString() : `<${got.flaw.message}>`);
  });
  return Object.fromEntries([...texts].sort());
}

/** A difference as paths; what is empty is left out. */
export async function differs({ old, now }: Sides): Promise<Record<string, unknown>> {
  const { added, removed, changed, moved, same, leftOut } = await differenceOf(old, now);
  const pathsOf = (files: readonly SideFile[]): string[] => files.map(({ path }) => path);
  const pairsOf = (pairs: readonly FilePair[]): string[] =>
    pairs.map(([one, other]) => (one.path === other.path ? one.path : `${one.path} -> ${other.path}`));
  const told = {
    added: pathsOf(added),
    removed: pathsOf(removed),
    changed: pairsOf(changed),
    moved: pairsOf(moved),
    leftOut: leftOut.map(({ path, message }) => `${path}: ${message}`),
  };
  return { ...Object.fromEntries(Object.entries(told).filter(([, list]) => list.length > 0)), same };
}

/** A side whose reads are counted: the paths that were asked for, in order. */
export function watched(side: Side): { side: Side; read: string[] } {
  const read: string[] = [];
  return {
    read,
    side: {
      ...side,
      read: (files, take) => {
        read.push(...files.map(({ path }) => path));
        return side.read(files, take);
      },
    },
  };
}

/** A path of a recording in a suite. */
export const at = (suite: string, name: string): string => join(suite, "recordings", `${name}.json`);
