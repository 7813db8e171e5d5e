import { spawnSync } from "node:child_process";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporary } from "../run.ts";

/** An environment in which git has no one's settings. */
export const GIT_ENV: Record<string, string> = {
  PATH: process.env.PATH ?? "",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
};

/** Where there is no git, the tests that need it are skipped and say so. */
export const HAS_GIT = spawnSync("git", ["--version"]).status === 0;

/** A real repository in a folder of its own. */
export interface Repository {
  root: string;
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Commits all that is there, on a day of its own, and tells the commit. */
  commit(subject: string): string;
}

export function repository(root: string = realpathSync(temporary())): Repository {
  let day = 0;
  const git = (...args: string[]): string => {
    const date = `2026-04-${String(Math.max(1, day)).padStart(2, "0")}T12:00:00Z`;
    const env = { ...GIT_ENV, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const run = spawnSync("git", args, { cwd: root, env, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}${run.stdout}`);
    return run.stdout;
  };
  mkdirSync(root, { recursive: true });
  git("init", "-q", "-b", "main");
  return {
    root,
    git,
    write: (files) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
    },
    commit: (subject) => {
      day++;
      git("add", "--all");
      git("commit", "-q", "-m", subject);
      return git("rev-parse", "HEAD").trim();
    },
  };
}
