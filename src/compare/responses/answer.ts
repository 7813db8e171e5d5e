import { dialectFor } from "../../dialects/index.ts";
import { assemble, type Choice, type Message, parsedArguments, type ToolCall } from "../../dialects/message.ts";
import { bodyData, piecesOf, unitsOf } from "../../dialects/units.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { byCodePoint } from "../../recording/names/dumps.ts";
import type { Recording } from "../../recording/recording.ts";
import { noiseAt } from "./noise.ts";

/** A response, read: what it adds up to, and what it was made of. */
export interface Answer {
  message: Message;
  /** Chunks as the API sends them; of what did not stream the one body. */
  data: JsonValue[];
  streamed: boolean;
  /** What it lists in no order of any meaning: models. */
  unordered: boolean;
}

/** Reads the response of a recording. */
export function answerOf(recording: Recording): Answer {
  const dialect = dialectFor(recording.head);
  const units = unitsOf(recording, dialect);
  const streamed = recording.head.streaming && Array.isArray(recording.body);
  return {
    message: assemble(streamed ? units.flatMap(({ pieces }) => pieces) : piecesOf(recording, dialect)),
    data: streamed ? units.flatMap(({ data }) => data ?? []) : [bodyData(recording)],
    streamed,
    unordered: dialect.id === "openai-models" || /^\/api\/(tags|ps)$/.test(recording.head.endpoint ?? ""),
  };
}

/** Members as an object, without those that are undefined. */
export function objectOf(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const there = Object.entries(members).filter((member): member is [string, JsonValue] => member[1] !== undefined);
  return new JsonObject(
    there.map(([key]) => key),
    there.map(([, value]) => value),
  );
}

/** How an {@link Answer} is told as a value. */
export interface Telling {
  /** Without numbers of vectors: they are near enough. */
  vectors: boolean;
  /** With its usage. */
  usage: boolean;
}

/**
 * What an answer says, as a value to be compared: `choices[].text|reasoning|refusal|tool_calls|finish`, `items`, `usage`, `errors`,
 * `failure`, `status`, and what every chunk repeats under `envelope` (the model, the service tier). Neither chunks nor ids.
 */
export function answerValue({ message, data, unordered }: Answer, recording: Recording, telling: Telling): JsonObject {
  const items = message.items.map(({ label, text }) => {
    const told = telling.vectors ? text : text.replace(/^(\d+ numbers) \[.*\]$/, "$1");
    return label === "" ? told : `${label}: ${told}`;
  });
  const { failure, response } = recording;
  return objectOf({
    failure: failure
      ? objectOf({
          type: failure.type,
          category: failure.category,
          status: failure.status === null ? null : new JsonNumber(String(failure.status)),
          message: failure.message,
          body: failure.body,
        })
      : undefined,
    status: response.get("status"),
    choices: message.choices.length > 0 ? message.choices.map(choiceValue) : undefined,
    items: items.length > 0 ? (unordered ? items.sort(byCodePoint) : items) : undefined,
    errors: message.errors.length > 0 ? message.errors : undefined,
    usage: telling.usage ? (message.usage ?? undefined) : undefined,
    envelope: envelopeOf(data),
  });
}

function choiceValue({ parts, finish }: Choice): JsonObject {
  const said = (type: "text" | "reasoning" | "refusal"): string | undefined => {
    const texts = parts.flatMap((part) => (part.type === type ? [part.text] : []));
    return texts.length > 0 ? texts.join("") : undefined;
  };
  const calls = parts.filter((part): part is ToolCall => part.type === "tool-call");
  return objectOf({
    reasoning: said("reasoning"),
    text: said("text"),
    refusal: said("refusal"),
    tool_calls:
      calls.length > 0
        ? calls.map((call) =>
            objectOf({ name: call.name, arguments: parsedArguments(call.arguments) ?? call.arguments }),
          )
        : undefined,
    finish: finish ?? undefined,
  });
}

const CONTENT =
  /^(text|content|response|thinking|delta|message|output_text|error|status|type|done|index|\w+_index|sequence_number)$/;

/** The plain members of an answer that are the same in each chunk that has them. */
function envelopeOf(data: readonly JsonValue[]): JsonObject | undefined {
  const found = new Map<string, JsonValue | undefined>();
  for (const chunk of data) {
    if (!(chunk instanceof JsonObject)) continue;
    for (const [key, value] of chunk.entries()) {
      if (value === null || typeof value === "object" || CONTENT.test(key)) continue;
      found.set(key, found.has(key) && found.get(key) !== value ? undefined : value);
    }
  }
  const envelope = objectOf(Object.fromEntries([...found].filter(([key]) => noiseAt([key]) === null)));
  return envelope.keys.length > 0 ? envelope : undefined;
}
