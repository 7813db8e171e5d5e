import type { Dialect } from "./dialect.ts";
import { chatTools, chatTurns, completionPieces } from "./openai-messages.ts";
import { dataWire, parametersOf } from "./shared.ts";

/** OpenAI chat completions: https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: Dialect = {
  id: "openai-chat",
  title: "OpenAI chat completions",
  endpoint: /\/chat\/completions$/,
  type: /^ChatCompletion(Chunk)?$/,
  ask: (body) => ({
    turns: chatTurns(body.get("messages")),
    tools: chatTools(body.get("tools")),
    parameters: parametersOf(body, "messages", "tools"),
  }),
  chunk: completionPieces,
  body: completionPieces,
  streams: { finish: true, callIds: true },
  wire: dataWire("data: [DONE]\n\n"),
};
