import { expect, it } from "vitest";
import type { Change } from "../../src/compare/change.ts";
import { clustersOf } from "../../src/compare/clusters.ts";
import { JsonObject, type JsonValue } from "../../src/recording/json/value.ts";
import { change } from "./plain-changes.ts";

const placeholder = (text: string): string => text.replace(/call_\w+/g, "<call id>");

const tier = (value = "default"): Change => change(["body", "service_tier"], undefined, value);

const clusters = (...pairs: [testId: string | null, ...changes: Change[]][]) =>
  clustersOf(
    pairs.map(([testId, ...changes]) => ({ testId, changes })),
    placeholder,
  );

it("a change is told once, with all that have it, most first", () => {
  const found = clusters(
    ["b", tier("flex")],
    ["a", tier()],
    ["a", tier()],
    [null, tier(), tier("flex")],
    ["c", tier()],
  );
  expect(found.map(({ now, pairs, tests, path, op }) => ({ now, pairs, tests, path, op }))).toEqual([
    { now: "default", pairs: [1, 2, 3, 4], tests: ["a", "c"], path: "body.service_tier", op: "add" },
    { now: "flex", pairs: [0, 3], tests: ["b"], path: "body.service_tier", op: "add" },
  ]);
  expect(new Set(found.map(({ id }) => id)).size).toBe(2);
});

it("a cluster is called the same, whatever else is found", () => {
  const [alone] = clusters(["a", tier()]);
  const others = clusters(["x", tier("flex")], ["y", tier("flex")], ["z", tier()]);
  expect(alone?.id).toMatch(/^[0-9a-f]{8}$/);
  expect(others[1]?.id).toBe(alone?.id);
});

it("the same change at other indexes is one; a pair that has it twice counts once", () => {
  const at = (message: number, part = 0) => change(["body", "messages", message, "content", part, "text"], "a", "b");
  expect(clusters(["a", at(0), at(2)], ["b", at(4)])).toMatchObject([
    { path: "body.messages[].content[0].text", pairs: [0, 1] },
  ]);
  expect(clusters(["a", at(2)], ["b", at(2)])).toMatchObject([{ path: "body.messages[2].content[0].text" }]);
  expect(clusters(["a", at(1, 0)], ["b", at(2, 1)])).toMatchObject([{ path: "body.messages[].content[].text" }]);
  const odd = (key: string) => change(["body", "x y", 0, key], "a", "b");
  expect(clusters(["a", odd("k")], ["b", odd("l")]).map(({ path }) => path)).toEqual([
    'body["x y"][0].k',
    'body["x y"][0].l',
  ]);
});

it("volatile values are placeholders", () => {
  const id = (old: string, now: string) =>
    change(["body", "messages", 1, "tool_call_id"], old, now, { volatile: "call id" });
  expect(clusters(["a", id("call_1", "call_2")], ["b", id("call_3", "call_4")], ["c", id("odd", "ly")])).toMatchObject([
    { old: "<call id>", now: "<call id>", volatile: "call id", pairs: [0, 1, 2] },
  ]);
  const message = (id: string): JsonValue => new JsonObject(["role", "tool_call_id"], ["tool", id]);
  const added = (id: string) => change(["body", "messages", 3], undefined, message(id));
  expect(clusters(["a", added("call_1")], ["b", added("call_2")])).toMatchObject([{ op: "add", pairs: [0, 1] }]);
});

it("long texts are told by the words that changed", () => {
  const text = (filler: string, now: string) => {
    const [before, behind] = [filler.repeat(100), filler.repeat(50)];
    return change(["body", "messages", 0, "content"], `${before}old${behind}`, `${before}${now}${behind}`, {
      words: [
        { op: "same", text: before },
        { op: "remove", text: "old" },
        { op: "add", text: now },
        { op: "same", text: behind },
      ],
    });
  };
  const found = clusters(["a", text("x ", "new")], ["b", text("y ", "new")], ["c", text("y ", "newer")]);
  expect(found.map(({ words, pairs }) => ({ words, pairs }))).toEqual([
    {
      words: [
        { op: "remove", text: "old" },
        { op: "add", text: "new" },
      ],
      pairs: [0, 1],
    },
    {
      words: [
        { op: "remove", text: "old" },
        { op: "add", text: "newer" },
      ],
      pairs: [2],
    },
  ]);
});

it("what names do not see in every pair is told as such", () => {
  const float = (evened: boolean) => change(["body", "temperature"], "a", "b", { evened });
  expect(clusters(["a", float(true)], ["b", float(true)])).toMatchObject([{ evened: true }]);
  expect(clusters(["a", float(true)], ["b", float(false)])).toMatchObject([{ evened: false }]);
});

it("no pairs have no clusters", () => {
  expect(clusters()).toEqual([]);
  expect(clusters(["a"], ["b"])).toEqual([]);
});
