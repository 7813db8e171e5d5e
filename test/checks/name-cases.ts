import type { Bad } from "./case.ts";
import { bad, digest, FIX, IDS, moved } from "./cases.ts";
import { bodyBut, chat, type Files, type Loose, models, named, own, ownBut } from "./fixtures.ts";

const NEWEST = "2026-06-17";
const lists = (change: (document: Loose) => void, scheme: string): Files => {
  const [text = ""] = Object.values(models(IDS, digest(IDS), change));
  const [path = ""] = Object.keys(named(JSON.parse(text), { scheme }));
  return { [path.replace(/(\w+)\.json$/, `models-$1-${digest(IDS)}.json`)]: text };
};
const olderList = (scheme: string, path: string): Files =>
  lists((document) => {
    document.test_id = "test_bar.py::test_tide";
    document.request.url = `http://localhost:8000${path}`;
    document.request.endpoint = path;
  }, scheme);
const http = (scheme: string): Files =>
  named(
    JSON.parse(
      Object.values(
        ownBut("2a23", ({ request }) => {
          request.payload.extra_body = { project_id: "tide" };
          request.payload.note = "score: 0.5";
        }),
      )[0] as string,
    ),
    { scheme },
  );

/** Of each scheme that is not the newest of its kind a name that only it, or what is older, gives. */
const OLDER: readonly [scheme: string, files: () => Files][] = [
  ...["2025-07-29", "2025-10-04", "2025-11-03", "2026-01-21", "2026-03-18"].map((scheme): [string, () => Files] => [
    scheme,
    () => named(chat(), { scheme }),
  ]),
  ["2025-10-09", () => olderList("2025-10-09", "/v1/openai/v1/models")],
  ["2026-04-09", () => olderList("2026-04-09", "/v1/models")],
  ["http-2026-02-12", () => http("http-2026-02-12")],
  ["http-2026-03-18", () => http("http-2026-03-18")],
];
export const OLDER_SCHEMES = OLDER.map(([scheme]) => scheme);

const REKEY = /^recctl rekey recordings\/[\w-]+\.json$/;
const EXPLAIN = /^recctl validate --rule name --explain recordings\/[\w-]+\.json$/;
const list = (scheme: string): string => (/^2026-04|10-09$/.test(scheme) ? "null or none" : "the test's");
const copied = (path: string): string => path.replace(/\w{8}\.json$/, "00000000.json");

export const BAD_NAMES: readonly Bad[] = [
  bad(
    "error",
    "name",
    "a request that was edited",
    () =>
      ownBut("69d5", ({ request }) => {
        request.body.messages[0].content += "!";
      }),
    {
      at: "",
      says: /^its name is the hash of no such request: no run finds it, or it was edited since$/,
      remedy: EXPLAIN,
    },
  ),
  bad(
    "error",
    "name",
    "http",
    () =>
      ownBut("2a23", ({ request }) => {
        request.payload.max_tokens = 7;
      }),
    {
      at: "",
      says: /the hash of no such request/,
      remedy: EXPLAIN,
    },
  ),
  bad(
    "error",
    "name",
    "a tool",
    () =>
      ownBut("4b1a", ({ request }) => {
        request.kwargs.query = "fog";
      }),
    {
      at: "",
      says: /the hash of no such request/,
      remedy: EXPLAIN,
    },
  ),
  bad("error", "name", "12 digits of nothing", () => moved(own("69d5"), () => "recordings/0123456789ab.json"), {
    at: "",
    says: /the hash of no such request/,
    remedy: EXPLAIN,
    also: ["recorded-as"],
  }),
  ...OLDER.map(([scheme, files]) =>
    bad("warning", "name/older", `${scheme}, with ${list(scheme)} id`, files, {
      at: "",
      says: new RegExp(
        `^its name is that of scheme ${scheme}; under (?:http-2026-04-09|${NEWEST}) a run looks for another$`,
      ),
      remedy: REKEY,
      scheme: NEWEST,
    }),
  ),
  bad("warning", "name/older", "12 digits", () => named(chat(), { scheme: "2025-07-29", digits: 12 }), {
    at: "",
    says: /^its name is that of scheme 2025-07-29; under 2026-06-17 a run looks for another$/,
    remedy: REKEY,
    scheme: NEWEST,
  }),
  bad("warning", "name/older", "a younger name than the scheme that is used", () => named(chat()), {
    at: "",
    says: /^its name is that of scheme 2026-06-17; under 2025-10-04 a run looks for another$/,
    remedy: REKEY,
    scheme: "2025-10-04",
  }),
  bad("error", "list-digest", "another digest", () => models(IDS, "00000000"), {
    at: "response.body",
    points: "[",
    says: new RegExp(`^the digest of its models is ${digest(IDS)}, its name says 00000000$`),
    remedy: FIX,
  }),
  bad("error", "list-digest", "SHA-1 behind 64 digits", () => models(IDS, digest(IDS, "sha1")), {
    at: "response.body",
    points: "[",
    says: new RegExp(`^the digest of its models is ${digest(IDS)}`),
    remedy: FIX,
  }),
  bad("error", "list-digest", "none", () => models(IDS, null), {
    at: "response.body",
    points: "[",
    says: new RegExp(`carries no digest: it should be models-\\w{64}-${digest(IDS)}\\.json$`),
    remedy: FIX,
  }),
  bad(
    "error",
    "list-digest",
    "half a digest",
    () => moved(models(IDS, digest(IDS)), (path) => path.replace(/\w\.json$/, ".json")),
    {
      at: "response.body",
      points: "[",
      says: new RegExp(`carries no digest: it should be models-[0-9a-f]{64}-${digest(IDS)}\\.json$`),
      remedy: FIX,
      also: ["name"],
    },
  ),
  bad(
    "error",
    "list-digest",
    "Ollama's list",
    () => bodyBut("models-348d", (body) => void body.__data__.models.pop()),
    {
      at: "response.body",
      points: "{",
      says: /^the digest of its models is \w{8}, its name says 93824f6f$/,
      remedy: FIX,
    },
  ),
  bad(
    "error",
    "list-digest",
    "a chat that is named as a list",
    () => moved(own("69d5"), (path) => path.replace(/(\w{64})/, "models-$1-00000000")),
    {
      at: "",
      says: /^no model list, and named as one: no run looks for it here, but for 69d5\w{60}\.json$/,
      remedy: /^mv recordings\/models-69d5\w+-00000000\.json recordings\/69d5\w{60}\.json$/,
    },
  ),
  bad(
    "warning",
    "duplicate/names",
    "a request of one test twice",
    () => ({
      ...named(chat()),
      ...named(chat(), { scheme: "2025-10-04" }),
    }),
    {
      at: "request",
      says: /^one request of one test under 2 names: a run can find one of them$/,
      remedy: /: recctl hash recordings\/\w+\.json recordings\/\w+\.json$/,
      scheme: NEWEST,
      also: ["name/older"],
    },
  ),
  bad(
    "warning",
    "duplicate/names",
    "a copy that someone made",
    () => {
      const files = own("69d5");
      return { ...files, ...moved(files, copied), ...moved(files, (path) => path.replace(".json", "-copy.json")) };
    },
    {
      at: "request",
      says: /^one request of one test under 3 names/,
      remedy: /: recctl hash /,
      also: ["name"],
    },
  ),
  bad("warning", "duplicate/copies", "one answer in two tests", () => own("0c03", "8906"), {
    at: "test_id",
    says: /^2 copies that differ in the test id alone$/,
    remedy: /^recctl show recordings\/0c03\w+\.json$/,
  }),
];
