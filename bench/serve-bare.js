// The floor of `serve`: node's own server, which writes the pieces of one answer to whoever asks. Its url is its only line.
import { createServer } from "node:http";
import { frames } from "./serve-answer.js";

const server = createServer((request, response) => {
  request.resume();
  request.once("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const frame of frames) response.write(frame);
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
