import { asArray, asObject, asString, JsonObject, type JsonValue } from "../../../recording/json/value.ts";
import { COMPACT, writeJson } from "../../../recording/json/write.ts";
import { AS_SENT, type Axis, candidates, type Reading } from "../axes.ts";
import { objectOf, put, without } from "../edits.ts";
import type { Form } from "./form.ts";
import { fromWire } from "./genai-case.ts";
import { configAxis, modelAxis, textsOf } from "./genai-parts.ts";

/** What is to be embedded, and how, out of any of the three forms on the wire. */
interface Embedded {
  readonly contents: readonly JsonValue[];
  readonly config: JsonObject;
}

const none = new JsonObject();

/** Several requests of one call: all of one config, or no library sent them. */
function joined(requests: readonly JsonObject[], ...own: readonly string[]): JsonObject | null {
  const rest = requests.map((request) => without(request, ...own));
  const texts = new Set(rest.map((one) => writeJson(one, COMPACT)));
  return texts.size > 1 ? null : (rest[0] ?? none);
}

/** Vertex AI: {instances: [{content}], parameters}; Gemini: {requests: [{content}]}, or one of them alone. */
function embeddedOf(body: JsonObject): Embedded | null {
  const list = asArray(body.get("instances") ?? body.get("requests"));
  const requests = list?.map(asObject) ?? [without(body, "embedContentConfig")];
  if (!requests.every((one) => one !== undefined)) return null;
  const contents = requests.map((request) => request.get("content") ?? null);
  const shared = joined(requests, "content", "model");
  const more = asObject(body.get("parameters") ?? body.get("embedContentConfig")) ?? none;
  if (!shared) return null;
  const whole = new JsonObject([...shared.keys, ...more.keys], [...shared.values, ...more.values]);
  return { contents, config: fromWire(whole) as JsonObject };
}

/** One text of a content that is nothing but that. */
export const textOf = (content: JsonValue): string | undefined => {
  const texts = textsOf(content);
  return asString(content) ?? (texts?.length === 1 ? texts[0] : undefined);
};

/** Contents are texts mostly, and a single one may be given without a list. */
function embedAxis(contents: readonly JsonValue[]): Axis {
  const wholes = contents.map(fromWire);
  const set = (value: JsonValue, note: string): Reading => ({ apply: (body) => put(body, "contents", value), note });
  const texts = contents.map(textOf);
  const forms: Reading[] = texts.every((text) => text !== undefined)
    ? [
        set(texts, "contents is a list of texts"),
        ...(texts.length === 1 ? [set(texts[0] as string, "contents is a text")] : []),
      ]
    : [];
  // Where they came as texts, what they were before is not told.
  if (contents.every((content) => typeof content === "string")) return forms;
  return [...forms, AS_SENT, ...(wholes.length === 1 ? [set(wholes[0] as JsonValue, "contents is one content")] : [])];
}

/** `embedContent` of Vertex AI and the Gemini API: {model, contents, config}. */
export const embed: Form = {
  stored({ model }, body) {
    const embedded = model === null ? null : embeddedOf(body);
    if (model === null || !embedded) return [];
    const { contents, config } = embedded;
    const stored = objectOf({ model, contents: contents.map(fromWire), config });
    return candidates(stored, [configAxis(config), embedAxis(contents), modelAxis(model)]);
  },
};
