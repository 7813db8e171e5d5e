import type { Finding } from "../../../src/checks/rule.ts";
import type { Broken, Entry } from "../../../src/listing/entry.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import type { JsonObject } from "../../../src/recording/json/value.ts";
import { recordingFrom } from "../../../src/recording/recording.ts";
import { openBody, peekOf } from "../../../src/tui/state/body.ts";
import { initial, type Judgement, type Peek, type Size, type State } from "../../../src/tui/state/state.ts";
import { update } from "../../../src/tui/state/update.ts";

/** One made recording: what was asked, and the pieces of the answer; a string is an answer that did not stream. */
export interface Made {
  test: string | null;
  model?: string;
  asks: string;
  answers: string | readonly object[];
  fails?: boolean;
  path?: string;
}

export const said = (content: string): object => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
export const called = (name: string, args: string): object => ({
  choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: "call_1", function: { name, arguments: args } }] } }],
});
export const ended = (reason: string): object => ({
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
  usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
});

/** The recording of a {@link Made}, as it is opened and as a list has it. */
function recorded({ test, model = "small-1", asks, answers, fails = false, path }: Made, at: number) {
  const streams = typeof answers !== "string";
  const whole = { choices: [{ index: 0, message: { role: "assistant", content: answers }, finish_reason: "stop" }] };
  const document = {
    test_id: test,
    request: {
      method: "POST",
      url: "http://localhost/v1/chat/completions",
      headers: {},
      endpoint: "/v1/chat/completions",
      model,
      body: { model, stream: streams, messages: [{ role: "user", content: asks }] },
    },
    response: { body: streams ? answers : whole, is_streaming: streams, ...(fails ? { is_exception: true } : {}) },
  };
  const root = parseJson(JSON.stringify(document)) as JsonObject;
  const recording = recordingFrom(root, "");
  const id = String(at).padStart(8, "0").padEnd(64, "a");
  const where = path ?? `tests/recordings/${id}.json`;
  const bytes = 900 + 130 * at;
  const entry: Entry = { path: where, id, bytes, head: recording.head };
  return { entry, recording, body: openBody(where, recording, bytes), peek: peekOf(recording) };
}

/** A state with these recordings, every body read, the cursor on the first row. */
export function stateOf(
  made: readonly Made[],
  { size = { columns: 120, rows: 40 }, hasColour = false, broken = [] as readonly Broken[] } = {},
): State {
  const all = made.map(recorded);
  const start = initial({ size, recctl: "recctl", hasColour, folder: "/home/ada/project/tests" });
  const peeks = new Map<string, Peek>(all.map(({ entry, peek }) => [entry.path, peek]));
  const bodies = new Map(all.map(({ entry, body }) => [entry.path, body]));
  const tree = { entries: all.map(({ entry }) => entry), broken, isRead: true };
  const scanned = update({ ...start, peeks, bodies }, { type: "scanned", tree }).state;
  return { ...scanned, findings: NOTHING, verdicts: NOTHING };
}

/** What checking and judging found. */
const NOTHING = { is: "known", value: new Map<string, never>() } as const;

/** The state after so many keys of these names were done. */
export const after = (state: State, ...verbs: Parameters<typeof verb>[0][]): State =>
  verbs.reduce((now, one) => update(now, verb(one)).state, state);

const verb = (name: Extract<Parameters<typeof update>[1], { type: "do" }>["verb"]) =>
  ({ type: "do", verb: name }) as const;

export const resized = (state: State, size: Size): State => update(state, { type: "resize", size }).state;

/** Marks of all kinds on the recordings of a state, by a rule that any test can repeat. */
export function marked(state: State): State {
  const paths = state.tree.entries.map(({ path }) => path);
  const some = (every: number): string[] => paths.filter((_, at) => at % every === 1);
  const finding = (severity: Finding["severity"], path: string): Finding => ({
    rule: "made",
    severity,
    path,
    line: 1,
    column: 1,
    at: "",
    message: "made",
  });
  const findings = new Map(some(2).map((path, at) => [path, [finding(at % 2 === 0 ? "error" : "warning", path)]]));
  const verdict = (goes: boolean): Judgement => ({
    verdict: goes ? "test gone" : "used",
    because: "made",
    evidence: [],
    goes,
  });
  return {
    ...state,
    findings: { is: "known", value: findings },
    verdicts: { is: "known", value: new Map(paths.map((path, at) => [path, verdict(at % 3 === 1)])) },
    leaving: new Set(some(4)),
    compareWith: paths[0] ?? null,
    search: { text: "rain", hits: new Set(some(3)), isDone: true },
  };
}

const MODELS = ["small-1", "large-with-a-long-name-2026-05"];
const PARAMETERS = ["client=openai-txt=small-1", "client=openai-txt=large-2", "client=library-txt=small-1-tools0-True"];

/** A small tree as any project has it: folders, files, tests with parameters, what is shared, what failed. */
export const USUAL: readonly Made[] = [
  { test: null, asks: "list", answers: "small-1, large-2" },
  ...PARAMETERS.flatMap((parameters, at): Made[] => [
    {
      test: `tests/chat/test_weather.py::test_forecast_for_a_city_streaming[${parameters}]`,
      model: MODELS[at % 2] as string,
      asks: "Will it rain in Lisbon tomorrow?\nSay why.",
      answers: [
        called("forecast", '{"city":'),
        called("", '"Lisbon"}'),
        { choices: [{ index: 0, delta: { reasoning_content: "The tool knows." } }] },
        said("No"),
        said(",\n\n"),
        said(" "),
        said("it stays dry, with a light wind from the north and some high clouds until noon."),
        ended("stop"),
      ],
    },
    {
      test: `tests/chat/test_weather.py::TestForecast::test_is_polite[${parameters}]`,
      asks: "Be polite.",
      answers: "Gladly.",
    },
  ]),
  { test: "tests/files/test_upload.py::test_too_large", asks: "Upload it.", answers: "No.", fails: true },
  { test: "tests/files/test_upload.py::test_upload", asks: "Upload it.", answers: "Done." },
];

/** Texts that break lines, hide, reorder, or are wider than they are long. */
export const HOSTILE = [
  "\u001b[31mred\u001b[0m \u001b]52;c;cm0=\u0007",
  "line\nline\r\nline\ttab\u0085\u2028",
  "日本語のとても長い名前のテスト、幅は二倍",
  "e\u0301\u0323\u0308 a\u20dd \u0301 lone",
  "\u202eright to left\u202c שלום עולם مرحبا",
  "👩‍👩‍👧‍👦👍🏽🇵🇹❤️ 1️⃣ \u200d\u200b\ufeff",
  "\ud800 and \udc00 alone\u0000\u009b1m",
  "",
  " ",
  "[a][b]::[c]",
] as const;

/** A tree in which everything that a text can stand in is hostile. */
export const DREADFUL: readonly Made[] = HOSTILE.flatMap((text, at): Made[] => [
  {
    test: `tests/${text}/test_${text}.py::test_${text}[${text}-${at}]`,
    model: text,
    asks: text,
    path: `tests/recordings/${at}${text}.json`,
    answers: [said(text), called(text, text), ended(text)],
  },
  { test: `tests/${text}/test_${text}.py::test_${text}[${text}]`, model: text, asks: text, answers: text },
]);
