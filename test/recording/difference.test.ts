import { expect, it } from "vitest";
import { differences } from "../../src/recording/json/difference.ts";
import { pathText } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";

const between = (a: string, b: string, most = 100): string[] =>
  differences(parseJson(a), parseJson(b), most).map((path) => pathText(path));

it.each([
  ["the same but for the order of keys", '{"a":[1,{"b":null}],"c":"d"}', '{"c":"d","a":[1,{"b":null}]}', []],
  [
    "leaves, in order",
    '{"a":{"b":1,"c":[1,2,3]},"d":1}',
    '{"a":{"b":2,"c":[1,0,0]},"d":2}',
    ["a.b", "a.c[1]", "a.c[2]", "d"],
  ],
  ["what is only in one", '{"a":1,"b":{"c":[1]}}', '{"b":{"c":[1,[2]]},"d":null}', ["a", "b.c[1]", "d"]],
  ["another kind of value", '{"a":{},"b":"1","c":null}', '{"a":[],"b":1,"c":false}', ["a", "b", "c"]],
  ["numbers by their text", "[1,1.0,1e5,NaN]", "[1.0,1.0,1e5,NaN]", ["[0]"]],
  ["of a repeated key the last", '{"a":1,"a":2}', '{"a":2}', []],
  ["the whole", "1", "2", [""]],
])("%s", (_, a, b, paths) => {
  expect(between(a, b)).toEqual(paths);
});

it("no more than are wanted", () => {
  const [a, b] = [`[${"1,".repeat(1000)}1]`, `[${"2,".repeat(1000)}2]`];
  expect(between(a, b, 2)).toEqual(["[0]", "[1]"]);
  expect(between(a, a, 0)).toEqual([]);
  expect(between(a, b, 0)).toEqual([]);
});
