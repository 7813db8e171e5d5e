import type { Asked } from "../dialects/dialect.ts";
import { type Message, type Part, parsedArguments } from "../dialects/message.ts";
import { JsonObject, type JsonValue } from "../recording/json/value.ts";
import type { Jsonable } from "../recording/json/write.ts";
import type { Failure } from "../recording/recording.ts";
import { forTerminal } from "../text/escape.ts";
import { type Conversation, conversationLines, type Halves } from "./conversation.ts";
import type { Report } from "./report.ts";

const partJson = (part: Part): Jsonable =>
  part.type === "tool-call" ? { ...part, parsed: parsedArguments(part.arguments) ?? null } : { ...part };

const askedJson = (asked: Asked): Jsonable => ({
  messages: asked.turns.map((turn) => ({ role: turn.role, parts: turn.parts.map(partJson) })),
  tools: asked.tools.map((tool) => ({ ...tool })),
  parameters: new JsonObject(
    asked.parameters.map(([key]) => key),
    asked.parameters.map(([, value]) => value),
  ),
});

const answerJson = (answer: Message, failure: Failure | null): Jsonable => ({
  choices: answer.choices.map((choice) => ({ ...choice, parts: choice.parts.map(partJson) })),
  items: answer.items,
  usage: answer.usage,
  errors: answer.errors,
  failure: failure ? { ...failure } : null,
});

/** `show`: a recording as a conversation. */
export function showReport(shown: Conversation, id: string, halves: Halves): Report {
  const { path, bytes, dialect, recording, asked, answer } = shown;
  const { head, failure } = recording;
  const document = (): Record<string, Jsonable> => ({
    path,
    id,
    test_id: head.testId,
    kind: head.kind,
    dialect: dialect === "unknown" ? null : dialect,
    method: head.method,
    url: head.url,
    endpoint: head.endpoint,
    model: head.model,
    streaming: head.streaming,
    chunks: head.chunks,
    failed: head.failed,
    bytes,
    ...(halves.request ? { request: askedJson(asked) } : {}),
    ...(halves.response ? { response: answerJson(answer, failure) } : {}),
  });
  return { document, items: () => [document()], text: (screen) => conversationLines(shown, halves, screen) };
}

/** A part of a recording as it is stored: `text` as people or a pipe get it, `value` for `--json`. */
export function storedReport(name: string, value: JsonValue, text: string): Report {
  return {
    document: () => ({ [name]: value }),
    items: () => [value],
    *text(screen) {
      const body = text.replace(/\n$/, "");
      yield screen.terminal ? forTerminal(body) : body;
    },
  };
}
