/** What one server grants its clients, all together or each. */
export interface Limits {
  /** Of the request line and the headers together: 431 beyond it. */
  headerBytes: number;
  /** Header lines of one request: 431. */
  headerCount: number;
  /** Of the request target: 414. */
  urlBytes: number;
  /** Of one body, before and after it is decoded: 413. */
  bodyBytes: number;
  /** Of all bodies that are held at one time: 503. */
  allBodiesBytes: number;
  /** Open at one time, for each address listened on; others are closed at once. */
  connections: number;
  /** On one connection, which is then closed. */
  requestsPerConnection: number;
  /** Of one connection that are not answered yet: 503, and the connection is closed. */
  pipelined: number;
  /** From the first byte (or the connection) to the end of the headers: 408. */
  headersMs: number;
  /** From the first byte to the end of the body: 408. */
  requestMs: number;
  /** A connection without a request. */
  keepAliveMs: number;
  /** A client takes nothing of what waits for it: the connection is broken off. */
  writeMs: number;
  /** How long what a refused client still sends is read and thrown away, so that it gets to read why. */
  lingerMs: number;
}

/** Requests of LLM APIs carry pictures and documents in base64; no API of those spoken takes more than 50 MB or so. */
export const DEFAULT_LIMITS: Limits = {
  headerBytes: 32_768,
  headerCount: 200,
  urlBytes: 8_192,
  bodyBytes: 64_000_000,
  allBodiesBytes: 512_000_000,
  connections: 1_024,
  requestsPerConnection: 100_000,
  pipelined: 32,
  headersMs: 10_000,
  requestMs: 120_000,
  // Longer than the 5 s that client libraries keep a connection: the client closes first, and no request meets a closed one.
  keepAliveMs: 30_000,
  writeMs: 60_000,
  lingerMs: 1_000,
};
