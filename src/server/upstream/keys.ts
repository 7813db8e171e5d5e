/** An API that needs a key. */
export interface KeyedApi {
  /** Its own hosts: who is asked there over https is the API itself. */
  hosts: readonly string[];
  /** Variables of the environment that its clients read, the first that is set counts. */
  variables: readonly string[];
  /** The header, and how the key stands in it. */
  header: string;
  value(key: string): string;
  /** The member of a body in which it may stand instead. */
  member?: string;
}

const bearer = (host: string | null, ...variables: string[]): KeyedApi => ({
  hosts: host === null ? [] : [host],
  variables,
  header: "authorization",
  value: (key) => `Bearer ${key}`,
});

const plain = (header: string, host: string | null, ...variables: string[]): KeyedApi => ({
  hosts: host === null ? [] : [host],
  variables,
  header,
  value: (key) => key,
});

/** The table of keys, by the API's name in `--upstream name=url`. */
export const KEYED_APIS: Readonly<Record<string, KeyedApi>> = {
  openai: bearer("api.openai.com", "OPENAI_API_KEY"),
  anthropic: plain("x-api-key", "api.anthropic.com", "ANTHROPIC_API_KEY"),
  // In the order of Google's own clients.
  google: plain("x-goog-api-key", "generativelanguage.googleapis.com", "GOOGLE_API_KEY", "GEMINI_API_KEY"),
  tavily: { ...bearer("api.tavily.com", "TAVILY_API_KEY"), member: "api_key" },
  brave: plain("x-subscription-token", "api.search.brave.com", "BRAVE_SEARCH_API_KEY", "BRAVE_API_KEY"),
  ollama: bearer("ollama.com", "OLLAMA_API_KEY"),
  azure: plain("api-key", null, "AZURE_OPENAI_API_KEY", "AZURE_API_KEY"),
  cerebras: bearer("api.cerebras.ai", "CEREBRAS_API_KEY"),
  cohere: bearer("api.cohere.com", "COHERE_API_KEY", "CO_API_KEY"),
  deepseek: bearer("api.deepseek.com", "DEEPSEEK_API_KEY"),
  fireworks: bearer("api.fireworks.ai", "FIREWORKS_API_KEY"),
  groq: bearer("api.groq.com", "GROQ_API_KEY"),
  mistral: bearer("api.mistral.ai", "MISTRAL_API_KEY"),
  nvidia: bearer("integrate.api.nvidia.com", "NVIDIA_API_KEY"),
  openrouter: bearer("openrouter.ai", "OPENROUTER_API_KEY"),
  sambanova: bearer("api.sambanova.ai", "SAMBANOVA_API_KEY"),
  together: bearer("api.together.xyz", "TOGETHER_API_KEY"),
  vllm: bearer(null, "VLLM_API_TOKEN"),
  xai: bearer("api.x.ai", "XAI_API_KEY"),
};

/** Headers that carry a key, in one API or another. */
export const KEY_HEADERS: readonly string[] = [
  "authorization",
  ...new Set(Object.values(KEYED_APIS).map(({ header }) => header)),
].filter((name, at, all) => all.indexOf(name) === at);

/**
 * Headers of keys that an API does not know, so that what stands in one is meant for another API. `Authorization` many take beside
 * their own, and OpenAI's form at Azure has `api-key`.
 */
export const foreignTo = (api: KeyedApi): string[] =>
  KEY_HEADERS.filter(
    (name) => name !== api.header && name !== "authorization" && !(name === "api-key" && api === KEYED_APIS.openai),
  );

/** The API whose own host a URL names, over https at its usual port; undefined for every other. */
export function apiAt(url: URL): KeyedApi | undefined {
  if (url.protocol !== "https:" || url.port !== "") return undefined;
  return Object.values(KEYED_APIS).find(({ hosts }) => hosts.includes(url.hostname));
}
