import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Ollama } from "ollama";
import OpenAI from "openai";

type Json = Record<string, unknown>;

/** Where a library asks, and for which test. */
export interface Asking {
  /** The base url as the library takes it: OpenAI's has the version in it. */
  url: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
  /** Google's library has two APIs; this one where nothing else is said. */
  vertexai?: boolean;
}

type Call = (at: Asking, args: Json) => Promise<unknown>;

/** Nothing is asked twice: a refusal is looked at, too. */
const ONCE = { apiKey: "none", maxRetries: 0 };

/** A library's own call; `extra_body` and `extra_query` are Python's words for what this one takes plainly. */
const openai =
  (call: (client: OpenAI, args: never, options: { query?: Json }) => unknown): Call =>
  async ({ url, headers, fetch }, { extra_body, extra_query, extra_headers: _, ...args }) => {
    const client = new OpenAI({ ...ONCE, baseURL: url, defaultHeaders: headers, fetch });
    return call(
      client,
      { ...args, ...(extra_body as Json) } as never,
      extra_query ? { query: extra_query as Json } : {},
    );
  };

const ollama =
  (call: (client: Ollama, args: never) => unknown): Call =>
  async ({ url, headers, fetch }, args) =>
    call(new Ollama({ host: url, headers, fetch }), args as never);

/** Users' own data, which has any keys. */
const OPAQUE = ["args", "response", "parameters_json_schema", "response_schema"];
const camelCased = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      OPAQUE.includes(key) ? member : camelCased(member),
    ]),
  );
};

const google =
  (call: (client: GoogleGenAI, args: never) => unknown): Call =>
  async ({ url, headers, fetch, vertexai = true }, args) => {
    const httpOptions = { baseUrl: url, headers, fetch };
    return call(new GoogleGenAI({ vertexai, apiKey: "none", httpOptions }), camelCased(args) as never);
  };

/** How users of a library make the call that is recorded under an endpoint, its arguments given. */
const CALLS: Readonly<Record<string, Call>> = {
  "/v1/chat/completions": openai((client, args, options) => client.chat.completions.create(args, options)),
  "/v1/completions": openai((client, args, options) => client.completions.create(args, options)),
  "/v1/embeddings": openai((client, args, options) => client.embeddings.create(args, options)),
  "/v1/responses": openai((client, args, options) => client.responses.create(args, options)),
  "/v1/models": openai((client, _args, options) => client.models.list(options)),
  "/v1/openai/v1/models": openai((client, _args, options) => client.models.list(options)),
  "/api/chat": ollama((client, args) => client.chat(args)),
  "/api/generate": ollama((client, args) => client.generate(args)),
  "/api/embeddings": ollama((client, args) => client.embed(args)),
  "/api/pull": ollama((client, args) => client.pull(args)),
  "/api/tags": ollama((client) => client.list()),
  "/api/ps": ollama((client) => client.ps()),
  "/v1/messages": async ({ url, headers, fetch }, args) =>
    new Anthropic({ ...ONCE, baseURL: url, defaultHeaders: headers, fetch }).messages.create(args as never),
  "/interactions": async ({ url, headers, fetch }, args) => {
    const httpOptions = { baseUrl: url, headers, fetch };
    return new GoogleGenAI({ vertexai: false, apiKey: "none", httpOptions }).interactions.create(args as never);
  },
  "/generate_content": google((client, args) => client.models.generateContent(args)),
  "/generate_content_stream": google((client, args) => client.models.generateContentStream(args)),
  "/embed_content": google((client, args) => client.models.embedContent(args)),
};

/** The call for what is recorded under a path; undefined where no library makes it. */
export const callFor = (endpoint: string): Call | undefined =>
  CALLS[endpoint] ?? (endpoint.endsWith("/interactions") ? CALLS["/interactions"] : undefined);

/** Whether OpenAI's library asks what is recorded under a path: its base url alone has the version in it. */
export const isOpenai = (endpoint: string): boolean => /^\/v1\/(?!messages)/.test(endpoint);

/** What a call yields: chunk by chunk, model by model, or one answer. */
export async function* yielded(called: Promise<unknown>): AsyncGenerator<unknown, void> {
  const answer = await called;
  if (typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer) {
    yield* answer as AsyncIterable<unknown>;
  } else yield answer;
}

/** The test that asks, as a header can carry it. */
export function testHeaders(testId: string | null): Record<string, string> {
  if (testId === null) return {};
  const text = JSON.stringify({ __test_id: testId }).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { "x-ogx-provider-data": text };
}
