import { dirname } from "node:path";
import { UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";
import { diskFact } from "../disk-errors.ts";
import { shown } from "../paths.ts";
import type { Ports } from "./change.ts";

/** Whether an error comes from the disk, and not from a bug. */
export function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/** Does `work`; what the disk says is told as by {@link failure}. */
export async function orFailure<Result>(outcome: string, ports: Ports, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw failure(error, outcome, ports);
  }
}

/**
 * What the disk said as an error for people; `outcome` tells how things stand now. Any other error
 * comes back as it is.
 */
export function failure(error: unknown, outcome: string, ports: Ports, remedy: readonly string[] = []): unknown {
  if (!isDiskError(error)) return error;
  // Of a link or a rename, the target is what fails.
  const path = (error as { dest?: string }).dest ?? error.path;
  const { fact, look } = diskFact(error);
  const place = path === undefined ? {} : { place: shown(ports, path) };
  const folder = path === undefined ? "." : shown(ports, dirname(path));
  return new UserError(`${fact}: ${outcome}`, { ...place, remedy: [...remedy, `${look} ${forShell(folder)}`] });
}
