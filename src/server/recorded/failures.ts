import { asObject, JsonNumber, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import { readPython } from "./python/read.ts";
import { reprOf, strOf } from "./python/repr.ts";
import type { Answered, Stored } from "./types.ts";

/** An exception as the recorder stores it: `exception_data`, and what `str()` of it gives. */
export interface Failure {
  data: JsonObject;
  message: string;
}

/** A failure in place of an answer; `streaming` as the recorder says it, which is mostly false. */
export const failedAtOnce = (failure: Failure, streaming = false): Stored => stored(null, streaming, failure);

/** A failure behind the chunks that came before it. */
export const failedBehind = (chunks: JsonValue[], failure: Failure): Stored => stored(chunks, true, failure);

function stored(body: JsonValue, streaming: boolean, { data, message }: Failure): Stored {
  const keys = ["body", "is_streaming", "is_exception", "exception_data", "exception_message"];
  return { response: new JsonObject(keys, [body, streaming, true, data, message]) };
}

/** An exception that the recorder knows nothing about: https://github.com/ogx-ai/ogx/blob/main/src/ogx/testing/exception_utils.py */
export const unknownFailure = (type: string, message: string): Failure => ({
  data: new JsonObject(["category", "type", "message"], ["unknown", type, message]),
  message,
});

/** What httpx raises where a stream breaks off. */
export const brokenOff = (): Failure =>
  unknownFailure(
    "RemoteProtocolError",
    "peer closed connection without sending complete message body (incomplete chunked read)",
  );

/** What the openai SDK raises where a whole answer breaks off. */
export const noConnection = (): Failure => unknownFailure("APIConnectionError", "Connection error.");

function sdkFailure(
  provider: string,
  type: string,
  message: JsonValue,
  status: number,
  body: JsonValue,
  text: string,
): Failure {
  const keys = ["category", "provider", "type", "message", "status_code", "body"];
  const values = ["provider_sdk", provider, type, message, new JsonNumber(String(status)), body];
  return { data: new JsonObject(keys, values), message: text };
}

/** https://github.com/openai/openai-python/blob/main/src/openai/_client.py, `_make_status_error` */
const OPENAI_TYPES: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};

/** A status of 400 and more, as the openai SDK raises it: its body is the inner object of the wire's. */
export function openaiStatus({ status, frames }: Answered): Failure {
  const text = frames.join("").trim();
  const body = readPython(text);
  const code = `Error code: ${status}`;
  const message = body === undefined ? text || code : `${code} - ${strOf(body)}`;
  const inner = asObject(body)?.get("error");
  const type = OPENAI_TYPES[status] ?? (status >= 500 ? "InternalServerError" : "APIStatusError");
  return sdkFailure("openai", type, message, status, inner !== undefined ? inner : (body ?? text), message);
}

/** An error that a stream of the openai SDK brings as one of its events; it has no status. */
export function openaiEvent(error: JsonValue): Failure {
  const message = asObject(error)?.get("message");
  return unknownFailure(
    "APIError",
    typeof message === "string" && message !== "" ? message : "An error occurred during streaming",
  );
}

/** https://github.com/ollama/ollama-python/blob/main/ollama/_types.py, `ResponseError`; a stream's own errors have the status -1. */
export function ollamaError(told: JsonValue, status = -1): Failure {
  const inner = typeof told === "string" ? asObject(readPython(told))?.get("error") : undefined;
  const error = inner ?? told;
  return sdkFailure("ollama", "ResponseError", error, status, null, `${strOf(error)} (status code: ${status})`);
}

/** https://github.com/googleapis/python-genai/blob/main/google/genai/errors.py; the recorder does not know it, for it has no `status_code`. */
export function genaiStatus({ status }: Answered, body: JsonObject): Failure {
  const type = status < 500 ? "ClientError" : "ServerError";
  const named = body.get("status") ?? asObject(body.get("error"))?.get("status") ?? null;
  return unknownFailure(type, `${status} ${strOf(named)}. ${reprOf(body)}`);
}
