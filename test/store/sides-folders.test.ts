import { symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceOf } from "../../src/store/sides/difference.ts";
import type { LeftOut, Side, SideFile } from "../../src/store/sides/side.ts";
import { tree } from "../run.ts";
import { differs, sidesIn, watched } from "./comparing.ts";

type Files = Readonly<Record<string, string>>;

/** Two folders, what is in them, and how they differ. */
const FOLDERS: readonly [what: string, old: Files, now: Files, told: Record<string, unknown>][] = [
  ["nothing", {}, {}, { same: 0 }],
  ["the same", { "x.json": "1" }, { "x.json": "1" }, { same: 1 }],
  ["another size", { "x.json": "1" }, { "x.json": "12" }, { changed: ["x.json"], same: 0 }],
  ["another text of one size", { "x.json": "1" }, { "x.json": "2" }, { changed: ["x.json"], same: 0 }],
  [
    "added and removed",
    { "x.json": "1", "y.json": "1" },
    { "x.json": "1", "z.json": "1" },
    { added: ["z.json"], removed: ["y.json"], same: 1 },
  ],
  ["moved", { "a/x.json": "1" }, { "b/x.json": "1" }, { moved: ["a/x.json -> b/x.json"], same: 0 }],
  [
    "moved and changed",
    { "a/x.json": "1" },
    { "b/x.json": "2" },
    { added: ["b/x.json"], removed: ["a/x.json"], same: 0 },
  ],
  [
    "one of two moved, another of three",
    { "a/x.json": "1", "b/x.json": "1", "c/x.json": "2" },
    { "d/x.json": "2", "e/x.json": "1", "f/x.json": "3" },
    { added: ["f/x.json"], removed: ["b/x.json"], moved: ["c/x.json -> d/x.json", "a/x.json -> e/x.json"], same: 0 },
  ],
  [
    "places changed",
    { "a/x.json": "1", "b/x.json": "2" },
    { "a/x.json": "2", "b/x.json": "1" },
    { changed: ["a/x.json", "b/x.json"], same: 0 },
  ],
  [
    "only what lies in recordings, where there are such folders",
    { "recordings/x.json": "1", "package.json": "1" },
    { "recordings/x.json": "1", "recordings/node_modules/y.json": "1", "package.json": "2" },
    { same: 1 },
  ],
];

describe("two folders", () => {
  it.each(FOLDERS)("%s", async (_, old, now, told) => {
    expect(await differs(await sidesIn("/", [tree(old), tree(now)]))).toEqual(told);
  });

  it("sizes are looked at before texts, and only what may be the same is read", async () => {
    const [one, other] = [
      tree({ "a.json": "1", "b.json": "1", "c.json": "1" }),
      tree({ "a.json": "12", "b.json": "2", "d.json": "1" }),
    ];
    const { old, now } = await sidesIn("/", [one, other]);
    const [before, after] = [watched(old), watched(now)];
    await differenceOf(before.side, after.side);
    expect([before.read, after.read]).toEqual([["b.json"], ["b.json"]]);
  });

  it("links are told, not followed; a link at the other side's file is no removal", async () => {
    const [one, other] = [tree({ "x.json": "1", "y.json": "1" }), tree({ "y.json": "1" })];
    symlinkSync(join(one, "x.json"), join(other, "x.json"));
    symlinkSync(one, join(other, "folder"));
    const told = { leftOut: ["x.json: a link, which is not followed"], same: 1 };
    expect(await differs(await sidesIn("/", [one, other]))).toEqual(told);
    expect(await differs(await sidesIn("/", [other, one]))).toEqual(told);
  });
});

/** A side without a disk; texts of null cannot be read. */
function made(texts: ReadonlyMap<string, string | null>, leftOut: readonly LeftOut[] = []): Side {
  const files = [...texts.keys()].sort().map((path): SideFile => ({ path, key: path, size: null, digest: null }));
  return {
    title: "made",
    origin: { kind: "folder", place: "/" },
    files,
    leftOut,
    read: async (some, take) => {
      for (const file of some) {
        const text = texts.get(file.path) ?? null;
        const flaw = { line: 1, column: 1, message: "unreadable" };
        await take(file, text === null ? { flaw } : { bytes: Buffer.from(text) });
      }
    },
  };
}

describe("the difference", () => {
  it("says nothing of what either side leaves out, folders whole", async () => {
    const all = new Map(["a/x.json", "a/b/y.json", "ab/z.json", "c.json"].map((path) => [path, path]));
    const told = (old: Side, now: Side) => differs({ old, now });
    const left = [{ path: "a/", message: "no" }];
    expect(await told(made(all), made(new Map([["ab/z.json", "ab/z.json"]]), left))).toEqual({
      removed: ["c.json"],
      leftOut: ["a/: no"],
      same: 1,
    });
    expect(await told(made(new Map(), left), made(all))).toMatchObject({ added: ["ab/z.json", "c.json"] });
    expect(await told(made(new Map(), [{ path: "./", message: "no" }]), made(all))).toEqual({
      leftOut: ["./: no"],
      same: 0,
    });
  });

  it("what cannot be read is another text than any", async () => {
    const [one, other] = [
      new Map([
        ["x.json", null],
        ["a/y.json", null],
      ]),
      new Map([
        ["x.json", null],
        ["b/y.json", null],
      ]),
    ];
    expect(await differs({ old: made(one), now: made(other) })).toEqual({
      added: ["b/y.json"],
      removed: ["a/y.json"],
      changed: ["x.json"],
      same: 0,
    });
  });

  it("every file is in one place, and each place says what is true", async () => {
    const path = fc
      .tuple(fc.constantFrom("a/", "b/", "c/", ""), fc.constantFrom("x", "y", "z"))
      .map((of) => of.join(""));
    const side = fc.dictionary(path, fc.constantFrom("1", "2")).map((texts) => new Map(Object.entries(texts)));
    await fc.assert(
      fc.asyncProperty(side, side, async (one, other) => {
        const { added, removed, changed, moved, same } = await differenceOf(made(one), made(other));
        const pairs = [...changed, ...moved];
        const kept = [...one].filter(([place, text]) => other.get(place) === text).map(([place]) => place);
        expect(same).toBe(kept.length);
        expect([...kept, ...removed.map((file) => file.path), ...pairs.map(([file]) => file.path)].sort()).toEqual(
          [...one.keys()].sort(),
        );
        expect([...kept, ...added.map((file) => file.path), ...pairs.map(([, file]) => file.path)].sort()).toEqual(
          [...other.keys()].sort(),
        );
        for (const [was, is] of changed) {
          expect(is.path).toBe(was.path);
          expect(one.get(was.path)).not.toBe(other.get(is.path));
        }
        for (const [was, is] of moved) {
          expect(is.path.slice(-1)).toBe(was.path.slice(-1));
          expect(one.get(was.path)).toBe(other.get(is.path));
        }
        // What could have moved has.
        const left = new Set(removed.map((file) => file.path.slice(-1) + one.get(file.path)));
        for (const file of added) expect(left.has(file.path.slice(-1) + other.get(file.path))).toBe(false);
      }),
    );
  });
});
