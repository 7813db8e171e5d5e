import { describe, expect, it } from "vitest";
import { genai } from "../../src/dialects/genai.ts";
import { assemble, type Part, type Piece, parsedArguments } from "../../src/dialects/message.ts";
import { openaiChat } from "../../src/dialects/openai-chat.ts";
import { openaiEmbeddings } from "../../src/dialects/openai-embeddings.ts";
import { openaiModels } from "../../src/dialects/openai-models.ts";
import { eventJson, sseEvents } from "../../src/dialects/sse.ts";
import { unwrapped } from "../../src/dialects/units.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject } from "../../src/recording/json/value.ts";

const chat = (...chunks: string[]) => assemble(chunks.flatMap((chunk) => openaiChat.chunk(parseJson(chunk))));

const textOf = (parts: readonly Part[]): string => parts.map((part) => ("text" in part ? part.text : "")).join("");

describe("assembling", () => {
  it("joins the pieces of interleaved tool calls by index", () => {
    const call = (index: number, fn: string, id?: string) =>
      `{"choices":[{"index":0,"delta":{"tool_calls":[{"index":${index}${id ? `,"id":"${id}"` : ""},"function":${fn}}]}}]}`;
    const { choices } = chat(
      call(0, '{"name":"tide","arguments":""}', "a"),
      call(1, '{"name":"fog","arguments":"{"}', "b"),
      call(0, '{"arguments":"{\\"at\\":"}'),
      call(1, '{"arguments":"}"}'),
      call(0, '{"arguments":"1.0}"}'),
    );
    expect(choices[0]?.parts).toEqual([
      { type: "tool-call", id: "a", name: "tide", arguments: '{"at":1.0}' },
      { type: "tool-call", id: "b", name: "fog", arguments: "{}" },
    ]);
  });

  it("keeps choices apart and in the order of their indexes", () => {
    const say = (index: number, text: string) => `{"choices":[{"index":${index},"delta":{"content":"${text}"}}]}`;
    const { choices } = chat(say(1, "b"), say(0, "a"), say(1, "B"));
    expect(choices.map(({ index, parts }) => [index, textOf(parts)])).toEqual([
      [0, "a"],
      [1, "bB"],
    ]);
  });

  it("reasoning that comes under both names is read once", () => {
    const { choices } = chat(
      '{"choices":[{"index":0,"delta":{"reasoning":"hm","reasoning_content":"hm","content":null}}]}',
    );
    expect(choices[0]?.parts).toEqual([{ type: "reasoning", text: "hm" }]);
  });

  it("usage that is repeated is not added up; a chunk without choices is not always usage", () => {
    const message = chat(
      '{"choices":[],"usage":null}',
      '{"choices":[],"usage":{"n":1}}',
      '{"choices":[],"usage":{"n":2}}',
    );
    expect(asObject(message.usage ?? undefined)?.get("n")).toEqual(parseJson("2"));
    expect(message.choices).toEqual([]);
  });

  it("two equal calls of one answer stay two", () => {
    const part = '{"function_call":{"name":"f","args":{"x":1}}}';
    const body = parseJson(`{"candidates":[{"content":{"parts":[${part},${part}]}}]}`);
    expect(assemble(genai.body(body)).choices[0]?.parts).toHaveLength(2);
  });

  it("arguments that are no JSON are told from those that are", () => {
    expect(parsedArguments('{"a":1}')).toBeDefined();
    expect(parsedArguments('{"a":')).toBeUndefined();
  });

  it("text, reasoning and text again keep their order", () => {
    const pieces: Piece[] = [
      { type: "text", choice: 0, text: "a" },
      { type: "text", choice: 0, text: "b" },
      { type: "reasoning", choice: 0, text: "c" },
      { type: "text", choice: 0, text: "d" },
    ];
    expect(assemble(pieces).choices[0]?.parts.map((part) => ("text" in part ? part.text : ""))).toEqual([
      "ab",
      "c",
      "d",
    ]);
  });
});

it("nothing that a body may hold makes a dialect fail", () => {
  for (const body of ["null", "1", '"x"', "[]", "[1]", "{}", '{"choices":1}', '{"choices":[null,1]}', '{"data":{}}']) {
    for (const dialect of [openaiChat, openaiEmbeddings, openaiModels, genai]) {
      expect(() => assemble(dialect.body(parseJson(body)))).not.toThrow();
      expect(() => dialect.wire.chunk(parseJson(body))).not.toThrow();
    }
  }
});

describe("SSE lines", () => {
  it("are grouped into events; several data lines join; a rest without an empty line counts", () => {
    const events = sseEvents(["event: a", "data: {", 'data: "x":1}', "", ": comment", "", "data: [DONE]"]);
    expect(events.map(({ event, data }) => [event, data])).toEqual([
      ["a", '{\n"x":1}'],
      [null, null],
      [null, "[DONE]"],
    ]);
    expect(eventJson(events[0] as never)).toEqual(parseJson('{"x":1}'));
    expect(eventJson(events[2] as never)).toBeUndefined();
  });
});

it("only Python's wrapper is taken off", () => {
  expect(unwrapped(parseJson('{"__type__":"T","__data__":[1]}'))).toEqual(parseJson("[1]"));
  expect(unwrapped(parseJson('{"__data__":1}'))).toEqual(parseJson('{"__data__":1}'));
});
