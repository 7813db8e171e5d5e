import { dirname } from "node:path";
import { UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";
import { shown } from "../paths.ts";
import type { Ports } from "./change.ts";

/** What the disk says, for people: the fact, and what to look at. */
const FACTS: Record<string, readonly [fact: string, look: string]> = {
  ENOSPC: ["no space left on the disk", "df -h"],
  EDQUOT: ["the disk quota is used up", "df -h"],
  EACCES: ["permission denied", "ls -ld"],
  EPERM: ["permission denied", "ls -ld"],
  EROFS: ["the file system is read-only", "df -h"],
};

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
  const [fact, look] = FACTS[error.code ?? ""] ?? [error.message.replace(/, [a-z]+(?: '.*)?$/s, ""), "ls -ld"];
  const place = path === undefined ? {} : { place: shown(ports, path) };
  const folder = path === undefined ? "." : shown(ports, dirname(path));
  return new UserError(`${fact}: ${outcome}`, { ...place, remedy: [...remedy, `${look} ${forShell(folder)}`] });
}
