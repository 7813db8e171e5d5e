import type { Case } from "./case.ts";
import { bodyBut, type Files, type Loose, lineOf, own, ownBut } from "./fixtures.ts";
import {
  ANTHROPIC,
  CALL,
  CHAT,
  dataBut,
  GEMINI,
  GENAI,
  geminiCall,
  OLLAMA,
  RESPONSES,
  toolOf,
} from "./stream-fixtures.ts";

const good = (name: string, files: () => Files): Case => ({ rule: "stream", name, files });

export const GOOD_STREAMS: readonly Case[] = [
  good("OpenAI chat with tool calls", () => own(CHAT)),
  good("OpenAI text completions", () => own("007a")),
  good("OpenAI responses with tool calls", () => own(RESPONSES)),
  good("Ollama chat with a tool call", () => own(OLLAMA)),
  good("Ollama generate", () => own("7656")),
  good("Anthropic messages with a tool call", () => own(ANTHROPIC)),
  good("Gemini interactions", () => own(GEMINI)),
  good("Gemini interactions with a tool call", () => geminiCall(CALL)),
  good("Gemini interactions whose tool call has no id", () => geminiCall({ ...CALL, id: undefined })),
  good("GenAI with a tool call", () => own(GENAI)),
  good("several choices", () => own("3cc8")),
  good("a failure in mid-stream, behind its chunks", () => own("3e34")),
  good("a failure at once, without a body", () => own("d0fc")),
  good("Ollama's progress of a pull", () => own("50dc")),
  good("Azure's first chunk, which has no choices, no id and no model", () =>
    bodyBut(CHAT, (body) => {
      const first = structuredClone(body[0]);
      Object.assign(first.__data__, { choices: [], model: "", prompt_filter_results: [] });
      return [first, ...body];
    }),
  ),
  good("a usage chunk behind the finish", () =>
    bodyBut(CHAT, (body) => {
      const last = structuredClone(body.at(-1));
      last.__data__.choices = [];
      last.__data__.usage = { completion_tokens: 3, prompt_tokens: 4, total_tokens: 7 };
      return [...body, last];
    }),
  ),
  good("an empty delta behind the finish", () =>
    bodyBut(CHAT, (body) => {
      const finish = body.find((chunk: Loose) => chunk.__data__.choices[0]?.finish_reason);
      const last = structuredClone(finish);
      last.__data__.choices[0].finish_reason = null;
      return [...body, last];
    }),
  ),
  good("a tool call without parameters has empty arguments", () =>
    bodyBut(CHAT, (body) => {
      for (const chunk of body) {
        const call = chunk.__data__.choices[0]?.delta.tool_calls?.[0];
        if (call) call.function.arguments = "";
      }
    }),
  ),
  good("the id of a tool call comes behind an empty one", () =>
    bodyBut(CHAT, (body) => {
      toolOf(body[11]).id = toolOf(body[10]).id;
      toolOf(body[10]).id = "";
    }),
  ),
  good("Anthropic pings, comments and a retry", () =>
    bodyBut(ANTHROPIC, (lines) => {
      lines.splice(3, 0, "event: ping", 'data: {"type":"ping"}', "", ": keep-alive", "", "retry: 3000", "");
    }),
  ),
  good("a ping without data", () => bodyBut(ANTHROPIC, (lines) => void lines.splice(3, 0, "event: ping", ""))),
  good("lines that kept a carriage return", () =>
    bodyBut(ANTHROPIC, (lines: string[]) => lines.map((line) => `${line}\r`)),
  ),
  good("a tool call that was cut off at the most tokens", () =>
    bodyBut(CHAT, (body) => {
      for (const { __data__ } of body) {
        if (__data__.choices[0]?.finish_reason) __data__.choices[0].finish_reason = "length";
      }
      body.splice(38, 1);
    }),
  ),
  good("the same of Anthropic", () =>
    bodyBut(ANTHROPIC, (lines: string[]) => {
      dataBut(lines, 94, ({ delta }) => {
        delta.partial_json = "";
      });
      dataBut(lines, lineOf(lines, 'data: {"type":"message_delta"'), ({ delta }) => {
        delta.stop_reason = "max_tokens";
      });
    }),
  ),
  good("a failure in the middle of a tool call", () =>
    ownBut(CHAT, ({ response }) => {
      response.body = response.body.slice(0, 25);
      response.is_exception = true;
      response.exception_data = { category: "builtin", type: "TimeoutError", message: "timed out" };
      response.exception_message = "timed out";
    }),
  ),
  good("an error that Anthropic told inside its stream", () =>
    bodyBut(ANTHROPIC, (lines: string[]) => [
      ...lines.slice(0, lineOf(lines, "event: message_delta")),
      "event: error",
      'data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
      "",
    ]),
  ),
  good("an answer that did not stream", () => own("69d5")),
  good("a model list", () => own("models-ccf0")),
];
