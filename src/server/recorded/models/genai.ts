import type { Printing } from "./model.ts";

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Models of the google-genai SDK, which the recorder prints with `exclude_none`; the API's keys are camelCase:
 * https://github.com/googleapis/python-genai/blob/main/google/genai/types.py
 */
export const GENAI: Printing = {
  extra: false,
  nulls: false,
  key: camel,
  models: {
    GenerateContentResponse:
      "sdk_http_response=sdk_http_response candidates:Candidate create_time:time model_version prompt_feedback:PromptFeedback response_id usage_metadata:UsageMetadata automatic_function_calling_history=automatic_function_calling_history",
    Candidate:
      "content:Content citation_metadata:CitationMetadata finish_message token_count finish_reason grounding_metadata:GroundingMetadata avg_logprobs:float index logprobs_result:LogprobsResult safety_ratings:SafetyRating url_context_metadata:UrlContextMetadata",
    Content: "parts:Part role",
    Part: "media_resolution:MediaResolution code_execution_result:CodeExecutionResult executable_code:ExecutableCode file_data:FileData function_call:FunctionCall function_response:FunctionResponse inline_data:Blob text thought thought_signature:bytes video_metadata:VideoMetadata",
    MediaResolution: "level num_tokens",
    CodeExecutionResult: "outcome output id",
    ExecutableCode: "code language id",
    FileData: "display_name file_uri mime_type",
    FunctionCall: "id args name partial_args:PartialArg will_continue",
    PartialArg: "null_value number_value:float string_value bool_value json_path will_continue",
    FunctionResponse: "will_continue scheduling parts id name response",
    Blob: "data:bytes display_name mime_type",
    VideoMetadata: "end_offset fps:float start_offset",
    CitationMetadata: "citations:Citation",
    Citation: "end_index license publication_date:Day start_index title uri",
    Day: "day month year",
    GroundingMetadata:
      "google_maps_widget_context_token grounding_chunks:GroundingChunk grounding_supports:GroundingSupport retrieval_metadata:RetrievalMetadata retrieval_queries search_entry_point:SearchEntryPoint source_flagging_uris:FlaggingUri web_search_queries",
    FlaggingUri: "flag_content_uri source_id",
    GroundingChunk: "maps:GroundingMaps retrieved_context:RetrievedContext web:GroundingWeb",
    GroundingMaps: "place_answer_sources place_id text title uri",
    RetrievedContext: "document_name rag_chunk:RagChunk text title uri",
    RagChunk: "page_span:PageSpan text",
    PageSpan: "first_page last_page",
    GroundingWeb: "domain title uri",
    GroundingSupport: "confidence_scores:float grounding_chunk_indices segment:Segment",
    Segment: "end_index part_index start_index text",
    RetrievalMetadata: "google_search_dynamic_retrieval_score:float",
    SearchEntryPoint: "rendered_content sdk_blob:bytes",
    LogprobsResult: "chosen_candidates:LogprobsCandidate top_candidates:LogprobsTop log_probability_sum:float",
    LogprobsCandidate: "log_probability:float token token_id",
    LogprobsTop: "candidates:LogprobsCandidate",
    SafetyRating:
      "blocked category overwritten_threshold probability probability_score:float severity severity_score:float",
    UrlContextMetadata: "url_metadata:UrlMetadata",
    UrlMetadata: "retrieved_url url_retrieval_status",
    PromptFeedback: "block_reason block_reason_message safety_ratings:SafetyRating",
    UsageMetadata:
      "cache_tokens_details:ModalityTokenCount cached_content_token_count candidates_token_count candidates_tokens_details:ModalityTokenCount prompt_token_count prompt_tokens_details:ModalityTokenCount thoughts_token_count tool_use_prompt_token_count tool_use_prompt_tokens_details:ModalityTokenCount total_token_count traffic_type",
    ModalityTokenCount: "modality token_count",
    EmbedContentResponse:
      "sdk_http_response=sdk_http_response embeddings:ContentEmbedding metadata:EmbedContentMetadata",
    ContentEmbedding: "values:float statistics:EmbeddingStatistics",
    // What Vertex AI predicts is data to it, whose keys stay as they are.
    EmbeddingStatistics: "truncated token_count=token_count:float",
    EmbedContentMetadata: "billable_character_count",
  },
};
