import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type FoldersRead, FolderWatch } from "../../src/store/folder-watch.ts";
import { tree } from "../run.ts";

const FILES = { "tests/a/recordings/x.json": "{}", "tests/b/notes.txt": "", "other/y": "" };

/** A tree that is so old that a change is told from what was read, and its watch. */
async function watched(read: (cwd: string) => Partial<FoldersRead> = () => ({})) {
  const cwd = tree(FILES);
  const at = (path: string): string => join(cwd, path);
  await setTimeout(150);
  const entered = ["", "tests", "tests/a", "tests/a/recordings", "tests/b", "other"].map((path) => join(cwd, path));
  const folders = [at("tests/a/recordings")];
  return { at, watch: new FolderWatch({ root: cwd, folders, entered, began: Date.now(), ...read(cwd) }) };
}

describe("what happens to folders is seen", () => {
  const CHANGES: Record<string, (at: (path: string) => string) => void> = {
    "a file that comes": (at) => writeFileSync(at("tests/a/recordings/z.json"), ""),
    "a file that goes": (at) => rmSync(at("tests/a/recordings/x.json")),
    "a file that takes the place of another": (at) => {
      writeFileSync(at("other/z"), "");
      renameSync(at("other/z"), at("tests/a/recordings/x.json"));
    },
    "a folder that comes beside": (at) => mkdirSync(at("tests/a/more")),
    "a folder that comes above": (at) => mkdirSync(at("new/recordings"), { recursive: true }),
    "a folder that goes": (at) => rmSync(at("tests/a"), { recursive: true }),
    "a folder that comes where none was": (at) => mkdirSync(at("tests/b/recordings")),
  };
  it.each(Object.entries(CHANGES))("%s", async (_, happen) => {
    const { at, watch } = await watched();
    expect([watch.isChanged(), watch.isChanged()]).toEqual([false, false]);
    happen(at);
    expect([watch.isChanged(), watch.isChanged()]).toEqual([true, true]);
  });

  it("and what happens within files is not, nor above the tree", async () => {
    const { at, watch } = await watched();
    writeFileSync(at("tests/a/recordings/x.json"), "[]");
    writeFileSync(join(dirname(at("")), `beside-${process.pid}`), "");
    expect(watch.isChanged()).toBe(false);
    rmSync(join(dirname(at("")), `beside-${process.pid}`));
  });

  it("folders above files that were named, of which none was looked into", async () => {
    const { at, watch } = await watched(() => ({ entered: [] }));
    expect(watch.isChanged()).toBe(false);
    mkdirSync(at("tests/c"));
    expect(watch.isChanged()).toBe(true);
  });
});

describe("what is as young as the reading", () => {
  it("counts as changed: it may change and look the same", async () => {
    const { watch } = await watched(() => ({ began: Date.now() - 200 }));
    expect([watch.isChanged(), watch.isChanged()]).toEqual([true, true]);
  });

  it("is younger for two seconds where times are whole seconds", async () => {
    const second = Math.floor(Date.now() / 1000);
    const ofWholeSeconds = (began: number) => (cwd: string) => {
      for (const path of ["tests/a/recordings", "tests/a", "tests", ""]) utimesSync(join(cwd, path), second, second);
      return { began };
    };
    // Nobody sets a ctime: the reading is told as later, instead.
    const { watch: young } = await watched(ofWholeSeconds((second + 2) * 1000));
    expect(young.isChanged()).toBe(true);
    const { watch: old } = await watched(ofWholeSeconds((second + 60) * 1000));
    expect(old.isChanged()).toBe(false);
  });
});

describe("what is done from here", () => {
  const write = (path: string) => async (): Promise<void> => writeFileSync(path, "");

  it("is no news", async () => {
    const { at, watch } = await watched();
    await watch.own(at("tests/a/recordings"), write(at("tests/a/recordings/own.json")));
    expect(watch.isChanged()).toBe(false);
    writeFileSync(at("tests/a/recordings/foreign.json"), "");
    expect(watch.isChanged()).toBe(true);
  });

  it("hides nothing that had happened before", async () => {
    const { at, watch } = await watched();
    writeFileSync(at("tests/a/recordings/foreign.json"), "");
    await watch.own(at("tests/a/recordings"), write(at("tests/a/recordings/own.json")));
    expect(watch.isChanged()).toBe(true);
  });

  it("and gives back what comes of it, also where nobody looks", async () => {
    const { at, watch } = await watched();
    expect(await watch.own(at("elsewhere"), async () => 7)).toBe(7);
    await expect(watch.own(at("other"), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});

it("folders without recordings are looked at by turns, those with some each time", async () => {
  const cwd = tree(Object.fromEntries(Array.from({ length: 450 }, (_, n) => [`${n}/x`, ""])));
  const folders = Array.from({ length: 450 }, (_, n) => join(cwd, String(n)));
  await setTimeout(150);
  const watch = new FolderWatch({
    root: cwd,
    folders: [join(cwd, "7")],
    entered: [cwd, ...folders],
    began: Date.now(),
  });
  for (let turn = 0; turn < 3; turn++) expect(watch.isChanged()).toBe(false);
  writeFileSync(join(cwd, "440/y"), "");
  expect([watch.isChanged(), watch.isChanged(), watch.isChanged()]).toEqual([false, false, true]);
  writeFileSync(join(cwd, "7/y"), "");
  expect([watch.isChanged(), watch.isChanged()]).toEqual([true, true]);
});
