import type { Ended, UpstreamAnswer } from "../upstream/types.ts";
import { isStream } from "./keeping.ts";

/** An answer that is no stream: whole, or passed on as it comes, where it is too long to be kept. */
export type Gathered = { readonly ended: Ended; readonly text: string } | { readonly body: AsyncIterable<string> };

/** The status that a client has of an answer: of one that broke off before anything of it was passed on, that of a gateway. */
export const statusTold = ({ status, headers }: Pick<UpstreamAnswer, "status" | "headers">, ended: Ended): number =>
  ended.how === "broken" && ended.long === undefined && !isStream(headers) ? ended.error.status : status;

/** Waits for all of an answer, which is of no use before it is whole; of a long one no longer than until that is known. */
export async function gathered(answer: UpstreamAnswer, most: number): Promise<Gathered> {
  const frames = answer.frames[Symbol.asyncIterator]();
  const pieces: string[] = [];
  let length = 0;
  try {
    for (let next = await frames.next(); !next.done; next = await frames.next()) {
      pieces.push(next.value);
      length += next.value.length;
      if (length > most) return { body: onwards(pieces, frames, answer) };
    }
  } catch {
    // How it ended tells why.
  }
  const ended = await answer.ended;
  // Its bytes may be too many where its characters are not.
  return { ended, text: ended.long === undefined ? ended.text : pieces.join("") };
}

async function* onwards(
  pieces: string[],
  frames: AsyncIterator<string>,
  answer: UpstreamAnswer,
): AsyncGenerator<string, void> {
  try {
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) yield piece;
    for (let next = await frames.next(); !next.done; next = await frames.next()) yield next.value;
  } finally {
    answer.rest();
  }
}
