import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { secretsOf, secretsOfRecording } from "../../src/checks/secrets/document.ts";
import { masked } from "../../src/checks/secrets/mask.ts";
import { PATTERNS } from "../../src/checks/secrets/patterns.ts";
import { secretsIn } from "../../src/checks/secrets/scan.ts";
import { dialectFor } from "../../src/dialects/index.ts";
import { unitsOf } from "../../src/dialects/units.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonObject } from "../../src/recording/json/value.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { recordingFrom } from "../../src/recording/recording.ts";
import { DEMO } from "../demo.ts";
import { recordingText } from "../run.ts";
import { chance, SAMPLES } from "./samples.ts";

/** What the scanner looks at in a recording. */
const whole = (recording: Recording) => ({
  root: recording.root,
  units: unitsOf(recording, dialectFor(recording.head)),
});

/** What `secretsIn` finds, as [pattern, secret]. */
const found = (text: string, key?: string, allow?: string[]): [string, string][] =>
  secretsIn(text, key, allow).map(({ pattern, start, end }) => [pattern, text.slice(start, end)]);

const key = ["sk-", "ant-api03-", chance(93)].join("");

it("every pattern has samples, and no samples are without a pattern", () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(PATTERNS.map(({ id }) => id).sort());
  for (const { fires, not } of Object.values(SAMPLES)) {
    expect(fires.length).toBeGreaterThan(0);
    expect(not.length).toBeGreaterThan(0);
  }
});

describe.each(Object.entries(SAMPLES))("%s", (id, { fires, not }) => {
  it.each(fires)("finds a made secret %#", ({ secret, before = "", behind = "", key }) => {
    expect(found(`${before}${secret}${behind}`, key)).toEqual([[id, secret]]);
    if (!key) expect(found(`So it is: ${before}${secret}${behind}, and then.`)).toEqual([[id, secret]]);
  });

  it.each(not.map((look) => (typeof look === "string" ? [undefined, look] : look)))("leaves %s: %s", (key, text) => {
    expect(found(text as string, key)).toEqual([]);
  });
});

