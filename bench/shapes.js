/**
 * What a recording can be. Each shape builds a document of about `bytes` bytes; `share` is how many of
 * a tree have it, `size` its mean size where the mean of all is 1, `sigma` how far sizes spread. The
 * shares and sizes are those of real trees: half the files are small answers, a stream is 50 KB, a few reach 1 MB.
 */
export const SHAPES = [
  { share: 0.45, size: 1.79, sigma: 1.1, build: streamedChat },
  { share: 0.38, size: 0.1, sigma: 0.3, build: plainChat },
  { share: 0.06, size: 0.7, sigma: 0.4, build: modelList },
  { share: 0.05, size: 1.5, sigma: 0.1, build: embedding },
  { share: 0.05, size: 0.4, sigma: 0.6, build: streamedMessages },
  { share: 0.01, size: 0.1, sigma: 0.3, build: toolCall },
];

/** The one shape of a tree that is all small answers. */
export const SMALL = { share: 1, size: 1, sigma: 0, build: plainChat };

const HOSTS = [
  ["http://localhost:11434/v1", "/v1", "llama3.2:3b-instruct-fp16"],
  ["http://localhost:8000/v1", "/v1", "Qwen/Qwen3-0.6B"],
  ["https://api.openai.example/v1", "/v1", "gpt-4o"],
  ["https://bench.azure.example/openai/v1", "/v1", "gpt-4o-mini"],
];
const WORDS =
  'the tide of answer \u00b0C is "quoted" and caf\u00e9 when\n weather model tokens in a list: 42 \u65e5\u672c then \ud83c\udf0a moves on'.split(
    " ",
  );

/** Text of about that many characters. */
function prose(random, length) {
  let text = "";
  while (text.length < length) text += `${random.pick(WORDS)} `;
  return text.slice(0, Math.max(1, length)).replace(/[\ud800-\udbff]$/, "");
}

const fingerprint = (hash) => `rec-${hash.slice(0, 12)}`;

function inference({ testId, random }, endpoint, body, model, host) {
  const [base, prefix] = host ?? random.pick(HOSTS);
  const url = `${base}${prefix}${endpoint.slice(3)}`;
  return { test_id: testId, request: { method: "POST", url, headers: {}, body, endpoint, model } };
}

function answered(start, body, streaming) {
  const response = { body, is_streaming: streaming };
  return { ...start, response, id_normalization_mapping: {} };
}

const typed = (type, data) => ({ __type__: type, __data__: data });

function chatRequest(about, length, stream) {
  const host = about.random.pick(HOSTS);
  const messages = [{ role: "user", content: prose(about.random, length) }];
  if (length > 50) messages.unshift({ role: "system", content: "You are a helpful assistant." });
  const options = stream ? { stream, stream_options: { include_usage: true } } : { stream };
  return inference(about, "/v1/chat/completions", { model: host[2], messages, ...options }, host[2], host);
}

const usage = (completion) => ({
  completion_tokens: completion,
  prompt_tokens: 120,
  total_tokens: 120 + completion,
  completion_tokens_details: null,
  prompt_tokens_details: null,
});

/** A chunk of a stream is about as long as this, whatever it says, and so is what stands around the stream. */
const CHUNK_BYTES = 780;

function streamedChat(about, bytes) {
  const { random, hash } = about;
  const asked = Math.min(2000, bytes / 8);
  const start = chatRequest(about, asked, true);
  const { model } = start.request;
  const chunk = (choices, counts) =>
    typed("openai.types.chat.chat_completion_chunk.ChatCompletionChunk", {
      id: fingerprint(hash),
      choices,
      created: 0,
      model,
      object: "chat.completion.chunk",
      service_tier: null,
      system_fingerprint: "fp_bench",
      usage: counts,
    });
  const choice = (content, finish) => ({
    delta: { content, function_call: null, refusal: null, role: "assistant", tool_calls: null },
    finish_reason: finish,
    index: 0,
    logprobs: null,
  });
  const words = Math.max(1, Math.round((bytes - asked) / CHUNK_BYTES) - 3);
  const body = [];
  for (let index = 0; index < words; index++) body.push(chunk([choice(`${random.pick(WORDS)} `, null)], null));
  body.push(chunk([choice("", "stop")], null), chunk([], usage(words)));
  return answered(start, body, true);
}

