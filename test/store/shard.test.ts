import type { BigIntStats } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Head } from "../../src/recording/head.ts";
import { decodeShard, encodeShard, type Remembered } from "../../src/store/shard.ts";
import { isRacy, stampOf } from "../../src/store/stamp.ts";

const text = fc.option(fc.string({ unit: "binary", maxLength: 8 }), { nil: null });
const heads: fc.Arbitrary<Head> = fc.record({
  testId: text,
  kind: fc.constantFrom("inference", "http", "tool", "file-processor", "unknown"),
  method: text,
  url: text,
  endpoint: text,
  model: text,
  tool: text,
  type: text,
  streaming: fc.boolean(),
  chunks: fc.option(fc.nat(), { nil: null }),
  failed: fc.boolean(),
});
const flaws = fc.record(
  { line: fc.nat(), column: fc.nat(), message: fc.string() },
  { requiredKeys: ["line", "column", "message"] },
);
const remembered: fc.Arbitrary<Remembered> = fc.record({ stamp: fc.string(), head: fc.oneof(heads, flaws) });
const files = fc.array(fc.tuple(fc.string(), remembered), { maxLength: 6 }).map((rows) => new Map(rows));

describe("a shard of the index", () => {
  it("comes back as it was kept", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), files, (folder, began, rows) => {
        expect(decodeShard(folder, encodeShard(folder, { began, files: rows }))).toEqual({ began, files: rows });
      }),
    );
  });

  it("is not read for another folder", () => {
    expect(decodeShard("/b", encodeShard("/a", { began: 1, files: new Map() }))).toBeNull();
  });

  it("is not read once any of its characters is another", () => {
    const files = new Map([["x.json", { stamp: "1.2.3.4", head: { line: 1, column: 2, message: "empty file" } }]]);
    const whole = encodeShard("/a", { began: 1, files });
    expect(decodeShard("/a", whole)).not.toBeNull();
    for (let at = 0; at < whole.length; at++) {
      const flipped = whole.slice(0, at) + String.fromCharCode(whole.charCodeAt(at) ^ 1) + whole.slice(at + 1);
      expect(decodeShard("/a", flipped), `at ${at}`).toBeNull();
      expect(decodeShard("/a", whole.slice(0, at)), `cut at ${at}`).toBeNull();
    }
  });
});

describe("a file as young as the index", () => {
  const stat = (mtimeNs: bigint, ctimeNs = mtimeNs) => ({ mtimeNs, ctimeNs, size: 1n, ino: 2n }) as BigIntStats;
  const began = 1_800_000_000_000;
  const ns = (ms: number): bigint => BigInt(began + ms) * 1_000_000n + 1n;

  it.each([
    ["a minute older", stat(ns(-60_000)), false],
    ["half a second older", stat(ns(-500)), false],
    ["within the tick of a kernel's clock", stat(ns(-50)), true],
    ["younger", stat(ns(5)), true],
    ["older, but its inode was changed since", stat(ns(-60_000), ns(5)), true],
    ["a second older, on a clock of whole seconds", stat(BigInt(began - 1000) * 1_000_000n), true],
    ["an hour older, on such a clock", stat(BigInt(began - 3_600_000) * 1_000_000n), false],
  ])("%s", (_, file, racy) => {
    expect(isRacy(file, began)).toBe(racy);
  });

  it("has a stamp that every change of size, times or inode changes", () => {
    const one = { size: 1n, mtimeNs: 2n, ctimeNs: 3n, ino: 4n };
    const stamps = [one, { ...one, size: 9n }, { ...one, mtimeNs: 9n }, { ...one, ctimeNs: 9n }, { ...one, ino: 9n }];
    expect(new Set(stamps.map((stat) => stampOf(stat as BigIntStats))).size).toBe(5);
  });
});
