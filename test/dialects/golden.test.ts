import { expect, it } from "vitest";
import { DIALECTS, dialectOf } from "../../src/dialects/index.ts";
import { assemble } from "../../src/dialects/message.ts";
import { askedOf, piecesOf } from "../../src/dialects/units.ts";
import { conversationLines } from "../../src/report/conversation.ts";
import { plain } from "../../src/text/style.ts";
import { DEMO } from "../demo.ts";

/** Every demo recording of a dialect as `show` tells it to a pipe: what was asked, and what the chunks add up to. */
function told(id: string): string {
  const own = DEMO.filter(({ dialect }) => dialect.id === id);
  return own
    .map(({ file, recording, dialect }) => {
      const asked = askedOf(recording, dialect);
      const answer = assemble(piecesOf(recording, dialect));
      const shown = { path: `recordings/${file}`, bytes: 0, dialect: dialect.id, recording, asked, answer };
      const screen = { terminal: false, columns: 80, paint: plain };
      return [...conversationLines(shown, { request: true, response: true }, screen)].join("\n");
    })
    .join("\n\n================================================================\n\n");
}

it.each([...DIALECTS.map(({ id }) => id), "unknown"])("%s recordings are told in full", async (id) => {
  const text = told(id);
  expect(text).not.toBe("");
  await expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/${id}.txt`);
});

it.each([
  ["/v1/chat/completions", null, "openai-chat"],
  ["/chat/completions", null, "openai-chat"],
  ["/v1/completions", "openai.types.chat.chat_completion_chunk.ChatCompletionChunk", "openai-completions"],
  ["/v1/models", null, "openai-models"],
  ["/v1/openai/v1/models", null, "openai-models"],
  ["/api/tags", null, "ollama"],
  ["/api/embeddings", null, "ollama"],
  ["/v1/embeddings", null, "openai-embeddings"],
  ["/v1beta/interactions", null, "gemini-interactions"],
  ["/generate_content_stream", null, "genai"],
  ["/odd", "openai.types.completion.Completion", "openai-completions"],
  ["/odd", "openai.types.responses.response.Response", "openai-responses"],
  ["/odd", "some.Thing", undefined],
  [null, null, undefined],
] as const)("%s of type %s speaks %s", (endpoint, type, id) => {
  expect(dialectOf({ kind: "inference", endpoint, type })?.id).toBe(id);
});
