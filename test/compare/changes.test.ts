import { describe, expect, it } from "vitest";
import type { Change } from "../../src/compare/change.ts";
import { applied } from "../../src/compare/changes/applied.ts";
import { changesOf, isKeyOrder } from "../../src/compare/changes/changes.ts";
import { pathText } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonValue } from "../../src/recording/json/value.ts";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";

const short = (value: JsonValue | undefined): string => (value === undefined ? "" : writeJson(value, COMPACT));

/** A change on one line: what, where, from what to what, and for what it is known. */
function told(change: Change): string {
  const { op, from, to, old, now, volatile, evened, also } = change;
  const [a, b] = [from, to].map((path) => path && pathText(path));
  const where = op === "replace" && a === b ? b : op === "add" ? b : op === "remove" ? a : `${a} -> ${b}`;
  if (isKeyOrder(change)) return `order ${b}: ${short(old)} -> ${short(now)}`;
  const what =
    op === "add" ? short(now) : op === "remove" || op === "move" ? short(old) : `${short(old)} -> ${short(now)}`;
  const more = also.map((place) => pathText(place.to ?? [])).join(", ");
  return `${op} ${where}: ${what}${volatile ? ` (${volatile})` : ""}${evened ? " (evened)" : ""}${more && ` also ${more}`}`;
}

function between(a: string, b: string): string[] {
  const [old, now] = [parseJson(a), parseJson(b)];
  const changes = changesOf(old, now);
  expect(short(applied(old, changes))).toBe(short(now));
  return changes.map(told);
}

const say = (role: string, content: string): string => JSON.stringify({ role, content });
const tool = (name: string, description: string): string =>
  JSON.stringify({ type: "function", function: { name, description, parameters: { type: "object", properties: {} } } });
const [SYSTEM, PARIS, ROME, OSLO] = [
  say("system", "Be kind."),
  say("user", "Tell me all about Paris and the river there"),
  say("assistant", "Rome has seven hills, it is said, and many fountains"),
  say("user", "And what may one see in Oslo on a rainy day?"),
];
const CALL = (id: string): string => JSON.stringify({ id, type: "function", function: { name: "f", arguments: "{}" } });

describe("messages are aligned by role and content", () => {
  it.each([
    [
      "a turn inserted",
      [SYSTEM, PARIS],
      [SYSTEM, OSLO, ROME, PARIS],
      [`add messages[1]: ${OSLO}`, `add messages[2]: ${ROME}`],
    ],
    [
      "a turn removed",
      [SYSTEM, PARIS, ROME, OSLO],
      [SYSTEM, OSLO],
      [`remove messages[1]: ${PARIS}`, `remove messages[2]: ${ROME}`],
    ],
    ["two swapped", [SYSTEM, PARIS, ROME], [SYSTEM, ROME, PARIS], [`move messages[2] -> messages[1]: ${ROME}`]],
    ["the last one first", [PARIS, ROME, OSLO], [OSLO, PARIS, ROME], [`move messages[2] -> messages[0]: ${OSLO}`]],
    [
      "a text edited where another one is inserted before it",
      [SYSTEM, PARIS],
      [SYSTEM, OSLO, PARIS.replace("river", "tower")],
      [
        `add messages[1]: ${OSLO}`,
        'replace messages[1].content -> messages[2].content: "Tell me all about Paris and the river there" -> "Tell me all about Paris and the tower there"',
      ],
    ],
    [
      "a role changed",
      [SYSTEM, PARIS],
      [SYSTEM.replace("system", "developer"), PARIS],
      ['replace messages[0].role: "system" -> "developer"'],
    ],
    ["the same said twice, once more", [PARIS, PARIS], [PARIS, PARIS, PARIS], [`add messages[2]: ${PARIS}`]],
    [
      "wholly other words of the same role, at the same place",
      [SYSTEM, say("user", "One")],
      [SYSTEM, say("user", "Two")],
      ['replace messages[1].content: "One" -> "Two"'],
    ],
    [
      "a text that becomes parts",
      [say("user", "One")],
      ['{"role":"user","content":[{"type":"text","text":"One"}]}'],
      ['replace messages[0].content: "One" -> [{"type":"text","text":"One"}]'],
    ],
  ])("%s", (_, old, now, changes) => {
    expect(between(`{"messages":[${old.join(",")}]}`, `{"messages":[${now.join(",")}]}`)).toEqual(changes);
  });
});

