import fc from "fast-check";
import { expect, it } from "vitest";
import { applied } from "../../src/compare/changes/applied.ts";
import { changesOf } from "../../src/compare/changes/changes.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { namesOf } from "../../src/recording/names/schemes.ts";
import { edited, edits, type RandomEdit } from "./requests.ts";

const UUIDS = ["0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"];
const inference = (body: string, url = "http://localhost:1/v1/chat/completions"): string =>
  `{"method":"POST","url":"${url}","headers":{},"body":${body},"endpoint":"/v1/chat/completions","model":"m"}`;
const http = (payload: string, url = "http://h/v1/messages"): string =>
  `{"test_id":null,"url":"${url}","method":"POST","payload":${payload}}`;
const tool = (kwargs: string): string => `{"test_id":null,"provider":"p","tool_name":"t","kwargs":${kwargs}}`;

/** Each text is a request; each pair differs in one thing. */
it.each([
  ["decimals beyond five places", inference('{"a":0.1234561}'), inference('{"a":0.1234562}'), true],
  ["decimals within", inference('{"a":0.12345}'), inference('{"a":0.12346}'), false],
  ["a float and an int", inference('{"a":1}'), inference('{"a":1.0}'), false],
  ["the form of a float", inference('{"a":1e1}'), inference('{"a":10.0}'), true],
  ["decimals in a text", inference('{"a":["0.1234561"]}'), inference('{"a":["0.1234562"]}'), true],
  ["scores of a file search", inference('{"a":"score: 0.12, b"}'), inference('{"a":"score: 0.34, b"}'), true],
  ["ids of one", inference(`{"a":"<|${UUIDS[0]}|>"}`), inference(`{"a":"<|${UUIDS[1]}|>"}`), true],
  ["any other uuid", inference(`{"a":"${UUIDS[0]}"}`), inference(`{"a":"${UUIDS[1]}"}`), false],
  ["a project", inference('{"extra_body":{"project_id":"a"}}'), inference('{"extra_body":{"project_id":"b"}}'), true],
  [
    "a project where there was none",
    inference('{"extra_body":{}}'),
    inference('{"extra_body":{"project_id":"b"}}'),
    true,
  ],
  ["a project that went", inference('{"extra_query":{"project_id":"b"}}'), inference('{"extra_query":{}}'), true],
  [
    "a project in a list",
    inference('{"a":[{"extra_body":{"project_id":"a"}}]}'),
    inference('{"a":[{"extra_body":{"project_id":"b"}}]}'),
    true,
  ],
  [
    "a project deeper",
    inference('{"a":{"extra_body":{"project_id":"a"}}}'),
    inference('{"a":{"extra_body":{"project_id":"b"}}}'),
    false,
  ],
  ["extra_body itself", inference("{}"), inference('{"extra_body":{"project_id":"b"}}'), false],
  ["the order of keys", inference('{"a":1,"b":2}'), inference('{"b":2,"a":1}'), true],
  ["a host", inference("{}"), inference("{}", "https://api.example.com/v1/chat/completions"), true],
  ["a path", inference("{}"), inference("{}", "http://localhost:1/v1/completions"), false],
  [
    "a host that decides on a list's test",
    inference("{}", "http://localhost/x/models"),
    inference("{}", "http://h.com/x/models"),
    false,
  ],
  [
    "Bedrock's stream options",
    inference("{}", "http://bedrock.x/v"),
    inference('{"stream_options":{}}', "http://bedrock.x/v"),
    true,
  ],
  ["anyone else's", inference("{}"), inference('{"stream_options":{}}'), false],
  ["case of a method", inference("{}"), inference("{}").replace("POST", "post"), true],
  ["headers", inference("{}"), inference("{}").replace('"headers":{}', '"headers":{"a":1}'), true],
  ["the copy of the model", inference("{}"), inference("{}").replace('"m"', '"n"'), true],
  [
    "what the provider says of itself",
    inference("{}"),
    inference("{}").replace(/}$/, ',"provider_metadata":{}}'),
    true,
  ],
  ["an http request's url", http("{}"), http("{}", "http://other/v1/messages"), false],
  ["an http request's decimals", http('{"a":0.1234561}'), http('{"a":0.1234562}'), true],
  ["a tool's decimals", tool('{"a":0.1234561}'), tool('{"a":0.1234562}'), false],
  ["a tool's test", tool("{}"), tool("{}").replace("null", '"t"'), true],
  ["a tool's name", tool("{}"), tool("{}").replace('"t"', '"u"'), false],
  ["a body alone", '{"a":0.1234561}', '{"a":0.1234562}', true],
])("%s: %#", (_, old, now, evened) => {
  const changes = changesOf(parseJson(old), parseJson(now));
  expect(changes.map((change) => change.evened)).toEqual([evened]);
});

it("who calls says what is not seen", () => {
  const [old, now] = [parseJson('{"a":[1],"b":2}'), parseJson('{"a":[2]}')];
  const asked: string[] = [];
  const evens = (a: JsonValue, b: JsonValue, path: readonly (string | number)[]): boolean => {
    asked.push(`${path.join(".")} ${JSON.stringify([a, b])}`);
    return path.length === 2;
  };
  expect(changesOf(old, now, { evens }).map(({ op, evened }) => `${op} ${evened}`)).toEqual([
    "remove false",
    "replace true",
  ]);
  expect(asked).toHaveLength(2);
});

it("where every change is one that names do not see, the names are the same; and the seen ones alone give its name", () => {
  const request = parseJson(
    inference(
      `{"extra_body":{"project_id":"a","b":1.5},"messages":[{"role":"user","content":"score: 0.123, <|${UUIDS[0]}|> and 1.23456789"}],"temperature":0.123456789,"stop":["a","b"]}`,
    ),
  );
  const nameOf = (value: JsonValue): string | null => {
    if (!(value instanceof JsonObject)) return null;
    return namesOf({ kind: kindOf(new Set(value.keys)), request: value, testId: "t" }).request;
  };
  const some = edits.map((all): RandomEdit[] => all.filter(({ place }) => place > 0));
  fc.assert(
    fc.property(some, (all) => {
      const now = edited(request, all);
      const name = nameOf(now);
      fc.pre(name !== null && now instanceof JsonObject && kindOf(new Set(now.keys)) === "inference");
      const changes = changesOf(request, now);
      if (changes.every(({ evened }) => evened)) expect(nameOf(now)).toBe(nameOf(request));
      const seen = applied(
        request,
        changes.filter(({ evened }) => !evened),
      );
      if (nameOf(seen)) expect(nameOf(seen)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});
