import fc from "fast-check";
import { expect, it } from "vitest";
import { applied } from "../../src/compare/changes/applied.ts";
import { changesOf } from "../../src/compare/changes/changes.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonValue } from "../../src/recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../../src/recording/json/write.ts";
import { copyOf, edited, edits, values } from "./requests.ts";

const written = (value: JsonValue): string => writeJson(value, PYTHON_INDENTED);

/** What must hold of every two values. */
function holds(old: JsonValue, now: JsonValue): void {
  const [before, after] = [written(old), written(now)];
  const changes = changesOf(old, now);
  expect(written(applied(old, changes))).toBe(after);
  expect(changes.length === 0).toBe(before === after);
  for (const { op, from, to, words, evened, old: was, now: is, also } of changes) {
    expect([from === null, to === null]).toEqual([op === "add", op === "remove"]);
    expect([was === undefined, is === undefined]).toEqual([op === "add", op === "remove"]);
    if (also.length > 0) expect([op, typeof was, typeof is]).toEqual(["replace", "string", "string"]);
    if (op === "move" && !evened) expect(Number.isInteger(from?.at(-1)) && Number.isInteger(to?.at(-1))).toBe(true);
    if (!words) continue;
    expect(words.map((piece) => (piece.op === "add" ? "" : piece.text)).join("")).toBe(was);
    expect(words.map((piece) => (piece.op === "remove" ? "" : piece.text)).join("")).toBe(is);
  }
  // Neither is altered.
  expect([written(old), written(now)]).toEqual([before, after]);
}

it("the changes between any two values, applied to the old one, give the new one", () => {
  fc.assert(
    fc.property(values, values, (old, now) => holds(old, now)),
    { numRuns: 3000 },
  );
});

it("the changes between a value and what edits made of it give the edited one", () => {
  fc.assert(
    fc.property(values, edits, (old, all) => holds(old, edited(old, all))),
    { numRuns: 4000 },
  );
});

it("a value against itself, or its copy, has none", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(changesOf(value, value)).toEqual([]);
      expect(changesOf(value, copyOf(value))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

const CHAT = `{"method":"POST","url":"http://localhost:1/v1/chat/completions","headers":{},"body":{"model":"m-1",
"messages":[{"role":"system","content":"You are kind, and you answer in one line."},
{"role":"user","content":"What is the weather in Paris and in Rome?"},
{"role":"assistant","content":"","tool_calls":[{"id":"call_AAAAbbbb1111","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\": \\"Paris\\"}"}},{"id":"call_AAAAbbbb2222","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\": \\"Rome\\"}"}}]},
{"role":"tool","tool_call_id":"call_AAAAbbbb1111","content":"12 degrees, says call_AAAAbbbb1111"},
{"role":"tool","tool_call_id":"call_AAAAbbbb2222","content":[{"type":"text","text":"20 degrees"}]},
{"role":"user","content":"Thanks"}],"temperature":0.0,"seed":123456789012345678901,"top_p":NaN,
"tools":[{"type":"function","function":{"name":"get_weather","description":"Tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
{"type":"function","function":{"name":"add","description":"Adds two numbers","parameters":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}}}]},
"endpoint":"/v1/chat/completions","model":"m-1"}`;

it("the same of a chat request with random edits", () => {
  fc.assert(
    fc.property(edits, edits, (some, others) => {
      const chat = parseJson(CHAT);
      holds(edited(chat, some), edited(chat, others));
    }),
    { numRuns: 1000 },
  );
});

it("ids that are others everywhere are one change each, whatever else changed", () => {
  const id = fc.constantFrom(
    "call_CCCCdddd3333",
    "call_CCCCdddd33334",
    "toolu_EEEEffff5555",
    "0",
    "$&",
    "call_AAAAbbbb2222",
  );
  fc.assert(
    fc.property(edits, id, id, (all, first, second) => {
      const now = CHAT.replaceAll("call_AAAAbbbb1111", () => first).replaceAll("call_AAAAbbbb2222", () => second);
      holds(parseJson(CHAT), edited(parseJson(now), all));
      holds(edited(parseJson(CHAT), all), parseJson(now));
    }),
    { numRuns: 600 },
  );
  const changes = changesOf(parseJson(CHAT), parseJson(CHAT.replaceAll("call_AAAAbbbb", "call_CCCCdddd")));
  expect(changes.map(({ volatile, also }) => [volatile, also.length])).toEqual([
    ["call id", 2],
    ["call id", 1],
  ]);
});

it("some of the changes may be applied alone", () => {
  fc.assert(
    fc.property(values, edits, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (old, all, some) => {
      const changes = changesOf(old, edited(old, all));
      applied(
        old,
        changes.filter((_, at) => some[at % 8]),
      );
    }),
    { numRuns: 1000 },
  );
});

it("arrays in arrays, as deep as documents may be", () => {
  const nest = (leaf: string): JsonValue => parseJson(`${"[".repeat(900)}${leaf}${"]".repeat(900)}`);
  holds(nest("1"), nest("1.0"));
  holds(nest('"x"'), nest(""));
  expect(changesOf(nest("1"), nest("1"))).toEqual([]);
});
