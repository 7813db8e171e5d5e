import { parentPort, workerData } from "node:worker_threads";
import { help } from "./readall.ts";

// The second thread of `readAll`; a bundle of its own.
help(workerData, (text) => parentPort?.postMessage(text));
