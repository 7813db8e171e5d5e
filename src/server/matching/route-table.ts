import type { Route } from "./routes.ts";

/** A version that clients put before the path of OpenAI's API, or not, or (with a recorded url as base) twice. */
const V1 = "(?:/v1)*";
const under = (tail: string): RegExp => new RegExp(`^(?<mount>.*?)${tail}$`);

const POST = { method: "POST", kind: "inference" } as const;
const BY_BODY = { streams: { absent: false } } as const;
const NEVER = { streams: "never" } as const;

const openai = { ...POST, api: "openai", form: "openai", home: "https://api.openai.com/v1" } as const;
const ollama = { ...POST, api: "ollama", form: "ollama", dialect: "ollama", home: "http://localhost:11434" } as const;
/** Ollama streams unless it is told not to. */
const OLLAMA_STREAMS = { streams: { absent: true } } as const;

/** The recorder stores the calls of Google's library under urls of its own making, whichever of its APIs was asked. */
const genai = { ...POST, api: "google", dialect: "genai", home: "vertexai://" } as const;
const HTTP = { method: "POST", kind: "http", form: "payload" } as const;

/** `…/models/X:verb`, with what Vertex AI puts before: projects and locations, publishers. */
const MODEL =
  "(?:/v1|/v1beta1?|/v1alpha)?(?:/projects/[^/]+/locations/[^/]+)?/(?<model>(?:publishers/[^/]+/models|models|tunedModels)/[^:]+)";

/**
 * The table of routes; the first whose path fits wins. Sources: OpenAI's, Ollama's, Anthropic's and Google's references,
 * and what their libraries send; endpoints as the recorder labels them.
 */
export const ROUTES: readonly Route[] = [
  // Before those of OpenAI, whose paths end alike.
  { ...ollama, ...OLLAMA_STREAMS, id: "ollama-chat", path: under("/api/chat"), endpoint: "/api/chat" },
  { ...ollama, ...OLLAMA_STREAMS, id: "ollama-generate", path: under("/api/generate"), endpoint: "/api/generate" },
  { ...ollama, ...OLLAMA_STREAMS, id: "ollama-pull", path: under("/api/pull"), endpoint: "/api/pull" },
  // The recorder's label of embed() is the path of an older call, which has a body and an answer of its own.
  { ...ollama, ...NEVER, id: "ollama-embed", path: under("/api/embed"), endpoint: "/api/embeddings" },
  { ...ollama, ...NEVER, id: "ollama-embeddings", path: under("/api/embeddings"), endpoint: "/api/embeddings" },
  {
    ...ollama,
    ...NEVER,
    id: "ollama-tags",
    method: "GET",
    path: under("/api/tags"),
    endpoint: "/api/tags",
    list: true,
  },
  { ...ollama, ...NEVER, id: "ollama-ps", method: "GET", path: under("/api/ps"), endpoint: "/api/ps" },

  {
    ...openai,
    ...BY_BODY,
    id: "openai-chat",
    dialect: "openai-chat",
    path: under(`${V1}/chat/completions`),
    endpoint: "/v1/chat/completions",
  },
  {
    ...openai,
    ...BY_BODY,
    id: "openai-completions",
    dialect: "openai-completions",
    path: under(`${V1}/completions`),
    endpoint: "/v1/completions",
  },
  {
    ...openai,
    ...NEVER,
    id: "openai-embeddings",
    dialect: "openai-embeddings",
    path: under(`${V1}/embeddings`),
    endpoint: "/v1/embeddings",
  },
  {
    ...openai,
    ...BY_BODY,
    id: "openai-responses",
    dialect: "openai-responses",
    path: under(`${V1}/responses`),
    endpoint: "/v1/responses",
  },
  {
    ...openai,
    ...NEVER,
    id: "openai-models",
    dialect: "openai-models",
    method: "GET",
    // Google's own list of models has the same name, and another form.
    path: under(`(?<!/v1(?:alpha|beta1?))${V1}/models`),
    endpoint: "/v1/models",
    list: true,
    // Anthropic's, and with a version of its own Google's.
    shared: true,
  },

  {
    ...HTTP,
    ...BY_BODY,
    id: "anthropic-messages",
    api: "anthropic",
    dialect: "anthropic-messages",
    path: under("/v1/messages"),
    endpoint: "/v1/messages",
    home: "https://api.anthropic.com",
  },
  {
    ...HTTP,
    ...BY_BODY,
    id: "gemini-interactions",
    api: "google",
    dialect: "gemini-interactions",
    path: under("(?:/v1|/v1beta1?|/v1alpha)?(?:/projects/[^/]+/locations/[^/]+)?/interactions"),
    endpoint: "/interactions",
    home: "https://generativelanguage.googleapis.com/v1beta",
  },

  {
    ...genai,
    ...NEVER,
    id: "genai",
    form: "generate",
    path: under(`${MODEL}:generateContent`),
    endpoint: "/generate_content",
  },
  {
    ...genai,
    id: "genai-stream",
    form: "generate",
    path: under(`${MODEL}:streamGenerateContent`),
    endpoint: "/generate_content_stream",
    streams: "always",
  },
  {
    ...genai,
    ...NEVER,
    id: "genai-embed",
    form: "embed",
    path: under(`${MODEL}:(?:embedContent|batchEmbedContents|predict)`),
    endpoint: "/embed_content",
  },

  ...["rerank", "reranking", "ranking"].map(
    (tail): Route => ({
      ...HTTP,
      ...NEVER,
      id: tail,
      api: "rerank",
      dialect: "rerank",
      path: under(`(?:/v[12])?/${tail}`),
      endpoint: `/${tail}`,
      home: "http://localhost:8000",
    }),
  ),

  {
    ...NEVER,
    id: "tool-invoke",
    api: "tools",
    dialect: "tool",
    kind: "tool",
    form: "invoke",
    method: "POST",
    path: under(`${V1}/tool-runtime/invoke`),
    endpoint: "/v1/tool-runtime/invoke",
    home: "",
  },
  {
    ...NEVER,
    id: "tavily-search",
    api: "tavily",
    dialect: "tool",
    kind: "tool",
    form: "search",
    method: "POST",
    // Not the search of OpenAI's vector stores.
    path: /^(?<mount>(?!.*\/v1\/).*?)\/search$/,
    endpoint: "/search",
    home: "",
  },
];
