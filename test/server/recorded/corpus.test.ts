import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readName } from "../../../src/recording/name.ts";
import { HAS_PYTHON } from "../../python.ts";
import { temporary } from "../../run.ts";
import { Bare } from "./bare.ts";
import { causesOf } from "./causes.ts";
import { type Played, played, readRecording } from "./played.ts";

const { RECCTL_CORPUS: CORPUS, RECCTL_ORACLE: ORACLE } = process.env;

const MAPPING = "written before the key id_normalization_mapping (2025-10-09)";
const TEST_ID = "written before the key test_id (2025-10-04)";
const NO_SCHEME = "its name verifies under no scheme, so another hash is in its ids";
const RENAMED = "renamed after it was recorded: the ids tell the hash of its former name";
const COMPLETION = "a chat that an old recorder stored as a text completion";
const LLAMA_STACK = "recorded by llama_stack, as ogx was called";
const RAW = "recorded before ids and times were normalised";

/** What each tree holds, and how many of its files are not made again byte for byte, by cause. */
const TREES: Record<string, { files: number; same: number; causes: Record<string, number> }> = {
  "2026-05": {
    files: 1182,
    same: 1085,
    causes: { [MAPPING]: 67, [NO_SCHEME]: 38, [TEST_ID]: 8, [RENAMED]: 2, [COMPLETION]: 1 },
  },
  runs: { files: 637, same: 513, causes: { [MAPPING]: 108, [NO_SCHEME]: 22, [LLAMA_STACK]: 6 } },
  "2025-10-legacy": { files: 88, same: 0, causes: { [MAPPING]: 88, [TEST_ID]: 88, [COMPLETION]: 4, [RAW]: 3 } },
};

const filesOf = (part: string): string[] => {
  const tree = resolve(CORPUS as string, part);
  const files = readdirSync(tree, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  return files.map((path) => join(tree, path));
};

const parts = Object.keys(TREES);
const isThere = CORPUS !== undefined && ORACLE !== undefined && parts.every((part) => existsSync(join(CORPUS, part)));

describe.skipIf(!isThere)("real recordings, played and recorded again (needs RECCTL_CORPUS, RECCTL_ORACLE)", () => {
  it.each(parts)("%s: the same bytes, but for what is counted here", (part) => {
    const all = filesOf(part).map((file) => played(file));
    expect(causesOf(all)).toEqual(TREES[part]?.causes);
    expect(all.length).toBe(TREES[part]?.files);
    expect(all.filter(({ text, made }) => text === made).length).toBe(TREES[part]?.same);
    const named = all.filter(({ scheme }) => scheme !== undefined);
    expect(named.filter((one) => !hasItsName(one)).map(({ file }) => file)).toEqual([]);
  });

  it.each(parts)("%s: the same where the API leaves out what is null, and orders its keys otherwise", (part) => {
    bare ??= learnt();
    const known = bare;
    const all = filesOf(part).map((file) => played(file, (body) => known.sent(body)));
    expect(causesOf(all)).toEqual(TREES[part]?.causes);
  });

  it.skipIf(!HAS_PYTHON)("the oracle gives the names of what is made under today's schemes (needs python3)", () => {
    const folder = temporary();
    mkdirSync(folder, { recursive: true });
    const written = new Map<string, string>();
    for (const file of filesOf("2026-05")) {
      const { again, made } = played(file, undefined, "today");
      if ("refused" in again) continue;
      written.set(again.name, made);
      writeFileSync(join(folder, again.name), made);
    }
    const run = spawnSync(
      "python3",
      [resolve(ORACLE as string), ...[...written.keys()].map((name) => join(folder, name))],
      {
        encoding: "utf8",
        maxBuffer: 1 << 26,
      },
    );
    const schemes = run.stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t")[0]);
    expect(run.stderr).toBe("");
    expect(schemes.length).toBe(written.size);
    expect([...new Set(schemes)].sort()).toEqual(["2026-06-17", "http-2026-04-09", "tool-2025-10-09"]);
  });
});

/** Learnt of all trees: one alone has too few recordings of an API. */
let bare: Bare | undefined;
function learnt(): Bare {
  const all = new Bare();
  for (const part of parts) for (const file of filesOf(part)) all.learn(readRecording(file).recording.body);
  return all;
}

/** Names of before 2025-10-04 have the first 12 digits alone. */
function hasItsName({ file, again }: Played): boolean {
  if ("refused" in again) return false;
  const [was, is] = [readName(file), readName(again.name)];
  return is.hash.startsWith(was.hash) && was.digest === is.digest;
}
