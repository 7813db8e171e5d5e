import { Ollama } from "ollama";
import type { Client } from "./client.ts";
import type { Api } from "./serve.ts";
import type { Wire } from "./wires.ts";

/** The library's call for each endpoint. `/api/embeddings` is the recorder's name of `/api/embed`. */
const CALLS: Record<string, string> = {
  "/api/generate": "generate",
  "/api/chat": "chat",
  "/api/embeddings": "embed",
  "/api/pull": "pull",
  "/api/ps": "ps",
  "/api/tags": "list",
};

async function* read(wire: Wire, { baseUrl, fetch }: Api): AsyncIterable<unknown> {
  const { model } = wire;
  const client = new Ollama({ host: baseUrl, fetch });
  switch (ollama.call(wire)) {
    case "generate":
      if (wire.streamed) yield* await client.generate({ model, prompt: "?", stream: true });
      else yield await client.generate({ model, prompt: "?" });
      return;
    case "chat":
      if (wire.streamed) yield* await client.chat({ model, stream: true });
      else yield await client.chat({ model });
      return;
    case "pull":
      if (wire.streamed) yield* await client.pull({ model, stream: true });
      else yield await client.pull({ model });
      return;
    case "embed":
      yield await client.embed({ model, input: "?" });
      return;
    case "ps":
      yield await client.ps();
      return;
    case "list":
      yield await client.list();
  }
}

/** https://github.com/ollama/ollama-js */
export const ollama: Client = {
  library: "ollama",
  dialects: ["ollama"],
  added: [],
  call: ({ endpoint }) => CALLS[endpoint] ?? `no call for ${endpoint}`,
  read,
  expected: ({ recorded }) => recorded,
};
