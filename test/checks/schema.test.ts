import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaProblems } from "../../src/checks/schema/schema.ts";
import { decode } from "../../src/recording/decode.ts";
import type { JsonPath } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject, at, type JsonValue } from "../../src/recording/json/value.ts";
import { STRICT, writeJson } from "../../src/recording/json/write.ts";
import { DEMO, demo } from "../demo.ts";
import { ROOT, recctl } from "../run.ts";
import { changed, changesOf, excused } from "./changes.ts";

const published = JSON.parse(readFileSync(join(ROOT, "src/checks/schema/recording.schema.json"), "utf8"));
const messages = (root: JsonValue): string[] => schemaProblems(root).map(({ message }) => message);

describe("real recordings are what the schema says", () => {
  it.each(DEMO)("$file", ({ recording }) => {
    expect(schemaProblems(recording.root)).toEqual([]);
  });

  const corpus = process.env.RECCTL_CORPUS;
  it.skipIf(!corpus)("the corpus (needs RECCTL_CORPUS: a folder of trees of real recordings)", () => {
    const root = resolve(corpus as string);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
    expect(files.length).toBeGreaterThan(1000);
    const wrong = files.flatMap((file) => {
      const problems = messages(parseJson(decode(readFileSync(join(root, file)))));
      return problems.length > 0 ? [[file, ...problems]] : [];
    });
    expect(wrong).toEqual([]);
  });
});

describe("the schema is strict", () => {
  it.each(DEMO)("every key of $file that is dropped or of another type is a problem there", ({ recording }) => {
    const { root } = recording;
    const missed = changesOf(recording).flatMap((change) => {
      const parent = change.path.slice(0, -1).join("/");
      const found = changed(root, change, () => schemaProblems(root)).map((problem) => problem.at.join("/"));
      const told = found.some((place) => place === change.path.join("/") || place === parent);
      return told || excused(change, recording) ? [] : [`${change.path.join(".")} -> ${change.name}: ${found}`];
    });
    expect(missed.slice(0, 10)).toEqual([]);
  });

  it.each(DEMO)(
    "a key of its own is a problem in $file, but for what providers and file processors add",
    ({ recording }) => {
      const { root, head } = recording;
      const bases: JsonPath[] = [
        [],
        ["request"],
        ["response"],
        ["response", "exception_data"],
        ["response", "body", 0],
      ];
      for (const base of bases) {
        const object = asObject(at(root, ...base));
        if (!object || (base.length === 3 && !object.has("__type__"))) continue;
        object.keys.push("of_its_own");
        object.values.push(null);
        const told = schemaProblems(root).map((problem) => problem.at);
        object.keys.pop();
        object.values.pop();
        const free = head.kind === "file-processor" && base[0] === "request";
        expect(told).toEqual(free ? [] : [[...base, "of_its_own"]]);
      }
    },
  );

  it("says of a changed recording what ajv says of it by the published schema, in whole and uncompiled", () => {
    const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(published);
    const pairs = DEMO.map(({ recording }) => ({ recording, changes: changesOf(recording) }));
    fc.assert(
      fc.property(fc.constantFrom(...pairs), fc.nat(), ({ recording, changes }, pick) => {
        const change = changes[pick % changes.length];
        if (!change) return;
        changed(recording.root, change, () => {
          const theirs = validate(JSON.parse(writeJson(recording.root, STRICT)));
          expect([change, schemaProblems(recording.root).length === 0]).toEqual([change, theirs]);
        });
      }),
      { numRuns: 300 },
    );
  });
});

it("an answer of Google's may lack its usage, or with that its candidates, but not both", () => {
  const { root } = demo("1c0c5a2a");
  const without = (...keys: string[]): string[] => {
    const [key, ...rest] = keys;
    if (key === undefined) return messages(root);
    return changed(root, { path: ["response", "body", 0, key], name: "dropped", value: undefined }, () =>
      without(...rest),
    );
  };
  expect(without("usage_metadata")).toEqual([]);
  expect(without("candidates")).toEqual([]);
  expect(without("usage_metadata", "candidates")).toEqual(["response.body[0].candidates is missing"]);
});

describe("the schema itself", () => {
  it("is valid by draft 2020-12 and means something in every part", () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, logger: false });
    expect(ajv.validateSchema(published)).toBe(true);
    expect(() => ajv.compile(published)).not.toThrow();
  });

  it("tells people what every definition is, and has none that nothing uses", () => {
    const text = JSON.stringify(published);
    for (const [name, definition] of Object.entries<Record<string, string>>(published.$defs)) {
      expect([name, typeof definition.title, typeof definition.description]).toEqual([name, "string", "string"]);
      expect(text, name).toContain(`"#/$defs/${name}"`);
    }
  });

  it("is what recctl schema prints", async () => {
    for (const args of [["schema"], ["schema", "--json"]]) {
      const { stdout, stderr, code } = await recctl(args);
      expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
      expect(JSON.parse(stdout)).toEqual(published);
    }
  });
});

