import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decode } from "../../src/recording/decode.ts";
import { headOf, whyNotRecording } from "../../src/recording/head.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonObject } from "../../src/recording/json/value.ts";
import { skim } from "../../src/recording/skim.ts";
import { ROOT, recordingText } from "../run.ts";

const demo = readdirSync(join(ROOT, "recordings")).map((name) => readFileSync(join(ROOT, "recordings", name)));

/** The slow reading, which the quick one must agree with. */
function slowly(bytes: Buffer): unknown {
  const root = parseJson(decode(bytes));
  if (whyNotRecording(root)) throw new Error("no recording");
  return headOf(root as JsonObject);
}

it("reads every demo recording without building its document", () => {
  expect(demo.length).toBeGreaterThan(30);
  for (const bytes of demo) expect(skim(bytes)).toEqual(slowly(bytes));
});

it("whatever it accepts of a damaged file, the slow reading accepts and reads the same", () => {
  const damage = fc.tuple(
    fc.nat(),
    fc.nat(),
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom("flip", "cut", "insert", "drop"),
  );
  let accepted = 0;
  fc.assert(
    fc.property(damage, ([which, where, byte, how]) => {
      const good = demo[which % demo.length] as Buffer;
      const at = where % good.length;
      const parts = {
        flip: [good.subarray(0, at), Buffer.of(byte), good.subarray(at + 1)],
        cut: [good.subarray(0, at)],
        insert: [good.subarray(0, at), Buffer.of(byte), good.subarray(at)],
        drop: [good.subarray(0, at), good.subarray(at + 1)],
      }[how];
      const bytes = Buffer.concat(parts);
      const quick = skim(bytes);
      if (quick === null) return;
      accepted++;
      expect(quick).toEqual(slowly(bytes));
    }),
    { numRuns: 5000 },
  );
  // Flips inside text leave a recording: were none accepted, nothing was compared.
  expect(accepted).toBeGreaterThan(500);
});

it.each([
  ["one line", (text: string) => JSON.stringify(JSON.parse(text))],
  ["four spaces", (text: string) => JSON.stringify(JSON.parse(text), null, 4)],
  ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
  ["raw UTF-8", (text: string) => text.replace("high water", "Hochwässer")],
  ["no newline at the end", (text: string) => text.trimEnd()],
  [
    "a key in escapes",
    (text: string) => text.replace('"model": "gpt-4o",\n      "messages"', '"m\\u006fdel": "x",\n      "messages"'),
  ],
  ["a type in escapes", (text: string) => text.replace('"__type__"', '"__typ\\u0065__"')],
  ["a repeated key", (text: string) => text.replace('"headers": {}', '"headers": {}, "headers": {}')],
])("a text in another form (%s) is left to the slow reading, or read the same", (_, change) => {
  const bytes = Buffer.from(change(recordingText()));
  const quick = skim(bytes);
  if (quick) expect(quick).toEqual(slowly(bytes));
  else expect(slowly(bytes)).toBeTruthy();
});

it("bytes of an older, longer file behind the end are not read", () => {
  const text = recordingText();
  const buffer = Buffer.from(`${text.slice(0, -30)}${text.slice(-30)}`);
  expect(skim(buffer.subarray(0, buffer.length - 30))).toBeNull();
});
