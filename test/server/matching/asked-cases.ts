/** A request on the wire, and as it is stored. Bodies are texts: numbers keep their spelling. */
export interface AskedCase {
  title: string;
  /** The row of the table. */
  route: string;
  wire: string;
  body: string | null;
  /** The request of a recording. */
  stored: string;
  /** The wire form is what the recorder's library, or another of its forms, sends for it. */
  back?: false;
}

const inference = (endpoint: string, body: string, base = "https://api.example/v1"): string =>
  `{"method": "POST", "url": "${base}${endpoint}", "headers": {}, "body": ${body}, "endpoint": "${endpoint}", "model": "m"}`;
const http = (url: string, payload: string): string =>
  `{"test_id": null, "url": "${url}", "method": "POST", "payload": ${payload}}`;
const tool = (provider: string, name: string, kwargs: string): string =>
  `{"test_id": null, "provider": "${provider}", "tool_name": "${name}", "kwargs": ${kwargs}}`;
const box = "http://localhost:11434";
const vertex = "vertexai://";
const hi = '{"parts": [{"text": "hi"}], "role": "user"}';

const CHAT = '"model": "m", "messages": [{"role": "user", "content": "hi", "n": 1.50}]';

export const CASES: readonly AskedCase[] = [
  {
    title: "chat, as it is sent",
    route: "openai-chat",
    wire: "/v1/chat/completions",
    body: `{${CHAT}, "stream": true, "temperature": 0.0, "seed": 12345678901234567890}`,
    stored: inference(
      "/v1/chat/completions",
      `{${CHAT}, "stream": true, "temperature": 0.0, "seed": 12345678901234567890}`,
    ),
  },
  {
    title: "chat, stream: false not said",
    route: "openai-chat",
    wire: "/v1/chat/completions",
    body: `{${CHAT}}`,
    stored: inference("/v1/chat/completions", `{${CHAT}, "stream": false}`),
    back: false,
  },
  {
    title: "chat, stream: false said where it was not",
    route: "openai-chat",
    wire: "/v1/chat/completions",
    body: `{${CHAT}, "stream": false}`,
    stored: inference("/v1/chat/completions", `{${CHAT}}`),
    back: false,
  },
  {
    title: "chat, extra_body spread",
    route: "openai-chat",
    wire: "/v1/chat/completions",
    body: `{${CHAT}, "stream": false, "project_id": "p", "guided": {"a": 1}}`,
    stored: inference(
      "/v1/chat/completions",
      `{${CHAT}, "stream": false, "extra_body": {"project_id": "p", "guided": {"a": 1}}}`,
    ),
  },
  {
    title: "chat, numbers of JavaScript",
    route: "openai-chat",
    wire: "/v1/chat/completions",
    body: `{${CHAT}, "temperature": 0, "top_p": 1, "presence_penalty": 0, "stream": true}`,
    stored: inference(
      "/v1/chat/completions",
      `{${CHAT}, "temperature": 0.0, "top_p": 1.0, "presence_penalty": -0.0, "stream": true}`,
    ),
    back: false,
  },
  {
    title: "completions, an empty extra_body",
    route: "openai-completions",
    wire: "/ml/completions",
    body: '{"model": "m", "prompt": "a", "stream": false}',
    stored: inference(
      "/v1/completions",
      '{"model": "m", "prompt": "a", "stream": false, "extra_body": {}}',
      "https://api.example/ml",
    ),
  },
  {
    title: "embeddings, base64 of the library's own",
    route: "openai-embeddings",
    wire: "/v1/embeddings",
    body: '{"model": "m", "input": ["a"], "encoding_format": "base64"}',
    stored: inference("/v1/embeddings", '{"model": "m", "input": ["a"]}'),
  },
  {
    title: "embeddings, recorded as float",
    route: "openai-embeddings",
    wire: "/v1/embeddings",
    body: '{"model": "m", "input": ["a"], "encoding_format": "base64"}',
    stored: inference("/v1/embeddings", '{"model": "m", "input": ["a"], "encoding_format": "float"}'),
    back: false,
  },
  {
    title: "responses",
    route: "openai-responses",
    wire: "/v1/responses",
    body: '{"model": "m", "input": "a", "reasoning": {"effort": "low"}, "stream": true}',
    stored: inference("/v1/responses", '{"model": "m", "input": "a", "reasoning": {"effort": "low"}, "stream": true}'),
  },
  {
    title: "models",
    route: "openai-models",
    wire: "/v1/models",
    body: null,
    stored: inference("/v1/models", "{}"),
  },
  {
    title: "models, extra_query",
    route: "openai-models",
    wire: "/v1/models?project_id=p",
    body: null,
    stored: inference("/v1/models", '{"extra_query": {"project_id": "p"}}'),
  },
  {
    title: "models, a version of the client's own",
    route: "openai-models",
    wire: "/v1/models?api-version=2025-01-01",
    body: null,
    stored: inference("/v1/models", "{}"),
    back: false,
  },
  {
    title: "Ollama, stream: false not said",
    route: "ollama-chat",
    wire: "/api/chat",
    body: '{"model": "m", "messages": [], "stream": false}',
    stored: inference("/api/chat", '{"model": "m", "messages": []}', box),
  },
  {
    title: "Ollama, streamed by default",
    route: "ollama-chat",
    wire: "/api/chat",
    body: '{"model": "m", "messages": []}',
    stored: inference("/api/chat", '{"model": "m", "messages": [], "stream": true}', box),
    back: false,
  },
  {
    title: "Ollama, what Python's library adds",
    route: "ollama-generate",
    wire: "/api/generate",
    body: '{"model": "m", "prompt": "a", "suffix": "", "system": "", "template": "", "options": {"temperature": 0}, "stream": false}',
    stored: inference("/api/generate", '{"model": "m", "prompt": "a", "options": {"temperature": 0.0}}', box),
    back: false,
  },
  {
    title: "Ollama, options and keep_alive as they are by default",
    route: "ollama-chat",
    wire: "/api/chat",
    body: '{"model": "m", "messages": [], "tools": [], "options": {}, "keep_alive": "5m", "stream": true}',
    stored: inference("/api/chat", '{"model": "m", "messages": [], "stream": true}', box),
    back: false,
  },
  {
    title: "Ollama, embed()",
    route: "ollama-embed",
    wire: "/api/embed",
    body: '{"model": "m", "input": ["a"]}',
    stored: inference("/api/embeddings", '{"model": "m", "input": ["a"]}', box),
  },
  {
    title: "Ollama, the older embeddings()",
    route: "ollama-embeddings",
    wire: "/api/embeddings",
    body: '{"model": "m", "prompt": "a"}',
    stored: inference("/api/embeddings", '{"model": "m", "prompt": "a"}', box),
  },
  {
    title: "Ollama, pull by name",
    route: "ollama-pull",
    wire: "/api/pull",
    body: '{"name": "m", "stream": true}',
    stored: inference("/api/pull", '{"model": "m", "stream": true}', box),
    back: false,
  },
  {
    title: "Ollama, models",
    route: "ollama-tags",
    wire: "/api/tags",
    body: null,
    stored: inference("/api/tags", "{}", box),
  },
  {
    title: "Ollama, processes",
    route: "ollama-ps",
    wire: "/api/ps",
    body: null,
    stored: inference("/api/ps", "{}", box),
  },
  {
    title: "Messages",
    route: "anthropic-messages",
    wire: "/v1/messages",
    body: '{"model": "m", "max_tokens": 5, "messages": [], "stream": true}',
    stored: http("https://api.example/v1/messages", '{"model": "m", "max_tokens": 5, "messages": [], "stream": true}'),
  },
  {
    title: "Messages, stream: false not said, numbers of JavaScript",
    route: "anthropic-messages",
    wire: "/v1/messages?beta=true",
    body: '{"model": "m", "temperature": 1}',
    stored: http("https://api.example/v1/messages", '{"model": "m", "temperature": 1.0, "stream": false}'),
    back: false,
  },
  {
    title: "interactions",
    route: "gemini-interactions",
    wire: "/v1beta/interactions",
    body: '{"model": "m", "input": "a", "generation_config": {"temperature": 0.0}, "stream": true}',
    stored: http(
      "https://api.example/v1beta/interactions",
      '{"model": "m", "input": "a", "generation_config": {"temperature": 0.0}, "stream": true}',
    ),
  },
  {
    title: "generateContent, texts",
    route: "genai",
    wire: "/v1beta1/publishers/google/models/m:generateContent",
    body: `{"contents": [${hi}], "systemInstruction": ${hi}, "generationConfig": {"topP": 0.5, "maxOutputTokens": 5}}`,
    stored: inference(
      "/generate_content",
      '{"model": "m", "contents": "hi", "config": {"system_instruction": "hi", "top_p": 0.5, "max_output_tokens": 5}}',
      vertex,
    ),
  },
  {
    title: "generateContent, no config",
    route: "genai",
    wire: "/v1beta/models/m:generateContent",
    body: `{"contents": [${hi}]}`,
    stored: inference("/generate_content", '{"model": "m", "contents": ["hi"]}', vertex),
  },
  {
    title: "streamGenerateContent, tools, schemas, calls",
    route: "genai-stream",
    wire: "/v1beta/models/m:streamGenerateContent?alt=sse",
    body: `{"contents": [${hi}, {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a_b": 1.0}}}]}],
      "tools": [{"functionDeclarations": [{"name": "f", "parametersJsonSchema": {"additionalProperties": false}}]}],
      "generationConfig": {"responseSchema": {"type": "OBJECT", "properties": {"a_b": {"type": "STRING"}}, "required": ["a_b"]}}}`,
    stored: inference(
      "/generate_content_stream",
      `{"model": "models/m",
        "contents": [${hi}, {"role": "model", "parts": [{"function_call": {"name": "f", "args": {"a_b": 1.0}}}]}],
        "config": {"tools": [{"function_declarations": [{"name": "f", "parameters_json_schema": {"additionalProperties": false}}]}],
          "response_schema": {"type": "object", "properties": {"a_b": {"type": "string"}}, "required": ["a_b"], "additionalProperties": false}}}`,
      vertex,
    ),
  },
  {
    title: "embedContent of Vertex AI",
    route: "genai-embed",
    wire: "/v1beta1/publishers/google/models/e:predict",
    body: '{"instances": [{"content": "a", "task_type": "T"}, {"content": "b", "task_type": "T"}], "parameters": {"outputDimensionality": 3}}',
    stored: inference(
      "/embed_content",
      '{"model": "e", "contents": ["a", "b"], "config": {"task_type": "T", "output_dimensionality": 3}}',
      vertex,
    ),
  },
  {
    title: "embedContent of the Gemini API",
    route: "genai-embed",
    wire: "/v1beta/models/e:batchEmbedContents",
    body: `{"requests": [{"content": ${hi}, "model": "models/e", "outputDimensionality": 3}]}`,
    stored: inference(
      "/embed_content",
      '{"model": "e", "contents": "hi", "config": {"output_dimensionality": 3}}',
      vertex,
    ),
  },
  {
    title: "embedContent, one content",
    route: "genai-embed",
    wire: "/v1beta/models/e:embedContent",
    body: `{"content": ${hi}, "taskType": "T"}`,
    stored: inference("/embed_content", `{"model": "e", "contents": ${hi}, "config": {"task_type": "T"}}`, vertex),
    back: false,
  },
  ...["rerank", "reranking", "ranking"].map(
    (tail): AskedCase => ({
      title: tail,
      route: tail,
      wire: `/v1/${tail}`,
      body: '{"model": "m", "query": "a", "documents": ["b"]}',
      stored: http(`https://api.example/v1/${tail}`, '{"model": "m", "query": "a", "documents": ["b"]}'),
    }),
  ),
  {
    title: "a tool",
    route: "tool-invoke",
    wire: "/v1/tool-runtime/invoke",
    body: '{"tool_name": "t", "kwargs": {"a": 1.0}}',
    stored: tool("p", "t", '{"a": 1.0}'),
  },
  {
    title: "a tool without arguments",
    route: "tool-invoke",
    wire: "/v1/tool-runtime/invoke",
    body: '{"tool_name": "t"}',
    stored: tool("p", "t", "{}"),
    back: false,
  },
  {
    title: "a search",
    route: "tavily-search",
    wire: "/search",
    body: '{"query": "a"}',
    stored: tool("tavily", "web_search", '{"query": "a"}'),
  },
  {
    title: "a search with its key and the library's defaults",
    route: "tavily-search",
    wire: "/search",
    body: '{"api_key": "none", "query": "a", "search_depth": "basic", "max_results": 5, "include_domains": []}',
    stored: tool("tavily", "web_search", '{"query": "a"}'),
    back: false,
  },
];
