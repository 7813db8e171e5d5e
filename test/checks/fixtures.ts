import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject, type JsonObject } from "../../src/recording/json/value.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { hashesOf, schemesOf } from "../../src/recording/names/schemes.ts";
import { pythonText } from "../cli/samples.ts";
import { OWN } from "./checked.ts";

/** Files of a tree, by path. */
export type Files = Readonly<Record<string, string>>;

/** A recording of the tests as JavaScript sees it, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: fixtures reach for what they know to be there
export type Loose = any;

/** The path of a recording of the project, by the beginning of its name. */
export function pathOf(start: string): string {
  const found = [...OWN.keys()].filter((path) => path.startsWith(`recordings/${start}`));
  if (found.length !== 1) throw new Error(`${found.length} recordings begin with ${start}`);
  return found[0] as string;
}

/** A recording of the project as it lies there, by the beginning of its name. */
export const own = (...starts: readonly string[]): Files =>
  Object.fromEntries(starts.map(pathOf).map((path) => [path, (OWN.get(path) as Buffer).toString()]));

/** A recording of the project, changed, under its own name. */
export function ownBut(start: string, change: (document: Loose) => void): Files {
  const path = pathOf(start);
  const document = JSON.parse((OWN.get(path) as Buffer).toString());
  change(document);
  return { [path]: pythonText(document) };
}

/** The same with another body: chunks, lines or the whole. */
export const bodyBut = (start: string, change: (body: Loose) => unknown): Files =>
  ownBut(start, ({ response }) => {
    response.body = change(response.body) ?? response.body;
  });

/** A recording of the project with another text of the same document. */
export function textBut(start: string, change: (text: string) => string): Files {
  const path = pathOf(start);
  return { [path]: change((OWN.get(path) as Buffer).toString()) };
}

/** A document under the name that a scheme gives it, or under the first 12 digits of that. */
export function named(document: Loose, { scheme, digits = 64 }: { scheme?: string; digits?: number } = {}): Files {
  const hash = hashOf(pythonText(document), scheme);
  // An answer without an id gets the one that its recorder would have given it.
  const answer = document.response.body.__data__;
  if (answer?.id === "") answer.id = `rec-${hash.slice(0, 12)}`;
  return { [`recordings/${hash.slice(0, digits)}.json`]: pythonText(document) };
}

/** The hash that a scheme, else the newest, gives a recording. */
export function hashOf(text: string, scheme?: string): string {
  const root = parseJson(text) as JsonObject;
  const request = asObject(root.get("request")) as JsonObject;
  const kind = kindOf(new Set(request.keys));
  const id = scheme ?? schemesOf(kind).at(-1)?.id ?? "";
  return hashesOf({ kind, request, testId: root.get("test_id") ?? null }).get(id) as string;
}

/** A short chat that each scheme of inference names otherwise. */
export function chat(change: (document: Loose) => void = () => undefined): Loose {
  const document = {
    test_id: "test_bar.py::test_tide",
    request: {
      method: "POST",
      url: "https://bedrock.example/v1/v1/chat/completions",
      headers: {},
      body: {
        model: "gpt-4o",
        messages: [{ role: "user", content: "When is high water? score: 0.5123456, at 0.123456 m" }],
        temperature: 0.1234567,
        stream_options: { include_usage: true },
        extra_body: { project_id: "tide" },
      },
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
    },
    response: { body: completion("At 22:14."), is_streaming: false },
    id_normalization_mapping: {},
  };
  change(document);
  return document;
}

const USAGE = { completion_tokens: 3, prompt_tokens: 9, total_tokens: 12 };

export const completion = (content: string): Loose => ({
  __type__: "openai.types.chat.chat_completion.ChatCompletion",
  __data__: {
    choices: [{ finish_reason: "stop", index: 0, message: { role: "assistant", content, tool_calls: null } }],
    id: "",
    created: 0,
    model: "gpt-4o",
    object: "chat.completion",
    usage: USAGE,
  },
});

/** A list of the models with these ids, under the name that a digest gives it. */
export function models(
  ids: readonly string[],
  digest: string | null,
  change: (document: Loose) => void = () => {},
): Files {
  const document = {
    test_id: null,
    request: {
      method: "POST",
      url: "http://localhost:8000/v1/v1/models",
      headers: {},
      body: {},
      endpoint: "/v1/models",
      model: "",
    },
    response: {
      body: ids.map((id) => ({
        __type__: "openai.types.model.Model",
        __data__: { id, created: 1712345678, object: "model", owned_by: "ogx" },
      })),
      is_streaming: false,
    },
    id_normalization_mapping: {},
  };
  change(document);
  const text = pythonText(document);
  const hash = hashOf(text);
  return { [`recordings/${digest === null ? hash : `models-${hash}-${digest}`}.json`]: text };
}

/** An Anthropic or Gemini stream's lines from the one that begins so; -1 where none does. */
export const lineOf = (lines: readonly string[], start: string, from = 0): number =>
  lines.findIndex((line, at) => at >= from && line.startsWith(start));
