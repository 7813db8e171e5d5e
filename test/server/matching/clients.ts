import { callFor } from "../../serve/asking.ts";

/** A request as a library sent it. */
export interface Sent {
  method: string;
  target: string;
  body: string | null;
}

type Json = Record<string, unknown>;

/** What a call sends, without a network. What becomes of the answer is not looked at: it is none. */
async function sentBy(call: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<Sent> {
  let sent: Sent | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    sent = { method: request.method, target: pathname + search, body: request.body ? await request.text() : null };
    return new Response("{}", { headers: { "content-type": "application/json" } });
  };
  try {
    await call(fetch);
  } catch (error) {
    if (!sent) throw error;
  }
  if (!sent) throw new Error("nothing was sent");
  return sent;
}

/**
 * What the library sends for what is recorded under an endpoint, given its arguments; undefined where no library asks that.
 * @param mount the path of its base url
 */
export function sentFor(endpoint: string, args: Json, mount: string, vertexai = true): Promise<Sent> | undefined {
  const call = callFor(endpoint);
  return call && sentBy((fetch) => call({ url: `http://api.invalid${mount}`, headers: {}, fetch, vertexai }, args));
}
