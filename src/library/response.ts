import type { Reply } from "../server/serve/types.ts";

/** Statuses whose responses have no body (Fetch Standard, null body status). */
const EMPTY = new Set([204, 205, 304]);

/** A reply as fetch would have given it. `over` is called once nobody reads any more: at the end, or before. */
export function responseOf(
  { status, headers, body }: Reply,
  url: string,
  signal: AbortSignal,
  over: (early: boolean) => void,
): Response {
  const init = { status, headers: { ...headers } };
  let response: Response;
  if (EMPTY.has(status) || typeof body === "string") {
    over(false);
    response = new Response(EMPTY.has(status) ? null : (body as string), init);
  } else {
    response = new Response(streamOf(body, signal, over), init);
  }
  // A constructed one has none, and its readers may ask.
  Object.defineProperty(response, "url", { value: url });
  return response;
}

/** Frames as bytes, each when it is asked for: a slow reader is waited for. Aborted, or broken off, it errors as fetch's own does. */
function streamOf(frames: AsyncIterable<string>, signal: AbortSignal, over: (early: boolean) => void): ReadableStream {
  const iterator = frames[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let isOver = false;
  const end = (early: boolean): void => {
    if (isOver) return;
    isOver = true;
    signal.removeEventListener("abort", onAbort);
    over(early);
    // It may be at a pause, and would end behind it: that is not waited for.
    if (early) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  };
  let abort: (reason: unknown) => void = () => undefined;
  const onAbort = (): void => abort(signal.reason);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        abort = (reason) => {
          if (isOver) return;
          end(true);
          controller.error(reason);
        };
        signal.addEventListener("abort", onAbort, { once: true });
        if (signal.aborted) onAbort();
      },
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (isOver) return;
          if (!done) return controller.enqueue(encoder.encode(value));
          end(false);
          controller.close();
        } catch (error) {
          if (isOver) return;
          end(false);
          controller.error(new TypeError("terminated", { cause: error }));
        }
      },
      cancel: () => end(true),
    },
    { highWaterMark: 0 },
  );
}
