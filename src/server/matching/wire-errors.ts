import {
  asNumber,
  asObject,
  asString,
  JsonNumber,
  type JsonObject,
  type JsonValue,
} from "../../recording/json/value.ts";
import type { Failure } from "../../recording/recording.ts";
import { objectOf } from "./edits.ts";
import type { Api } from "./routes.ts";

/** An answer that tells an error, in the words of an API. */
export interface WireError {
  readonly status: number;
  readonly body: JsonValue;
}

/** What is told. */
export interface ErrorSaid {
  readonly status: number;
  readonly message: string;
  /** The API's own word for the kind of error; that of the status where nothing is said. */
  readonly type?: string;
  readonly code?: string | null;
}

/** Words of an API for a status; the first is for all others. */
type Words = Readonly<Record<number | "other", string>>;

const OPENAI: Words = {
  other: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  409: "conflict_error",
  429: "rate_limit_error",
  500: "server_error",
  502: "server_error",
  503: "server_error",
  504: "server_error",
};

/** https://docs.anthropic.com/en/api/errors */
const ANTHROPIC: Words = {
  other: "api_error",
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  504: "timeout_error",
  529: "overloaded_error",
};

/** https://cloud.google.com/apis/design/errors */
const GOOGLE: Words = {
  other: "UNKNOWN",
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ABORTED",
  429: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  500: "INTERNAL",
  501: "UNIMPLEMENTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

const word = (words: Words, status: number): string => words[status] ?? words.other;
const number = (value: number): JsonNumber => new JsonNumber(String(value));

/** The bodies of errors, by who defined them. */
const BODIES: Readonly<Record<Api, (said: ErrorSaid) => JsonObject>> = {
  openai: ({ status, message, type = word(OPENAI, status), code = null }) =>
    objectOf({ error: objectOf({ message, type, param: null, code }) }),
  anthropic: ({ status, message, type = word(ANTHROPIC, status) }) =>
    objectOf({ type: "error", error: objectOf({ type, message }) }),
  ollama: ({ message }) => objectOf({ error: message }),
  google: ({ status, message, type = word(GOOGLE, status) }) =>
    objectOf({ error: objectOf({ code: number(status), message, status: type }) }),
  // Cohere's; vLLM's is OpenAI's, which has a message too.
  rerank: ({ message }) => objectOf({ message }),
  // As the recorder's own server says it.
  tools: ({ message }) => objectOf({ error: objectOf({ detail: message }) }),
  tavily: ({ message }) => objectOf({ detail: objectOf({ error: message }) }),
};

/** An error in the words of an API. */
export const errorOf = (api: Api, said: ErrorSaid): WireError => ({ status: said.status, body: BODIES[api](said) });

/** Statuses for failures that had none: what happened before any answer came. By the end of Python's name. */
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [/Timeout(Error|Exception)?$/, 504],
  [/Connect(ion)?(Error|Exception)?$/, 502],
  [/^(Value|Type|Key)Error$/, 400],
  [/NotImplementedError$/, 501],
  [/NotFound(Error)?$/, 404],
  [/^PermissionError$/, 403],
];

/** A recorded failure as the API sent it, or as it would have. */
export function failureOf(api: Api, failure: Failure): WireError {
  const { type, message, body } = failure;
  const status = failure.status ?? STATUSES.find(([name]) => name.test(type ?? ""))?.[1] ?? 500;
  return { status, body: sentBody(api, failure) ?? errorOf(api, { status, message: saidIn(body) ?? message }).body };
}

/** What the provider sent, where all of it was kept: openai's library keeps what is in `error`, others the whole. */
function sentBody(api: Api, { category, body }: Failure): JsonValue | undefined {
  const object = asObject(body);
  if (category !== "provider_sdk" || !object) return undefined;
  if (isWhole(api, object)) return object;
  return api === "openai" ? objectOf({ error: object }) : undefined;
}

/** Whether a body has the form of an API's errors already. */
function isWhole(api: Api, body: JsonObject): boolean {
  const error = body.get("error");
  if (api === "ollama") return typeof error === "string";
  if (api === "anthropic") return body.get("type") === "error" && asObject(error) !== undefined;
  if (api === "google") return asNumber(asObject(error)?.get("code")) !== undefined;
  if (api === "tavily") return body.has("detail");
  if (api === "rerank") return body.has("message") || body.has("error");
  return asObject(error) !== undefined;
}

/** The provider's own message, which Python's has wrapped in words. */
function saidIn(body: JsonValue): string | undefined {
  const object = asObject(body);
  const error = object?.get("error");
  return (
    asString(asObject(error)?.get("message") ?? asObject(error)?.get("detail")) ??
    asString(error) ??
    asString(object?.get("message"))
  );
}
