import type { Frame } from "./frames.ts";
import { type Pace, paceOf } from "./pacing.ts";

/** What playing needs from outside. */
export interface PlayPorts {
  /** Milliseconds from any fixed moment. */
  clock: () => number;
  /** Resolves after that many milliseconds; rejects when the run is interrupted. */
  sleep: (ms: number) => Promise<void>;
  /** Resolves when more may be written. */
  write: (text: string) => Promise<void>;
}

/** Writes frames at their times. A reader that is slower than the pace sets the pace. */
export async function play(frames: readonly Frame[], pace: Pace, ports: PlayPorts): Promise<void> {
  const times = paceOf(frames, pace);
  const start = ports.clock();
  for (const [index, frame] of frames.entries()) {
    const wait = start + (times[index] as number) - ports.clock();
    if (wait > 0) await ports.sleep(wait);
    if (frame.text !== "") await ports.write(frame.text);
  }
}
