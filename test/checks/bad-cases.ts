import type { Bad } from "./case.ts";
import { answering, bad, FIX, MOVE, ofTest, SECRETS, secretOf } from "./cases.ts";
import { bodyBut, type Files, type Loose, own, ownBut, pathOf, textBut } from "./fixtures.ts";

const CONTENT = "response.body.__data__.choices[0].message.content";

/** Keys that a recorder normalises: where, as the API sends it, and how that stands in the text. */
const NORMALISED: readonly [key: string, sent: unknown, points: string][] = [
  ["id", "chatcmpl-8", '"chatcmpl-8"'],
  ["created", 1712345678, "1712345678"],
  ["created_at", "2026-03-01T10:00:00.5Z", '"2026'],
  ["total_duration", 5191652, "5191652"],
  ["load_duration", 5191652, "5191652"],
  ["prompt_eval_duration", 5191652, "5191652"],
  ["eval_duration", 5191652, "5191652"],
];

const sent = (key: string, value: unknown): Files =>
  key === "id" || key === "created"
    ? bodyBut("b61d", (body: Loose[]) =>
        body.forEach((chunk) => {
          chunk.__data__[key] = value;
        }),
      )
    : bodyBut("df87", (body: Loose[]) => {
        body[38].__data__[key] = value;
      });

export const BAD_RULES: readonly Bad[] = [
  bad("error", "json", "a file that is cut off", () => textBut("69d5", (text) => text.slice(0, 300)), {
    at: "",
    points: "",
    says: /the file is cut off/,
    remedy: /^record it anew, or take it from an earlier commit: git log --oneline -- recordings\/69d5\w+\.json$/,
  }),
  bad(
    "error",
    "json",
    "a Git LFS pointer",
    () => ({ [pathOf("69d5")]: "version https://git-lfs.github.com/spec/v1\n" }),
    {
      at: "",
      says: /a Git LFS pointer/,
      remedy: /^git lfs pull$/,
    },
  ),
  bad(
    "error",
    "schema",
    "a key that is missing",
    () =>
      ownBut("69d5", ({ response }) => {
        delete response.is_streaming;
      }),
    {
      at: "response.is_streaming",
      points: "{",
      says: /^response\.is_streaming is missing$/,
      remedy: /^recctl schema tells the format$/,
    },
  ),
  bad("error", "schema", "no recording at all", () => ({ "recordings/package.json": '{\n  "request": 1\n}\n' }), {
    at: "request",
    points: "1",
    says: /not a recording: "request" is no object/,
    remedy: /^recctl schema tells the format; what is no recording belongs elsewhere$/,
  }),
  ...SECRETS.map(([group, severity]) =>
    bad(severity, `secret/${group}`, "in an answer", () => answering(`See ${secretOf(group)} there.`), {
      at: CONTENT,
      points: '"See ',
      says: /: .*…/,
      remedy: new RegExp(`^recctl redact secret/${group} recordings/\\w+\\.json$`),
    }),
  ),
  bad("warning", "place", "beside another test", () => ofTest("tests/a/test_x.py::t"), {
    at: "test_id",
    points: '"tests/a/test_x.py::t"',
    says: /^its test looks for it in tests\/a\/recordings$/,
    remedy: MOVE,
  }),
  bad("warning", "place", "in a folder below", () => ofTest("tests/a/test_x.py::t [$x]", "tests/a/recordings/old"), {
    at: "test_id",
    points: '"tests/a',
    says: /^its test looks for it in tests\/a\/recordings$/,
    remedy: /^move it there; what else its test has: recctl ls --test 'tests\/a\/test_x\.py::t \[\$x\]'$/,
  }),
  bad("warning", "kind", "a file processor", () => own("46cc"), {
    at: "request",
    points: "{",
    says: /a file processor's request/,
    remedy: /^remove it, once its test is gone/,
  }),
  bad(
    "warning",
    "request",
    "another endpoint than the url's",
    () =>
      ownBut("69d5", ({ request }) => {
        request.endpoint = "/v1/chat/comqletions";
      }),
    {
      at: "request.endpoint",
      points: '"/v1/chat/comqletions"',
      says: /^request\.endpoint is not what the path of request\.url ends with$/,
      remedy: /^mend what is wrong of the two by hand/,
    },
  ),
  bad(
    "warning",
    "request",
    "another model than the body's",
    () =>
      ownBut("69d5", ({ request }) => {
        request.model = "gpt-5";
      }),
    {
      at: "request.model",
      points: '"gpt-5"',
      says: /^request\.model is not the model that request\.body asks for$/,
      remedy: /^mend what is wrong/,
    },
  ),
  ...["2a23", "4b1a"].map((start) =>
    bad(
      "warning",
      "request",
      `another test than the recording's: ${start}`,
      () =>
        ownBut(start, ({ request }) => {
          request.test_id = null;
        }),
      {
        at: "request.test_id",
        points: "null",
        says: /^request\.test_id is not the recording's own test_id/,
        remedy: /^mend what is wrong/,
      },
    ),
  ),
  ...NORMALISED.map(([key, value, points]) =>
    bad("warning", "normalised", key, () => sent(key, value), {
      at: `response.body[${key === "id" || key === "created" ? 0 : 38}].__data__.${key}`,
      points,
      says: new RegExp(`^${key} is as the API sent it(, and in 40 more chunks)?: it differs with every recording$`),
      remedy: FIX,
    }),
  ),
  bad(
    "warning",
    "recorded-as",
    "an answer of another request",
    () =>
      bodyBut("69d5", (body) => {
        body.__data__.id = "rec-0123456789ab";
      }),
    {
      at: "response.body.__data__.id",
      points: '"rec-0123456789ab"',
      says: /^recorded as rec-0123456789ab, in a file named 69d5\w{8}…/,
      remedy: /^record it anew/,
    },
  ),
  bad("warning", "size", "one over the limit", () => own("69d5"), {
    at: "",
    says: /^[\d.]+ KB, over the limit of 1(\.0)? KB$/,
    remedy: /"size" in the configuration$/,
    settings: { size: 1000 },
  }),
];
