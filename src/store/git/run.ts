import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { UserError } from "../../errors.ts";

/** The environment of a process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** There is no git that could be run. */
export class NoGit extends UserError {}

/** What git said, whole. */
export interface Said {
  stdout: Buffer;
  stderr: string;
  code: number | null;
}

/**
 * What goes before every command: answers that depend on no one's settings, no lock that a commit beside it
 * would run into, and nothing fetched (a partial clone asks its server for what it lacks).
 */
const ALWAYS = [
  "--no-optional-locks",
  "--no-pager",
  "-c",
  "core.quotePath=false",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "protocol.allow=never",
];

/** What the caller's environment may not change: the language of errors, diffs by other programs, questions. */
const SETTLED: Env = {
  LC_ALL: "C",
  LANGUAGE: undefined,
  GIT_EXTERNAL_DIFF: undefined,
  GIT_DIFF_OPTS: undefined,
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined,
  GIT_LITERAL_PATHSPECS: undefined,
  GIT_NO_LAZY_FETCH: "1",
  GIT_TERMINAL_PROMPT: "0",
};

/** Starts git in a folder (none: the one of this process). Its output must be read. */
export function startGit(cwd: string | undefined, env: Env, args: readonly string[]): ChildProcess {
  return spawn("git", [...ALWAYS, ...args], { cwd, env: { ...env, ...SETTLED }, stdio: ["pipe", "pipe", "pipe"] });
}

/** Runs git to its end, with a text on its stdin. @throws UserError where there is no git to run */
export function runGit(cwd: string | undefined, env: Env, args: readonly string[], input?: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = startGit(cwd, env, args);
    const stdout: Buffer[] = [];
    child.stdout?.on("data", (piece: Buffer) => stdout.push(piece));
    const ended = endOf(child, cwd);
    child.stdin?.end(input);
    ended.then(({ stderr, code }) => resolve({ stdout: Buffer.concat(stdout), stderr, code }), reject);
  });
}

/** How a process ends, and what it complained about. @throws UserError where it did not start */
export function endOf(child: ChildProcess, cwd: string | undefined): Promise<{ stderr: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const stderr: Buffer[] = [];
    child.stderr?.on("data", (piece: Buffer) => stderr.push(piece));
    // Git may end before it has read everything: the exit status tells why, not the pipe.
    child.stdin?.on("error", () => undefined);
    child.on("error", (error: NodeJS.ErrnoException) => reject(notStarted(error, cwd)));
    child.on("close", (code) => resolve({ stderr: Buffer.concat(stderr).toString(), code }));
  });
}

function notStarted(error: NodeJS.ErrnoException, cwd: string | undefined): UserError {
  // A folder that is gone is told with the same code as a program that is missing.
  if (cwd !== undefined && !existsSync(cwd)) return new UserError("no such folder", { place: cwd });
  if (error.code === "ENOENT") return new NoGit("git is not installed, or not on PATH");
  return new NoGit(`git cannot be run: ${error.message}`);
}