/** The messages for a demo recording in whose text `from` has become `to`. */
const edited = (name: string, from: string | RegExp, to: string): string[] => {
  const { root } = demo(name);
  const text = writeJson(root, STRICT);
  const change = text.replace(from, to);
  expect(change).not.toBe(text);
  return messages(parseJson(change));
};

/** A streamed chat, and other recordings whose names the tests of messages need. */
const CHAT = "5d64";
const FAILED = "acb4";

describe("messages", () => {
  it.each([
    ["a key is missing", CHAT, ',"is_streaming":true', ""],
    ["a key is misspelt", CHAT, '"is_streaming"', '"streaming"'],
    ["a key has another type", CHAT, '"method":"POST"', '"method":7'],
    ["the same in many chunks", CHAT, /"finish_reason"/g, '"reason"'],
    ["two things in many chunks", CHAT, /"index":0,/g, '"index":"0","odd":1,'],
    ["no wrapper", CHAT, /"__type__":"[^"]*","__data__":\{/, '"a":{"b":1},"c":{'],
    ["a part of a wrapper", CHAT, /"__type__":"[^"]*",/, ""],
    ["more than a wrapper", CHAT, '{"__type__"', '{"__extra__":1,"__type__"'],
    ["a stream that is none", CHAT, '"is_streaming":true', '"is_streaming":false'],
    ["another kind", CHAT, '"body":{"model"', '"payload":{"model"'],
    ["no kind", CHAT, /"request":\{.*"response":/, '"request":{},"response":'],
    ["a key of http alone", CHAT, '"response":{', '"response":{"status":200,'],
    ["no history", CHAT, /"test_id":"[^"]*",/, ""],
    ["an odd category", FAILED, '"provider_sdk"', '"sk-very-secret-value"'],
    ["a failure that is none", FAILED, '"is_exception":true', '"is_exception":false'],
    ["a number that is not whole", FAILED, '"status_code":400', '"status_code":400.5'],
    ["a long key that looks secret", CHAT, '"headers":', `"${"sk-secret".repeat(9)}":1,"headers":`],
    ["no recording", CHAT, /^.*$/s, '{"messages":[]}'],
    ["no object", CHAT, /^.*$/s, '["a"]'],
  ])("%s", (_, name, from, to) => {
    expect(edited(name, from, to)).toMatchSnapshot();
  });

  it("point at the value, or at where it should be", () => {
    const { root } = demo(CHAT);
    const path: JsonPath = ["response", "body", 3, "__data__", "choices", 0, "delta"];
    const problems = changed(root, { path, name: "dropped", value: undefined }, () => schemaProblems(root));
    expect(problems.map((problem) => problem.at)).toEqual([path]);
    expect(at(root, ...path)).toBeDefined();
  });
});

describe("hostile documents", () => {
  it("have keys of JavaScript's own", () => {
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect(edited(CHAT, '"response":{', `"response":{"${key}":{"status":1},`)).toEqual([
        `response.${key} is not part of the format`,
      ]);
      expect(edited(CHAT, '"__data__":{', `"__data__":{"${key}":{"id":1},`)).toEqual([]);
    }
    expect(edited(CHAT, '"is_streaming":true', '"__proto__":{"is_streaming":true}')).toContain(
      "response.is_streaming is missing",
    );
  });

  it("repeat keys: the last one wins", () => {
    expect(edited(CHAT, '"method":"POST"', '"method":1,"method":"POST"')).toEqual([]);
    expect(edited(CHAT, '"method":"POST"', '"method":"POST","method":1')).toEqual([
      "request.method must be a string, is a number",
    ]);
  });

  it("have numbers that JSON does not know, or no double can hold", () => {
    for (const number of ["NaN", "-Infinity", "123456789012345678901234567890", "-0.0", "1e999"]) {
      expect(edited(CHAT, /"created":0/g, `"created":${number}`)).toEqual([]);
    }
  });

  it("are wrong in a hundred thousand chunks, each in another way", () => {
    const chunks = Array.from({ length: 100_000 }, (_, index) => `{"a${index}":1}`).join(",");
    expect(edited(CHAT, /"body":\[.*\],"is_streaming"/s, `"body":[${chunks}],"is_streaming"`)).toEqual([
      "response.body[0] has neither __type__ nor __data__, and in 99,999 more chunks",
    ]);
  });
});
