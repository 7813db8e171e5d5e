import type { Models, Printing } from "./model.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { OPENAI_RESPONSE_EVENTS } from "./openai-response-events.ts";
import { OPENAI_RESPONSE_ITEMS } from "./openai-response-items.ts";
import { OPENAI_RESPONSE_TOOLS } from "./openai-response-tools.ts";

/** https://github.com/openai/openai-python/blob/main/src/openai/types/responses/response.py, as of the openai SDK 2.31. */
const RESPONSE: Models = {
  Response:
    "id created_at:float error:ResponseError incomplete_details:IncompleteDetails instructions metadata model object output:OutputItem parallel_tool_calls temperature:float tool_choice:ToolChoice tools:Tool top_p:float background completed_at:float conversation:Conversation max_output_tokens max_tool_calls previous_response_id prompt:Prompt prompt_cache_key prompt_cache_retention reasoning:Reasoning safety_identifier service_tier status text:TextConfig top_logprobs truncation usage:ResponseUsage user",
  ResponseError: "code message",
  IncompleteDetails: "reason",
  Conversation: "id",
  Prompt: "id variables version",
  Reasoning: "effort generate_summary summary",
  TextConfig: "format:TextFormat verbosity",
  TextFormat: { by: "type", first: "JustType", of: { json_schema: "JsonSchemaFormat" } },
  // `schema` is taken in pydantic, so the field has another name, and that is printed.
  JsonSchemaFormat: "name schema_=schema type description strict",
  ResponseUsage:
    "input_tokens input_tokens_details:InputTokensDetails output_tokens output_tokens_details:OutputTokensDetails total_tokens",
  InputTokensDetails: "cached_tokens",
  OutputTokensDetails: "reasoning_tokens",
};

/** The SDK builds its models without refusing anything: every field is there, and what it does not know is kept behind. */
export const OPENAI: Printing = {
  extra: true,
  nulls: true,
  models: {
    ...OPENAI_CHAT,
    ...RESPONSE,
    ...OPENAI_RESPONSE_ITEMS,
    ...OPENAI_RESPONSE_TOOLS,
    ...OPENAI_RESPONSE_EVENTS,
  },
};
