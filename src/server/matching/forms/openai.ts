import { JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { AS_SENT, type Axis, candidates } from "../axes.ts";
import { objectOf, put, without } from "../edits.ts";
import { floatAxes } from "../numbers.ts";
import type { Routed } from "../routes.ts";
import type { Form } from "./form.ts";
import { PARAMETERS } from "./openai-parameters.ts";
import { plainUnlessSaid } from "./stream.ts";

/** What stands behind `?` for the provider's sake, from the client's own settings: the recorder does not see it. */
const CLIENTS_QUERY = new Set(["api-version", "version", "key"]);

/**
 * The Python library takes `extra_body` for what has no parameter of its own, and spreads it into the body. So what it has a
 * parameter for was one (or a newer library has one), and what it has none for may have come that way; an empty one leaves no trace.
 */
function extraAxis(routeId: string, body: JsonObject): Axis {
  const known = PARAMETERS[routeId];
  if (!known) return [AS_SENT];
  const extra = body.keys.filter((key) => !known.has(key));
  if (extra.length === 0) {
    return [AS_SENT, { apply: (object) => put(object, "extra_body", new JsonObject()), note: "an empty extra_body" }];
  }
  const gathered = new JsonObject();
  for (const key of new Set(extra)) {
    gathered.keys.push(key);
    gathered.values.push(body.get(key) as JsonValue);
  }
  // A keyword argument that it does not know the Python library refuses.
  return [
    {
      apply: (object) => put(without(object, ...extra), "extra_body", gathered),
      note: `extra_body: ${extra.join(", ")}`,
    },
    AS_SENT,
  ];
}

/** What stands behind `?` is stored as `extra_query`, where it is no setting of the client's. */
function queryAxis(query: Routed["query"]): Axis {
  const said = query.filter(([key]) => !CLIENTS_QUERY.has(key));
  if (said.length === 0) return [AS_SENT];
  const stored = objectOf(Object.fromEntries(said));
  return [{ apply: (object) => put(object, "extra_query", stored), note: "extra_query" }];
}

/**
 * How the numbers of an embedding travel: the libraries ask for base64 where nobody said anything, and hand on numbers. They are
 * the same numbers, so what was recorded as `float` answers too; whoever answers writes them as they were asked for.
 */
function encodingAxis(body: JsonObject): Axis {
  const said = body.get("encoding_format");
  const float = (note: string) => ({
    apply: (object: JsonObject) => put(object, "encoding_format", "float"),
    note,
  });
  if (said === undefined) return [AS_SENT, float("encoding_format: float is the default")];
  if (said !== "base64") return [AS_SENT];
  return [
    AS_SENT,
    { apply: (object) => without(object, "encoding_format"), note: "encoding_format: base64 is the library's own" },
    float("encoding_format: base64 is the library's own, recorded as float"),
  ];
}

/** OpenAI's APIs, as https://github.com/openai/openai-python asks them. */
export const openai: Form = {
  stored({ route, query }, body) {
    const axes = [queryAxis(query)];
    if (route.id === "openai-embeddings") axes.push(encodingAxis(body));
    else if (route.streams !== "never") axes.push(plainUnlessSaid(body));
    return candidates(body, [...axes, extraAxis(route.id, body), ...floatAxes(body)]);
  },
};
