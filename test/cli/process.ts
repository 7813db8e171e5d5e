import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { BIN, type Ran, ROOT, temporary } from "../run.ts";

/** What a command of the tests may see of the environment: nothing of the person who runs them. */
export function environment(own: Record<string, string> = {}): Record<string, string> {
  const home = own.HOME ?? temporary();
  return { PATH: process.env.PATH ?? "", HOME: home, RECCTL_CACHE_DIR: `${home}/cache`, ...own };
}

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

/** As whom permissions are tested: root may do everything. Null where nobody may not run this Node, or read this project. */
export const POWERLESS: { uid?: number; gid?: number } | null = !isRoot
  ? {}
  : spawnSync(process.execPath, [BIN, "--version"], { ...NOBODY, cwd: "/" }).status === 0
    ? NOBODY
    : null;

/** Says as whom in the name of a test. */
export const asWhom = !isRoot ? "" : POWERLESS ? " (run as nobody, not as root)" : " (nobody may not run this project)";

export interface StartOptions extends Pick<SpawnOptions, "cwd" | "stdio" | "uid" | "gid"> {
  env?: Record<string, string>;
}

/** A command that runs; it is killed with its test. */
export class Started {
  readonly child: ChildProcess;
  stdout = Buffer.alloc(0);
  stderr = Buffer.alloc(0);
  readonly ended: Promise<Ran>;
  private over = false;
  private readonly waiting = new Set<() => void>();

  constructor(file: string, args: readonly string[], options: StartOptions = {}) {
    this.child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
      cwd: options.cwd ?? ROOT,
      env: environment(options.env),
    });
    this.child.stderr?.on("data", (piece: Buffer) => {
      this.stderr = Buffer.concat([this.stderr, piece]);
      this.look();
    });
    this.ended = new Promise((done, fail) => {
      this.child.on("error", fail);
      this.child.on("close", (code, signal) => {
        this.over = true;
        this.look();
        done({ stdout: this.stdout.toString(), stderr: this.stderr.toString(), code: code ?? signal });
      });
    });
    onTestFinished(() => {
      if (!this.over) this.child.kill("SIGKILL");
    });
  }

  /** Collects what it writes; without this nobody reads its stdout. */
  read(): this {
    this.child.stdout?.on("data", (piece: Buffer) => {
      this.stdout = Buffer.concat([this.stdout, piece]);
      this.look();
    });
    return this;
  }

  private look(): void {
    for (const check of this.waiting) check();
  }

  /** Resolves when `holds`; fails when the command has ended and it never did. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((done, fail) => {
      const check = (): void => {
        if (!holds() && !this.over) return;
        this.waiting.delete(check);
        if (holds()) done();
        else fail(new Error(`the command ended first: ${this.stdout} ${this.stderr}`));
      };
      this.waiting.add(check);
      check();
    });
  }
}

/** recctl, running; nobody reads its stdout until `read` is called. */
export const started = (args: readonly string[], options: StartOptions = {}): Started =>
  new Started(process.execPath, [BIN, ...args], options);

/** recctl in a shell line, as `$recctl`. */
export const shell = (line: string, options: StartOptions = {}): Promise<Ran> =>
  new Started("/bin/bash", ["-c", line], {
    ...options,
    env: { ...options.env, recctl: `${process.execPath} ${BIN}` },
  }).read().ended;

/** Runs `work` for every item, a few at a time: a process each. The results are in the order of the items. */
export async function forEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all([worker(), worker(), worker()]);
  return results;
}