describe("what recordings hold and nobody minds", () => {
  const base64 = chance(5000, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  it.each([
    "rec-0123456789ab",
    `call_${chance(24)}`,
    `toolu_01${chance(22)}`,
    `chatcmpl-${chance(29)}`,
    `msg_${chance(24)}`,
    `resp_${chance(48)}`,
    `file-${chance(24)}`,
    `vs_${chance(32)}`,
    chance(64, "0123456789abcdef"),
    base64,
    `data:image/png;base64,${base64}==`,
    `gAAAAAB${chance(600)}`,
    "***",
    "REDACTED",
    "publishers/google/models/gemini-2.5-flash",
    "accounts/fireworks/models/llama-v3p1-8b-instruct",
  ])("%.40s", (text) => {
    expect(found(text)).toEqual([]);
    expect(found(text, "id")).toEqual([]);
    expect(found(text, "signature")).toEqual([]);
  });

  it("the project's own recordings", () => {
    expect(
      DEMO.flatMap(({ file, recording }) => secretsOfRecording(whole(recording)).map((one) => [file, one])),
    ).toEqual([]);
  });
});

describe("offsets", () => {
  const whole = Object.entries(SAMPLES).flatMap(([id, { fires }]) =>
    fires.filter(({ before, behind, key }) => !before && !behind && !key).map(({ secret }) => [id, secret] as const),
  );
  const boundary = fc.string({ unit: fc.constantFrom(..." \"'`,;()[]{}<>|\n\t!?"), minLength: 1, maxLength: 4 });
  const chatter = fc.oneof(
    fc.base64String({ maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), maxLength: 80 }),
    fc.uuid(),
    fc.lorem(),
    fc.string({ unit: "binary", maxLength: 60 }),
  );

  it("a secret among anything is found where it is", () => {
    // Behind a bracket that opens an address is a call: `a@b.transpose(`.
    const behind = boundary.map((text) => text.replace(/^\(/, " ("));
    const planted = fc.tuple(chatter, boundary, fc.constantFrom(...whole), behind, chatter);
    fc.assert(
      fc.property(planted, ([left, open, [id, secret], close, right]) => {
        const start = left.length + open.length;
        const hits = secretsIn(left + open + secret + close + right);
        expect(hits).toContainEqual(expect.objectContaining({ pattern: id, start, end: start + secret.length }));
        for (let at = 1; at < hits.length; at++) expect(hits[at]?.start).toBeGreaterThanOrEqual(hits[at - 1]?.end ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  it("chatter alone is no secret", () => {
    fc.assert(
      fc.property(chatter, fc.constantFrom("content", "id", "data", undefined), (text, key) => {
        expect(secretsIn(text, key)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("of two that lie upon each other the particular one is told", () => {
    expect(found(`Authorization: Bearer ${key}`)).toEqual([["anthropic", key]]);
    expect(found(`Bearer ${key}`, "authorization")).toEqual([["anthropic", key]]);
    expect(found(`{"api_key": "${key}"} and again ${key}`)).toEqual([
      ["anthropic", key],
      ["anthropic", key],
    ]);
  });
});

describe("what is allowed", () => {
  const host = "tide-tables.openai.azure.com";
  it.each([
    [[host], true],
    [["*.openai.azure.com"], true],
    [["tide*azure*"], true],
    [["*"], true],
    [["tide"], false],
    [["*.openai"], false],
    [["tide-tables.openai.azure.com*com"], false],
    [[], false],
  ])("%j", (allow, fine) => {
    expect(found(`https://${host}/v1`, undefined, allow)).toEqual(fine ? [] : [["azure-host", host]]);
  });
});

describe("a document", () => {
  it("is searched in values and keys, under the key that an array has too", () => {
    const root = parseJson(JSON.stringify({ a: [{ [key]: 1 }, "x", { api_key: [chance(32)], b: key }], n: [1, 2] }));
    expect(secretsOf(root).map(({ path, where, secret }) => [path.join(" "), where, secret.pattern])).toEqual([
      [`a 0 ${key}`, "key", "anthropic"],
      ["a 2 api_key 0", "value", "named"],
      ["a 2 b", "value", "anthropic"],
    ]);
    expect(secretsOf(parseJson(JSON.stringify(key)))).toMatchObject([{ path: [], text: key }]);
  });

  it("finds a secret as often as it is there", () => {
    expect(secretsOf(parseJson(JSON.stringify([key, key, "harmless as can be", key])))).toHaveLength(3);
  });

  const streamed = (pieces: string[]): ReturnType<typeof recordingFrom> => {
    const __type__ = "openai.types.chat.chat_completion_chunk.ChatCompletionChunk";
    const body = pieces.map((content) => ({
      __type__,
      __data__: { id: "rec-0123456789ab", choices: [{ index: 0, delta: { content } }] },
    }));
    const text = recordingText({ response: { body, is_streaming: true } });
    return recordingFrom(parseJson(text) as JsonObject, text);
  };

  it("is searched across the chunks of a stream", () => {
    const recording = streamed(["It is ", key.slice(0, 12), key.slice(12, 50), key.slice(50), "."]);
    expect(secretsOf(recording.root)).toEqual([]);
    expect(secretsOfRecording(whole(recording))).toMatchObject([
      {
        path: ["response", "body"],
        where: "value",
        joined: true,
        text: key,
        secret: { pattern: "anthropic", start: 6 },
      },
    ]);
    expect(secretsOfRecording(whole(recording), ["sk-ant-*"])).toEqual([]);
  });

  it("is not told of the same secret twice", () => {
    expect(secretsOfRecording(whole(streamed(["It is ", key, "."]))).map(({ joined }) => joined)).toEqual([undefined]);
  });
});

describe("a mask", () => {
  it("shows the beginning that all keys of a sort share", () => {
    expect(masked(key)).toBe(`sk-ant-…(${key.length} characters)`);
    expect(masked(["marta", "harbour.org"].join("@"))).toBe("m…@…");
    expect(masked("tide-tables-417")).toBe("…(15 characters)");
  });

  it("never shows nine characters of what it hides, nor its end", () => {
    const secrets = Object.values(SAMPLES).flatMap(({ fires }) => fires.map(({ secret }) => secret));
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...secrets), fc.string({ minLength: 6 }), fc.emailAddress()), (secret) => {
        const mask = masked(secret);
        for (let at = 0; at + 9 <= secret.length; at++) expect(mask).not.toContain(secret.slice(at, at + 9));
        expect(mask.split("…")[0]?.length).toBeLessThanOrEqual(8);
        expect(mask).toMatch(/…(?:@…|\(\d+ characters\))$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("hostile texts take no longer than their length", () => {
  const SIZE = 200_000;
  const fill = (unit: string): string => unit.repeat(Math.ceil(SIZE / unit.length));
  const UNITS = [
    "A",
    "a@",
    "@a.",
    "eyJ",
    "eyJhbGciOiJI.",
    "1",
    ".",
    "a.",
    "-",
    "a-",
    " a",
    '"',
    "\\n",
    "/",
    "/home/",
    "://",
    "://a:",
    "a:b@",
    "=",
    "sk-",
    "sk-ant-",
    "%3D",
    "projects/",
  ];
  const OPENINGS = [
    "-----BEGIN PRIVATE KEY-----",
    "Bearer ",
    "api_key=",
    "x@",
    "set-cookie: a=",
    "?sig=",
    "arn:aws:",
    "ft:a:",
  ];

  it.each(PATTERNS)("$id", ({ regexp, literals, value }) => {
    const texts = [...UNITS, ...literals, ...OPENINGS].map(fill);
    for (const opening of [...OPENINGS, ...literals])
      texts.push(opening + fill("A"), opening + fill("a."), opening + fill("a-1"), `${fill("a")}${opening}`);
    for (const text of texts) {
      regexp.lastIndex = 0;
      regexp.test(text);
      value?.test(text);
      // A few milliseconds; what reads each run anew from each place takes minutes, and the test runs into its limit.
    }
  });
});
