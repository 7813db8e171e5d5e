/** In the headers of an error that recctl made by itself, so that no other one records it as an API's. */
export const OWN_ERROR = "x-recctl-error";

/** A request that gets no further; the message goes to the client. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** The client itself broke its request off, as one does that is ended or has changed its mind. */
    readonly left = false,
  ) {
    super(message);
  }
}

/** What node tells of a request that it could not read: status and message, by its code. All else is a 400. */
const TOLD: Readonly<Record<string, readonly [status: number, message: string, left?: true]>> = {
  HPE_HEADER_OVERFLOW: [431, "the headers of the request are too large"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "the chunk extensions of the request are too large"],
  HPE_INVALID_EOF_STATE: [400, "the request ended early", true],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "the request took too long to arrive"],
};

/** The connection itself failed: nobody is there to read an answer. */
const LOST = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ETIMEDOUT", "ENOTCONN"]);

/** Why a request could not be read; null where the client has gone. */
export function unreadable(error: Error): Refusal | null {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (LOST.has(code)) return null;
  const [status, message, left] = TOLD[code] ?? [400, "the request is no HTTP/1.1 that can be read"];
  return new Refusal(status, message, left);
}
