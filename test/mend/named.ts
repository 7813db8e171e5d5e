import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject, type JsonObject } from "../../src/recording/json/value.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { hashesOf } from "../../src/recording/names/schemes.ts";
import { pythonText, type Sample, sample } from "../cli/samples.ts";

export const NEWEST = "2026-06-17";
/** The scheme that took decimals as they came. */
export const RAW = "2025-10-04";
/** The scheme of the oldest layout: no test id, names of 12 digits. */
export const OLDEST = "2025-07-29";

/** The name that a scheme gives to the recording with that text. */
export function nameBy(scheme: string, text: string): string {
  const root = parseJson(text) as JsonObject;
  const request = asObject(root.get("request")) as JsonObject;
  const hashes = hashesOf({ kind: kindOf(new Set(request.keys)), request, testId: root.get("test_id") ?? null });
  const hash = hashes.get(scheme);
  if (hash === undefined) throw new Error(`${scheme} gives no name`);
  return scheme === OLDEST ? hash.slice(0, 12) : hash;
}

/** A recording: what a scheme calls it, and its text with `rec-` ids that say so. */
export interface Named {
  name: string;
  text: string;
}

/** What the ids of a recording's answer are until it is named. */
const UNNAMED = "rec-0123456789ab";

export function named(scheme: string, text: string): Named {
  const name = nameBy(scheme, text);
  return { name, text: text.replaceAll(UNNAMED, `rec-${name.slice(0, 12)}`) };
}

/** A chat whose name the scheme of 2025-10-09 changed, for it has decimals; named by any scheme. */
export const chat = (scheme: string, ask: Sample = {}): Named =>
  named(scheme, sample({ ...ask, asked: `${ask.asked ?? "How high is"} 1.234567?` }));

/** A chat that keeps every rule. */
export function sound(ask: Sample = {}): Named {
  const document = JSON.parse(chat(RAW, ask).text.replace(/rec-\w{12}/, UNNAMED));
  const data = document.response.body.__data__;
  Object.assign(data, { created: 0, model: "gpt-4o", object: "chat.completion", usage: null });
  data.choices[0].message.tool_calls = null;
  return named(NEWEST, pythonText(document));
}

/** A chat in the oldest layout, without a test id. */
export function oldest(asked = "How high is"): Named {
  return named(
    OLDEST,
    chat(RAW, { asked })
      .text.replace(/ {2}"test_id": .*\n/, "")
      .replaceAll(/rec-\w{12}/g, UNNAMED),
  );
}

/** A list of models, without the digest in its name. */
export const list = (scheme: string, test: string, models: readonly string[]): Named =>
  named(
    scheme,
    pythonText({
      test_id: test,
      request: {
        method: "POST",
        url: "https://api.openai.com/v1/v1/models",
        headers: {},
        body: {},
        endpoint: "/v1/models",
        model: "",
      },
      response: {
        body: models.map((id) => ({
          __type__: "openai.types.model.Model",
          __data__: { id, created: 1700000000, object: "model", owned_by: "tide" },
        })),
        is_streaming: false,
      },
      id_normalization_mapping: {},
    }),
  );

/** Messages of Anthropic: names of http requests have schemes of their own. */
export const messages = (scheme: string): Named =>
  named(
    scheme,
    pythonText({
      test_id: "test_bar.py::test_tide",
      request: {
        test_id: "test_bar.py::test_tide",
        url: "https://api.anthropic.com/v1/messages",
        method: "POST",
        payload: {
          model: "claude",
          extra_body: { project_id: "tide" },
          messages: [{ role: "user", content: "1.234567" }],
        },
      },
      response: { status: 200, body: { id: "msg_1", content: [] }, is_streaming: false },
    }),
  );

export const tool = (): Named =>
  named(
    "tool-2025-10-09",
    pythonText({
      test_id: "test_bar.py::test_tide",
      request: { test_id: "test_bar.py::test_tide", provider: "tides", tool_name: "search", kwargs: { q: "1.234567" } },
      response: {
        body: { __type__: "ogx_api.tools.ToolInvocationResult", __data__: { content: "22:14" } },
        is_streaming: false,
      },
    }),
  );

/** Recordings as files of a tree. */
export const filesOf = (recordings: readonly Named[], folder = "recordings"): Record<string, string> =>
  Object.fromEntries(recordings.map(({ name, text }) => [`${folder}/${name}.json`, text]));
