import OpenAI from "openai";
import type { Client } from "./client.ts";
import type { Api } from "./serve.ts";
import type { Wire } from "./wires.ts";

const CALLS: Record<string, string> = {
  "openai-chat": "chat.completions.create",
  "openai-completions": "completions.create",
  "openai-embeddings": "embeddings.create",
  "openai-models": "models.list",
  "openai-responses": "responses.create",
};

/** Members that the library adds. */
const ADDED = [
  // The texts of a whole response, joined.
  "output_text",
];

async function* read(wire: Wire, { baseUrl, fetch }: Api): AsyncIterable<unknown> {
  const { model } = wire;
  const client = new OpenAI({ apiKey: "none", baseURL: baseUrl, fetch, maxRetries: 0 });
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: "?" }];
  switch (wire.dialect) {
    case "openai-chat":
      if (wire.streamed) yield* await client.chat.completions.create({ model, messages, stream: true });
      else yield await client.chat.completions.create({ model, messages });
      return;
    case "openai-completions":
      if (wire.streamed) yield* await client.completions.create({ model, prompt: "?", stream: true });
      else yield await client.completions.create({ model, prompt: "?" });
      return;
    case "openai-responses":
      if (wire.streamed) yield* await client.responses.create({ model, input: "?", stream: true });
      else yield await client.responses.create({ model, input: "?" });
      return;
    case "openai-embeddings":
      yield await client.embeddings.create({ model, input: "?", encoding_format: "float" });
      return;
    case "openai-models":
      yield* client.models.list();
  }
}

/** https://github.com/openai/openai-node */
export const openai: Client = {
  library: "openai",
  dialects: Object.keys(CALLS),
  added: ADDED,
  call: ({ dialect }) => CALLS[dialect] as string,
  read,
  expected: ({ recorded }) => recorded,
};
