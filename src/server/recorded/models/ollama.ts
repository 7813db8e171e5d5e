import type { Printing } from "./model.ts";

const STATS =
  "model created_at done done_reason total_duration load_duration prompt_eval_count prompt_eval_duration eval_count eval_duration";

/**
 * Models of the ollama SDK as real recordings print them until 2026 (later ones add `tool_name`, `logprobs`,
 * `context_length`): https://github.com/ollama/ollama-python/blob/main/ollama/_types.py. They know no other keys.
 */
export const OLLAMA: Printing = {
  extra: false,
  nulls: true,
  models: {
    GenerateResponse: `${STATS} response thinking context`,
    ChatResponse: `${STATS} message:Message`,
    Message: "role content thinking images tool_calls:ToolCall",
    ToolCall: "function:Function",
    Function: "name arguments",
    EmbedResponse: `${STATS} embeddings:float`,
    ProgressResponse: "status completed total digest",
    ListResponse: "models:ListModel",
    ListModel: "model modified_at:time digest size details:ModelDetails",
    ProcessResponse: "models:ProcessModel",
    ProcessModel: "model name digest expires_at:time size size_vram details:ModelDetails",
    ModelDetails: "parent_model format family families parameter_size quantization_level",
  },
};
