import type { Socket } from "node:net";
import { sleep } from "./serving.ts";

/** Numbers from 0 up to 1, the same for the same seed (mulberry32, public domain). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));

const noise = (random: Random, most: number): string =>
  Array.from({ length: upTo(random, most) }, () => String.fromCharCode(upTo(random, 255))).join("");

const METHODS = "GET POST PUT HEAD OPTIONS DELETE PATCH TRACE CONNECT PRI M-SEARCH get G\u0000T".split(" ");
const TARGETS = [
  ..."/ /v1/chat/completions * // /%00 /%zz /%ff /../../etc/passwd /%2e%2e/%2e%2e/etc/passwd /..%5c..%5c /a#b ?".split(
    " ",
  ),
  ..."http://localhost/ http://evil.example/ http://localhost@evil.example/ evil.example:443 file:///etc/passwd".split(
    " ",
  ),
  `/${"a".repeat(9_000)}`,
  `/${"%41".repeat(3_000)}`,
  `/?${"a=b&".repeat(2_000)}`,
  "/\u00ff\u00fe",
  "/ a",
  "",
];
const VERSIONS = "HTTP/1.1 HTTP/1.1 HTTP/1.1 HTTP/1.0 HTTP/0.9 HTTP/2.0 HTTP/1.2 HTTP/ http/1.1 FTP/1.1".split(" ");
const HEADERS = [
  ..."localhost 127.0.0.1 [::1] evil.example localhost:0 a,b".split(" ").map((host) => `Host: ${host}`),
  ..."0 5 -1 1e3 0x5 99999999999999999999 5,5 +5".split(" ").map((length) => `Content-Length: ${length}`),
  ...["chunked", "gzip", "gzip, chunked", "chunked, chunked", "xchunked", "\u000bchunked", "identity"].map(
    (coding) => `Transfer-Encoding: ${coding}`,
  ),
  ..."gzip br deflate zstd identity __proto__ gzip,gzip".split(" ").map((coding) => `Content-Encoding: ${coding}`),
  ..."null http://localhost https://evil.example http://localhost.evil.example"
    .split(" ")
    .map((origin) => `Origin: ${origin}`),
  "Sec-Fetch-Site: cross-site",
  "Expect: 100-continue",
  "Expect: the worst",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Connection: close",
  "Connection: keep-alive, host, content-length",
  "X-Recctl-Token: ",
  "__proto__: a",
  "constructor: b",
  " folded: c",
  "no colon",
  ": no name",
  "space : d",
  "Nul\u0000: e",
  "Cr: a\rb",
  `Long: ${"a".repeat(20_000)}`,
  `Longer: ${"a".repeat(40_000)}`,
  ...Array.from({ length: 5 }, (_, at) => `${"A: b\r\n".repeat(at * 100)}B: c`),
];
const BODIES = [
  ..."hello|{}|0\r\n\r\n|5\r\nhello\r\n0\r\n\r\n|ffffffffffffffff\r\na|-1\r\n\r\n|5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\n".split(
    "|",
  ),
  `5;${"x".repeat(20_000)}\r\nhello\r\n0\r\n\r\n`,
  "1\r\na\r\n".repeat(2_000),
  "\u001f\u008b\u0008\u0000",
  "a".repeat(60_000),
  "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100),
];
const OTHERS = [
  "\u0016\u0003\u0001\u0000\u00a5",
  "SSH-2.0-x\r\n",
  "\r\n".repeat(1_000),
  "\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\u0000".repeat(100),
];

interface Hostile {
  /** What is written, each with a pause before the next. */
  pieces: Buffer[];
  /** What the client does then. */
  afterwards: "wait" | "end" | "destroy" | "reset";
}

/** A request as nobody should send it: parts that are each legal or not, put together, cut, damaged and sent in pieces. */
function hostile(random: Random): Hostile {
  let text = random() < 0.05 ? pick(random, OTHERS) : random() < 0.05 ? noise(random, 500) : whole(random);
  if (random() < 0.15) text = text.slice(0, upTo(random, text.length));
  if (random() < 0.15) {
    const at = upTo(random, text.length);
    text = text.slice(0, at) + noise(random, 3) + text.slice(at + upTo(random, 3));
  }
  const bytes = Buffer.from(text, "latin1");
  const cut = random() < 0.2 ? upTo(random, bytes.length) : bytes.length;
  return {
    pieces: [bytes.subarray(0, cut), bytes.subarray(cut)].filter((piece) => piece.length > 0),
    afterwards: pick(random, ["wait", "wait", "wait", "end", "destroy", "reset"] as const),
  };
}

/** Half of each part is as it should be, so that the other parts are looked at too. */
function whole(random: Random): string {
  const mostly = <T>(good: T, all: readonly T[]): T => (random() < 0.6 ? good : pick(random, all));
  const line = `${mostly("POST", METHODS)} ${mostly("/v1/chat/completions", TARGETS)} ${mostly("HTTP/1.1", VERSIONS)}`;
  const headers = Array.from({ length: upTo(random, 3) }, () => pick(random, HEADERS));
  if (random() < 0.8) headers.unshift("Host: localhost");
  const body = random() < 0.7 ? pick(random, BODIES) : "";
  if (random() < 0.4) headers.push(`Content-Length: ${body.length}`);
  else if (random() < 0.3) headers.push("Transfer-Encoding: chunked");
  const end = random() < 0.9 ? "\r\n" : "\n";
  const text = `${[line, ...headers].join(end)}${end}${end}${body}`;
  return random() < 0.1 ? text.repeat(3) : text;
}

/** Sends the one of that number and waits, for a moment, for what comes: statuses of all answers. */
export async function sendHostile(socket: Socket, at: number): Promise<number[]> {
  const { pieces, afterwards } = hostile(generator(at));
  let text = "";
  socket.setEncoding("latin1").on("data", (data) => {
    text += data;
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  for (const piece of pieces) {
    socket.write(piece);
    if (pieces.length > 1) await sleep(1);
  }
  if (afterwards === "end") socket.end();
  else if (afterwards === "destroy") socket.destroy();
  else if (afterwards === "reset") socket.resetAndDestroy();
  // Closed, or answered and kept open, or (its request is not whole) neither: then the server's own limits end it.
  const answered = async (): Promise<void> => {
    for (let waited = 0; waited < 50 && text === ""; waited++) await sleep(10);
    await sleep(5);
  };
  await Promise.race([closed, answered()]);
  socket.destroy();
  return [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
}
