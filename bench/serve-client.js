// Asks one server for one streamed answer, again and again, on connections that are kept alive. Arguments: url, connections,
// milliseconds. Writes what it measured as JSON. It reads bytes, not events: a client library would be what is measured.
import { connect } from "node:net";
import { digestOf, requestText } from "./serve-answer.js";

const [url, connections, ms] = process.argv.slice(2);
const { hostname, port, host } = new URL(url);
const request = Buffer.from(
  [
    "POST /v1/chat/completions HTTP/1.1",
    `Host: ${host}`,
    "Content-Type: application/json",
    "Authorization: Bearer none",
    `Content-Length: ${requestText.length}`,
    "",
    requestText,
  ].join("\r\n"),
);
/** How a body ends that comes in chunks. */
const END = Buffer.from("\r\n0\r\n\r\n");

const firsts = [];
let streams = 0;
let digest = "";
let over = false;

/** One connection: the next request goes out when the last byte of an answer is here. */
function asking() {
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname);
    let sent = 0;
    let pieces = [];
    const ask = () => {
      sent = performance.now();
      pieces = [];
      socket.write(request);
    };
    socket.setNoDelay(true).once("connect", ask).once("error", fail);
    socket.once("close", () => (over ? done() : fail(new Error("a connection was closed"))));
    socket.on("data", (piece) => {
      if (pieces.length === 0) firsts.push(performance.now() - sent);
      pieces.push(piece);
      const tail = piece.length >= END.length ? piece : Buffer.concat(pieces.slice(-END.length));
      if (!tail.subarray(-END.length).equals(END)) return;
      streams++;
      if (digest === "") digest = digestOf(bodyOf(Buffer.concat(pieces).toString()));
      if (over) socket.destroy();
      else ask();
    });
  });
}

/** @throws Error where it is no answer in chunks */
function bodyOf(text) {
  const cut = text.indexOf("\r\n\r\n");
  const head = text.slice(0, cut);
  if (!/^HTTP\/1\.1 200 /.test(head) || !/^transfer-encoding: chunked$/im.test(head)) throw new Error(head);
  let rest = text.slice(cut + 4);
  let body = "";
  for (;;) {
    const line = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (size === 0) return body;
    body += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 4 + size);
  }
}

const began = performance.now();
setTimeout(() => {
  over = true;
}, Number(ms));
await Promise.all(Array.from({ length: Number(connections) }, asking));
const seconds = (performance.now() - began) / 1000;
firsts.sort((a, b) => a - b);
const at = (part) => firsts[Math.floor(part * (firsts.length - 1))];
console.log(JSON.stringify({ rate: streams / seconds, first: at(0.5), late: at(0.99), digest }));
