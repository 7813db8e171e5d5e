import type { Bad } from "./case.ts";
import { bodyBut, lineOf, ownBut } from "./fixtures.ts";
import {
  ANTHROPIC,
  also,
  bad,
  CHAT,
  chunk,
  FLAG,
  flag,
  GEMINI,
  GENAI,
  lines,
  NO_FINISH,
  OLLAMA,
  RESPONSES,
} from "./stream-fixtures.ts";

export const BAD_STREAMS: readonly Bad[] = [
  bad("a stream that is told not to be one", flag(CHAT, false), {
    at: FLAG,
    points: "false",
    says: /is false, and the body is a stream of ChatCompletionChunks/,
    also,
  }),
  bad("lines that are told to be no stream", flag(ANTHROPIC, false), {
    at: FLAG,
    points: "false",
    says: /is false, and the body is a stream of server-sent events/,
    also,
  }),
  bad("Ollama's stream, told to be none", flag(OLLAMA, false), {
    at: FLAG,
    points: "false",
    says: /a stream of ChatResponses/,
    also,
  }),
  bad("a whole answer that is told to be a stream", flag("69d5", true), {
    at: FLAG,
    points: "true",
    says: /is true, and the body is no list of chunks/,
    also,
  }),
  bad("a model list that is told to be a stream", flag("models-ccf0", true), {
    at: chunk(0),
    says: /is true, and this is no chunk: Model/,
  }),
  bad("an empty stream", () => bodyBut(CHAT, () => []), { at: "response.body", points: "[]", says: /without a chunk/ }),
  bad(
    "lines and objects in one",
    lines(ANTHROPIC, (body) => [...body, {}]),
    {
      at: chunk(105),
      says: /lines of server-sent events and objects/,
      also,
    },
  ),
  bad(
    "a chunk of another type",
    () =>
      bodyBut(CHAT, (body) => {
        body[3].__type__ = "openai.ChatCompletionChank";
      }),
    {
      at: `${chunk(3)}.__type__`,
      points: '"openai.ChatCompletionChank"',
      says: /another type than the others/,
    },
  ),
  bad(
    "a first chunk of another type",
    () =>
      bodyBut(OLLAMA, (body) => {
        body[0].__type__ += "s";
      }),
    {
      at: `${chunk(0)}.__type__`,
      points: '"ollama._types.ChatResponses"',
      says: /another type than the others/,
    },
  ),
  bad("OpenAI chat broke off", () => bodyBut(CHAT, (body) => body.slice(0, 39)), { at: chunk(38), says: NO_FINISH }),
  bad("OpenAI chat with nothing but its beginning", () => bodyBut("0c03", (body) => body.slice(0, 1)), {
    at: "response.body",
    points: "[",
    says: NO_FINISH,
  }),
  bad("one of several choices broke off", () => bodyBut("3cc8", (body) => body.slice(0, 21)), {
    at: chunk(17),
    says: /choice 1 never finishes/,
  }),
  bad("OpenAI completions broke off", () => bodyBut("007a", (body) => body.slice(0, 31)), {
    at: chunk(30),
    says: NO_FINISH,
  }),
  bad("OpenAI responses broke off", () => bodyBut(RESPONSES, (body) => body.slice(0, -1)), {
    at: chunk(76),
    says: NO_FINISH,
  }),
  bad("Ollama broke off", () => bodyBut(OLLAMA, (body) => body.slice(0, -1)), { at: chunk(37), says: NO_FINISH }),
  bad(
    "Anthropic broke off",
    lines(ANTHROPIC, (body) => body.slice(0, lineOf(body, "event: message_delta"))),
    { at: chunk(93), points: '"event: content_block_delta"', says: NO_FINISH },
  ),
  bad(
    "Gemini interactions broke off",
    lines(GEMINI, (body) => body.slice(0, lineOf(body, "event: interaction.complete"))),
    { at: chunk(30), points: '"event: content.delta"', says: NO_FINISH },
  ),
  bad("GenAI broke off", () => bodyBut(GENAI, (body) => body.slice(0, -1)), {
    at: chunk(7),
    says: NO_FINISH,
  }),
  bad(
    "a finish before the end",
    () =>
      bodyBut(CHAT, (body) => {
        body[3].__data__.choices[0].finish_reason = "stop";
      }),
    { at: chunk(4), says: /choice 0 goes on after its finish/ },
  ),
  bad("two answers in one stream", () => bodyBut(OLLAMA, (body) => [...body, ...body]), {
    at: chunk(39),
    says: /goes on after its finish/,
  }),
  bad(
    "an id that changes",
    () =>
      bodyBut(CHAT, (body) => {
        body[5].__data__.id = "chatcmpl-8";
      }),
    {
      at: chunk(5),
      says: /the id changes in mid-stream/,
      also: ["normalised"],
    },
  ),
  bad(
    "a model that changes",
    () =>
      bodyBut(OLLAMA, (body) => {
        body[7].__data__.model = "llama3";
      }),
    {
      at: chunk(7),
      says: /the model changes in mid-stream/,
    },
  ),
  bad("events that are missing", () => bodyBut(RESPONSES, (body) => void body.splice(20, 3)), {
    at: chunk(20),
    says: /sequence_number goes from 19 to 23/,
  }),
  bad(
    "a line that no client reads",
    lines(ANTHROPIC, (body) => {
      body[6] = `x${body[6]}`;
    }),
    {
      at: chunk(6),
      points: '"x',
      says: /no line of server-sent events/,
    },
  ),
  bad(
    "two lines in one",
    lines(ANTHROPIC, (body) => {
      body[6] = `${body[6]}\ndata: {}`;
    }),
    {
      at: chunk(6),
      points: '"',
      says: /no line of server-sent events/,
    },
  ),
  bad(
    "data that is no JSON",
    lines(ANTHROPIC, (body) => {
      body[4] = body[4]?.slice(0, -1) ?? "";
    }),
    {
      at: chunk(4),
      points: '"data: {',
      says: /the data of this event is no JSON/,
    },
  ),
  bad(
    "an event without data",
    lines(GEMINI, (body) => void body.splice(4, 1)),
    {
      at: chunk(3),
      points: '"event: interaction.status_update"',
      says: /an event without data/,
    },
  ),
  bad(
    "the data of another event",
    lines(ANTHROPIC, (body) => {
      body[0] = "event: message_stop";
    }),
    {
      at: chunk(0),
      points: '"event: message_stop"',
      says: /called otherwise than its data says/,
    },
  ),
  bad(
    "a failure without its data",
    () =>
      ownBut("3e34", ({ response }) => {
        delete response.exception_data;
        delete response.exception_message;
      }),
    { at: "response.is_exception", points: "true", says: /a recorded failure without its data/, also },
  ),
  bad(
    "the data of a failure without the failure",
    () =>
      ownBut("3e34", ({ response }) => {
        delete response.is_exception;
      }),
    {
      at: "response.exception_data",
      says: /exception_data without "is_exception": true/,
      also,
    },
  ),
];
