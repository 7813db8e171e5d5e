import fc from "fast-check";
import { expect, it } from "vitest";
import { placesOf } from "../../src/checks/places.ts";
import { recorderText } from "../../src/checks/text-form.ts";
import { type JsonPath, locate } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { INDENTED, writeJson } from "../../src/recording/json/write.ts";
import { requestTexts } from "../recording/requests.ts";
import { checkOne } from "./checked.ts";
import { chat, named } from "./fixtures.ts";

function pathsOf(value: JsonValue, path: JsonPath = [], found: JsonPath[] = []): JsonPath[] {
  found.push(path, [...path, "nowhere"], [...path, 99, "x"]);
  if (Array.isArray(value)) for (const [index, one] of value.entries()) pathsOf(one, [...path, index], found);
  if (value instanceof JsonObject) for (const [key, one] of value.entries()) pathsOf(one, [...path, key], found);
  return found;
}

it("many places in one reading are what they are one by one", () => {
  fc.assert(
    fc.property(requestTexts, fc.nat(), (source, pick) => {
      const root = parseJson(source);
      for (const text of [source, recorderText(root), writeJson(root, INDENTED)]) {
        const paths = pathsOf(parseJson(text)).sort(() => ((pick * 7919) % 3) - 1);
        expect(placesOf(text, paths)).toEqual(paths.map((path) => locate(text, path)));
      }
    }),
    { numRuns: 300 },
  );
});

it("a file with a finding in each of thousands of places is told of", () => {
  const [[path = "", text = ""] = []] = Object.entries(
    named(
      chat(({ request }) => {
        request.body.messages = Array.from({ length: 5000 }, (_, at) => ({
          role: "user",
          content: `keeper.${at}@light${at}.org`,
        }));
      }),
    ),
  );
  const { findings } = checkOne(path, text);
  expect(findings.filter(({ rule }) => rule === "secret/email")).toHaveLength(5000);
  expect(findings.at(-1)?.line).toBeGreaterThan(5000);
});
