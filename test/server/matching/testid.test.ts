import { describe, expect, it } from "vitest";
import { type TestId, testIdOf } from "../../../src/server/matching/testid.ts";

const OGX = "x-ogx-provider-data";
const OLD = "x-llamastack-provider-data";
const PLAIN = "x-test-id";
const data = (testId: unknown): string => JSON.stringify({ __test_id: testId, key: "k" });
const of = (headers: Record<string, string>, otherwise: string | null = null): TestId =>
  testIdOf((name) => headers[name], otherwise);

it.each<[title: string, headers: Record<string, string>, testId: string | null, from: string | null]>([
  ["nobody says it", {}, "d", null],
  ["the recorder's clients", { [OGX]: data("a.py::t[x]") }, "a.py::t[x]", "X-OGX-Provider-Data"],
  ["older ones", { [OLD]: data("a") }, "a", "X-LlamaStack-Provider-Data"],
  ["anyone", { [PLAIN]: "../a/../b.py::t" }, "../a/../b.py::t", "X-Test-Id"],
  ["the newest wins", { [OGX]: data("a"), [OLD]: data("b"), [PLAIN]: "c" }, "a", "X-OGX-Provider-Data"],
  ["data without a test", { [OGX]: "{}", [OLD]: data(null), [PLAIN]: "c" }, "c", "X-Test-Id"],
  ["an empty header", { [PLAIN]: "" }, "d", null],
  ["escapes", { [OGX]: '{"__test_id": "\\u00e9\\ud83d\\ude00"}' }, "é😀", "X-OGX-Provider-Data"],
  [
    "an id like a member of every object",
    { [OGX]: '{"__proto__": 1, "__test_id": "toString"}' },
    "toString",
    "X-OGX-Provider-Data",
  ],
])("%s", (_, headers, testId, from) => {
  expect(of(headers, "d")).toEqual({ testId, from });
});

it.each<[headers: Record<string, string>, error: RegExp]>([
  [{ [OGX]: "{" }, /^X-OGX-Provider-Data: .+ \(column \d+\)$/],
  [{ [OGX]: "" }, /^X-OGX-Provider-Data: /],
  [{ [OGX]: "[]" }, /a JSON object is wanted/],
  [{ [OLD]: `${data("a")}, ${data("b")}` }, /^X-LlamaStack-Provider-Data: /],
  [{ [OGX]: data(5), [PLAIN]: "a" }, /__test_id is no text/],
  [{ [OGX]: data("") }, /an empty test id/],
  [{ [OGX]: data("a\nb") }, /control character/],
  [{ [OGX]: data("a\0b") }, /control character/],
  [{ [PLAIN]: "a".repeat(5000) }, /more than 4096/],
  [{ [OGX]: "[".repeat(100_000) }, /^X-OGX-Provider-Data: /],
])("refuses %j", (headers, error) => {
  const found = of(headers, "d");
  expect("error" in found && found.error).toMatch(error);
});

describe("text in headers", () => {
  const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
  const plain = (value: string) => testIdOf((name) => (name === "x-test-id" ? value : undefined), null);

  it("is UTF-8 where it can be, and what it was where it cannot", () => {
    expect(plain(bytes("tests/größe.py::test_日本"))).toEqual({
      testId: "tests/größe.py::test_日本",
      from: "X-Test-Id",
    });
    expect(plain("tests/gr\u00f6.py::t")).toMatchObject({ testId: "tests/grö.py::t" });
    for (const name of ["x-ogx-provider-data", "x-llamastack-provider-data"]) {
      const told = testIdOf((one) => (one === name ? bytes('{"__test_id": "a.py::é"}') : undefined), null);
      expect(told).toMatchObject({ testId: "a.py::é" });
    }
  });

  it("is percent-encoded only where it says so", () => {
    expect(plain("utf-8''tests/a.py::%C3%A9%5B1%5D")).toMatchObject({ testId: "tests/a.py::é[1]" });
    expect(plain("tests/a.py::%C3%A9")).toMatchObject({ testId: "tests/a.py::%C3%A9" });
    expect(plain("utf-8''%ff")).toMatchObject({ error: expect.stringContaining("percent-encoded") });
    expect(plain("utf-8''a%0Ab")).toMatchObject({ error: expect.stringContaining("control character") });
  });

  it("of two headers is no one test", () => {
    expect(plain("tests/a.py::one, tests/b.py::two[x]")).toMatchObject({
      error: expect.stringContaining("more than once"),
    });
    for (const one of ["tests/a.py::one[x, y]", "tests/a.py::one[b.py::x, c.py::y]", "a.test.ts::says this, and that"])
      expect(plain(one)).toMatchObject({ testId: one });
  });
});
