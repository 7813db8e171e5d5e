import type { Models } from "./model.ts";

/**
 * Models of the openai SDK 2.31 (April 2026, the last that real recordings name) for chat, text completions, embeddings and
 * model lists: https://github.com/openai/openai-python/tree/main/src/openai/types
 */
export const OPENAI_CHAT: Models = {
  ChatCompletion: "id choices:Choice created model object service_tier system_fingerprint usage:CompletionUsage",
  Choice: "finish_reason index logprobs:ChoiceLogprobs message:Message",
  Message: "content refusal role annotations:Annotation audio:Audio function_call:FunctionCall tool_calls:ToolCall",
  Annotation: "type url_citation:URLCitation",
  URLCitation: "end_index start_index title url",
  Audio: "id data expires_at transcript",
  FunctionCall: "arguments name",
  ToolCall: { by: "type", first: "FunctionToolCall", of: { custom: "CustomToolCall" } },
  FunctionToolCall: "id function:FunctionCall type",
  CustomToolCall: "id custom:CustomCall type",
  CustomCall: "input name",

  ChatCompletionChunk:
    "id choices:ChunkChoice created model object service_tier system_fingerprint usage:CompletionUsage",
  ChunkChoice: "delta:Delta finish_reason index logprobs:ChoiceLogprobs",
  Delta: "content function_call:FunctionCall refusal role tool_calls:DeltaToolCall",
  DeltaToolCall: "index id function:FunctionCall type",

  ChoiceLogprobs: "content:TokenLogprob refusal:TokenLogprob",
  TokenLogprob: "token bytes logprob:float top_logprobs:TopLogprob",
  TopLogprob: "token bytes logprob:float",

  Completion: "id choices:CompletionChoice created model object system_fingerprint usage:CompletionUsage",
  CompletionChoice: "finish_reason index logprobs:Logprobs text",
  Logprobs: "text_offset token_logprobs:float tokens top_logprobs:float",

  CompletionUsage:
    "completion_tokens prompt_tokens total_tokens completion_tokens_details:CompletionTokensDetails prompt_tokens_details:PromptTokensDetails",
  CompletionTokensDetails: "accepted_prediction_tokens audio_tokens reasoning_tokens rejected_prediction_tokens",
  PromptTokensDetails: "audio_tokens cached_tokens",

  CreateEmbeddingResponse: "data:Embedding model object usage:EmbeddingUsage",
  Embedding: "embedding:float index object",
  EmbeddingUsage: "prompt_tokens total_tokens",

  Model: "id created object owned_by",
};