const [WEATHER, ADD, SUB] = [
  tool("weather", "Tells the weather"),
  tool("add", "Adds things"),
  tool("sub", "Takes away"),
];

describe("tools are aligned by name", () => {
  it.each([
    [
      "one renamed",
      [WEATHER, ADD],
      [WEATHER.replace("weather", "sky"), ADD],
      ['replace tools[0].function.name: "weather" -> "sky"'],
    ],
    ["one added", [WEATHER], [ADD, WEATHER], [`add tools[0]: ${ADD}`]],
    ["one removed", [SUB, WEATHER, ADD], [SUB, ADD], [`remove tools[1]: ${WEATHER}`]],
    ["two swapped", [WEATHER, ADD], [ADD, WEATHER], [`move tools[1] -> tools[0]: ${ADD}`]],
    [
      "two swapped, one described anew",
      [WEATHER, ADD],
      [ADD, WEATHER.replace("Tells", "Foretells")],
      [
        `move tools[1] -> tools[0]: ${ADD}`,
        'replace tools[0].function.description -> tools[1].function.description: "Tells the weather" -> "Foretells the weather"',
      ],
    ],
    [
      "tools of the API's own, by type",
      ['{"type":"file_search","n":1}', '{"type":"web_search"}'],
      ['{"type":"web_search"}', '{"type":"file_search","n":2}'],
      ['move tools[1] -> tools[0]: {"type":"web_search"}', "replace tools[0].n -> tools[1].n: 1 -> 2"],
    ],
    [
      "flat ones, and one of another name that has nothing in common",
      ['{"name":"a","description":"Reads a file from the disk"}'],
      ['{"name":"b","input_schema":{"x":1}}'],
      [
        'remove tools[0]: {"name":"a","description":"Reads a file from the disk"}',
        'add tools[0]: {"name":"b","input_schema":{"x":1}}',
      ],
    ],
  ])("%s", (_, old, now, changes) => {
    const lists = between(`{"tools":[${old.join(",")}]}`, `{"tools":[${now.join(",")}]}`);
    expect([...lists].sort()).toEqual([...changes].sort());
  });

  it("a tool renamed, and all that call it, is one change", () => {
    const request = `{"messages":[{"role":"assistant","tool_calls":[${CALL("x")}]}],"tools":[${tool("f", "Does it")}]}`;
    expect(between(request, request.replaceAll('"name":"f"', '"name":"g"'))).toEqual([
      'replace messages[0].tool_calls[0].function.name: "f" -> "g" also tools[0].function.name',
    ]);
  });
});

it.each([
  [
    "numbers by their text",
    '{"a":1,"b":1.0,"c":1e5}',
    '{"a":1.0,"b":1.0,"c":100000.0}',
    ["replace a: 1 -> 1.0", "replace c: 1e5 -> 100000.0 (evened)"],
  ],
  [
    "integers that no double holds",
    "[9007199254740992]",
    "[9007199254740993]",
    ["replace [0]: 9007199254740992 -> 9007199254740993"],
  ],
  [
    "a parameter added, before others",
    '{"a":1,"c":2}',
    '{"a":1,"b":0,"c":2}',
    ["add b: 0", 'order : ["a","c","b"] -> ["a","b","c"]'],
  ],
  ["a parameter added last, and one removed", '{"a":1,"c":2}', '{"c":2,"d":0}', ["remove a: 1", "add d: 0"]],
  ["keys that moved alone", '{"a":{"x":1,"y":2}}', '{"a":{"y":2,"x":1}}', ['order a: ["x","y"] -> ["y","x"]']],
  ["of a repeated key the last one", '{"a":1,"a":2}', '{"a":1,"a":3}', ["replace a: 2 -> 3"]],
  [
    "a repeated key that goes, which names do not see",
    '{"a":1,"a":2}',
    '{"a":2}',
    ['replace : {"a":1,"a":2} -> {"a":2} (evened)'],
  ],
  ["words in a list", '["b","c"]', '["a","b","c"]', ['add [0]: "a"']],
  [
    "a list in another order",
    '{"required":["city","day","hour"]}',
    '{"required":["hour","city","day"]}',
    ['move required[2] -> required[0]: "hour"'],
  ],
  [
    "another kind of value",
    '{"a":{},"b":"1","c":null}',
    '{"a":[],"b":1,"c":false}',
    ["replace a: {} -> []", 'replace b: "1" -> 1', "replace c: null -> false"],
  ],
  ["the whole", "1", "null", ["replace : 1 -> null"]],
  ["nothing", '{"a":[1,{"b":null}]}', '{"a":[1,{"b":null}]}', []],
])("%s", (_, old, now, changes) => {
  expect(between(old, now)).toEqual(changes);
});

