import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../src/compare/changes/budget.ts";
import { placeholder } from "../../src/compare/changes/placeholder.ts";
import { volatileBetween, volatileOf } from "../../src/compare/changes/volatile.ts";
import { JsonNumber } from "../../src/recording/json/value.ts";

const between = (a: string, b: string) => volatileBetween(a, b, new Budget());

const UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

it.each([
  ["call_WUQnvwfXBHuhUW6AzHyRcBS9", "<call id>"],
  ["toolu_01rfQJfUzUhlVRg0VW7t0lMu", "<call id>"],
  [`chatcmpl-tool-${"0a".repeat(16)}`, "<call id>"],
  [`call_${UUID}`, "<call id>"],
  ["functions.get_weather:0", "<call id>"],
  ["call_the_doctor_now", "call_the_doctor_now"],
  [`id ${UUID}, and ${OTHER.toUpperCase()}.`, "id <uuid>, and <uuid>."],
  [`<|${UUID}|>`, "<|<uuid>|>"],
  ["file-187419211908 vs_0f8fad5bd9cb resp_7bd42b4a810288795ae1", "<id> <id> <id>"],
  [`vs_${UUID}`, "<id>"],
  ["file-processing and msg_queue_worker", "file-processing and msg_queue_worker"],
  ["sha256:0123456789abcdef0", "sha256:<id>"],
  ["12345678901234567890", "12345678901234567890"],
  ["on 2025-10-09, at 12:34:56 UTC", "on <date>, at <time>"],
  ["2025-10-09T12:34:56.789Z", "<time>"],
  ["2025-10-09 12:34:56+02:00", "<time>"],
  ["Today is Monday, January 5, 2026.", "Today is <date>."],
  ["Mon, 05 Jan 2026 12:00:00 GMT", "<time>"],
  ["at 3:05 PM or 15:05", "at <time> or <time>"],
  ['"created": 1712345678', '"created": <time>'],
  ["gpt-4o-2024-08-06 and api-version=2024-02-01", "gpt-4o-2024-08-06 and api-version=2024-02-01"],
  ["/home/alice/src/a.py", "<path>/src/a.py"],
  ["C:\\Users\\alice\\a", "<path>\\a"],
  ["/tmp/pytest-of-x/pytest-3/notes.txt", "<path>/notes.txt"],
  ["in /tmp/tmpab12cd.", "in <path>"],
  ["see https://example.com/home/alice", "see https://example.com/home/alice"],
  ["http://localhost:8321/v1", "http://<host>/v1"],
  ["http://ollama:11434/v1", "http://<host>/v1"],
  ["my-account.openai.azure.com", "<host>"],
  ["https://api.openai.com/v1", "https://api.openai.com/v1"],
  ["score: 0.0099, 'relevance': .5", "score: <score>, 'relevance': <score>"],
  ["it is 0.123456789 apart", "it is <score> apart"],
  ["at 37.7749 degrees, 3.14", "at 37.7749 degrees, 3.14"],
  ["a line\\ncall_WUQnvwfXBHuhUW6A", "a line\\n<call id>"],
])("%s -> %s", (text, expected) => {
  expect(placeholder(text)).toBe(expected);
});

describe("a change is volatile only where both are equal with placeholders", () => {
  it.each([
    ["call_WUQnvwfXBHuhUW6A", "call_MDIAc442c5ZKJ9Y", "call id"],
    ["call_WUQnvwfXBHuhUW6A", "toolu_01rfQJfUzUhlVRg0", "call id"],
    [`see ${UUID} for all`, `see ${OTHER} for all`, "uuid"],
    [`see ${UUID} for all`, `see ${OTHER} for one`, null],
    [`see ${UUID}`, "see nobody", null],
    ["id file-1234567890, score: 0.12", "id file-1234567890, score: 0.1234", "score"],
    ["id file-1234567890, score: 0.12", "id file-1234567891, score: 0.1234", "id"],
    ["on 2025-01-01 at 10:00:00", "on 2025-01-01 at 10:00:01", "time"],
    ["on 2025-01-01", "on 2026-12-31", "date"],
    ["http://localhost:11434/v1/chat", "http://127.0.0.1:8000/v1/chat", "host"],
    ["http://localhost:11434/v1/chat", "http://localhost:11434/v2/chat", null],
    ["https://api.openai.com/v1", "https://api.example.com/v1", null],
    ["/tmp/pytest-1/a.txt", "/tmp/pytest-2/a.txt", "path"],
    ["/tmp/pytest-1/a.txt", "/tmp/pytest-2/b.txt", null],
    ["/home/alice/a.txt", "/Users/bob/a.txt", "path"],
    ["gpt-4o-2024-08-06", "gpt-4o-2024-11-20", null],
    ["the same", "the same", null],
    ["", "a", null],
  ])("%s | %s: %s", (old, now, kind) => {
    expect(between(old, now)).toBe(kind);
    expect(between(now, old)).toBe(kind);
    if (kind) expect(placeholder(old)).toBe(placeholder(now));
  });

  it("in any texts", () => {
    const piece = fc.constantFrom(
      UUID,
      OTHER,
      "call_WUQnvwfXBHuhUW6A",
      "call_MDIAc442c5ZKJ9Y",
      "file-1234567890",
      "2025-01-01",
      "2025-12-31",
      "12:34:56",
      "score: ",
      "0.1",
      "0.2345678",
      "/tmp/a1/",
      "x.txt",
      "/home/alice",
      "http://localhost:80",
      "://h:8080",
      " ",
      " ",
      ", ",
      "\\n",
      "cat",
      "-",
      "1",
    );
    const text = fc.array(piece, { maxLength: 5 });
    fc.assert(
      fc.property(text, text, piece, piece, text, (before, behind, a, b, other) => {
        for (const [old, now] of [
          [
            [...before, a, ...behind],
            [...before, b, ...behind],
          ],
          [before, other],
        ] as const) {
          const [left, right] = [old.join(""), now.join("")];
          if (between(left, right)) expect(placeholder(left)).toBe(placeholder(right));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("at the end of a long text, and at thousands of places", () => {
    const [long, ids] = ["so it goes, ".repeat(90_000), (id: string) => `${id} and `.repeat(3000)];
    expect(between(`${long}${UUID}`, `${long}${OTHER}`)).toBe("uuid");
    expect(between(`${long}${UUID}${long}a`, `${long}${OTHER}${long}b`)).toBeNull();
    expect(between(ids(UUID), ids(OTHER))).toBe("uuid");
  });
});

it.each([
  ["ids of calls may look like anything", "0", "1", ["messages", 0, "tool_calls", 1, "id"], "call id"],
  ["what refers to a call", "a b", "c d", ["messages", 1, "tool_call_id"], "call id"],
  ["a number that is a score", new JsonNumber("0.1"), new JsonNumber("0.2"), ["results", 0, "score"], "score"],
  ["a number that is a time", new JsonNumber("1"), new JsonNumber("2"), ["created_at"], "time"],
  ["any other number", new JsonNumber("1"), new JsonNumber("2"), ["temperature"], null],
  ["another kind of value", "0.1", new JsonNumber("0.2"), ["score"], null],
])("%s", (_, old, now, path, kind) => {
  expect(volatileOf(old, now, path, new Budget())).toBe(kind);
});
