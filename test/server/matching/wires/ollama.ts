import { put } from "../../../../src/server/matching/edits.ts";
import type { Wires } from "./request.ts";

export const ollama: Wires = ({ route, body, base }) => {
  const streams = route.streams !== "never" && !body.has("stream");
  // embed() and the older call share a label; only the older one has a prompt.
  const path = route.id === "ollama-embed" && !body.has("prompt") ? "/api/embed" : route.endpoint;
  const sent = streams ? put(body, "stream", false) : body;
  return [{ method: route.method, target: base + path, headers: {}, body: route.method === "GET" ? null : sent }];
};
