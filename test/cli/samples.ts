/** What a recording of the tests says; what is left out is a short chat with gpt-4o. */
export interface Sample {
  test?: string | null;
  model?: string;
  endpoint?: string;
  asked?: string;
  /** One answer, or the pieces in which it streamed. */
  answered?: string | readonly string[];
  /** A recorded failure, behind the pieces that came before it. */
  failure?: string;
}

/** The text of a recording as the recorder writes it: two spaces a level, ASCII alone, a newline at its end. */
export function sample({ test = "test_bar.py::test_tide", model = "gpt-4o", ...rest }: Sample = {}): string {
  const { endpoint = "/v1/chat/completions", asked = "When is high water?", answered = "At 22:14.", failure } = rest;
  const streaming = typeof answered !== "string";
  const request = {
    method: "POST",
    url: `https://api.openai.com/v1${endpoint}`,
    headers: {},
    body: { model, messages: [{ role: "user", content: asked }], ...(streaming ? { stream: true } : {}) },
    endpoint,
    model,
  };
  const response = {
    body: streaming ? answered.map(chunk) : failure === undefined ? completion(answered) : null,
    is_streaming: streaming,
    ...(failure === undefined
      ? {}
      : { is_exception: true, exception_data: failed(failure), exception_message: failure }),
  };
  return pythonText({ test_id: test, request, response, id_normalization_mapping: {} });
}

/** Python's `json.dumps(value, indent=2)` and a newline, for strings, whole numbers, lists and objects. */
export const pythonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;

const completion = (content: string): object => ({
  __type__: "openai.types.chat.chat_completion.ChatCompletion",
  __data__: {
    id: "rec-0123456789ab",
    choices: [{ finish_reason: "stop", index: 0, message: { role: "assistant", content } }],
  },
});

const chunk = (content: string, index: number, all: readonly string[]): object => ({
  __type__: "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
  __data__: {
    id: "rec-0123456789ab",
    choices: [{ delta: { content }, finish_reason: index === all.length - 1 ? "stop" : null, index: 0 }],
  },
});

const failed = (message: string): object => ({ category: "builtin", type: "TimeoutError", message });

/** A hash as names have it, told apart by its first digits. */
export const hash = (start: string): string => start.padEnd(64, "0");

/** The path of a recording in the folder `recordings` at the root of a tree. */
export const at = (start: string): string => `recordings/${hash(start)}.json`;
