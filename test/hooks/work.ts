import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Named, sound } from "../mend/named.ts";
import { ROOT } from "../run.ts";
import { type Repository, repository } from "../store/repository.ts";
import type { Place } from "./installing.ts";

/** What a command in a repository wrote, both streams together, and how it ended. */
export interface Said {
  text: string;
  code: number | null;
}

/** A repository of tests and their recordings, in which hooks look at commits. */
export interface Work extends Repository {
  /** Runs git, which may fail. */
  tries(...args: string[]): Said;
  /** Runs the recctl that was installed. */
  recctl(...args: string[]): Said;
}

/** A repository whose commands see `env`; no hook is in it yet. */
export function work({ env }: Pick<Place, "env">, root?: string): Work {
  const made = repository(root);
  const said = (file: string, args: readonly string[]): Said => {
    const { stdout, stderr, status } = spawnSync(file, args, { cwd: made.root, env, encoding: "utf8" });
    return { text: stdout + stderr, code: status };
  };
  return { ...made, tries: (...args) => said("git", args), recctl: (...args) => said("recctl", args) };
}

/** Has the hooks run before each commit, as pre-commit would run them, by the recctl in `bin`. */
export function hook({ root }: Work, bin: string, ...ids: string[]): void {
  const words = [process.execPath, join(ROOT, "test/hooks/as-pre-commit.js"), bin, ...ids];
  writeHook(root, `exec ${words.map((word) => `'${word}'`).join(" ")}`);
}

/** Has a line of shell run before each commit. */
export function writeHook(root: string, line: string): void {
  mkdirSync(join(root, ".git/hooks"), { recursive: true });
  const path = join(root, ".git/hooks/pre-commit");
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

/** The file of a sound recording of a test, in the folder that belongs to it. */
export function recorded(
  test: string,
  asked = "How high is",
): { path: string; text: string; files: Record<string, string> } {
  const { name, text }: Named = sound({ test, asked });
  const path = `tests/recordings/${name}.json`;
  return { path, text, files: { [path]: text } };
}

export const TIDE = "tests/test_tide.py";
export const WIND = "tests/test_wind.py";
export const HIGH = recorded(`${TIDE}::test_high`);
export const LOW = recorded(`${TIDE}::test_low`, "How low is");
export const GUST = recorded(`${WIND}::test_gust`, "How strong is");

/** Two test files with three tests, and a recording of each. */
export const TESTS: Readonly<Record<string, string>> = {
  [TIDE]: "def test_high():\n    pass\n\n\ndef test_low():\n    pass\n",
  [WIND]: "def test_gust():\n    pass\n",
  ...HIGH.files,
  ...LOW.files,
  ...GUST.files,
};

/** A recording that is cut off. */
export const cut = ({ text }: { text: string }): string => text.slice(0, 300);
