import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "../../../src/dialects/index.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { PYTHON_INDENTED, RECORDER, writeJson } from "../../../src/recording/json/write.ts";
import { recordedFrom } from "../../../src/server/recorded/index.ts";
import { GENAI } from "../../../src/server/recorded/models/genai.ts";
import type { Printing } from "../../../src/server/recorded/models/model.ts";
import { OLLAMA } from "../../../src/server/recorded/models/ollama.ts";
import { OPENAI } from "../../../src/server/recorded/models/openai.ts";
import { call, json } from "./made.ts";

const SCALARS = ["float", "time", "bytes"];

/** The models that a family's models name. */
const named = ({ models }: Printing): string[] =>
  Object.values(models).flatMap((model) =>
    typeof model === "string"
      ? [...model.matchAll(/:(\w+)/g)].map((found) => found[1] as string)
      : [model.first, ...Object.values(model.of)],
  );

describe.each([
  [
    "openai",
    OPENAI,
    ["ChatCompletion", "ChatCompletionChunk", "Completion", "CreateEmbeddingResponse", "Model", "Event"],
  ],
  [
    "ollama",
    OLLAMA,
    ["ChatResponse", "GenerateResponse", "EmbedResponse", "ProgressResponse", "ListResponse", "ProcessResponse"],
  ],
  ["genai", GENAI, ["GenerateContentResponse", "EmbedContentResponse"]],
])("the models of %s", (_, printing, roots) => {
  it("name none that is not there, and none is there that nothing names", () => {
    const names = new Set([...named(printing), ...roots].filter((name) => !SCALARS.includes(name)));
    expect([...names].sort()).toEqual(Object.keys(printing.models).sort());
  });
});

const endpoints = [
  "/v1/chat/completions",
  "/api/chat",
  "/api/tags",
  "/api/pull",
  "/generate_content_stream",
  "/embed_content",
];

/** Texts of answers that begin like real ones and then do not. */
const text = fc.oneof(
  fc.string(),
  fc.json(),
  fc.json().map((value) => `data: ${value}\n\n`),
  fc.json().map((value) => `{"choices":[{"delta":${value}}],"models":${value},"candidates":[${value}],"error":null}`),
  fc.json().map((value) => `data: {"type":"response.completed","response":{"output":${value}}}\n\ndata: [DONE]\n\n`),
  fc.json().map((value) => `{"data":[{"embedding":${value},"id":${value}}],"embeddings":${value}}\n`),
  fc.constant("[".repeat(5000)),
);

it("whatever comes is recorded as Python would read it again, or refused, and nothing is thrown", () => {
  const answered = fc.record({
    status: fc.constantFrom(200, 204, 301, 400, 404, 429, 500, 529),
    headers: fc.dictionary(fc.string(), fc.string()),
    frames: fc.array(text, { maxLength: 3 }),
    streamed: fc.boolean(),
    ended: fc.constantFrom("whole" as const, "broken" as const),
  });
  const asked = fc.record({
    dialect: fc.constantFrom(...DIALECTS.map(({ id }) => id)),
    kind: fc.constantFrom("inference" as const, "http" as const, "tool" as const),
    endpoint: fc.constantFrom(...endpoints),
    url: fc.oneof(fc.constantFrom("http://[", "vertexai:///x", ""), fc.webUrl()),
    body: fc.constantFrom("{}", '{"stream":true}', '{"stream":1,"model":null}').map(json),
    testId: fc.option(fc.string()),
  });
  const property = fc.property(asked, answered, (one, other) => {
    const made = recordedFrom(call(one), other);
    if ("refused" in made) return;
    const written = writeJson(made.root, PYTHON_INDENTED);
    expect(writeJson(parseJson(written), RECORDER)).toBe(written);
  });
  fc.assert(property, { numRuns: 3000 });
});
