import fc from "fast-check";
import { expect, it } from "vitest";
import { type Edit, edited } from "../../src/recording/json/edit.ts";
import type { JsonPath } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { JsonNumber, JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { COMPACT, INDENTED, PYTHON_INDENTED, writeJson } from "../../src/recording/json/write.ts";
import { documents } from "./documents.ts";

/** Every path in a document, the root's among them. */
function pathsOf(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((one, at) => pathsOf(one, [...path, at]))];
  if (!(value instanceof JsonObject)) return [path];
  return [path, ...[...value.entries()].flatMap(([key, one]) => pathsOf(one, [...path, key]))];
}

/** The document with edits made in it, the plain way. */
function changed(value: JsonValue, edits: readonly Edit[], path: JsonPath = []): JsonValue {
  const edit = edits.findLast(({ at }) => JSON.stringify(at) === JSON.stringify(path));
  if (edit) return edit.value;
  if (Array.isArray(value)) return value.map((one, at) => changed(one, edits, [...path, at]));
  if (!(value instanceof JsonObject)) return value;
  return new JsonObject(
    value.keys,
    value.values.map((one, at) => changed(one, edits, [...path, value.keys[at] as string])),
  );
}

const scalars = fc.constantFrom<JsonValue>(null, true, 'a "text"\u00e9', new JsonNumber("0"), new JsonNumber("1e+16"));
const styles = fc.constantFrom(PYTHON_INDENTED, INDENTED, COMPACT);

it("edits change what they name, to what they say, and no other byte", () => {
  fc.assert(
    fc.property(documents, styles, fc.array(fc.tuple(fc.nat(), scalars), { maxLength: 4 }), (root, style, picks) => {
      const paths = pathsOf(root);
      const text = writeJson(root, style);
      const edits = picks.map(([pick, value]) => ({ at: paths[pick % paths.length] as JsonPath, value }));
      const result = edited(text, edits);
      const model = changed(root, edits);
      expect(writeJson(parseJson(result), PYTHON_INDENTED)).toBe(writeJson(model, PYTHON_INDENTED));
      // In a text that is escaped as edits are, the whole of it is as if it had been written so.
      if (style === PYTHON_INDENTED) expect(result).toBe(writeJson(model, style));
    }),
    { numRuns: 1000 },
  );
});

it("what lies around an edit keeps its odd form", () => {
  const text = '\t{"a" :1.50 ,\r\n"b":[ "\\u0041", 1E5 ], "c":\u2028"x"}\n'.replace("\u2028", "");
  expect(edited(text, [{ at: ["b", 0], value: "n" }])).toBe(text.replace('"\\u0041"', '"n"'));
  expect(
    edited(text, [
      { at: ["a"], value: null },
      { at: ["c"], value: "y" },
    ]),
  ).toBe(text.replace("1.50", "null").replace('"x"', '"y"'));
});

it("an edit that leads nowhere is left out", () => {
  const text = '{"a": [1]}';
  for (const at of [["b"], ["a", 1], ["a", "0"], ["a", 0, "x"], [0]])
    expect(edited(text, [{ at, value: null }])).toBe(text);
});

it("of a repeated key the last one is meant, as where it is read", () => {
  expect(edited('{"a": 1, "b": 2, "a": 3}', [{ at: ["a"], value: null }])).toBe('{"a": 1, "b": 2, "a": null}');
  const within = '{"a": {"x": 1}, "a": {"x": 2}, "b": 3}';
  expect(
    edited(within, [
      { at: ["b"], value: null },
      { at: ["a", "x"], value: null },
    ]),
  ).toBe('{"a": {"x": 1}, "a": {"x": null}, "b": null}');
  expect(edited('{"a": {"x": 1}, "a": 2}', [{ at: ["a", "x"], value: null }])).toBe('{"a": {"x": 1}, "a": 2}');
});
