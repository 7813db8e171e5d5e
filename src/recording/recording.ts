import { type Head, headOf } from "./head.ts";
import { JsonError } from "./json/error.ts";
import { parseJson } from "./json/parse.ts";
import { asNumber, asObject, asString, JsonObject, type JsonValue } from "./json/value.ts";

/** A failure that was recorded in place of an answer, or behind the chunks that came before it. */
export interface Failure {
  /** `provider_sdk`, `ogx` (`llama_stack`), `builtin`, `unknown`; null in the oldest recordings. */
  category: string | null;
  /** Python's name of the exception. */
  type: string | null;
  message: string;
  /** The HTTP status that the API gave. */
  status: number | null;
  /** What the API said; openai's is the inner object, the wire has {"error": body}. */
  body: JsonValue;
}

/** One file, read whole. */
export interface Recording {
  root: JsonObject;
  head: Head;
  request: JsonObject;
  response: JsonObject;
  body: JsonValue;
  failure: Failure | null;
}

/** A recording from its document, which must be one (see whyNotRecording), and its text. */
export function recordingFrom(root: JsonObject, text: string): Recording {
  const document = normalised(root, text);
  const response = asObject(document.get("response")) ?? new JsonObject();
  return {
    root: document,
    head: headOf(document),
    request: asObject(document.get("request")) ?? new JsonObject(),
    response,
    body: response.get("body") ?? null,
    failure: failureOf(response),
  };
}

/** A mapping that makes a text longer than this many times is no mapping but a bomb, and is left alone. */
const MOST_GROWTH = 4;

/** As the recorder reads a file: every original of `id_normalization_mapping` becomes its normalised form. */
function normalised(root: JsonObject, text: string): JsonObject {
  const mapping = asObject(root.get("id_normalization_mapping"));
  if (!mapping || mapping.keys.length === 0) return root;
  let mapped = text;
  for (const [id, original] of mapping.entries()) {
    if (typeof original === "string" && original !== "") {
      mapped = mapped.split(original).join(id);
      if (mapped.length > MOST_GROWTH * text.length + 1_000_000) return root;
    }
  }
  try {
    return asObject(parseJson(mapped)) ?? root;
  } catch (error) {
    if (error instanceof JsonError) return root;
    throw error;
  }
}

/** An HTTP status, or null for anything else. */
function statusOf(value: JsonValue | undefined): number | null {
  const status = asNumber(value);
  return status !== undefined && Number.isInteger(status) ? status : null;
}

function failureOf(response: JsonObject): Failure | null {
  if (response.get("is_exception") !== true) return null;
  const data = asObject(response.get("exception_data"));
  const message = asString(response.get("exception_message")) ?? asString(data?.get("message"));
  return {
    category: asString(data?.get("category")) ?? null,
    type: asString(data?.get("type")) ?? null,
    message: message ?? "a failure without a message",
    status: statusOf(data?.get("status_code")),
    body: data?.get("body") ?? null,
  };
}