it("a vector that is another one is one change", () => {
  const vector = (end: number): string =>
    `{"input":[${Array.from({ length: 99 }, (_, at) => `${at}.${end}`).join(",")}]}`;
  expect(between(vector(1), vector(2))).toHaveLength(1);
});

describe("what runs through a conversation is one change", () => {
  const talk = (id: string, other = "call_zzzzzzzz9"): string =>
    `{"messages":[{"role":"assistant","tool_calls":[${CALL(id)},${CALL(other)}]},
      {"role":"tool","tool_call_id":"${id}","content":"It is 5, says ${id}."},{"role":"tool","tool_call_id":"${other}","content":"6"}]}`;

  it("an id, what refers to it, and a text that names it", () => {
    expect(between(talk("call_aaaaaaaa1"), talk("call_bbbbbbbb2"))).toEqual([
      'replace messages[0].tool_calls[0].id: "call_aaaaaaaa1" -> "call_bbbbbbbb2" (call id) also messages[1].tool_call_id, messages[1].content',
    ]);
  });

  it("two ids in one text", () => {
    const both = (a: string, b: string): string => `{"a":"${a}","b":"${b}","c":"${a} or ${b}"}`;
    expect(between(both("msg_00000001", "msg_00000002"), both("msg_00000003", "msg_00000004"))).toEqual([
      'replace a: "msg_00000001" -> "msg_00000003" (id) also c',
      'replace b: "msg_00000002" -> "msg_00000004" (id) also c',
    ]);
  });

  it("not a text that changed in something else, nor one with a longer id", () => {
    const text = (id: string, rest: string): string => `{"a":"${id}","b":"${id} ${rest}"}`;
    expect(between(text("call_aaaaaaaa1", "x"), text("call_bbbbbbbb2", "y"))).toHaveLength(2);
    expect(
      between('{"a":"call_aaaaaaa1","b":"call_aaaaaaa1x."}', '{"a":"call_bbbbbbb1","b":"call_bbbbbbb1x."}'),
    ).toHaveLength(2);
  });
});

it("words may be left out", () => {
  const [change] = changesOf("a b", "a c", { words: false });
  expect([change?.op, change?.words]).toEqual(["replace", null]);
});

it("booleans and numbers move nowhere: they are told where they stand", () => {
  expect(between("[true,false,true]", "[false,true,true]").filter((one) => one.startsWith("move"))).toEqual([]);
});

describe("large requests are compared all the same", () => {
  const list = (length: number, one: (at: number) => string): string =>
    `[${Array.from({ length }, (_, at) => one(at)).join(",")}]`;
  it.each([
    ["2,000 numbers, all others", list(2000, (at) => `0.${at}1`), list(2000, (at) => `0.${at}2`), 1],
    [
      "2,000 elements, one inserted",
      list(2000, (at) => say("user", `w ${at}`)),
      list(2001, (at) => say("user", `w ${at - 1}`)),
      1,
    ],
    ["2,000 elements, turned round", list(2000, (at) => `{"a":${at}}`), list(2000, (at) => `{"a":${1999 - at}}`), 1999],
    [
      "2,000 elements, all edited",
      list(2000, (at) => say("user", `w ${at}`)),
      list(2000, (at) => say("user", `v ${at}`)),
      2000,
    ],
    ["2,000 equal ones, fewer", list(2000, () => '"a"'), list(1500, () => '"a"'), 500],
  ])("%s", (_, old, now, count) => {
    expect(between(old, now)).toHaveLength(count);
  });

  it("300 messages of 1 MB with an edit in each", () => {
    const text = (at: number, word: string): string =>
      say(at % 2 ? "user" : "assistant", `${`w${at} and `.repeat(400)}${word} so on`);
    const changes = between(
      list(300, (at) => text(at, "a")),
      list(300, (at) => text(at, "b")),
    );
    expect(changes).toHaveLength(300);
  });
});
