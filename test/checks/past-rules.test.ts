import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PAST_RULES } from "../../src/checks/explain/past-rules.ts";
import { causeOf, type Reading, type Rename, remedyOf, sentence } from "../../src/checks/explain/reading.ts";
import { explain } from "../../src/checks/explain.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonObject } from "../../src/recording/json/value.ts";
import { readName } from "../../src/recording/name.ts";
import { SCHEMES } from "../../src/recording/names/schemes.ts";
import { recordingText } from "../run.ts";

const TEST = "tests/a/test_x.py::test_y[client_with_models-txt=openai/gpt-4o]";
const A = `file-${"0123456789abcdef".repeat(2)}`;
const B = `file-${"fedcba9876543210".repeat(2)}`;
const UUID = "01234567-89ab-cdef-0123-456789abcdef";

/** A recording whose request says these texts. */
const recorded = (texts: readonly string[], testId = TEST): string =>
  recordingText({
    test_id: testId,
    request: {
      method: "POST",
      url: "https://api.example.com/v1/v1/chat/completions",
      headers: {},
      body: bodyOf(texts),
      endpoint: "/v1/chat/completions",
      model: "m",
    },
    response: { body: [], is_streaming: true },
  });

const bodyOf = (texts: readonly string[]) => ({ messages: texts.map((content) => ({ content, role: "user" })) });

/** What the name of such a request is the hash of, written by hand: these are the texts as the rule left them. */
function nameOf(texts: readonly string[], testId = TEST): string {
  const messages = texts.map((content) => `{"content": ${JSON.stringify(content)}, "role": "user"}`).join(", ");
  const hashed = `{"body": {"messages": [${messages}]}, "endpoint": "/v1/v1/chat/completions", "method": "POST", "test_id": ${JSON.stringify(testId)}}`;
  return createHash("sha256").update(hashed).digest("hex");
}

function explained(text: string, name: string, renames: Rename[] = []): Reading {
  const it = { path: "x.json", name: readName(`r/${name}.json`), text, root: parseJson(text) as JsonObject };
  return explain(it, { testIds: [], renames, revisions: [] });
}

const pastRule = (rule: string): Reading => ({ reading: "past-rule", rule });

describe("file ids counted from 1", () => {
  const now = recorded([`${A} and ${B}, score: 0.123456789`, `<|${A}|> file-12 file-abc`]);

  it("counts by first appearance in the whole body, and leaves decimals", () => {
    const name = nameOf(["file-1 and file-2, score: 0.123456789", "<|file-1|> file-12 file-abc"]);
    expect(explained(now, name)).toEqual(pastRule("2025-10-file-ids"));
    expect(explained(now, name.slice(0, 12))).toEqual(pastRule("2025-10-file-ids"));
  });

  it("is not what gave a name by other numbers, or another test id", () => {
    const one = ["file-1 and file-2, score: 0.123456789", "<|file-1|> file-12 file-abc"];
    expect(explained(now, nameOf(one.map((text) => text.replaceAll("file-2", "file-3")))).reading).toBe("unknown");
    expect(explained(now, nameOf(one, "t.py::other")).reading).toBe("unknown");
  });
});

describe("long decimals to six places", () => {
  it("rounds the decimals in texts, halves to even", () => {
    const now = recorded(["0.123456789 -1.23456 1.234 0.0000005"]);
    expect(explained(now, nameOf(["0.123457 -1.234560 1.234 0.000000"]))).toEqual(pastRule("2025-10-six-places"));
    expect(explained(now, nameOf(["0.1234568 -1.2345600 1.234 0.0000005"])).reading).toBe("unknown");
  });
});

describe("file search without scores and attributes", () => {
  it("blanks these two, then evens out decimals, and leaves the ids", () => {
    const now = recorded([
      `[1] document_id: ${UUID}, score: 0.0033899, attributes: {'a': 1.0} cite as <|${UUID}|>\n0.123456789`,
    ]);
    const name = nameOf([`[1] document_id: ${UUID}, score: __NORMALIZED__ cite as <|${UUID}|>\n0.12346`]);
    expect(explained(now, name)).toEqual(pastRule("2026-04-file-search"));
  });
});

describe("with renames", () => {
  const stack = { old: "llama_stack", new: "ogx" };
  const name = { old: "Llama Stack", new: "OGX" };

  it("each rule is found with those taken back that it takes", () => {
    const now = recorded([`OGX ${A} 0.123456789 score: 1 <|${UUID}|>`], "tests/ogx/t.py::x");
    const then = [
      ["2025-10-file-ids", `Llama Stack file-1 0.123456789 score: 1 <|${UUID}|>`],
      ["2025-10-six-places", `Llama Stack ${A} 0.123457 score: 1 <|${UUID}|>`],
      ["2026-04-file-search", `Llama Stack ${A} 0.12346 score: __NORMALIZED__ <|${UUID}|>`],
    ];
    for (const [rule, text] of then) {
      const both = nameOf([text as string], "tests/llama_stack/t.py::x");
      expect(explained(now, both, [stack, name])).toMatchObject({ rule, renames: [name, stack] });
      expect(explained(now, both, [name]).reading).toBe("unknown");
      const one = nameOf([text as string], "tests/ogx/t.py::x");
      expect(explained(now, one, [stack, name])).toMatchObject({ rule, renames: [name] });
      const id = nameOf([(text as string).replace("Llama Stack", "OGX")], "tests/llama_stack/t.py::x");
      expect(explained(now, id, [stack, name])).toMatchObject({ rule, renames: [stack] });
    }
  });

  it("a scheme is told where a scheme did it", () => {
    const now = recorded([`OGX ${A} 0.123456789`]);
    expect(explained(now, nameOf([`Llama Stack ${A} 0.12346`]), [stack, name])).toMatchObject({ reading: "rename" });
  });
});

it("what has no body, or another kind of request, is named by none of them", () => {
  const requests = [
    { method: "POST", url: "https://x/v1/messages", payload: { a: A, b: "0.1234567" } },
    { method: "POST", url: "https://x" },
  ];
  for (const request of requests) {
    const now = recordingText({ test_id: TEST, request, response: { body: null } });
    expect(explained(now, "0".repeat(64)).reading).toBe("unknown");
  }
});

it("people are told the rule, its time and that rekey is no help", () => {
  const reading = pastRule("2025-10-six-places");
  const title = "October 2025: long decimals to six places";
  expect(sentence(reading)).toBe(`named by a rule that recorders had for some days of ${title}`);
  expect(causeOf(reading)).toBe(`named by a rule of ${title}`);
  const renames = [{ old: "a", new: "b" }];
  expect(sentence({ reading: "past-rule", rule: "2025-10-six-places", renames })).toMatch(/places, before a became b$/);
  expect(remedyOf(reading, "x.json", "recctl")).toMatch(/^record it anew: .* rekey cannot/);
});

it("rules of the past are no schemes, and each goes on by one", () => {
  const schemes = SCHEMES.map(({ id }) => id);
  for (const { id, scheme } of PAST_RULES) {
    expect(schemes).not.toContain(id);
    expect(schemes).toContain(scheme);
  }
});
