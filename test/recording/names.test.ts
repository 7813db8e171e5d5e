import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedText, floatText, round5 } from "../../src/recording/json/number.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { dumps } from "../../src/recording/names/dumps.ts";
import { SCHEMES } from "../../src/recording/names/schemes.ts";
import { blankFileSearch, evenDecimals } from "../../src/recording/names/text.ts";
import { splitUrl } from "../../src/recording/names/url.ts";
import { HAS_PYTHON, python } from "../python.ts";
import { requestTexts } from "./requests.ts";

/** How many documents are compared with CPython: `npm run check:python` asks for many. */
const DOCUMENTS = Number(process.env.RECCTL_PYTHON_DOCUMENTS ?? 3000);
/** How many go to one Python process. */
const BATCH = 5000;

describe("numbers as Python writes them", () => {
  it.each([
    [0.1, "0.1"],
    [1e-5, "1e-05"],
    [1e-4, "0.0001"],
    [123456789012345680, "1.2345678901234568e+17"],
    [1e16, "1e+16"],
    [9999999999999998, "9999999999999998.0"],
    [1.5e300, "1.5e+300"],
    [5e-324, "5e-324"],
    [-0, "-0.0"],
    [100, "100.0"],
    [-1.25, "-1.25"],
  ])("%d is %s", (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  it.each([
    [0.015625, "0.01562"],
    [0.046875, "0.04688"],
    [-0, "-0.00000"],
    [-1e-9, "-0.00000"],
    [1e22, "10000000000000000000000.00000"],
    [1.000005, "1.00001"],
    [2.5, "2.50000"],
  ])("%d to five places is %s", (value, text) => {
    expect(fixedText(value)).toBe(text);
  });

  it.each([
    [0.0000005, 6, "0.000000"],
    [0.0000015, 6, "0.000002"],
    [-1.23456789, 6, "-1.234568"],
    [0.5, 1, "0.5"],
  ])("%d to %d places is %s", (value, places, text) => {
    expect(fixedText(value, places)).toBe(text);
  });

  it("rounding keeps what is not finite", () => {
    expect([round5(Number.NaN), round5(Number.POSITIVE_INFINITY), round5(-0)]).toEqual([Number.NaN, Infinity, -0]);
  });
});

describe("texts as the recorder evens them out", () => {
  it.each([
    ["score 0.123456 and 1.2", "score 0.12346 and 1.2"],
    ["-0.00001 v1.2345.6", "-0.00001 v1.23450.6"],
    ["١.٢٣٤٥٦", "1.23456"],
    ["1.234", "1.234"],
  ])("%j", (text, even) => {
    expect(evenDecimals(text)).toBe(even);
  });

  it.each([
    ["score: 0.93e-1, attributes: {'a': 1}", "score: __NORMALIZED__"],
    ["document_id: 00000000-0000-4000-8000-00000000000a x", "document_id: __NORMALIZED__ x"],
    ["<|00000000-0000-4000-8000-00000000000a|>", "<|__NORMALIZED__|>"],
    ["document_id: 00000000-0000-4000-8000-00000000000A", "document_id: 00000000-0000-4000-8000-00000000000A"],
    ["score:\u001c5", "score: __NORMALIZED__"],
    ["score:\ufeff5", "score:\ufeff5"],
  ])("%j", (text, blank) => {
    expect(blankFileSearch(text)).toBe(blank);
  });
});

it("keys are sorted by code point, a repeated one has its last value", () => {
  expect(dumps(parseJson('{"\ue000":1,"\ud83d\ude00":2,"a":3,"\ud83d":4,"a":-0}'))).toBe(
    '{"a": 0, "\\ud83d": 4, "\\ue000": 1, "\\ud83d\\ude00": 2}',
  );
});

it("schemes are listed oldest first, each once", () => {
  const ids = SCHEMES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const kind of ["inference", "http"]) {
    const own = SCHEMES.filter((scheme) => scheme.kind === kind).map(({ id }) => id);
    expect(own.toSorted()).toEqual(own);
  }
});

/** Asks CPython about many texts, a line of JSON each, and compares. */
function agree(program: string, texts: readonly string[], ours: (text: string) => string): void {
  for (let at = 0; at < texts.length; at += BATCH) {
    const batch = texts.slice(at, at + BATCH);
    const theirs = python(program, batch.map((text) => `${JSON.stringify(text)}\n`).join("")).split("\n");
    batch.forEach((text, index) => {
      if (ours(text) !== theirs[index]) expect({ text, dumps: ours(text) }).toEqual({ text, dumps: theirs[index] });
    });
  }
}

const sample = (seed: number): string[] => fc.sample(requestTexts, { numRuns: DOCUMENTS, seed });

describe.skipIf(!HAS_PYTHON)(`against CPython, ${DOCUMENTS} documents each (needs python3)`, () => {
  it("the text that is hashed is json.dumps(sort_keys=True), byte for byte", () => {
    const program = `
import json, sys
sys.set_int_max_str_digits(0)
for line in sys.stdin: print(json.dumps(json.loads(json.loads(line)), sort_keys=True))
`;
    agree(program, sample(1), (text) => dumps(parseJson(text)));
  });

  const oracle = process.env.RECCTL_ORACLE;
  it.skipIf(!oracle)("the normalised body is the oracle's, byte for byte (needs RECCTL_ORACLE)", () => {
    const newest = SCHEMES.find(({ id }) => id === "2026-06-17") as (typeof SCHEMES)[number];
    const texts = sample(2);
    const input = texts.map((text) => `${text}\n`).join("");
    const run = spawnSync("python3", [oracle as string, "--body"], { input, encoding: "utf8", maxBuffer: 1 << 30 });
    const theirs = run.stdout.split("\n");
    texts.forEach((text, index) => {
      const ours = dumps(parseJson(text), newest.normaliser);
      if (ours !== theirs[index]) expect({ text, body: ours }).toEqual({ text, body: theirs[index] });
    });
    expect(theirs).toHaveLength(texts.length + 1);
  });

  it("urls are split as urllib splits them", () => {
    const piece = fc.constantFrom(
      "http:",
      "https://",
      "//",
      "/",
      "?",
      "#",
      "@",
      ":",
      "8000",
      "[::1]",
      "v1",
      "a.B",
      " ",
      "\t",
      "é",
      "vertexai:///",
      "__databricks__",
      "models",
    );
    const urls = fc.sample(
      fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join("")),
      { numRuns: 3000, seed: 3 },
    );
    const program = `
import json, sys
from urllib.parse import urlsplit
for line in sys.stdin:
    try:
        parts = urlsplit(json.loads(line))
        print(json.dumps([parts.netloc, parts.hostname, parts.path]))
    except ValueError: print("null")
`;
    const theirs = python(program, urls.map((url) => `${JSON.stringify(url)}\n`).join("")).split("\n");
    const compared = urls.filter((url, index) => {
      // CPython refuses a few hosts with brackets: a name cannot be made of them.
      if (theirs[index] === "null") return false;
      const { netloc, hostname, path } = splitUrl(url);
      expect([url, netloc, hostname, path]).toEqual([url, ...JSON.parse(theirs[index] as string)]);
      return true;
    });
    expect(compared.length).toBeGreaterThan(2000);
  });
});
