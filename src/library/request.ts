import { UsageError } from "../errors.ts";
import type { Asked } from "../server/serve/types.ts";
import { untilAborted } from "./aborting.ts";

/** A request as it was handed to fetch. */
export interface Requested {
  readonly url: string;
  readonly asked: Omit<Asked, "gone">;
}

type Input = Parameters<typeof fetch>[0];
type Init = Parameters<typeof fetch>[1];

/** What can tell a test. */
const TEST_HEADER = "x-test-id";

/**
 * The caller's own signal, by which the request is taken back. That of a Request made of it would fall silent: a Request follows the
 * signal that it is given for as long as it is itself kept, and not its signal alone.
 */
export function signalOf(input: Input, init: Init): AbortSignal {
  // Null says that there is none, whatever the input has.
  const own = init?.signal === undefined && input instanceof Request ? input.signal : init?.signal;
  return own ?? new AbortController().signal;
}

/**
 * Reads what fetch is called with, to its end: Request objects, and all bodies that fetch takes but forms with parts.
 * @throws what fetch throws for what is no request; UsageError for a form; the signal's reason where it is aborted
 */
export async function requestedBy(
  input: Input,
  init: Init,
  testId: string | null,
  signal: AbortSignal,
): Promise<Requested> {
  const isStream = init?.body != null && typeof init.body === "object" && "getReader" in init.body;
  const request = new Request(input, isStream ? { ...init, duplex: "half" } : init);
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of request.headers) headers[name] = value;
  if (headers["content-type"]?.startsWith("multipart/")) {
    throw new UsageError(
      "recctl: a form with parts (FormData) is neither recorded nor replayed: none of the APIs that recordings are of takes one",
    );
  }
  if (testId !== null) headers[TEST_HEADER] ??= testId;
  const body = await bytesOf(request.body, signal);
  const { origin, pathname, search, protocol } = new URL(request.url);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`recctl: ${protocol} is not asked: http and https are`);
  return {
    url: request.url,
    asked: { method: request.method, target: pathname + search, origin, headers, body },
  };
}

/** All of a body. Aborted, it is read no further, and told so. */
async function bytesOf(body: ReadableStream<unknown> | null, signal: AbortSignal): Promise<Uint8Array> {
  const reader = body?.getReader();
  try {
    return await untilAborted(reader ? allOf(reader) : Promise.resolve(new Uint8Array()), signal);
  } catch (error) {
    // It may take its time over that, and nobody waits for it.
    void reader?.cancel(error).catch(() => undefined);
    throw error;
  }
}

async function allOf(reader: ReadableStreamDefaultReader<unknown>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(pieces);
    // As fetch does: a stream of texts is a mistake.
    if (!(value instanceof Uint8Array)) throw new TypeError("recctl: a body that is a stream must give Uint8Array");
    pieces.push(value);
  }
}
