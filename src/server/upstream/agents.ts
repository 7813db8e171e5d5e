import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

// Most servers close an idle connection after 5 s; giving it up before keeps a request from meeting a closed one.
const OPTIONS = {
  keepAlive: true,
  keepAliveMsecs: 1_000,
  maxFreeSockets: 16,
  timeout: 4_000,
  scheduling: "lifo",
} as const;

/** Connections that are kept for the next request; unused ones do not keep the process alive. */
export const AGENTS = { "http:": new HttpAgent(OPTIONS), "https:": new HttpsAgent(OPTIONS) } as const;
