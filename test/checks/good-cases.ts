import type { Case } from "./case.ts";
import { answering, digest, good, IDS, moved, ofTest, SECRETS } from "./cases.ts";
import { chat, models, named, own, ownBut, textBut } from "./fixtures.ts";

export const GOOD_RULES: readonly Case[] = [
  good("json", "one in another text form", () => textBut("69d5", (text) => JSON.stringify(JSON.parse(text)))),
  good("schema", "one of each kind", () => own("69d5", "2a23", "4b1a", "46cc")),
  good("name", "the newest names of every kind", () => own("69d5", "2a23", "4b1a")),
  good("name", "model lists, with their digest behind the hash", () => own("models-ccf0", "models-348d")),
  good("name", "a file processor, which no scheme names", () => own("46cc")),
  good(
    "name/older",
    "12 digits of the scheme that is used",
    () => named(chat(), { scheme: "2025-07-29", digits: 12 }),
    {
      scheme: "2025-07-29",
    },
  ),
  good("name/older", "http before its first scheme", () => own("2a23"), { scheme: "2025-07-29" }),
  good("list-digest", "lists of the project", () => own("models-ccf0", "models-348d")),
  good("list-digest", "no list", () => own("69d5")),
  good("list-digest", "SHA-1 behind 12 digits", () =>
    moved(models(IDS, digest(IDS, "sha1")), (path) => path.replace(/(models-\w{12})\w+/, "$1")),
  ),
  good("list-digest", "ids that are listed twice, in another order", () =>
    models(["o4-mini", "gpt-4o", "o4-mini"], digest(IDS)),
  ),
  good("list-digest", "a list under another path", () =>
    models(IDS, null, ({ request }) => {
      request.url = "https://api.example.com/models";
      request.endpoint = "/models";
    }),
  ),
  ...SECRETS.map(([group]) =>
    good(`secret/${group}`, "text about secrets", () => answering("Keep your api key safe.")),
  ),
  good("place", "beside its test", () => ofTest("tests/a/test_x.py::test_y[a/b::c]", "tests/a/recordings")),
  good("place", "beside its test, further up", () => ofTest("tests/a/test_x.py::t", "lib/tests/a/recordings")),
  good("place", "of no test", () => ofTest(null, "tests/common/recordings")),
  good("place", "12 digits, all in one folder", () =>
    moved(ofTest("tests/a/test_x.py::t"), (path) => path.replace(/\w{52}\.json$/, ".json")),
  ),
  ...["../a/test_x.py::t", "/a/test_x.py::t", "./a/test_x.py::t"].map((id) =>
    good("place", `a test id that leads nowhere: ${id}`, () => ofTest(id)),
  ),
  good("kind", "the other kinds", () => own("69d5", "2a23", "4b1a")),
  good("request", "one of each kind", () => own("69d5", "2a23", "4b1a", "46cc", "28f4", "50dc", "models-348d")),
  good("request", "a query behind the path", () =>
    ownBut("69d5", ({ request }) => {
      request.url += "?api-version=2026-01-01";
    }),
  ),
  good("normalised", "models keep when they were made", () => own("models-ccf0")),
  good("normalised", "durations that are null", () => own("df87", "7656")),
  good("normalised", "ids that are not at the top of a chunk", () => own("1f2c", "a314", "28f4")),
  good("recorded-as", "ids of the name", () => own("69d5", "b61d", "df87")),
  good("duplicate/names", "model lists of one request", () => ({
    ...models(IDS, digest(IDS)),
    ...models(["gpt-4o"], digest(["gpt-4o"])),
  })),
  good("duplicate/names", "one name in two folders", () => {
    const files = named(chat());
    return { ...files, ...moved(files, (path) => `lib/${path}`) };
  }),
  good("duplicate/copies", "two tests that got two answers", () => ({
    ...named(chat()),
    ...named(
      chat((document) => {
        document.test_id = "test_bar.py::test_ebb";
        document.response.body.__data__.choices[0].message.content = "rec-tangle, at 23:40.";
      }),
    ),
  })),
  good("duplicate/copies", "answers that differ behind a rec-", () => ({
    ...named(
      chat(({ response }) => {
        response.body.__data__.choices[0].message.content = "rec-onsider 22:14.";
      }),
    ),
    ...named(
      chat((document) => {
        document.test_id = "test_bar.py::test_ebb";
        document.response.body.__data__.choices[0].message.content = "rec-onsider 23:40.";
      }),
    ),
  })),
  good("size", "one as large as the limit", () => own("69d5"), { settings: { size: 1_000_000 } }),
];
