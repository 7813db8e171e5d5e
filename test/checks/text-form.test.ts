import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recorderText } from "../../src/checks/text-form.ts";
import { parseDocument } from "../../src/recording/document.ts";
import type { JsonValue } from "../../src/recording/json/value.ts";
import { HAS_PYTHON, python } from "../python.ts";
import { documents } from "../recording/documents.ts";
import { requestTexts } from "../recording/requests.ts";

/** Of each JSON text on a line of its own, as a string, what CPython would write after reading it. */
const REWRITE = `
import io, json, sys
for line in sys.stdin:
    out = io.StringIO()
    json.dump(json.loads(json.loads(line)), out, indent=2)
    print(json.dumps(out.getvalue() + "\\n"))
`;

function rewritten(texts: readonly string[]): string[] {
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join("");
  return python(REWRITE, input)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function read(text: string): { root: JsonValue; plain: boolean } {
  const parsed = parseDocument(Buffer.from(text));
  if ("message" in parsed) throw new Error(`${parsed.message}: ${text}`);
  return parsed;
}

/** What people, editors and other programs do to a text that leaves its document, or one like it. */
const CHANGES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/\n$/, ""),
  (text) => `${text}\n`,
  (text) => ` ${text}`,
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replace(/^ +/gm, "$&$&"),
  (text) => text.replace(/^ {2}/gm, "\t"),
  (text) => text.replace(": ", ":"),
  (text) => text.replace(": ", ":  "),
  (text) => text.replace(",\n", ", \n"),
  (text) => text.replace(/\[\]|\{\}/, ([open, close]) => `${open} ${close}`),
  (text) => text.replace(/\\u[0-9a-f]{4}/, (hex) => `\\u${hex.slice(2).toUpperCase()}`),
  (text) => text.replace("/", "\\/"),
  (text) => text.replace(/[a-z](?=[^"\\]*":)/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
  (text) => text.replace("\\u007f", "\u007f"),
  (text) => text.replace("\\n", "\\u000a"),
  (text) => text.replace(/(?<=: |^ +)(-?\d+)(?=,?$)/m, "$1.0"),
];

const changed = fc
  .tuple(documents.map(recorderText), fc.constantFrom(...CHANGES))
  .map(([text, change]) => change(text));
const texts = fc.oneof(
  changed,
  requestTexts.map((text) => `${text}\n`),
  requestTexts.map((text) => recorderText(read(text).root)),
);

describe("a text is plain if and only if it is what a recorder would write", () => {
  it("as recctl writes it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { root, plain } = read(text);
        expect(plain).toBe(recorderText(root) === text);
      }),
      { numRuns: 2000 },
    );
  });

  it.skipIf(!HAS_PYTHON)("as CPython writes it (needs python3)", () => {
    const sample = fc.sample(texts, { numRuns: 3000, seed: 7 });
    const theirs = rewritten(sample);
    for (const [index, text] of sample.entries()) {
      const { root, plain } = read(text);
      expect(recorderText(root)).toBe(theirs[index]);
      expect([text, plain]).toEqual([text, text === theirs[index]]);
    }
  });

  it.skipIf(!HAS_PYTHON)("every one of them is tried", () => {
    const sample = fc.sample(changed, { numRuns: 1000, seed: 7 });
    const plain = sample.filter((text) => read(text).plain).length;
    expect(plain).toBeGreaterThan(100);
    expect(sample.length - plain).toBeGreaterThan(300);
  });
});

it.skipIf(!HAS_PYTHON)("numbers below 1e-4 are not plain as JavaScript writes them (needs python3)", () => {
  const sample = ["0.00001\n", "-0.000001234\n", "1e-7\n"];
  expect(sample.map((text) => recorderText(read(text).root))).toEqual(rewritten(sample));
  expect(sample.map((text) => read(text).plain)).toEqual([false, false, false]);
});
