import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonError } from "../../src/recording/json/error.ts";
import { readJson } from "../../src/recording/json/parse.ts";
import { JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../../src/recording/json/write.ts";
import { ROOT } from "../run.ts";
import { documents } from "./documents.ts";

/** What reading gives: all that is told of the document, or the error. */
function read(text: string, shared: boolean): unknown {
  try {
    const { value, plain } = readJson(text, shared ? Buffer.from(text, "latin1") : undefined);
    return [writeJson(value, PYTHON_INDENTED), plain];
  } catch (error) {
    if (error instanceof JsonError) return [error.message, error.line, error.column];
    throw error;
  }
}

/** Arrays of objects that are alike, as a stream has them, with some that are not in between. */
const streams = fc
  .tuple(documents, fc.array(fc.tuple(fc.nat({ max: 3 }), documents), { minLength: 1, maxLength: 12 }))
  .map(([same, chunks]) =>
    chunks.map(([sort, value]): JsonValue => {
      const delta = new JsonObject(["role", "content"], [sort === 0 ? "assistant" : null, value]);
      const choice = new JsonObject(["delta", "index"], [delta, null]);
      const keys = sort === 3 ? ["id", "usage"] : ["id", "choices", "same", "usage"];
      return new JsonObject(keys, sort === 3 ? ["x", value] : ["x", [choice], same, sort === 2 ? value : null]);
    }),
  );

const text = (value: JsonValue): string => `${writeJson(value, PYTHON_INDENTED)}\n`;

describe("what is alike in an array is read once, and", () => {
  it("gives the document that it gives otherwise", () => {
    fc.assert(
      fc.property(streams, (stream) => {
        expect(read(text(stream), true)).toEqual(read(text(stream), false));
      }),
      { numRuns: 500 },
    );
  });

  it("of a damaged text too, or the same error", () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.nat({ max: 4 }),
      fc.constantFrom("", '"', ",", "{", "]", " ", "\n", "1", "\\"),
    );
    fc.assert(
      fc.property(streams, fc.array(damage, { minLength: 1, maxLength: 3 }), (stream, damages) => {
        let damaged = text(stream);
        for (const [at, gone, put] of damages) {
          const from = at % damaged.length;
          damaged = damaged.slice(0, from) + put + damaged.slice(from + gone);
        }
        expect(read(damaged, true)).toEqual(read(damaged, false));
      }),
      { numRuns: 2000 },
    );
  });

  it("of an array that ends where others have an element", () => {
    const chunk = new JsonObject(["same", "id"], [[false], "x"]);
    const whole = text([chunk, chunk, chunk]);
    const at = whole.lastIndexOf("false");
    const rest = whole.slice(at + "false".length);
    // With spaces in it, as no recorder writes it, and in the middle of what is damaged.
    for (const put of [`]${rest.slice(rest.indexOf("]") + 1)}`, `]alse${rest}`]) {
      const odd = whole.slice(0, at) + put;
      expect(read(odd, true)).toEqual(read(odd, false));
    }
    expect(read(`${whole.slice(0, at)}${rest.trimStart()}`, true)).toHaveLength(2);
  });

  it("of recordings cut anywhere", () => {
    const dir = join(ROOT, "recordings");
    const files = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
    for (const file of files) {
      const whole = readFileSync(join(dir, file), "latin1");
      expect(read(whole, true)).toEqual(read(whole, false));
      const step = Math.ceil(whole.length / 20);
      for (let at = 1; at < whole.length; at += step) {
        expect(read(whole.slice(0, at), true)).toEqual(read(whole.slice(0, at), false));
        const [head, tail] = [whole.slice(0, at), whole.slice(at + 1)];
        for (const put of ['"', "0", "}"])
          expect(read(head + put + tail, true)).toEqual(read(head + put + tail, false));
      }
    }
  });

  it("gives the very same value for what is the same", () => {
    const chunk = (id: string): JsonObject => new JsonObject(["same", "id"], [new JsonObject(["a"], ["b"]), id]);
    const body = text([chunk("1"), chunk("2"), chunk("3")]);
    const { value } = readJson(body, Buffer.from(body));
    const [, second, third] = value as JsonObject[];
    expect(second?.values[0]).toBe(third?.values[0]);
    expect([second?.values[1], third?.values[1]]).toEqual(["2", "3"]);
  });
});
