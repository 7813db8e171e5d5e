import { describe, expect, it } from "vitest";
import { DIALECTS } from "../../../src/dialects/index.ts";
import { ROUTES } from "../../../src/server/matching/route-table.ts";
import { baseOf, type Route, routeOf } from "../../../src/server/matching/routes.ts";

/** A request line, and where it goes: the row, the mount, the model in the path. */
type Line = readonly [line: string, id: string, mount?: string, model?: string];
const LINES: readonly Line[] = [
  ["POST /v1/chat/completions", "openai-chat"],
  ["POST /chat/completions", "openai-chat"],
  ["POST /v1/v1/chat/completions", "openai-chat"],
  ["post //openai//v1/chat/completions/", "openai-chat", "/openai"],
  ["POST /openai/chat/completions", "openai-chat", "/openai"],
  [
    "POST /openai/deployments/gpt-4o/chat/completions?api-version=2025-01-01",
    "openai-chat",
    "/openai/deployments/gpt-4o",
  ],
  ["POST /serving-endpoints/chat/completions", "openai-chat", "/serving-endpoints"],
  ["POST /v1beta/openai/chat/completions", "openai-chat", "/v1beta/openai"],
  ["POST /api/v1/chat/completions", "openai-chat", "/api"],
  ["POST /v1/completions", "openai-completions"],
  ["POST /inference/v1/completions", "openai-completions", "/inference"],
  ["POST /v1/embeddings", "openai-embeddings"],
  ["POST /embeddings", "openai-embeddings"],
  ["POST /v1/responses", "openai-responses"],
  ["POST /azure/v1/responses", "openai-responses", "/azure"],
  ["GET /v1/models", "openai-models"],
  ["GET /models?project_id=p", "openai-models"],
  ["GET /v1/openai/v1/models", "openai-models", "/v1/openai"],
  ["GET /v1beta/openai/models", "openai-models", "/v1beta/openai"],
  ["POST /api/chat", "ollama-chat"],
  ["POST /ollama/api/chat", "ollama-chat", "/ollama"],
  ["POST /api/generate", "ollama-generate"],
  ["POST /api/pull", "ollama-pull"],
  ["POST /api/embed", "ollama-embed"],
  ["POST /api/embeddings", "ollama-embeddings"],
  ["GET /api/tags", "ollama-tags"],
  ["GET /box/api/ps", "ollama-ps", "/box"],
  ["POST /v1/messages?beta=true", "anthropic-messages"],
  ["POST /anthropic/v1/messages", "anthropic-messages", "/anthropic"],
  ["POST /v1beta/interactions", "gemini-interactions"],
  ["POST /interactions", "gemini-interactions"],
  ["POST /google/v1beta/interactions", "gemini-interactions", "/google"],
  ["POST /v1beta/models/gemini-2.0-flash:generateContent", "genai", "", "models/gemini-2.0-flash"],
  ["POST /g/v1beta1/publishers/google/models/m:generateContent", "genai", "/g", "publishers/google/models/m"],
  ["POST /v1/projects/p/locations/l/publishers/meta/models/m:generateContent", "genai", "", "publishers/meta/models/m"],
  ["POST /models/a%20b:streamGenerateContent?alt=sse", "genai-stream", "", "models/a b"],
  ["POST /v1beta/tunedModels/t:streamGenerateContent", "genai-stream", "", "tunedModels/t"],
  ["POST /v1beta/models/e:embedContent", "genai-embed", "", "models/e"],
  ["POST /v1beta/models/e:batchEmbedContents", "genai-embed", "", "models/e"],
  ["POST /v1beta1/publishers/google/models/e:predict", "genai-embed", "", "publishers/google/models/e"],
  ["POST /rerank", "rerank"],
  ["POST /v1/rerank", "rerank"],
  ["POST /cohere/v2/rerank", "rerank", "/cohere"],
  ["POST /v1/retrieval/nvidia/reranking", "reranking", "/v1/retrieval/nvidia"],
  ["POST /v1/ranking", "ranking"],
  ["POST /v1/tool-runtime/invoke", "tool-invoke"],
  ["POST /stack/v1/tool-runtime/invoke", "tool-invoke", "/stack"],
  ["POST /search", "tavily-search"],
  ["POST /tavily/search", "tavily-search", "/tavily"],
];

const NOWHERE = [
  "GET /v1/chat/completions",
  "POST /v1/models",
  "GET /v1beta/models",
  "GET /v1/models/gpt-4o",
  "POST /v1/vector_stores/vs_1/search",
  "POST /v1/threads/t/messages",
  "POST /v1/messages/count_tokens",
  "POST /v1beta/models/m:countTokens",
  "POST /v1beta/models/%zz:generateContent",
  "POST /xchat/completionsx",
  "GET /",
  "GET ",
  "POST ?/v1/chat/completions",
  `POST ${"/a".repeat(2000)}/v1/chat/completions`,
];

const routed = (line: string) => {
  const [method = "", target = ""] = line.split(" ");
  return routeOf(method, target);
};

describe("a request line", () => {
  const cases = LINES.map(([line, id, mount = "", model = null]) => ({ line, id, mount, model }));
  it.each(cases)("$line goes to $id", ({ line, id, mount, model }) => {
    const found = routed(line);
    expect(found && { id: found.route.id, mount: found.mount, model: found.model }).toEqual({ id, mount, model });
  });

  it.each(NOWHERE)("%s goes nowhere", (line) => {
    expect(routed(line)).toBeNull();
  });

  it("tells its query, in order", () => {
    expect(routed("GET /v1/models?b=1&a=x%20y&b=?")?.query).toEqual([
      ["b", "1"],
      ["a", "x y"],
      ["b", "?"],
    ]);
  });
});

describe("the table", () => {
  it("has an id a row, and a case here for each", () => {
    const ids = ROUTES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(LINES.map(([, id]) => id))).toEqual(new Set(ids));
  });

  it("knows the dialect of each, and that dialect its endpoint", () => {
    for (const { id, dialect, endpoint, kind } of ROUTES) {
      const spoken = DIALECTS.find((one) => one.id === dialect);
      expect(spoken, id).toBeDefined();
      if (kind !== "tool") expect(endpoint, id).toMatch(spoken?.endpoint as RegExp);
    }
  });
});

it("a base url is what stands before the endpoint", () => {
  const base = (id: string, url: string): string | null =>
    baseOf(ROUTES.find((route) => route.id === id) as Route, url);
  expect(base("openai-chat", "https://api.openai.com/v1/v1/chat/completions")).toBe("https://api.openai.com/v1");
  expect(base("openai-chat", "__databricks__/serving-endpoints/v1/chat/completions")).toBe(
    "__databricks__/serving-endpoints",
  );
  expect(base("genai", "vertexai:///generate_content")).toBe("vertexai://");
  expect(base("genai-stream", "vertexai:///generate_content")).toBeNull();
  expect(base("anthropic-messages", "https://a.example/v1/messages?beta=true")).toBe("https://a.example");
});
