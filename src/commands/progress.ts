import type { Io } from "../io.ts";

/** How long work must take before it is told about, and how often. In milliseconds. */
const AFTER = 300;
const EVERY = 100;

/** Tells on stderr how far work has come; on a terminal alone. */
export interface Progress {
  /** Call for every item. Lets signals through. */
  step(done: number, total: number): Promise<void> | undefined;
  /** Takes the line away. */
  end(): Promise<void>;
}

export function progress(io: Io, doing: string): Progress {
  const began = io.clock();
  let told = began + AFTER - EVERY;
  let shown = false;
  return {
    step(done, total) {
      const breath = io.breathe();
      if (io.clock() - told < EVERY || !io.stderr.terminal) return breath;
      told = io.clock();
      shown = true;
      const text = `\r\u001b[K${doing} ${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")}`;
      return io.stderr.write(text).then(() => breath);
    },
    async end() {
      if (shown) await io.stderr.write("\r\u001b[K");
    },
  };
}
