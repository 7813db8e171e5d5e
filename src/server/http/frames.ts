/** Hands out the frames of a source until it ends, or the client has gone: a source that waits is not waited for then. */
export interface Frames {
  /** Null at the end. Rejects as the source does. */
  next(): Promise<string | Uint8Array | null>;
  /** Lets the source clean up. */
  stop(): void;
}

export function framesOf(source: AsyncIterable<string | Uint8Array>, gone: AbortSignal): Frames {
  const iterator = source[Symbol.asyncIterator]();
  // One listener for the whole stream: one for each frame costs as much as writing it.
  let wake: (() => void) | null = null;
  const onGone = (): void => wake?.();
  gone.addEventListener("abort", onGone, { once: true });
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (gone.aborted) return resolve(null);
        wake = () => resolve(null);
        iterator.next().then(({ done, value }) => resolve(done ? null : value), reject);
      }),
    stop: () => {
      gone.removeEventListener("abort", onGone);
      // A generator that waits for something cleans up when it gets it; what it then throws concerns nobody.
      Promise.resolve()
        .then(() => iterator.return?.())
        .catch(() => undefined);
    },
  };
}
