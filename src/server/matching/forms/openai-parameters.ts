const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What the methods of the Python library take by name, of https://github.com/openai/openai-python 2.31; all else needs `extra_body`. */
export const PARAMETERS: Readonly<Record<string, ReadonlySet<string>>> = {
  "openai-chat": words(`
    messages model audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens metadata
    modalities n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_retention reasoning_effort
    response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools
    top_logprobs top_p user verbosity web_search_options
  `),
  "openai-completions": words(`
    model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream stream_options
    suffix temperature top_p user
  `),
  "openai-embeddings": words("input model dimensions encoding_format user"),
  "openai-responses": words(`
    background context_management conversation include input instructions max_output_tokens max_tool_calls metadata model
    parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_retention reasoning safety_identifier
    service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user
  `),
};
