import { UsageError } from "../errors.ts";
import type { Asked } from "../server/serve/types.ts";

/** A request as it was handed to fetch, with what its caller can take it back by. */
export interface Requested {
  readonly url: string;
  readonly asked: Omit<Asked, "gone">;
  readonly signal: AbortSignal;
}

/** What can tell a test. */
const TEST_HEADER = "x-test-id";

/**
 * Reads what fetch is called with, to its end: Request objects, and all bodies that fetch takes but forms with parts.
 * @throws what fetch throws for what is no request; UsageError for a form; the signal's reason where it is aborted
 */
export async function requestedBy(
  input: Parameters<typeof fetch>[0],
  init: Parameters<typeof fetch>[1],
  testId: string | null,
): Promise<Requested> {
  const isStream = init?.body != null && typeof init.body === "object" && "getReader" in init.body;
  const request = new Request(input, isStream ? { ...init, duplex: "half" } : init);
  request.signal.throwIfAborted();
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of request.headers) headers[name] = value;
  if (headers["content-type"]?.startsWith("multipart/")) {
    throw new UsageError(
      "recctl: a form with parts (FormData) is neither recorded nor replayed: none of the APIs that recordings are of takes one",
    );
  }
  if (testId !== null) headers[TEST_HEADER] ??= testId;
  const body = new Uint8Array(await request.arrayBuffer());
  request.signal.throwIfAborted();
  const { origin, pathname, search, protocol } = new URL(request.url);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`recctl: ${protocol} is not asked: http and https are`);
  return {
    url: request.url,
    asked: { method: request.method, target: pathname + search, origin, headers, body },
    signal: request.signal,
  };
}