function plainChat(about, bytes) {
  const start = chatRequest(about, Math.max(20, (bytes - 1500) / 3), false);
  const { model } = start.request;
  // Small ones leave out what clients of other hosts leave out.
  const rest = bytes < 1500 ? {} : { annotations: null, audio: null, function_call: null };
  const message = {
    content: prose(about.random, Math.max(8, (bytes - 1500) / 2)),
    refusal: null,
    role: "assistant",
    tool_calls: null,
  };
  const data = {
    id: fingerprint(about.hash),
    choices: [{ finish_reason: "stop", index: 0, logprobs: null, message: { ...message, ...rest } }],
    created: 0,
    model,
    object: "chat.completion",
    ...(bytes < 1500 ? { usage: null } : { service_tier: null, system_fingerprint: "fp_bench", usage: usage(12) }),
  };
  return answered(start, typed("openai.types.chat.chat_completion.ChatCompletion", data), false);
}

function modelList(about, bytes) {
  const body = Array.from({ length: Math.max(1, Math.round(bytes / 240)) }, (_, index) =>
    typed("openai.types.model.Model", {
      id: `${about.random.pick(WORDS.filter((word) => /^[a-z]+$/.test(word)))}-${index}:latest`,
      created: 1757600000 + about.random.below(1e7),
      object: "model",
      owned_by: "library",
    }),
  );
  return answered(inference({ ...about, testId: null }, "/v1/models", {}, ""), body, false);
}

function embedding(about, bytes) {
  const model = "text-embedding-3-small";
  const body = { model, input: [prose(about.random, 80)], encoding_format: "float" };
  // Between 0.0001 and 1, where Python and JavaScript print a number alike.
  const number = () => (about.random.below(2) ? 1 : -1) * Number((0.0001 + about.random.next() / 11).toFixed(9));
  const vector = Array.from({ length: Math.max(8, Math.round(bytes / 27)) }, number);
  const data = {
    data: [{ embedding: vector, index: 0, object: "embedding" }],
    model,
    object: "list",
    usage: { prompt_tokens: 17, total_tokens: 17 },
  };
  return answered(
    inference(about, "/v1/embeddings", body, model, HOSTS[2]),
    typed("openai.types.create_embedding_response.CreateEmbeddingResponse", data),
    false,
  );
}

function streamedMessages({ testId, random }, bytes) {
  const payload = {
    model: "gpt-oss:20b",
    messages: [{ role: "user", content: prose(random, 60) }],
    max_tokens: 128,
    stream: true,
  };
  const body = ["event: message_start", `data: ${JSON.stringify({ type: "message_start", message: { id: "msg_1" } })}`];
  for (let left = bytes - 1200; left > 0; left -= 170) {
    const delta = { type: "text_delta", text: `${random.pick(WORDS)} ` };
    const event = { type: "content_block_delta", index: 0, delta };
    body.push("", "event: content_block_delta", `data: ${JSON.stringify(event)}`);
  }
  const end = { type: "message_delta", delta: { stop_reason: "end_turn" } };
  body.push("", "event: message_delta", `data: ${JSON.stringify(end)}`);
  body.push("", "event: message_stop", 'data: {"type":"message_stop"}', "");
  const request = { test_id: testId, url: "http://localhost:11434/v1/messages", method: "POST", payload };
  return answered({ test_id: testId, request }, body, true);
}

function toolCall({ testId, random }, bytes) {
  const kwargs = { query: prose(random, 40) };
  const request = { test_id: testId, provider: "brave-search", tool_name: "web_search", kwargs };
  const data = { content: prose(random, bytes - 600), error_message: null, error_code: null, metadata: null };
  return answered({ test_id: testId, request }, typed("ogx_api.tools.ToolInvocationResult", data), false);
}
