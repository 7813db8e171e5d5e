import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonError } from "../../src/recording/json/error.ts";
import { locate, pathText } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject, at, JsonNumber, JsonObject } from "../../src/recording/json/value.ts";
import { COMPACT, PYTHON_INDENTED, STRICT, writeJson } from "../../src/recording/json/write.ts";
import { HAS_PYTHON, python } from "../python.ts";
import { documents } from "./documents.ts";

const again = (text: string): string => writeJson(parseJson(text), COMPACT);

describe("what survives reading and writing", () => {
  it.each([
    ["1.0 is not 1", "[1,1.0,1.00,1e5,1E+5,-0,-0.0]"],
    ["integers of any size", "[123456789012345678901234567890,-9007199254740993]"],
    ["NaN and the infinities", "[NaN,Infinity,-Infinity]"],
    ["keys that look like integers keep their place", '{"b":1,"2":2,"a":3,"1":4}'],
    ["a repeated key stands twice", '{"a":1,"b":2,"a":3}'],
    ["__proto__ is a key like any other", '{"__proto__":{"x":1},"constructor":2}'],
    ["lone surrogates", '["\\ud83d","\\udc00x"]'],
    ["an empty key, empty containers", '{"":{},"x":[]}'],
  ])("%s", (_, text) => {
    expect(again(text)).toBe(text);
  });

  it("of a repeated key the last one is read, as Python does", () => {
    expect(asObject(parseJson('{"a":1,"b":2,"a":3}'))?.get("a")).toEqual(new JsonNumber("3"));
  });
});

describe("errors tell line and column", () => {
  it.each([
    ["", 1, 1, "cut off"],
    ['{"a": 1', 1, 8, "cut off"],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"," or "}"'],
    ['{"a" 1}', 1, 6, '":"'],
    ["{a: 1}", 1, 2, "a key in double quotes"],
    ['{"a": tru}', 1, 7, "a value"],
    ["[1,]", 1, 4, "a value"],
    ["[01]", 1, 3, '"," or "]"'],
    ["[1.]", 1, 4, "a digit"],
    ["[-]", 1, 3, "a digit"],
    ["[1e]", 1, 4, "a digit"],
    ['["a\nb"]', 1, 4, "raw newline inside a string"],
    ['["\\x"]', 1, 4, "backslash"],
    ['["\\u12g4"]', 1, 5, "four hex digits"],
    ['["abc', 1, 6, "string that opens at 1:2"],
    ["[1] x", 1, 5, "the end of the file"],
    ["\ufeff[]", 1, 1, "byte order mark"],
    ['{"a": 1,\n<<<<<<< HEAD\n"b": 2}', 2, 1, "merge conflict marker <<<<<<<"],
    ['{"a": 1\n=======\n}', 2, 1, "merge conflict marker ======="],
    ['["\ud83d\ude00" 1]', 1, 6, '"," or "]"'],
    ['["é", x]', 1, 7, "a value"],
  ])("%j", (text, line, column, message) => {
    const error = caught(() => parseJson(text));
    expect(error).toBeInstanceOf(JsonError);
    expect({ line: error.line, column: error.column }).toEqual({ line, column });
    expect(error.message).toContain(message);
  });

  it("nesting beyond CPython's limit is an error, not a crash", () => {
    expect(caught(() => parseJson("[".repeat(1_000_000))).column).toBe(1001);
    expect(again(`${"[".repeat(1000)}${"]".repeat(1000)}`)).toHaveLength(2000);
  });
});

function caught(run: () => unknown): JsonError {
  try {
    run();
  } catch (error) {
    return error as JsonError;
  }
  throw new Error("nothing was thrown");
}

it("what machines read is JSON proper: no NaN, no infinity", () => {
  const text = writeJson({ a: parseJson("[NaN,-Infinity,1e999,1.0]"), b: Number.NaN, c: 2 }, STRICT);
  expect(text).toBe('{"a":[null,null,1e999,1.0],"b":null,"c":2}');
});

it("any document survives", () => {
  fc.assert(
    fc.property(documents, (value) => {
      expect(parseJson(writeJson(value, PYTHON_INDENTED))).toEqual(value);
      expect(parseJson(writeJson(value, COMPACT))).toEqual(value);
    }),
    { numRuns: 2000 },
  );
});

it.skipIf(!HAS_PYTHON)("the indented form is what CPython writes, byte for byte (needs python3)", () => {
  const texts = fc.sample(documents, { numRuns: 2000, seed: 7 }).map((value) => writeJson(value, PYTHON_INDENTED));
  const program = `
import json, sys
sys.set_int_max_str_digits(0)
for text in json.load(sys.stdin): print(json.dumps(json.dumps(json.loads(text), indent=2)))
`;
  const theirs = python(program, JSON.stringify(texts))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(theirs).toEqual(texts);
});

it.skipIf(!HAS_PYTHON)("what CPython refuses is refused, what it reads is read (needs python3)", () => {
  const texts = fc
    .sample(
      fc.tuple(documents, fc.nat(), fc.constantFrom('"', "\\", "{", "]", ",", ":", "0", "\n", "e", "-", ".", " ")),
      {
        numRuns: 3000,
        seed: 11,
      },
    )
    .map(([value, where, what]) => {
      const text = writeJson(value, PYTHON_INDENTED);
      const cut = where % (text.length + 1);
      return text.slice(0, cut) + what + text.slice(cut + (where % 2));
    });
  const program = `
import json, sys
sys.set_int_max_str_digits(0)
def reads(text):
    try: json.loads(text); return True
    except ValueError: return False
print(json.dumps([reads(text) for text in json.load(sys.stdin)]))
`;
  const theirs: boolean[] = JSON.parse(python(program, JSON.stringify(texts)));
  const ours = texts.map((text) => {
    try {
      parseJson(text);
      return true;
    } catch {
      return false;
    }
  });
  expect(texts.filter((_, index) => ours[index] !== theirs[index])).toEqual([]);
  expect(new Set(ours).size).toBe(2);
});

describe("locate", () => {
  const text = '{\n  "a": [1, {"b": "é"},\n    2],\n  "c": {"d": 1},\n  "c": {"d": 2}\n}';
  it.each([
    [[], 1, 1],
    [["a"], 2, 8],
    [["a", 1, "b"], 2, 18],
    [["a", 2], 3, 5],
    [["c", "d"], 5, 14],
    [["a", 7], 2, 8],
    [["nowhere"], 1, 1],
  ] as const)("%j", (path, line, column) => {
    expect(locate(text, [...path])).toEqual({ line, column });
  });

  it("a path reads as people write it", () => {
    expect(pathText(["response", "body", 3, "__data__", "odd key"])).toBe('response.body[3].__data__["odd key"]');
  });

  it("at() follows a path", () => {
    expect(at(new JsonObject(["a"], [[new JsonNumber("1"), "x"]]), "a", 1)).toBe("x");
    expect(at(null, "a")).toBeUndefined();
  });
});
