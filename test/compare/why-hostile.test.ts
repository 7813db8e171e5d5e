import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { askedHash, askedOf, askedRequest, causeOf, causesOf, told, typed } from "../../src/compare/why/index.ts";
import { JsonObject } from "../../src/recording/json/value.ts";
import { isRefusal } from "../../src/usage/refusal.ts";
import { readRun } from "../../src/usage/runs/index.ts";
import { A, B, chat, hashOf, json, knownOf, recorded } from "./why-made.ts";

const SIZE = 3_000_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
const H = "ab".repeat(32);

// What reads each run anew from each place takes hours, and the test runs into its limit.
describe("logs of junk around a miss are read to their end", () => {
  it.each([
    ["a long model", `Recording not found for request hash: ${H}\nModel: ${fill("m ")}| Request: POST x\n`],
    ["a long url", `Recording not found for request hash: ${H}\nModel: m | Request: POST ${fill("x")}\n`],
    ["spaces before the url", `Recording not found for request hash: ${H}\nModel: m | Request: POST${fill(" ")}x\n`],
    ["pieces of hashes", `${fill(`Recording not found for request hash: ${H.slice(0, 20)}\n`)}\n`],
    ["on one line", `${fill(`Recording not found for request hash: ${H}\\n`)}\n`],
    ["a long literal", `No recorded response found for request hash: ${H}\nRequest: POST u ${fill("{'a': ")}\n`],
    ["a long string", `No recorded response found for request hash: ${H}\nRequest: POST u {'a': '${fill("\\")}'}\n`],
    ["kwargs", `Recording not found for a.b | Request: ${fill("[")}\n`],
    [
      "a box",
      `Recording not found for request hash: ${fill(" │")}\n${fill(" ")}│\nRecording not found for a.b | Request: {}\n`,
    ],
    ["headings", `${fill("____ a ")}\n${fill("_")}\nRecording not found for request hash: ${H}\n`],
    ["lines of headings", `${fill("____ a _____\n")}\nRecording not found for request hash: ${H}\n`],
    ["a frame", `${fill("=== a ")}\n${fill("=")}\nRecording not found for request hash: ${H}\n`],
    [
      "control characters",
      `\u0000\u0007\u009b\u202eRecording not found for request hash: ${H}\nModel: \u001b]0;x\u0007 | Request: POST \u0000\n`,
    ],
  ])("%s", async (_what, text) => {
    const run = await readRun(text, "x");
    if (isRefusal(run)) throw new Error(run.fact);
    const causes = causesOf(run.misses.map(askedOf), knownOf([recorded(chat(), A)]));
    expect(causes.length).toBeGreaterThan(0);
    for (const { kind } of causes) expect(["unknown", "never recorded"]).toContain(kind);
    expect(told(causes).length).toBeGreaterThan(0);
  });
});

describe("commands", () => {
  const now = "tests/x/test_it's;$(id).py::test_new[\n`a`]";
  const old = "tests/x/test_it's;$(id).py::test|old&\\1[\n`a`]";

  it("are quoted: what logs and recordings say is no part of a command", () => {
    const known = knownOf([recorded(chat(), old, { folder: "tests/x/recordings" })], {
      isGone: (test) => test === old,
    });
    const cause = causeOf(askedHash(hashOf(chat(), now), now), known);
    const [sed, , rekey] = cause.mend.map(typed);
    expect(cause.kind).toBe("renamed test");
    expect(sed).toContain(String.raw`s#"test_id": "tests/x/test_it'\''s;\$(id)\.py::test|old&\\\\1#`);
    expect(rekey).toMatch(/^recctl rekey --rename 'tests/);
    // A shell and sed do what is meant, and nothing else.
    const folder = mkdtempSync(join(tmpdir(), "why-"));
    try {
      const path = join(folder, cause.recording?.path ?? "");
      mkdirSync(join(path, ".."), { recursive: true });
      const text = (id: string): string => `{\n  "test_id": ${JSON.stringify(id)},\n  "request": {}\n}\n`;
      writeFileSync(path, text(old));
      const { status, stderr } = spawnSync("sh", ["-c", sed as string], { cwd: folder, encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
      expect(readFileSync(path, "utf8")).toBe(text(now));
    } finally {
      rmSync(folder, { recursive: true });
    }
    const never = causeOf(askedHash(H, now), knownOf([]));
    const quoted = now.replace("'", "\\'").replace("\n", "\\n");
    expect(never.mend.map(typed)).toEqual([`pytest --inference-mode=record-if-missing $'${quoted}'`]);
  });

  it("an id that begins with a dash is no option", () => {
    const id = "--rootdir=/x.py::t";
    const [step] = causeOf(askedHash(H, id), knownOf([])).mend;
    expect(step && typed(step)).toBe(`pytest --inference-mode=record-if-missing -- ${id}`);
  });

  it("a name with = or a control character cannot be given to --rename: the test is recorded anew", () => {
    const gone = { isGone: (test: string): boolean => test !== B };
    for (const name of ["a.py::t[x=1]", "a.py::t\n"]) {
      const [step] = causeOf(askedHash(hashOf(chat(), B), B), knownOf([recorded(chat(), name)], gone)).mend;
      expect(step?.words[0]).toBe("pytest");
    }
  });
});

describe("requests and recordings", () => {
  it("huge ones, deep ones, and ones that lack everything", () => {
    let deep: object = { a: 1 };
    for (let depth = 0; depth < 400; depth++) deep = { a: deep };
    const asked = [
      askedRequest(chat({ messages: [{ content: "word ".repeat(200_000) }] }), A),
      askedRequest(json(deep), A),
      askedRequest(new JsonObject(), A),
      askedRequest(json({ body: null, url: 1, method: [] })),
      askedHash("", A),
      askedHash("__proto__"),
    ];
    const lost = { ...recorded(chat(), A), request: () => null };
    const causes = causesOf(
      asked,
      knownOf([lost, recorded(chat({ messages: [{ content: "word ".repeat(100_000) }] }), A)]),
    );
    expect(causes).toHaveLength(asked.length);
    expect(causes[0]?.kind).toBe("request changed");
    for (const { evidence, differs } of causes)
      for (const text of [...evidence, differs]) expect(text.length).toBeLessThan(3000);
  });

  it("an empty hash is nobody's", () => {
    expect(causeOf(askedHash(""), knownOf([recorded(chat(), A)])).kind).toBe("unknown");
  });
});
