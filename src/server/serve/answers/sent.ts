import type { Frame } from "../../../replay/frames.ts";
import { type Pace, paceOf } from "../../../replay/pacing.ts";
import { ReadyFrames } from "../../http/ready.ts";
import { BrokenOff } from "../../http/types.ts";
import type { ServePorts } from "../types.ts";
import type { Answer } from "./answer.ts";

const isPaced = ({ ttft, tps }: Pace): boolean => ttft !== undefined || tps !== undefined;

const ready = new WeakMap<readonly Frame[], ReadyFrames>();

/** What is sent of an answer: all at once where nobody wants it slower, and it comes to an end. */
export function bodyOf(
  { body, breaks }: Answer,
  pace: Pace,
  ports: Pick<ServePorts, "clock" | "sleep">,
  gone: AbortSignal,
): string | AsyncIterable<string> {
  if (typeof body === "string") return body;
  if (breaks || isPaced(pace)) return sent(body, breaks, pace, ports, gone);
  const known = ready.get(body) ?? new ReadyFrames(body.map(({ text }) => text));
  ready.set(body, known);
  return known;
}

/**
 * Frames at their times, each as it was recorded; a reader that is slower sets the pace.
 * @throws BrokenOff behind the last, where the recorded stream broke off
 */
async function* sent(
  frames: readonly Frame[],
  breaks: boolean,
  pace: Pace,
  { clock, sleep }: Pick<ServePorts, "clock" | "sleep">,
  gone: AbortSignal,
): AsyncGenerator<string, void> {
  const times = isPaced(pace) ? paceOf(frames, pace) : null;
  const start = clock();
  for (const [index, { text }] of frames.entries()) {
    const wait = times ? start + (times[index] as number) - clock() : 0;
    if (wait > 0) await sleep(wait, gone);
    if (gone.aborted) return;
    if (text !== "") yield text;
  }
  if (breaks) throw new BrokenOff("the recorded stream broke off here");
}
