import { asObject, asString, JsonObject, type JsonValue } from "../../recording/json/value.ts";
import type { Candidate } from "./axes.ts";
import { objectOf } from "./edits.ts";
import type { Form } from "./forms/form.ts";
import { generate } from "./forms/genai.ts";
import { embed } from "./forms/genai-embed.ts";
import { ollama } from "./forms/ollama.ts";
import { openai } from "./forms/openai.ts";
import { payload } from "./forms/payload.ts";
import { invoke, search, TAVILY } from "./forms/tool.ts";
import type { FormId, Route, Routed } from "./routes.ts";

const FORMS: Readonly<Record<FormId, Form>> = { openai, ollama, payload, generate, embed, invoke, search };

/**
 * What a request on the wire may be stored as, in a fixed order; none for a body that the API does not know. Each is the same
 * request, but for what the library or the API takes where nothing is said.
 */
export function storedOf(routed: Routed, body: JsonValue): readonly Candidate[] {
  const object = body === null && routed.route.method === "GET" ? new JsonObject() : asObject(body);
  return object ? FORMS[routed.route.form].stored(routed, object) : [];
}

/** Which tool a request invokes, and by whom: null where the wire does not tell. */
export function toolOf({ route }: Routed, body: JsonValue): { provider: string | null; tool: string | null } {
  if (route.form === "search") return TAVILY;
  return { provider: null, tool: asString(asObject(body)?.get("tool_name")) ?? null };
}

/** Where a request is asked, and by whom: what recordings say beside its body. */
export interface Place {
  /** What stands before the endpoint in the url; the provider of a tool, empty where nobody knows it. */
  readonly base: string;
  readonly testId: string | null;
  /** The tool, where one is invoked. */
  readonly tool: string | null;
  /** What stands behind the url, `?` included; for what is recorded with its whole url. */
  readonly query?: string;
}

/** A candidate as recordings store it: `request`, with its keys in the recorder's order. */
export function requestOf(route: Route, { body }: Candidate, { base, testId, tool, query = "" }: Place): JsonObject {
  const url = base + route.endpoint;
  if (route.kind === "tool") {
    return objectOf({ test_id: testId, provider: base === "" ? null : base, tool_name: tool, kwargs: body });
  }
  if (route.kind === "http")
    return objectOf({ test_id: testId, url: url + query, method: route.method, payload: body });
  const model = asString(body.get("model")) ?? "";
  return objectOf({ method: "POST", url, headers: new JsonObject(), body, endpoint: route.endpoint, model });
}
