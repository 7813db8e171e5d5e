import { JsonNumber, type JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { AS_SENT, type Axis, candidates } from "../axes.ts";
import { objectOf, without } from "../edits.ts";
import type { Form } from "./form.ts";
import { isEmpty, objectAt } from "./stream.ts";

/** Who does the searches that Tavily's own path asks for, and as which tool they are recorded. */
export const TAVILY = { provider: "tavily", tool: "web_search" } as const;

/** `POST /v1/tool-runtime/invoke`: {tool_name, kwargs} */
export const invoke: Form = {
  stored: (_routed, body) => {
    const kwargs = body.has("kwargs") ? objectAt(body, "kwargs") : objectOf({});
    return kwargs ? [{ body: kwargs, notes: [] }] : [];
  },
};

/** What Tavily takes where it is not said, which its libraries send all the same: https://docs.tavily.com/documentation/api-reference/endpoint/search */
const SEARCH_DEFAULTS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  search_depth: (value) => value === "basic",
  topic: (value) => value === "general",
  max_results: (value) => value instanceof JsonNumber && value.text === "5",
  include_answer: (value) => value === false,
  include_raw_content: (value) => value === false,
  include_images: (value) => value === false,
  include_image_descriptions: (value) => value === false,
  include_favicon: (value) => value === false,
  auto_parameters: (value) => value === false,
  include_domains: isEmpty,
  exclude_domains: isEmpty,
};

/** Tavily's `POST /search`. The key may be in the body: it is the client's own and no part of what is asked. */
export const search: Form = {
  stored: (_routed, body) => {
    const asked = without(body, "api_key");
    return candidates(asked, searchAxes(asked));
  },
};

/** Whoever says one default says them all, so they go together. */
function searchAxes(body: JsonObject): Axis[] {
  const said = Object.entries(SEARCH_DEFAULTS).flatMap(([key, isDefault]) => {
    const value = body.get(key);
    return value !== undefined && isDefault(value) ? [key] : [];
  });
  if (said.length === 0) return [];
  return [
    [AS_SENT, { apply: (object) => without(object, ...said), note: `the library's defaults: ${said.join(", ")}` }],
  ];
}
