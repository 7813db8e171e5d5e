import { readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Ran, recctl, temporary, tree } from "../run.ts";
import { at, sample } from "./samples.ts";

/** A file as young as a run is read again by the next (src/store/stamp.ts). */
const NOT_RACY = 200;

const FILES = { [at("aaaa")]: sample(), [at("bbbb")]: sample({ test: "a/test_a.py::b" }), [at("cccc")]: sample() };

class Tree {
  readonly cwd = tree(FILES);
  readonly cache = temporary();

  run(...args: string[]): Promise<Ran> {
    return recctl(["validate", "--json", "--all", ...args], { cwd: this.cwd, env: { RECCTL_CACHE_DIR: this.cache } });
  }

  /** What a run with what is remembered and one without it say, which must be the same. */
  async both(...args: string[]): Promise<string> {
    const again = await this.run(...args);
    expect(again).toEqual(await this.run("--no-index", ...args));
    return again.stdout;
  }

  /** The file in which findings are remembered. */
  kept(): string {
    return join(this.cache, readdirSync(this.cache).find((file) => file.endsWith(".findings")) as string);
  }

  /** Puts a finding that nobody could find into what is remembered: whoever tells it did not read the file. */
  mark(): void {
    const path = this.kept();
    const [head = "", body = ""] = readFileSync(path, "utf8").split("\n");
    const files = JSON.parse(body) as [string, string, { message: string }[]][];
    for (const [, , findings] of files) for (const finding of findings) finding.message = "REMEMBERED";
    const [version, , ...rest] = JSON.parse(head) as unknown[];
    const text = JSON.stringify(files);
    writeFileSync(path, `${JSON.stringify([version, crc32(text), ...rest])}\n${text}`);
  }

  async marked(): Promise<Tree> {
    await setTimeout(NOT_RACY);
    await this.run();
    this.mark();
    return this;
  }

  /** How many findings were remembered, not found. */
  async remembered(...args: string[]): Promise<number> {
    return (await this.run(...args)).stdout.split("REMEMBERED").length - 1;
  }
}

describe("a second run", () => {
  it("says what the first said, and reads nothing", async () => {
    const own = new Tree();
    await setTimeout(NOT_RACY);
    const first = await own.run();
    expect(await own.both()).toBe(first.stdout);
    own.mark();
    expect(await own.remembered()).toBeGreaterThan(2);
    expect(await own.remembered("--no-index")).toBe(0);
  });

  it("of some rules tells what is remembered of those", async () => {
    const marked = await new Tree().marked();
    expect(await marked.remembered("--rule", "place")).toBe(1);
    expect(await marked.remembered("--rule", "size")).toBe(0);
  });

  it.each<[string, (tree: Tree) => void]>([
    ["edited", ({ cwd }) => writeFileSync(join(cwd, at("aaaa")), sample({ answered: "me@corp.example.org" }))],
    ["touched", ({ cwd }) => utimesSync(join(cwd, at("aaaa")), new Date(), new Date())],
    ["replaced", ({ cwd }) => renameSync(join(cwd, at("cccc")), join(cwd, at("aaaa")))],
    ["removed", ({ cwd }) => rmSync(join(cwd, at("aaaa")))],
    ["damaged", ({ cwd }) => writeFileSync(join(cwd, at("aaaa")), "{")],
  ])("reads a file again that was %s, and no other", async (_, change) => {
    const marked = await new Tree().marked();
    const before = await marked.remembered();
    change(marked);
    const after = await marked.remembered();
    expect(after).toBeLessThan(before);
    expect(after).toBeGreaterThan(0);
  });

  it("reads all again where rules are set otherwise", async () => {
    const marked = await new Tree().marked();
    writeFileSync(join(marked.cwd, "recctl.config.json"), '{"rules": {"place": "error"}}');
    expect(await marked.remembered()).toBe(0);
    expect(await marked.both()).toContain('"rule":"place","severity":"error"');
  });

  it("reads all again by another version", async () => {
    const marked = await new Tree().marked();
    const path = marked.kept();
    writeFileSync(path, readFileSync(path, "utf8").replace(/"[0-9a-f]{64}"/, `"${"0".repeat(64)}"`));
    expect(await marked.remembered()).toBe(0);
    await marked.both();
  });

  it("does not trust files as young as the run before", async () => {
    const young = new Tree();
    const soon = new Date(Date.now() + 60_000);
    for (const path of Object.keys(FILES)) utimesSync(join(young.cwd, path), soon, soon);
    await young.run();
    young.mark();
    expect(await young.remembered()).toBe(0);
  });

  it("does without what is remembered where that is damaged", async () => {
    const damaged = await new Tree().marked();
    const path = damaged.kept();
    writeFileSync(path, readFileSync(path, "utf8").replace("REMEMBERED", "REMEMBERER"));
    expect(await damaged.remembered()).toBe(0);
  });
});
