import type { Ports } from "../store/transaction/change.ts";
import type { Context } from "./command.ts";

/** What transactions need, out of what a command has. */
export const portsOf = ({ io, cwd, recctl }: Context): Ports => ({
  cwd,
  recctl,
  pid: io.pid,
  now: io.now,
  breathe: io.breathe,
  isAlive: io.isAlive,
  sleep: io.sleep,
});
