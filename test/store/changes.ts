import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../src/recording/digest.ts";
import type { Change, Ports, Step } from "../../src/store/transaction/change.ts";
import { DISK, type Disk } from "../../src/store/transaction/disk.ts";

/** Files by path: mode and content. */
export type Tree = Record<string, readonly [mode: number, content: string]>;

/** Makes a folder hold these files, and nothing else but its git directory or journals. */
export function plant(dir: string, tree: Tree): void {
  for (const name of readdirSync(dir)) {
    if (!name.startsWith(".")) rmSync(join(dir, name), { recursive: true });
  }
  for (const [path, [mode, content]] of Object.entries(tree)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
    chmodSync(join(dir, path), mode);
  }
}

/** Every file in a folder, hidden ones too, but for the git directory and the journals. */
export function grown(dir: string): Tree {
  const tree: Tree = {};
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(dir.length + 1);
    if (/^\.(?:git|recctl)(?:\/|$)/.test(path) || entry.isDirectory()) continue;
    tree[path] = [statSync(join(dir, path)).mode & 0o7777, readFileSync(join(dir, path), "utf8")];
  }
  return Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same in the order of {@link grown}. */
export const sorted = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a step does, in short: a new name, new content, or neither (removed). */
export type Short = { path: string; to?: string; after?: string };

/** A change of files as they are now. */
export function changeOf(dir: string, shorts: readonly Short[], command = "rekey"): Change {
  const steps = shorts.map(({ path, to, after }): Step => {
    const from = join(dir, path);
    const before = sha256(readFileSync(from));
    if (to !== undefined) {
      return {
        type: "rename",
        path: from,
        to: join(dir, to),
        before,
        after: after === undefined ? null : Buffer.from(after),
      };
    }
    return after === undefined
      ? { type: "remove", path: from, before }
      : { type: "rewrite", path: from, before, after: Buffer.from(after) };
  });
  return { command, steps };
}

/** Every kind of step, chains of names, a name that a removed file had, several modes and two folders. */
export const BEFORE: Tree = sorted({
  "recordings/a.json": [0o640, "a"],
  "recordings/b.json": [0o644, "b"],
  "recordings/c.json": [0o444, "c"],
  "recordings/e.json": [0o600, "e"],
  "recordings/f.json": [0o664, "f"],
  "recordings/g.json": [0o644, ""],
  "recordings/h.json": [0o755, "h"],
  "recordings/z.json": [0o644, "z"],
  "other/z.json": [0o644, "z"],
});
export const SHORTS: readonly Short[] = [
  { path: "recordings/a.json", after: "A" },
  { path: "recordings/b.json", to: "recordings/c.json", after: "B" },
  { path: "recordings/c.json", to: "recordings/d.json" },
  { path: "recordings/f.json", to: "recordings/e.json", after: "F" },
  { path: "recordings/e.json" },
  { path: "recordings/g.json", to: "other/g.json" },
  { path: "recordings/h.json" },
];
export const AFTER: Tree = sorted({
  "recordings/a.json": [0o640, "A"],
  "recordings/c.json": [0o644, "B"],
  "recordings/d.json": [0o444, "c"],
  "recordings/e.json": [0o664, "F"],
  "other/g.json": [0o644, ""],
  "recordings/z.json": [0o644, "z"],
  "other/z.json": [0o644, "z"],
});

export function portsFor(cwd: string, more: Partial<Ports> = {}): Ports {
  return {
    cwd,
    recctl: "recctl",
    pid: process.pid,
    now: () => Date.now(),
    breathe: () => undefined,
    isAlive: (pid) => {
      try {
        return process.kill(pid, 0);
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
      }
    },
    ...more,
  };
}

/** What is thrown where the process is meant to be dead. */
export class Killed extends Error {}

/** What takes long, and changes nothing that is looked at: waiting for the disk, and starting what sets times. */
const SLOW: ReadonlySet<string> = new Set(["sync", "times"] satisfies (keyof Disk)[]);

/** The disk, with something that happens before each call; what is slow is left out. */
export function watched(before: (call: keyof Disk, args: readonly unknown[]) => void, disk: Disk = DISK): Disk {
  const calls = Object.entries(disk).map(([name, call]) => [
    name,
    (...args: never[]) => {
      before(name as keyof Disk, args);
      return SLOW.has(name) ? undefined : (call as (...args: never[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(calls) as Disk;
}

/** A disk that is there for so many calls, as for a process that is killed then; what it writes last is half written. */
export function dyingAfter(calls: number, disk: Disk = DISK): { disk: Disk; dead(): boolean } {
  let done = 0;
  const dying = watched((call, args) => {
    if (++done <= calls) return;
    if (done === calls + 1 && call === "write") {
      const bytes = args[1] as Uint8Array;
      disk.write(args[0] as number, bytes.subarray(0, bytes.length >> 1));
    }
    if (done === calls + 1 && call === "append") {
      const bytes = args[1] as Uint8Array;
      disk.append(args[0] as string, bytes.subarray(0, bytes.length >> 1));
    }
    if (call === "close") disk.close(args[0] as number);
    throw new Killed(call);
  }, disk);
  return { disk: dying, dead: () => done > calls };
}

/** What the disk says when it refuses. */
export const refused = (code: string, call: string, path?: unknown): Error =>
  Object.assign(new Error(`${code}: refused, ${call}`), { code, syscall: call, errno: -1, path });

/** A disk that refuses one call, the one after so many. */
export function failingAt(calls: number, code: string): { disk: Disk; failed(): boolean } {
  let done = 0;
  const disk = watched((call, args) => {
    if (done++ !== calls) return;
    if (call === "close") DISK.close(args[0] as number);
    throw refused(code, call, typeof args[0] === "string" ? args[0] : undefined);
  });
  return { disk, failed: () => done > calls };
}

/** A disk without hard links. */
export const LINKLESS: Disk = {
  ...DISK,
  link: (from) => {
    throw refused("EPERM", "link", from);
  },
};
