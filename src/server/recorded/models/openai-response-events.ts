import type { JsonValue } from "../../../recording/json/value.ts";
import { type Models, type Union, variantOf } from "./model.ts";

/** Events of a streamed response, one a line: its `type`, Python's class, and the class's fields, as of the openai SDK 2.31. */
const EVENTS = `
response.audio.delta ResponseAudioDeltaEvent delta sequence_number type
response.audio.done ResponseAudioDoneEvent sequence_number type
response.audio.transcript.delta ResponseAudioTranscriptDeltaEvent delta sequence_number type
response.audio.transcript.done ResponseAudioTranscriptDoneEvent sequence_number type
response.code_interpreter_call_code.delta ResponseCodeInterpreterCallCodeDeltaEvent delta item_id output_index sequence_number type
response.code_interpreter_call_code.done ResponseCodeInterpreterCallCodeDoneEvent code item_id output_index sequence_number type
response.code_interpreter_call.completed ResponseCodeInterpreterCallCompletedEvent item_id output_index sequence_number type
response.code_interpreter_call.in_progress ResponseCodeInterpreterCallInProgressEvent item_id output_index sequence_number type
response.code_interpreter_call.interpreting ResponseCodeInterpreterCallInterpretingEvent item_id output_index sequence_number type
response.completed ResponseCompletedEvent response:Response sequence_number type
response.content_part.added ResponseContentPartAddedEvent content_index item_id output_index part:ContentPart sequence_number type
response.content_part.done ResponseContentPartDoneEvent content_index item_id output_index part:ContentPart sequence_number type
response.created ResponseCreatedEvent response:Response sequence_number type
error ResponseErrorEvent code message param sequence_number type
response.file_search_call.completed ResponseFileSearchCallCompletedEvent item_id output_index sequence_number type
response.file_search_call.in_progress ResponseFileSearchCallInProgressEvent item_id output_index sequence_number type
response.file_search_call.searching ResponseFileSearchCallSearchingEvent item_id output_index sequence_number type
response.function_call_arguments.delta ResponseFunctionCallArgumentsDeltaEvent delta item_id output_index sequence_number type
response.function_call_arguments.done ResponseFunctionCallArgumentsDoneEvent arguments item_id name output_index sequence_number type
response.in_progress ResponseInProgressEvent response:Response sequence_number type
response.failed ResponseFailedEvent response:Response sequence_number type
response.incomplete ResponseIncompleteEvent response:Response sequence_number type
response.output_item.added ResponseOutputItemAddedEvent item:OutputItem output_index sequence_number type
response.output_item.done ResponseOutputItemDoneEvent item:OutputItem output_index sequence_number type
response.reasoning_summary_part.added ResponseReasoningSummaryPartAddedEvent item_id output_index part:TypedText sequence_number summary_index type
response.reasoning_summary_part.done ResponseReasoningSummaryPartDoneEvent item_id output_index part:TypedText sequence_number summary_index type
response.reasoning_summary_text.delta ResponseReasoningSummaryTextDeltaEvent delta item_id output_index sequence_number summary_index type
response.reasoning_summary_text.done ResponseReasoningSummaryTextDoneEvent item_id output_index sequence_number summary_index text type
response.reasoning_text.delta ResponseReasoningTextDeltaEvent content_index delta item_id output_index sequence_number type
response.reasoning_text.done ResponseReasoningTextDoneEvent content_index item_id output_index sequence_number text type
response.refusal.delta ResponseRefusalDeltaEvent content_index delta item_id output_index sequence_number type
response.refusal.done ResponseRefusalDoneEvent content_index item_id output_index refusal sequence_number type
response.output_text.delta ResponseTextDeltaEvent content_index delta item_id logprobs:EventLogprob output_index sequence_number type
response.output_text.done ResponseTextDoneEvent content_index item_id logprobs:EventLogprob output_index sequence_number text type
response.web_search_call.completed ResponseWebSearchCallCompletedEvent item_id output_index sequence_number type
response.web_search_call.in_progress ResponseWebSearchCallInProgressEvent item_id output_index sequence_number type
response.web_search_call.searching ResponseWebSearchCallSearchingEvent item_id output_index sequence_number type
response.image_generation_call.completed ResponseImageGenCallCompletedEvent item_id output_index sequence_number type
response.image_generation_call.generating ResponseImageGenCallGeneratingEvent item_id output_index sequence_number type
response.image_generation_call.in_progress ResponseImageGenCallInProgressEvent item_id output_index sequence_number type
response.image_generation_call.partial_image ResponseImageGenCallPartialImageEvent item_id output_index partial_image_b64 partial_image_index sequence_number type
response.mcp_call_arguments.delta ResponseMcpCallArgumentsDeltaEvent delta item_id output_index sequence_number type
response.mcp_call_arguments.done ResponseMcpCallArgumentsDoneEvent arguments item_id output_index sequence_number type
response.mcp_call.completed ResponseMcpCallCompletedEvent item_id output_index sequence_number type
response.mcp_call.failed ResponseMcpCallFailedEvent item_id output_index sequence_number type
response.mcp_call.in_progress ResponseMcpCallInProgressEvent item_id output_index sequence_number type
response.mcp_list_tools.completed ResponseMcpListToolsCompletedEvent item_id output_index sequence_number type
response.mcp_list_tools.failed ResponseMcpListToolsFailedEvent item_id output_index sequence_number type
response.mcp_list_tools.in_progress ResponseMcpListToolsInProgressEvent item_id output_index sequence_number type
response.output_text.annotation.added ResponseOutputTextAnnotationAddedEvent annotation annotation_index content_index item_id output_index sequence_number type
response.queued ResponseQueuedEvent response:Response sequence_number type
response.custom_tool_call_input.delta ResponseCustomToolCallInputDeltaEvent delta item_id output_index sequence_number type
response.custom_tool_call_input.done ResponseCustomToolCallInputDoneEvent input item_id output_index sequence_number type
`
  .trim()
  .split("\n")
  .map((line) => /^(\S+) (\S+) (.*)$/.exec(line) as unknown as [string, type: string, name: string, fields: string]);

const EVENT: Union = {
  by: "type",
  first: "ResponseAudioDeltaEvent",
  of: Object.fromEntries(EVENTS.map(([, type, name]) => [type, name])),
};

/** https://github.com/openai/openai-python/blob/main/src/openai/types/responses/response_stream_event.py */
export const OPENAI_RESPONSE_EVENTS: Models = {
  Event: EVENT,
  ...Object.fromEntries(EVENTS.map(([, , name, fields]) => [name, fields])),
  ContentPart: { by: "type", first: "OutputText", of: { refusal: "Refusal", reasoning_text: "TypedText" } },
  EventLogprob: "token logprob:float top_logprobs:EventTopLogprob",
  EventTopLogprob: "token logprob:float",
};

/** The class of an event. */
export const eventClass = (event: JsonValue): string => variantOf(event, EVENT);
