import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { splitLines } from "../../../src/server/recorded/python/lines.ts";
import { asPython } from "../../../src/server/recorded/python/read.ts";
import { reprOf } from "../../../src/server/recorded/python/repr.ts";
import { timeText } from "../../../src/server/recorded/python/time.ts";
import { HAS_PYTHON, python } from "../../python.ts";

describe.skipIf(!HAS_PYTHON)("as CPython does it (needs python3)", () => {
  const told = (program: string, given: readonly string[]): string[] =>
    JSON.parse(
      python(`import json, sys\nprint(json.dumps([${program} for x in json.load(sys.stdin)]))`, JSON.stringify(given)),
    );

  it("repr of what json.loads gives", () => {
    // Where Unicode is younger than a Python, it does not know every letter: so only what was there before.
    const text = fc.string({
      unit: fc.constantFrom(..."aé'\"\\\n\t\r\x00\x7f\x85\xa0\xad\u2028\u200b\u3000\ue000\ufeff😀ßж "),
    });
    const value = fc.jsonValue({ maxDepth: 3, stringUnit: fc.constantFrom(..."a'\"\\\n\xa0é😀") });
    const given = [
      ...fc.sample(value, 500).map((one) => JSON.stringify(one)),
      ...fc.sample(text, 500).map((one) => JSON.stringify(one)),
    ];
    const special = [
      "NaN",
      "[Infinity, -Infinity]",
      "1E400",
      '"\\ud800"',
      "-0",
      "-0.0",
      "123456789012345678901",
      '{"a": 1, "b": 2, "a": 3}',
    ];
    const all = [...given, ...special];
    expect(all.map((one) => reprOf(asPython(parseJson(one))))).toEqual(told("repr(json.loads(x))", all));
  });

  it("splitlines", () => {
    const ends = fc.string({ unit: fc.constantFrom(..."ab\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\t") });
    const all = fc.sample(ends, 1000);
    expect(all.map(splitLines)).toEqual(told("x.splitlines()", all));
  });
});

it.each([
  ["2025-10-08T16:14:05.423042999-07:00", "2025-10-08T16:14:05.423042-07:00"],
  ["2025-10-08T16:14:05.1Z", "2025-10-08T16:14:05.100000Z"],
  ["2025-10-08T16:14:05+00:00", "2025-10-08T16:14:05Z"],
  ["2025-10-08T16:14:05.000000+0530", "2025-10-08T16:14:05+05:30"],
  ["2025-10-08T16:14:05", "2025-10-08T16:14:05"],
  ["yesterday", "yesterday"],
])("the time %s is printed as %s", (given, printed) => {
  expect(timeText(given)).toBe(printed);
});
