import { Interrupted } from "../../errors.ts";
import type { Io } from "../../io.ts";

/** How long work may keep a key waiting, in milliseconds. */
const SLICE = 6;

/**
 * The world as work sees it that goes on behind the screen: nothing it tells reaches the terminal, and keys come between its
 * slices. It is interrupted once `isEnded`.
 */
export function quiet(io: Io, isEnded: () => boolean): Io {
  let began = io.clock();
  const breathe = (): Promise<void> | undefined => {
    if (io.clock() - began < SLICE) return undefined;
    return new Promise((done, fail) => {
      setImmediate(() => {
        began = io.clock();
        if (isEnded()) fail(new Interrupted("SIGTERM"));
        else done();
      });
    });
  };
  return over(io, { ...SILENCE, breathe });
}

/** The same for what only a signal may cut short. */
export const silenced = (io: Io): Io => over(io, SILENCE);

/** For a thread, which is ended from outside. */
export const inThread = (io: Io): Io => over(io, { ...SILENCE, breathe: () => undefined });

/** Not a copy: the working folder is looked up when it is asked for, and may be gone. */
const over = (io: Io, own: Partial<Io>): Io =>
  Object.create(
    io,
    Object.fromEntries(Object.entries(own).map(([name, value]) => [name, { value, enumerable: true }])),
  ) as Io;

const SILENT: Io["stderr"] = { terminal: false, colour: false, columns: 80, write: async () => undefined };
const SILENCE = { stdout: SILENT, stderr: SILENT };
