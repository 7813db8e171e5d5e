import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors.ts";
import { countText } from "../../text/bytes.ts";
import { shown } from "../paths.ts";
import type { Ports, Step } from "./change.ts";
import { type Disk, isGone } from "./disk.ts";
import { lookAt, type Seen } from "./files.ts";

/** What speaks against going on: a file and why. */
export interface Objection {
  /** Absolute. */
  path: string;
  why: string;
}

/** What a path is that should be a file with known bytes; null where it is. `gone`: what to say where nothing is. */
export function objection(seen: Seen, hash: string, gone: string): string | null {
  if (seen.kind === "nothing") return gone;
  if (seen.kind === "link") return "a link to a file, not the file itself: change the file it leads to";
  if (seen.kind !== "file") return "not a regular file";
  return seen.hash === hash ? null : "changed";
}

/** Looks at everything that a change needs. Steps are in order. */
export async function checkSteps(steps: readonly Step[], disk: Disk, ports: Ports): Promise<Objection[]> {
  const found: Objection[] = [];
  const folders = new Folders(disk);
  const sources = new Set(steps.map(({ path }) => path));
  const real = new Set<string>();
  for (const step of steps) {
    await ports.breathe();
    const add = (path: string, why: string | null): void => {
      if (why !== null) found.push({ path, why });
    };
    const why = objection(lookAt(disk, step.path), step.before, "gone");
    add(step.path, why);
    if (why !== null) continue;
    add(step.path, folders.objection(step.path));
    const file = folders.real(step.path);
    add(step.path, real.has(file) ? "named twice, by way of a link to a folder" : null);
    real.add(file);
    if (step.type !== "rename") continue;
    add(step.to, folders.objection(step.to));
    if (!sources.has(step.to))
      add(step.to, disk.lstat(step.to) ? `stands where ${basename(step.path)} is to go` : null);
  }
  return found;
}

/** Folders of files, each looked at once. */
export class Folders {
  private readonly known = new Map<string, { real: string; why: string | null }>();
  constructor(private readonly disk: Disk) {}

  /** Why files beside `path` cannot be changed; null where they can. */
  objection(path: string): string | null {
    return this.look(dirname(path)).why;
  }

  /** Why nothing can be put at `path`, whose folder is made again where it is gone; null where it can. */
  objectionToReturn(path: string): string | null {
    let folder = dirname(path);
    for (;;) {
      const stat = this.disk.lstat(folder);
      if (stat?.isFile()) return "a file stands where its folder was";
      if (stat) return this.objection(join(folder, basename(path)));
      folder = dirname(folder);
    }
  }

  /** The path without links to folders in it. */
  real(path: string): string {
    return join(this.look(dirname(path)).real, basename(path));
  }

  private look(folder: string): { real: string; why: string | null } {
    let known = this.known.get(folder);
    if (!known) {
      known = { real: folder, why: null };
      try {
        known.real = this.disk.real(folder);
        this.disk.mayChange(folder);
      } catch (error) {
        if (!(error instanceof Error && "syscall" in error)) throw error;
        known.why = isGone(error) ? "its folder is not there" : "its folder cannot be written to";
      }
      this.known.set(folder, known);
    }
    return known;
  }
}

/** Objections as an error: each on a line of its own. */
export function refusal(fact: string, objections: readonly Objection[], ports: Ports, remedy: string[]): UserError {
  return new UserError(`${fact} (${countText(objections.length, "file")})`, {
    place: objections.map(({ path, why }) => `${shown(ports, path)}: ${why}`),
    remedy,
  });
}
