import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/listing/entry.ts";
import { filterOf, matcher } from "../../src/listing/filter.ts";
import { grouped } from "../../src/listing/group.ts";
import { byConversation } from "../../src/listing/order.ts";
import { sorted } from "../../src/listing/sort.ts";
import { nearest } from "../../src/text/nearest.ts";
import { DEMO } from "../demo.ts";

const entries: Entry[] = DEMO.map(({ file, recording }, at) => ({
  path: `recordings/${file}`,
  id: file.replace(/\.json$/, ""),
  bytes: at * 100,
  head: recording.head,
}));
const ids = (list: readonly Entry[]): string[] => list.map(({ id }) => id.slice(0, 8));

describe("a pattern", () => {
  it.each([
    ["tide", "test_Tide_table", true],
    ["Tide", "test_tide", false],
    ["Tide", "test_Tide", true],
    ["a*c", "xxabbbcxx", true],
    ["a*c", "cab", false],
    ["[txt=a.b]", "t[txt=a.b]", true],
    ["[txt=a.b]", "t[txt=axb]", false],
    ["(", "f(x)", true],
    ["灯", "灯台", true],
    ["", "anything", true],
    ["a\nb", "a\nb", true],
    ["a*b", "a\nb", true],
  ])("%j in %j: %s", (pattern, text, held) => {
    expect(matcher(pattern)(text)).toBe(held);
  });
});

it("every filter that is set must fit, of one given twice any", () => {
  const keep = (filters: Parameters<typeof filterOf>[0]) => entries.filter(filterOf(filters));
  expect(keep({})).toHaveLength(entries.length);
  expect(keep({ failed: true })).toHaveLength(4);
  expect(keep({ failed: true, streaming: true })).toHaveLength(1);
  expect(keep({ dialect: ["rerank", "tool"] })).toHaveLength(3);
  expect(keep({ kind: ["http"] }).every(({ head }) => head.kind === "http")).toBe(true);
  expect(keep({ test: ["nightwatch"], model: ["gpt-4o"] })).toHaveLength(5);
  expect(keep({ larger: (entries.length - 2) * 100 })).toHaveLength(1);
});

it("orders are total: what is equal in one is ordered by path, and the list given stays as it is", () => {
  const before = ids(entries);
  expect(ids(sorted(entries.toReversed(), "test"))).toEqual(ids(sorted(entries, "test")));
  expect(sorted(entries, "size")[0]?.bytes).toBe((entries.length - 1) * 100);
  expect(ids(sorted(entries, "id", true))).toEqual(ids(sorted(entries, "id")).reverse());
  expect(sorted(entries, "test").at(-1)?.head.testId).toBeNull();
  expect(ids(entries)).toEqual(before);
});

it("groups count what they hold, the largest first", () => {
  const groups = grouped(entries, "test");
  expect(groups.reduce((sum, { recordings }) => sum + recordings, 0)).toBe(entries.length);
  expect(groups[0]?.recordings).toBe(7);
  expect(groups.find(({ key }) => key === null)?.recordings).toBe(3);
  expect(grouped(entries, "dir")).toHaveLength(1);
});

it("requests of a test come in the order of its conversation", () => {
  const own = DEMO.flatMap(({ recording }, at) =>
    recording.head.testId?.includes("night_watch") ? [{ entry: entries[at] as Entry, recording }] : [],
  );
  expect(ids(byConversation(own.toReversed()))).toEqual(["5d64994c", "cccd5969", "2b056a11", "b61dddf3", "642dfdb4"]);
});

it("what is like a word is found, what is not is left out", () => {
  const words = ["test_tide_table", "test_fog_horn", "5d64994c", "zzz"];
  expect(nearest("test_tide_tabel", words)[0]).toBe("test_tide_table");
  expect(nearest("5d64ffff", words)).toEqual(["5d64994c"]);
  expect(nearest("qqqq", words)).toEqual([]);
});
