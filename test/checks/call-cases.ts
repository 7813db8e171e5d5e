import type { Bad } from "./case.ts";
import { bodyBut, type Loose } from "./fixtures.ts";
import {
  ANTHROPIC,
  bad,
  CALL,
  CHAT,
  chunk,
  dataBut,
  GENAI,
  geminiCall,
  lines,
  NO_ID,
  NO_JSON,
  NO_NAME,
  OLLAMA,
  RESPONSES,
  toolOf,
} from "./stream-fixtures.ts";

export const BAD_CALLS: readonly Bad[] = [
  bad("OpenAI chat: arguments that are no JSON", () => bodyBut(CHAT, (body) => void body.splice(38, 1)), {
    at: chunk(19),
    says: NO_JSON,
  }),
  bad(
    "OpenAI chat: a call without an id",
    () =>
      bodyBut(CHAT, (body) => {
        toolOf(body[10]).id = null;
      }),
    {
      at: chunk(10),
      says: NO_ID,
    },
  ),
  bad(
    "OpenAI chat: a call without a name",
    () =>
      bodyBut(CHAT, (body) => {
        toolOf(body[10]).function.name = null;
      }),
    {
      at: chunk(10),
      says: NO_NAME,
    },
  ),
  bad(
    "OpenAI responses: no JSON",
    () =>
      bodyBut(RESPONSES, (body) => {
        body[40].__data__.delta = "";
      }),
    {
      at: chunk(39),
      says: NO_JSON,
    },
  ),
  bad(
    "OpenAI responses: no id",
    () =>
      bodyBut(RESPONSES, (body) => {
        body[39].__data__.item.call_id = "";
      }),
    {
      at: chunk(39),
      says: NO_ID,
    },
  ),
  bad(
    "OpenAI responses: no name",
    () =>
      bodyBut(RESPONSES, (body) => {
        body[39].__data__.item.name = "";
      }),
    {
      at: chunk(39),
      says: NO_NAME,
    },
  ),
  bad(
    "Ollama: a call without a name",
    () =>
      bodyBut(OLLAMA, (body) => {
        body[37].__data__.message.tool_calls[0].function.name = "";
      }),
    { at: chunk(37), says: NO_NAME },
  ),
  bad(
    "Anthropic: no JSON",
    lines(ANTHROPIC, (body) =>
      dataBut(body, 79, ({ delta }) => {
        delta.partial_json = "[";
      }),
    ),
    {
      at: chunk(72),
      points: '"event: content_block_start"',
      says: NO_JSON,
    },
  ),
  bad(
    "Anthropic: no id",
    lines(ANTHROPIC, (body) => dataBut(body, 73, (data) => delete data.content_block.id)),
    { at: chunk(72), points: '"event: content_block_start"', says: NO_ID },
  ),
  bad(
    "Anthropic: no name",
    lines(ANTHROPIC, (body) => dataBut(body, 73, (data) => delete data.content_block.name)),
    { at: chunk(72), points: '"event: content_block_start"', says: NO_NAME },
  ),
  bad("Gemini interactions: no name", () => geminiCall({ ...CALL, name: undefined }), {
    at: chunk(39),
    points: '"event: content.delta"',
    says: NO_NAME,
  }),
  bad("Gemini interactions: no JSON", () => geminiCall({ ...CALL, arguments: '{"times": ' }), {
    at: chunk(39),
    points: '"event: content.delta"',
    says: NO_JSON,
  }),
  bad(
    "GenAI: a call without a name",
    () =>
      bodyBut(GENAI, (body) => {
        const parts = body[8].candidates[0].content.parts;
        parts.find((part: Loose) => part.function_call).function_call.name = "";
      }),
    { at: chunk(8), says: NO_NAME },
  ),
];
