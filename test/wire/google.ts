import { GoogleGenAI } from "@google/genai";
import type { Client } from "./client.ts";
import type { Api } from "./serve.ts";
import type { Wire } from "./wires.ts";

const CALLS: Record<string, string> = {
  "/generate_content": "models.generateContent",
  "/generate_content_stream": "models.generateContentStream",
  "/embed_content": "models.embedContent",
};

/** Members that the library adds. */
const ADDED = [
  // The headers of the response, of every call.
  "sdkHttpResponse",
  // Of a whole interaction: the form of a later version of the API, which has steps rather than outputs,
  "steps",
  // and what would tell several responses apart that were joined to this one.
  "continuation_ids",
  "usage.initial_input_tokens",
];

/** Members of recorded chunks and bodies that the library does not yield. */
const DROPPED = [
  // The Python SDK's own: they never were on the wire.
  "sdk_http_response",
  "automatic_function_calling_history",
];

/** Members whose value is the user's own data: its keys stay as they are. */
const USER_DATA = ["function_call.args", "function_response.response"];

const camel = (key: string): string => key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** What the Python SDK calls `finish_reason` is `finishReason` in this library. */
function camelCased(value: unknown, owner = ""): unknown {
  if (Array.isArray(value)) return value.map((element) => camelCased(element, owner));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([key]) => !DROPPED.includes(key));
  return Object.fromEntries(
    members.map(([key, member]) => [
      camel(key),
      USER_DATA.includes(`${owner}.${key}`) ? member : camelCased(member, key),
    ]),
  );
}

async function* read(wire: Wire, { baseUrl, fetch }: Api): AsyncIterable<unknown> {
  const { model } = wire;
  const vertexai = wire.dialect === "genai";
  const client = new GoogleGenAI({ vertexai, apiKey: "none", httpOptions: { baseUrl, fetch } });
  switch (google.call(wire)) {
    case "models.generateContent":
      yield await client.models.generateContent({ model, contents: "?" });
      return;
    case "models.generateContentStream":
      yield* await client.models.generateContentStream({ model, contents: "?" });
      return;
    case "models.embedContent":
      yield await client.models.embedContent({ model, contents: "?" });
      return;
    case "interactions.create":
      if (wire.streamed) yield* await client.interactions.create({ model, input: "?", stream: true });
      else yield await client.interactions.create({ model, input: "?" });
  }
}

/** https://github.com/googleapis/js-genai */
export const google: Client = {
  library: "@google/genai",
  dialects: ["genai", "gemini-interactions"],
  added: ADDED,
  call: ({ endpoint, dialect }) =>
    dialect === "genai" ? (CALLS[endpoint] ?? `no call for ${endpoint}`) : "interactions.create",
  read,
  expected: ({ dialect, recorded }) => (dialect === "genai" ? recorded.map((chunk) => camelCased(chunk)) : recorded),
};
