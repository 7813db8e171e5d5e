// What `serve` is measured against, without artificial latency. Arguments: where its package lies. Its url is its only line.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CHUNK_SIZE, content, said } from "./serve-answer.js";

const from = createRequire(join(process.argv[2], "package.json"));
const { LLMock } = await import(pathToFileURL(from.resolve("@copilotkit/aimock")).href);
const mock = new LLMock({ port: 0, host: "127.0.0.1", latency: 0, chunkSize: CHUNK_SIZE, logLevel: "silent" });
mock.onMessage("When is high water?", { content, ...said });
await mock.start();
console.log(mock.url);
