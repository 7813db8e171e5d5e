import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { keep } from "./cache.ts";
import { absolute, type Base } from "./paths.ts";
import { isRacy, stampOf } from "./stamp.ts";

/**
 * What the last check of a whole tree found in each file, so that the next one reads only what has changed since.
 * It lies beside the facts, in a file of its own: who checks one file need not load it.
 */
export interface Remembered<F> {
  /** When the files began to be read, in milliseconds since 1970. */
  began: number;
  /** By path: what the file was (see stampOf), and what was found in it. */
  files: ReadonlyMap<string, { stamp: string; findings: readonly F[] }>;
}

const VERSION = 1;

const rememberedPath = (dir: string, base: Base): string =>
  join(dir, `${crc32(base.cwd).toString(16).padStart(8, "0")}.findings`);

/** What is remembered of the tree at `base` under `key`, which tells all that findings depend on but the files; null: nothing. */
export function loadRemembered<F>(dir: string | null, base: Base, key: string): Remembered<F> | null {
  if (dir === null) return null;
  try {
    const content = readFileSync(rememberedPath(dir, base), "utf8");
    const cut = content.indexOf("\n");
    const [version, sum, cwd, kept, began] = JSON.parse(content.slice(0, cut)) as [
      number,
      number,
      string,
      string,
      number,
    ];
    const body = content.slice(cut + 1);
    if (version !== VERSION || cwd !== base.cwd || kept !== key || sum !== crc32(body)) return null;
    const files = (JSON.parse(body) as [string, string, F[]][]).map(
      ([path, stamp, findings]) => [path, { stamp, findings }] as const,
    );
    return { began, files: new Map(files) };
  } catch {
    return null;
  }
}

/** Keeps what was found, in one step. Where that cannot be done nothing is kept. */
export function saveRemembered<F>(dir: string | null, base: Base, key: string, { began, files }: Remembered<F>): void {
  if (dir === null) return;
  const body = JSON.stringify([...files].map(([file, { stamp, findings }]) => [file, stamp, findings]));
  keep(rememberedPath(dir, base), `${JSON.stringify([VERSION, crc32(body), base.cwd, key, began])}\n${body}`);
}

/** Whether a file is what it was when it had this stamp, and was not so young then that a change may not show in it. */
export function isUnchanged(base: Base, path: string, stamp: string, began: number): boolean {
  try {
    const stat = statSync(absolute(base, path), { bigint: true });
    return stampOf(stat) === stamp && !isRacy(stat, began);
  } catch {
    return false;
  }
}
