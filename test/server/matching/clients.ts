import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Ollama } from "ollama";
import OpenAI from "openai";

/** A request as a library sent it. */
export interface Sent {
  method: string;
  target: string;
  body: string | null;
}

type Json = Record<string, unknown>;

/** What a call sends, without a network. What becomes of the answer is not looked at: it is none. */
async function sentBy(call: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<Sent> {
  let sent: Sent | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    sent = { method: request.method, target: pathname + search, body: request.body ? await request.text() : null };
    return new Response("{}", { headers: { "content-type": "application/json" } });
  };
  try {
    await call(fetch);
  } catch (error) {
    if (!sent) throw error;
  }
  if (!sent) throw new Error("nothing was sent");
  return sent;
}

const HOST = "http://api.invalid";

/** Keyword arguments of Python's library as this one takes them. */
function plain({ extra_body, extra_query, ...args }: Json): [args: never, options: { query?: Json }] {
  return [{ ...args, ...(extra_body as Json) } as never, extra_query ? { query: extra_query as Json } : {}];
}

const openaiCall =
  (call: (client: OpenAI, args: never, options: { query?: Json }) => Promise<unknown>) =>
  (args: Json, mount: string): Promise<Sent> =>
    sentBy((fetch) => {
      const client = new OpenAI({ apiKey: "none", baseURL: `${HOST}${mount}`, fetch, maxRetries: 0 });
      return call(client, ...plain(args));
    });

const ollamaCall =
  (call: (client: Ollama, args: never) => Promise<unknown>) =>
  (args: Json): Promise<Sent> =>
    sentBy((fetch) => call(new Ollama({ host: HOST, fetch }), args as never));

/** Its own data, as users write it in any language. */
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

const genaiCall =
  (call: (client: GoogleGenAI, args: never) => Promise<unknown>) =>
  (args: Json, mount: string, vertexai = true): Promise<Sent> =>
    sentBy((fetch) => {
      const client = new GoogleGenAI({ vertexai, apiKey: "none", httpOptions: { baseUrl: `${HOST}${mount}`, fetch } });
      return call(client, camelCased(args) as never);
    });

/** How libraries ask what is recorded under an endpoint, given its arguments. */
export const CALLS: Readonly<Record<string, (args: Json, mount: string, vertexai?: boolean) => Promise<Sent>>> = {
  "/v1/chat/completions": openaiCall((client, args, options) => client.chat.completions.create(args, options)),
  "/v1/completions": openaiCall((client, args, options) => client.completions.create(args, options)),
  "/v1/embeddings": openaiCall((client, args, options) => client.embeddings.create(args, options)),
  "/v1/responses": openaiCall((client, args, options) => client.responses.create(args, options)),
  "/v1/models": openaiCall(async (client, _args, options) => client.models.list(options)),
  "/v1/openai/v1/models": openaiCall(async (client, _args, options) => client.models.list(options)),
  "/api/chat": ollamaCall((client, args) => client.chat(args)),
  "/api/generate": ollamaCall((client, args) => client.generate(args)),
  "/api/embeddings": ollamaCall((client, args) => client.embed(args)),
  "/api/pull": ollamaCall((client, args) => client.pull(args)),
  "/api/tags": ollamaCall((client) => client.list()),
  "/api/ps": ollamaCall((client) => client.ps()),
  "/v1/messages": (args, mount) =>
    sentBy((fetch) =>
      new Anthropic({ apiKey: "none", baseURL: `${HOST}${mount}`, fetch, maxRetries: 0 }).messages.create(
        args as never,
      ),
    ),
  "/v1beta/interactions": (args, mount) =>
    sentBy((fetch) => {
      const httpOptions = { baseUrl: `${HOST}${mount}`, fetch };
      return new GoogleGenAI({ vertexai: false, apiKey: "none", httpOptions }).interactions.create(args as never);
    }),
  "/generate_content": genaiCall((client, args) => client.models.generateContent(args)),
  "/generate_content_stream": genaiCall((client, args) => client.models.generateContentStream(args)),
  "/embed_content": genaiCall((client, args) => client.models.embedContent(args)),
};
