import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { keep } from "./cache.ts";
import type { Base } from "./paths.ts";

/** A file of the cache that belongs to the tree at `base`. It lies beside the index; without `dir` nothing is kept. */
export interface KeptFile {
  dir: string | null;
  base: Base;
  /** What it holds: the end of its name. */
  holds: string;
  /** Raised with every change of what it holds. */
  version: number;
}

const pathOf = ({ dir, base, holds }: KeptFile & { dir: string }): string =>
  join(dir, `${crc32(base.cwd).toString(16).padStart(8, "0")}.${holds}`);

/**
 * What was kept, and `told` of it; null where nothing was, or it is of another tree or version, or is not whole. The
 * body is believed to be what {@link saveKept} was given: its checksum holds.
 */
export function loadKept<Told extends readonly unknown[], Body>(
  file: KeptFile,
): { told: Told; body: () => Body } | null {
  const { dir, base, version } = file;
  if (dir === null) return null;
  try {
    const content = readFileSync(pathOf({ ...file, dir }), "utf8");
    const cut = content.indexOf("\n");
    const [kept, sum, cwd, ...told] = JSON.parse(content.slice(0, cut)) as [number, number, string, ...unknown[]];
    const body = content.slice(cut + 1);
    if (kept !== version || cwd !== base.cwd || sum !== crc32(body)) return null;
    return { told: told as readonly unknown[] as Told, body: () => JSON.parse(body) as Body };
  } catch {
    return null;
  }
}

/** Keeps a document in one step, and what is told of it before it is read. Where that cannot be done nothing is kept. */
export function saveKept(file: KeptFile, told: readonly unknown[], body: unknown): void {
  const { dir, base, version } = file;
  if (dir === null) return;
  const text = JSON.stringify(body);
  keep(pathOf({ ...file, dir }), `${JSON.stringify([version, crc32(text), base.cwd, ...told])}\n${text}`);
}
