/** Types of JSON, as the tables name them. */
export type Type = "null" | "boolean" | "string" | "number" | "array" | "object";

/** What must be there, as FORMAT tells it and not as the schema does: a path and the types it may have. `*` is every element. */
type Places = Readonly<Record<string, string>>;

const ID = "null string";

export const TOP: Places = {
  test_id: ID,
  request: "object",
  response: "object",
  id_normalization_mapping: "object",
};

export const REQUESTS: Readonly<Record<string, Places>> = {
  inference: {
    method: "string",
    url: "string",
    headers: "object",
    body: "object",
    endpoint: "string",
    model: "string",
    provider_metadata: "object",
  },
  http: { test_id: ID, url: "string", method: "string", payload: "object" },
  tool: { test_id: ID, provider: "string", tool_name: "string", kwargs: "object" },
  "file-processor": { test_id: ID, provider: "string", api: "string", file_id: "string" },
};

export const RESPONSE: Places = {
  status: "number",
  is_streaming: "boolean",
  is_exception: "boolean",
  exception_data: "object",
  exception_message: "string",
  "exception_data.category": "string",
  "exception_data.provider": "string",
  "exception_data.type": "string",
  "exception_data.message": "string",
  "exception_data.status_code": "number",
  "exception_data.body": "object array string null",
};

export const WRAPPER: Places = { __type__: "string", __data__: "object" };

const USAGE: Places = {
  usage: "object null",
  "usage.prompt_tokens": "number",
  "usage.total_tokens": "number",
};

const OPENAI: Places = {
  ...USAGE,
  id: "string",
  choices: "array",
  "choices.*": "object",
  "choices.*.index": "number",
  "choices.*.finish_reason": "string null",
  created: "number",
  model: "string",
  object: "string",
};

const OLLAMA: Places = {
  model: "string null",
  created_at: "string null",
  done: "boolean null",
  done_reason: "string null",
  total_duration: "number null",
  load_duration: "number null",
  prompt_eval_count: "number null",
  prompt_eval_duration: "number null",
  eval_count: "number null",
  eval_duration: "number null",
};

const RESPONSES: Places = {
  id: "string",
  created_at: "string number",
  error: "object null",
  model: "string",
  object: "string",
  output: "array",
  "output.*": "object",
  "output.*.type": "string",
  status: "string null",
  usage: "object null",
};

const EVENT: Places = { type: "string", sequence_number: "number" };
const DELTA: Places = { ...EVENT, delta: "string object" };
const ITEM: Places = { ...EVENT, item: "object", "item.type": "string", output_index: "number" };
const STATE: Places = {
  ...EVENT,
  ...Object.fromEntries(Object.entries(RESPONSES).map(([path, types]) => [`response.${path}`, types])),
  response: "object",
};

/** By the last part of `__type__`. */
export const TYPES: Readonly<Record<string, Places>> = {
  ChatCompletionChunk: {
    ...OPENAI,
    "choices.*.delta": "object",
    "choices.*.delta.content": "string null",
    "choices.*.delta.role": "string null",
    "choices.*.delta.tool_calls": "array null",
    "choices.*.delta.tool_calls.*": "object",
    "choices.*.delta.tool_calls.*.index": "number",
    "choices.*.delta.tool_calls.*.id": "string null",
    "choices.*.delta.tool_calls.*.function": "object",
    "choices.*.delta.tool_calls.*.function.name": "string null",
    "choices.*.delta.tool_calls.*.function.arguments": "string null",
  },
  ChatCompletion: {
    ...OPENAI,
    "choices.*.message": "object",
    "choices.*.message.content": "string null",
    "choices.*.message.role": "string",
    "choices.*.message.tool_calls": "array null",
    "choices.*.message.tool_calls.*": "object",
    "choices.*.message.tool_calls.*.id": "string",
    "choices.*.message.tool_calls.*.type": "string",
    "choices.*.message.tool_calls.*.function": "object",
    "choices.*.message.tool_calls.*.function.name": "string",
    "choices.*.message.tool_calls.*.function.arguments": "string",
  },
  Completion: { ...OPENAI, "choices.*.text": "string" },
  CreateEmbeddingResponse: {
    ...USAGE,
    data: "array",
    "data.*": "object",
    "data.*.embedding": "array string",
    "data.*.index": "number",
    "data.*.object": "string",
    model: "string",
    object: "string",
  },
  Model: { id: "string", created: "number null", object: "string", owned_by: "string null" },
  Response: RESPONSES,
  ResponseCreatedEvent: STATE,
  ResponseInProgressEvent: STATE,
  ResponseCompletedEvent: STATE,
  ResponseOutputItemAddedEvent: ITEM,
  ResponseOutputItemDoneEvent: ITEM,
  ResponseTextDeltaEvent: DELTA,
  ResponseReasoningSummaryTextDeltaEvent: DELTA,
  ResponseFunctionCallArgumentsDeltaEvent: DELTA,
  ResponseReasoningSummaryPartAddedEvent: EVENT,
  ResponseReasoningSummaryTextDoneEvent: EVENT,
  ResponseReasoningSummaryPartDoneEvent: EVENT,
  ResponseContentPartAddedEvent: EVENT,
  ResponseContentPartDoneEvent: EVENT,
  ResponseTextDoneEvent: EVENT,
  ResponseFunctionCallArgumentsDoneEvent: EVENT,
  GenerateResponse: { ...OLLAMA, response: "string" },
  ChatResponse: {
    ...OLLAMA,
    message: "object",
    "message.role": "string",
    "message.content": "string null",
    "message.tool_calls": "array null",
    "message.tool_calls.*": "object",
    "message.tool_calls.*.function": "object",
    "message.tool_calls.*.function.name": "string",
    "message.tool_calls.*.function.arguments": "object",
  },
  EmbedResponse: { ...OLLAMA, embeddings: "array", "embeddings.*": "array" },
  ProcessResponse: { models: "array", "models.*": "object", "models.*.model": "string null" },
  ListResponse: { models: "array", "models.*": "object", "models.*.model": "string null" },
  ProgressResponse: { status: "string null", completed: "number null", total: "number null", digest: "string null" },
  ToolInvocationResult: {
    content: "string object array null",
    error_message: "string null",
    error_code: "number null",
    metadata: "object null",
  },
  ProcessFileResponse: {
    chunks: "array",
    "chunks.*": "object",
    "chunks.*.content": "string array object",
    metadata: "object",
  },
};

/** Of plain bodies, by what the url ends in. */
export const PLAIN: readonly (readonly [url: RegExp, places: Places])[] = [
  [
    /generate_content(_stream)?$/,
    {
      sdk_http_response: "object",
      usage_metadata: "object",
      candidates: "array",
      "candidates.*": "object",
      "candidates.*.content.parts.*": "object",
    },
  ],
  [/embed_content$/, { sdk_http_response: "object", "embeddings.*": "object", "embeddings.*.values": "array" }],
  [
    /\/messages$/,
    {
      id: "string",
      type: "string",
      role: "string",
      model: "string",
      content: "array",
      "content.*": "object",
      "content.*.type": "string",
      stop_reason: "string null",
      usage: "object",
    },
  ],
  [
    /\/interactions$/,
    {
      id: "string",
      status: "string",
      outputs: "array",
      "outputs.*": "object",
      "outputs.*.type": "string",
      usage: "object",
    },
  ],
  [
    /\/rerank$/,
    { results: "array", "results.*": "object", "results.*.index": "number", "results.*.relevance_score": "number" },
  ],
];
