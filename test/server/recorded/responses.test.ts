import { expect, it } from "vitest";
import { openaiResponses } from "../../../src/dialects/openai-responses.ts";
import { call, json, response, stream, streaming, whole } from "./made.ts";

const asked = { dialect: "openai-responses", endpoint: "/v1/responses", url: "http://h/v1/v1/responses" };

const ANSWER =
  '{"id":"resp_1","object":"response","created_at":17,"status":"completed","model":"m","temperature":1,"tools":[{"type":"function","name":"f","parameters":{},"strict":true}],"tool_choice":"auto","output":[{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi"},{"type":"refusal","refusal":"no"}]},{"type":"new_item","more":1}],"text":{"format":{"type":"json_schema","name":"n","schema":{"b":1,"a":2}}},"store":true}';

const kept = (id: string, created: string): string =>
  `{"id":"${id}","created_at":${created},"error":null,"incomplete_details":null,"instructions":null,"metadata":null,"model":"m","object":"response","output":[{"id":"msg_1","content":[{"annotations":null,"text":"Hi","type":"output_text","logprobs":null},{"refusal":"no","type":"refusal"}],"role":"assistant","status":null,"type":"message","phase":null},{"id":null,"content":null,"role":null,"status":null,"type":"new_item","phase":null,"more":1}],"parallel_tool_calls":null,"temperature":1.0,"tool_choice":"auto","tools":[{"name":"f","parameters":{},"strict":true,"type":"function","defer_loading":null,"description":null}],"top_p":null,"background":null,"completed_at":null,"conversation":null,"max_output_tokens":null,"max_tool_calls":null,"previous_response_id":null,"prompt":null,"prompt_cache_key":null,"prompt_cache_retention":null,"reasoning":null,"safety_identifier":null,"service_tier":null,"status":"completed","text":{"format":{"name":"n","schema_":{"b":1,"a":2},"type":"json_schema","description":null,"strict":null},"verbosity":null},"top_logprobs":null,"truncation":null,"usage":null,"user":null,"store":true}`;

it("not streamed: the time becomes a text, and an item that the SDK does not know takes the first model's fields", () => {
  expect(response(call(asked), whole(ANSWER))).toBe(
    `{"body":{"__type__":"openai.types.responses.response.Response","__data__":${kept("rec-ID", '"1970-01-01T00:00:00.000000Z"')}},"is_streaming":false}`,
  );
});

it("streamed: events of their own types, within which ids and times stay", () => {
  const frames = [
    'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Hi","item_id":"i","obfuscation":"x","logprobs":[{"token":"Hi","logprob":-1}]}\n\n',
    'event: response.mcp_call.in_progress\ndata: {"type":"response.mcp_call.in_progress"}\n\n',
    `event: response.completed\ndata: {"type":"response.completed","response":${ANSWER}}\n\n`,
  ];
  expect(response(streaming(asked), stream(frames))).toBe(
    `{"body":[${[
      '{"__type__":"openai.types.responses.response_text_delta_event.ResponseTextDeltaEvent","__data__":{"content_index":null,"delta":"Hi","item_id":"i","logprobs":[{"token":"Hi","logprob":-1.0,"top_logprobs":null}],"output_index":null,"sequence_number":null,"type":"response.output_text.delta","obfuscation":"x"}}',
      '{"__type__":"openai.types.responses.response_mcp_call_in_progress_event.ResponseMcpCallInProgressEvent","__data__":{"item_id":null,"output_index":null,"sequence_number":null,"type":"response.mcp_call.in_progress"}}',
      `{"__type__":"openai.types.responses.response_completed_event.ResponseCompletedEvent","__data__":{"response":${kept("resp_1", "17.0")},"sequence_number":null,"type":"response.completed"}}`,
    ].join(",")}],"is_streaming":true}`,
  );
});

it("an error event is a chunk, an error in the form of the API's bodies a failure", () => {
  const event = 'event: error\ndata: {"type":"error","message":"no","code":"c"}\n\n';
  expect(response(streaming(asked), stream([event]))).toContain(
    'ResponseErrorEvent","__data__":{"code":"c","message":"no"',
  );
  expect(response(streaming(asked), stream(['data: {"error":"no"}\n\n']))).toContain(
    "An error occurred during streaming",
  );
  expect(response(call(asked), whole("{}", { status: 422 }))).toContain('"UnprocessableEntityError"');
});

it("what is played of a recording has the API's own keys again", () => {
  const format = (key: string): string => `{"id":"r","text":{"format":{"name":"n","${key}":{},"type":"json_schema"}}}`;
  expect(openaiResponses.wire.body(json(format("schema_")))).toEqual(json(format("schema")));
  expect(openaiResponses.wire.chunk(json(`{"type":"t","response":${format("schema_")}}`))).toBe(
    `event: t\ndata: {"type":"t","response":${format("schema")}}\n\n`,
  );
});
