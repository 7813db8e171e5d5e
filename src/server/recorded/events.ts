import { type SseEvent, sseEvents } from "../../dialects/sse.ts";

/** The whole events of a stream, as the decoders of the SDKs see them: one that no empty line ends is none. */
export const eventsOf = (frames: readonly string[]): SseEvent[] =>
  sseEvents(frames.join("").split(/\r\n|\n|\r/)).filter(
    ({ lines, data, event }) => lines.at(-1) === "" && (data !== null || event !== null),
  );
