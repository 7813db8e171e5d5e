import type { Api } from "../matching/routes.ts";

/** What tells whose API a request is for. */
export interface Sent {
  readonly path: string;
  readonly query?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Headers = NonNullable<Sent["headers"]>;

/** Paths that one API alone has, below a prefix or not. */
const BY_PATH: readonly (readonly [RegExp, Api])[] = [
  [/\/v1\/messages(?:\/|$)/, "anthropic"],
  [/\/v1(?:alpha|beta)\d*(?:\/|$)/, "google"],
  [/\/v1\/projects\/[^/]+\/locations\//, "google"],
  // `:generateContent`, and not every `:word`: OpenAI's own models may be called `ft:gpt-4o:acme::id`, or `x:generate`.
  [/:(?:count|compute|generate|stream|embed|batch|predict|async|raw|fetch)[A-Z][A-Za-z]*$/, "google"],
  // A gateway may have `/api/v1`, and Ollama has none.
  [/^(?:\/[^/]+)?\/api\/(?!v\d)/, "ollama"],
  [/^\/(?:extract|crawl|map|research|usage)(?:\/|$)/, "tavily"],
];

/** Headers that the clients of one API alone send. */
const BY_HEADERS: readonly (readonly [test: (headers: Headers, query: string) => boolean, api: Api])[] = [
  [(headers) => headers["anthropic-version"] !== undefined || headers["anthropic-beta"] !== undefined, "anthropic"],
  [(headers) => headers["x-goog-api-key"] !== undefined || headers["x-goog-api-client"] !== undefined, "google"],
  [(headers) => /^bearer\s+tvly-/i.test(headers.authorization ?? ""), "tavily"],
  [(headers, query) => headers.authorization === undefined && new URLSearchParams(query).has("key"), "google"],
  [(headers) => headers["x-api-key"] !== undefined && headers.authorization === undefined, "anthropic"],
];

/** A prefix that is an API's own name says by itself what is asked. */
const PREFIX = /^\/(openai|anthropic|ollama|google|tavily)\//;

/** Whose client sent a request, by its headers and keys alone; null where they tell nothing: OpenAI's, then, or one that is like it. */
export const clientOf = ({ query = "", headers = {} }: Omit<Sent, "path">): Api | null =>
  BY_HEADERS.find(([test]) => test(headers, query))?.[1] ?? null;

/** Whose API a request is for that is in no row of the table: by its prefix, its path, its headers; null where nothing tells. */
export const familyOf = (sent: Sent): Api | null =>
  (PREFIX.exec(sent.path)?.[1] as Api | undefined) ??
  BY_PATH.find(([path]) => path.test(sent.path))?.[1] ??
  clientOf(sent);
