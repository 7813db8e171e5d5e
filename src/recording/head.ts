import type { JsonObject, JsonValue } from "./json/value.ts";
import { asArray, asObject, asString } from "./json/value.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { splitUrl } from "./names/url.ts";

/** What a list of recordings needs of each: enough to find, filter and group it, without its texts. */
export interface Head {
  /** The pytest node id, or null for what is shared between tests. */
  testId: string | null;
  kind: Kind;
  method: string | null;
  url: string | null;
  /** The plain path of the API; for http requests, which do not store it, the path of the url. */
  endpoint: string | null;
  model: string | null;
  /** The tool that was invoked, for requests of kind tool. */
  tool: string | null;
  /** Python's name of the type of the body or of its first chunk, where it has one. */
  type: string | null;
  streaming: boolean;
  /** Length of a streamed body, else null. */
  chunks: number | null;
  /** A recorded failure. */
  failed: boolean;
}

/** The few facts of a file that decide its {@link Head}, however they were read. */
export interface Facts {
  testId: string | null;
  /** Which keys the request has. */
  requestKeys: ReadonlySet<string>;
  /** String members of the request, by key. */
  request: ReadonlyMap<string, string>;
  /** `model` in the request's payload or body. */
  payloadModel: string | null;
  type: string | null;
  streaming: boolean;
  /** Length of the body where it is a list, else null. */
  length: number | null;
  failed: boolean;
}

/** The head that `facts` add up to. */
export function headFrom(facts: Facts): Head {
  const member = (key: string): string | null => facts.request.get(key) ?? null;
  const url = member("url");
  return {
    testId: facts.testId,
    kind: kindOf(facts.requestKeys),
    method: member("method"),
    url,
    endpoint: member("endpoint") ?? (url === null ? null : splitUrl(url).path),
    model: member("model") ?? facts.payloadModel,
    tool: member("tool_name"),
    type: facts.type,
    streaming: facts.streaming,
    chunks: facts.streaming ? facts.length : null,
    failed: facts.failed,
  };
}

/** Why a JSON document is no recording, and which of its values shows it. */
export interface NotRecording {
  message: string;
  path: string[];
}

/** What must be there for a document to be taken as a recording: FORMAT of 2025-07-29 on. */
export function whyNotRecording(root: JsonValue): NotRecording | null {
  const object = asObject(root);
  if (!object) return { message: "not a recording: the document is no object", path: [] };
  for (const key of ["request", "response"]) {
    const part = object.get(key);
    if (part === undefined) return { message: `not a recording: no "${key}"`, path: [] };
    if (!asObject(part)) return { message: `not a recording: "${key}" is no object`, path: [key] };
  }
  if (!asObject(object.get("response"))?.has("body")) {
    return { message: 'not a recording: no "body" in "response"', path: ["response"] };
  }
  return null;
}

/** The head of a recording, from its whole document. */
export function headOf(root: JsonObject): Head {
  const request = asObject(root.get("request"));
  const response = asObject(root.get("response"));
  const body = response?.get("body");
  const list = asArray(body);
  const strings = new Map<string, string>();
  for (const [key, value] of request?.entries() ?? []) {
    // Of a repeated key the last one wins, whatever it is.
    if (typeof value === "string") strings.set(key, value);
    else strings.delete(key);
  }
  const asked = asObject(request?.get("payload")) ?? asObject(request?.get("body"));
  return headFrom({
    testId: asString(root.get("test_id")) ?? null,
    requestKeys: new Set(request?.keys),
    request: strings,
    payloadModel: asString(asked?.get("model")) ?? null,
    type: asString(asObject(list ? list[0] : body)?.get("__type__")) ?? null,
    streaming: response?.get("is_streaming") === true,
    length: list ? list.length : null,
    failed: response?.get("is_exception") === true,
  });
}
