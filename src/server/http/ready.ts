/** Frames that are all there already, in the form in which they go out: that is made once, however often they are sent. */
export class ReadyFrames implements AsyncIterable<string> {
  readonly frames: readonly string[];
  private coded: Buffer | null = null;

  constructor(frames: readonly string[]) {
    // An empty chunk would be the last.
    this.frames = frames.filter((frame) => frame !== "");
  }

  /** Each frame a chunk, and the end of all chunks (RFC 9112 7.1). */
  get chunked(): Buffer {
    this.coded ??= Buffer.from(
      [...this.frames.map((frame) => `${Buffer.byteLength(frame).toString(16)}\r\n${frame}\r\n`), "0\r\n\r\n"].join(""),
    );
    return this.coded;
  }

  /** For clients of HTTP/1.0, which know no chunks. */
  get plain(): Buffer {
    return Buffer.from(this.frames.join(""));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void> {
    yield* this.frames;
  }
}
