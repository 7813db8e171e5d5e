import { asArray } from "../recording/json/value.ts";
import type { Dialect, Turn } from "./dialect.ts";
import { chatTools, chatTurns, completionPieces } from "./openai-messages.ts";
import { asText, dataWire, parametersOf } from "./shared.ts";

/**
 * OpenAI text completions: https://platform.openai.com/docs/api-reference/completions
 * Old recorders stored chat requests under this endpoint too, so messages are read as well.
 */
export const openaiCompletions: Dialect = {
  id: "openai-completions",
  title: "OpenAI text completions",
  endpoint: /(?<!\/chat)\/completions$/,
  type: /^Completion$/,
  ask(body) {
    const prompt = body.get("prompt");
    const prompts = prompt === undefined ? [] : (asArray(prompt) ?? [prompt]);
    const asked: Turn[] = prompts.map((text) => ({ role: "prompt", parts: [{ type: "text", text: asText(text) }] }));
    return {
      turns: [...asked, ...chatTurns(body.get("messages"))],
      tools: chatTools(body.get("tools")),
      parameters: parametersOf(body, "prompt", "messages", "tools"),
    };
  },
  chunk: completionPieces,
  body: completionPieces,
  streams: { finish: true },
  wire: dataWire("data: [DONE]\n\n"),
};
