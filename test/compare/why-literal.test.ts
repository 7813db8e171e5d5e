import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLiteral } from "../../src/compare/why/literal.ts";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { HAS_PYTHON, python } from "../python.ts";
import { requestTexts } from "../recording/requests.ts";

/** What a literal is as JSON, in ASCII; undefined where it is none. */
function read(literal: string): string | undefined {
  const value = readLiteral(literal);
  return value === undefined ? undefined : writeJson(value, { ...COMPACT, ascii: true });
}

describe("literals of Python", () => {
  it.each([
    ["None", "null"],
    ["[True, False]", "[true,false]"],
    ["{'a': 1, \"b\": 1.0}", '{"a":1,"b":1.0}'],
    ["{}", "{}"],
    ["[]", "[]"],
    ["(1, 'a')", '[1,"a"]'],
    ["(1,)", "[1]"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
    ["1e-05", "1e-05"],
    ["[-0, -0.0, 1e+16, .5, 1., 007.5, 00]", "[-0,-0.0,1e+16,0.5,1.0,7.5,0]"],
    ["[inf, -inf, nan]", "[Infinity,-Infinity,NaN]"],
    ["{1: 2, None: 3, True: 4, 1.5: 5}", '{"1":2,"null":3,"true":4,"1.5":5}'.replace("null", "null")],
    [
      String.raw`'it\'s "x" \\ \n\r\t\a\b\f\v\0\x7f\101\q'`,
      String.raw`"it's \"x\" \\ \n\r\t\u0007\b\f\u000b\u0000\u007fA\\q"`,
    ],
    [String.raw`"\xe9\u20ac\U0001f600\ud800"`, String.raw`"\u00e9\u20ac\ud83d\ude00\ud800"`],
    ["'a\\\nb'", '"ab"'],
    ["{'a': 1}, what stands behind it", '{"a":1}'],
    ["{'a': 1}\\n\\nRun x\"}", '{"a":1}'],
    [" { 'a' :\n[ 1 , ] , } ", '{"a":[1]}'],
  ])("%s", (literal, json) => {
    expect(read(literal)).toBe(json);
  });

  it.each([
    "",
    "{'a': 1",
    "{'a': 1, 'b",
    "{'a'}",
    "{'a': NOT_GIVEN}",
    "{'a': NotGiven()}",
    "{'a': <object at 0x7f>}",
    "{'a': datetime.date(2026, 1, 1)}",
    "{'a': b'x'}",
    "{'a': 1 'b': 2}",
    "[1 2]",
    "[1j]",
    "[0x1f]",
    "[012]",
    "[1_000]",
    "['a' 'b']",
    "{[1]: 2}",
    "'a\nb'",
    String.raw`'\xg1'`,
    String.raw`'\N{BULLET}'`,
    String.raw`'\U00110000'`,
    "'''a'''",
    "...",
    "-",
    "__import__('os')",
  ])("none: %s", (literal) => {
    expect(read(literal)).toBeUndefined();
  });

  it("no more than so deep, and so long", () => {
    expect(read("[".repeat(100) + "]".repeat(100))).toBeDefined();
    expect(read("[".repeat(100_000) + "]".repeat(100_000))).toBeUndefined();
    expect(read(`{'a': '${"b".repeat(500_000)}'}`)).toBeDefined();
    expect(read(`'${"b".repeat(2_000_000)}'`)).toBeUndefined();
  });

  it.each(["'", "{", "{'a':", "\\", "1", "1.", "1e", "-", " ", "a", "'\\", "(", "'\\x"])("junk of %s", (piece) => {
    expect(read(piece.repeat(Math.ceil(900_000 / piece.length)))).toSatisfy(
      (value) => value === undefined || /^(?:""|"|\d)/.test(value as string),
    );
  });

  it.skipIf(!HAS_PYTHON)("as CPython writes them", () => {
    const texts = fc.sample(requestTexts, 2000).filter((text) => !/1[eE]\+?\d{3}/.test(text));
    const program = [
      "import json, sys",
      "for line in sys.stdin:",
      "    value = json.loads(line)",
      "    print(json.dumps([repr(value), json.dumps(value, separators=(',', ':'))]))",
    ].join("\n");
    const lines = python(program, `${texts.map((text) => text.replaceAll("\n", "\\n")).join("\n")}\n`)
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(texts.length);
    for (const line of lines) {
      const [literal, json] = JSON.parse(line) as [string, string];
      expect(read(literal)).toBe(json.replaceAll("\u007f", "\\u007f"));
    }
  });
});
