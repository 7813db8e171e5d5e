import { mkdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "vitest";
import type { Verdict } from "../../src/usage/verdicts/index.ts";
import { inside } from "../inside.ts";
import { chat, list, messages, type Named, NEWEST, nameBy, named, OLDEST, RAW, tool } from "../mend/named.ts";
import { temporary } from "../run.ts";
import { type Repository, repository } from "../store/repository.ts";

/** The test file that most scenes are about, and two tests of another one: a tree of one test has no root. */
export const F = "tests/a/test_x.py";
export const OTHER = "tests/b/test_other.py";
export const BESIDE: readonly string[] = [`${OTHER}::test_one`, `${OTHER}::test_two`];

/** A recording of a scene; a test id alone is a chat that lies beside its test, under today's name. */
export interface Recorded {
  id: string | null;
  /** The folder that it lies in. */
  in?: string;
  /** Where it lies, whatever its name should be. */
  path?: string;
  /** What it is; its name is of today unless it says otherwise. */
  as?: "older" | "oldest" | "unnamed" | "short" | "tool" | "http" | "list" | "other list";
  /** Tells recordings of one test apart. */
  asked?: string;
  /** The day it was written, of 2026. */
  written?: string;
  /** What the file holds instead of a recording. */
  text?: string;
}
export type Row = readonly [recording: string | Recorded, verdict: Verdict | null];

/** A tree, what is known of it, and what must come of it. */
export interface Scene {
  what: string;
  files?: Readonly<Record<string, string>>;
  /** What nothing lives for, with its verdict: all that may be in the plan. */
  goes?: readonly Row[];
  /** What lives, or is in doubt. A verdict of null: not judged at all. */
  stays?: readonly Row[];
  /** The verdict on the recordings of the other test file; null: they are not there, nor is it. */
  beside?: Verdict | null;
  /** Makes the tree a repository with all of it committed, and then does this. */
  git?: (repository: Repository) => void;
  /** What happens to the tree before recctl runs. */
  after?: (root: string) => void;
  args?: readonly string[];
  /** Texts of collections and runs, each in a file of its own. */
  collected?: readonly string[];
  runs?: readonly string[];
  stdin?: string;
  exit?: number;
  /** Why nothing may be removed as it stands. */
  refused?: readonly string[];
  /** What stands on stderr. */
  says?: RegExp;
}

const LIST_DIGESTS = { list: "01234567", "other list": "89abcdef" };

function madeOf({ id, as, asked = "How high is" }: Recorded): Named {
  const test = id as string;
  const of = (text: string): string => text.replaceAll("test_bar.py::test_tide", test);
  if (as === "list" || as === "other list") {
    const { name, text } = list(NEWEST, test, ["gpt-4o", as]);
    return { name: `models-${name}-${LIST_DIGESTS[as]}`, text };
  }
  if (as === "tool") return { ...tool(), text: of(tool().text) };
  if (as === "http") return named("http-2026-04-09", of(messages("http-2026-04-09").text));
  if (as === "older") return chat(RAW, { test, asked });
  if (as === "oldest") return named(OLDEST, chat(RAW, { test, asked }).text);
  const today = chat(NEWEST, { test: id, asked });
  if (as === "unnamed") return { ...today, name: nameBy(NEWEST, chat(NEWEST, { test, asked: `${asked} not` }).text) };
  return as === "short" ? { ...today, name: today.name.slice(0, 12) } : today;
}

/** The path of a recording. */
export function pathOf(row: string | Recorded): string {
  const recorded: Recorded = typeof row === "string" ? { id: row } : row;
  if (recorded.path !== undefined) return recorded.path;
  const file = normalize((recorded.id ?? F).split("::", 1)[0]?.replaceAll("\\", "/") as string);
  const folder = recorded.in ?? [dirname(file), "recordings"].filter((part) => part !== ".").join("/");
  return `${folder}/${madeOf(recorded).name}.json`;
}

/** The hash that a recording is named by. */
export const hashOf = (row: string | Recorded): string =>
  (/([0-9a-f]{64}|[0-9a-f]{12})(?:-[0-9a-f]{8})?\.json$/.exec(pathOf(row)) as RegExpExecArray)[1] as string;

export function rowsOf({ goes = [], stays = [], beside = "used" }: Scene): Row[] {
  return [...goes, ...stays, ...(beside === null ? [] : BESIDE.map((id): Row => [id, beside]))];
}

/** Puts a scene on the disk, and tells where it is. */
export function stage(scene: Scene): string {
  // What is imported is looked for two folders above the root, too: these are ours, whatever lies beside them.
  const root = join(realpathSync(temporary()), "above/it/root");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const { files = {}, beside, collected = [], runs = [] } = scene;
  if (beside !== null) write(OTHER, "def test_one(): pass\ndef test_two(): pass\n");
  for (const [path, text] of Object.entries(files)) write(path, text);
  for (const [row] of rowsOf(scene)) {
    const recorded: Recorded = typeof row === "string" ? { id: row } : row;
    write(pathOf(row), recorded.text ?? madeOf(recorded).text);
    const time = Date.parse(`2026-${recorded.written ?? "01-01"}T00:00:00Z`) / 1000;
    utimesSync(join(root, pathOf(row)), time, time);
  }
  if (scene.git) {
    const repo = repository(root);
    repo.commit("all");
    scene.git(repo);
  }
  for (const [at, text] of collected.entries()) write(`evidence/c${at}.txt`, text);
  for (const [at, text] of runs.entries()) write(`evidence/r${at}.txt`, text);
  scene.after?.(root);
  return root;
}

/** The options that give the evidence of a scene. */
const evidenceOf = ({ collected = [], runs = [] }: Pick<Scene, "collected" | "runs">): string[] => [
  ...collected.flatMap((_, at) => ["--collected", `evidence/c${at}.txt`]),
  ...runs.flatMap((_, at) => ["--run", `evidence/r${at}.txt`]),
];

/** Runs `recctl prune` in a folder. */
export async function prune(
  root: string,
  args: readonly string[],
  { stdin, cache, ...scene }: Pick<Scene, "collected" | "runs" | "stdin"> & { cache?: string } = {},
): Promise<{ stdout: string; stderr: string; code: number | string | null }> {
  return inside(["prune", ...args, ...evidenceOf(scene)], {
    cwd: root,
    stdin,
    env: { GIT_CONFIG_NOSYSTEM: "1", ...(cache === undefined ? {} : { RECCTL_CACHE_DIR: cache }) },
  });
}

/** Runs it on a scene: every recording must have its verdict, what goes must be in the plan, and nothing else. */
export async function mustBe(scene: Scene): Promise<{ root: string; document: Document }> {
  const root = stage(scene);
  const { goes = [], refused = [], exit = refused.length > 0 ? 2 : goes.length > 0 ? 1 : 0, args = [] } = scene;
  const { stdout, stderr, code } = await prune(root, ["--json", ...args], scene);
  const told = stdout === "" ? expect.fail(`no verdicts: ${stderr}`) : (JSON.parse(stdout) as Document);
  const rows = rowsOf(scene).filter(([, verdict]) => verdict !== null);
  const wanted = rows.map(([row, verdict]) => [pathOf(row), verdict]);
  const given = told.verdicts.map(({ path, verdict }) => [path, verdict]);
  expect(Object.fromEntries(given), "verdicts").toEqual(Object.fromEntries(wanted));
  const live = new Set(rowsOf({ ...scene, goes: [] }).map(([row]) => pathOf(row)));
  expect(
    told.plan.remove.filter((path) => live.has(path)),
    "what lives and would go",
  ).toEqual([]);
  expect(told.plan.remove.toSorted(), "what goes").toEqual(goes.map(([row]) => pathOf(row)).sort());
  expect(
    told.summary.refused.map(({ fact }) => fact),
    "refusals",
  ).toEqual(refused);
  expect(code, stderr).toBe(exit);
  if (scene.says) expect(stderr).toMatch(scene.says);
  return { root, document: told };
}

export interface Document {
  verdicts: { path: string; verdict: Verdict; evidence: { says: string }[] }[];
  plan: { remove: string[] };
  summary: { rekeyable: number; refused: { fact: string; places: string[] }[] };
}

/** Takes files off the disk, and tells git nothing. */
export const gone =
  (...paths: readonly string[]) =>
  ({ root }: Pick<Repository, "root">): void => {
    for (const path of paths) rmSync(join(root, path));
  };
