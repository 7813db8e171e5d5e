import Anthropic from "@anthropic-ai/sdk";
import type { Client } from "./client.ts";
import type { Api } from "./serve.ts";
import type { Wire } from "./wires.ts";

/** The events that the library keeps to itself. */
const DROPPED = ["ping"];

/** One that the library knows of as deprecated would be told on stderr. */
const model = "any";

async function* read({ streamed }: Wire, { baseUrl, fetch }: Api): AsyncIterable<unknown> {
  const client = new Anthropic({ apiKey: "none", baseURL: baseUrl, fetch, maxRetries: 0 });
  const request = { model, max_tokens: 1, messages: [{ role: "user" as const, content: "?" }] };
  if (streamed) yield* await client.messages.create({ ...request, stream: true });
  else yield await client.messages.create(request);
}

/** https://github.com/anthropics/anthropic-sdk-typescript */
export const anthropic: Client = {
  library: "@anthropic-ai/sdk",
  dialects: ["anthropic-messages"],
  added: [],
  call: () => "messages.create",
  read,
  expected: ({ recorded }) => recorded.filter((event) => !DROPPED.includes((event as { type: string }).type)),
};
