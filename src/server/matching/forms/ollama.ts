import { asString, type JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { AS_SENT, type Axis, candidates } from "../axes.ts";
import { put, without } from "../edits.ts";
import { floatAxes } from "../numbers.ts";
import type { Form } from "./form.ts";
import { isEmpty } from "./stream.ts";

/**
 * What the libraries send though nobody said it, and what the API takes where it is not said: empty, off, or Ollama's five minutes.
 * `options` is the one of them that the Python library sends as it was given.
 */
const DEFAULTS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  options: isEmpty,
  tools: isEmpty,
  suffix: isEmpty,
  system: isEmpty,
  template: isEmpty,
  format: isEmpty,
  images: isEmpty,
  raw: (value) => value === false,
  insecure: (value) => value === false,
  keep_alive: (value) => value === "5m",
};

/** Options that are floats beside those of every API. */
const FLOATS = ["min_p", "typical_p", "tfs_z", "repeat_penalty", "mirostat_tau", "mirostat_eta"];

function defaultAxes(body: JsonObject): Axis[] {
  return Object.entries(DEFAULTS).flatMap(([key, isDefault]): Axis[] => {
    const value = body.get(key);
    if (value === undefined || !isDefault(value)) return [];
    return [[AS_SENT, { apply: (object) => without(object, key), note: `${key}: the library's default` }]];
  });
}

/** Ollama streams where nothing is said; its libraries say `false` where nobody said anything. */
function streamAxis(body: JsonObject): Axis {
  const said = body.get("stream");
  if (said === undefined || said === null) {
    return [{ apply: (object) => put(object, "stream", true), note: "stream: true is the API's default" }];
  }
  if (said !== false) return [AS_SENT];
  return [AS_SENT, { apply: (object) => without(object, "stream"), note: "stream: false is the library's default" }];
}

/** The JavaScript library asks for a model to be pulled by the API's older word for it. */
function nameAxis(routeId: string, body: JsonObject): Axis {
  const name = asString(body.get("name"));
  if (routeId !== "ollama-pull" || name === undefined || body.has("model")) return [AS_SENT];
  return [{ apply: (object) => put(without(object, "name"), "model", name), note: "name is model" }];
}

/** Ollama's API, as https://github.com/ollama/ollama-python and its JavaScript sister ask it. */
export const ollama: Form = {
  stored({ route }, body) {
    const streams = route.streams === "never" ? [] : [streamAxis(body)];
    const floats = floatAxes(body, ["options"], FLOATS);
    return candidates(body, [nameAxis(route.id, body), ...streams, ...defaultAxes(body), ...floats]);
  },
};
