import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** The root of the project. */
export const ROOT = resolve(import.meta.dirname, "..");

/** The command as it is published: the bundle behind bin/. */
export const BIN = join(ROOT, "bin/recctl.js");

/** A folder of its own, removed when the test has finished. */
export function temporary(): string {
  const dir = mkdtempSync(join(tmpdir(), "recctl-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A folder with these files in it, by path. */
export function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const dir = temporary();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  return dir;
}

export interface Ran {
  stdout: string;
  stderr: string;
  /** Exit status, or the name of the signal that ended it. */
  code: number | NodeJS.Signals | null;
}

/** Runs the published command with an environment of its own. */
export function recctl(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const cache = options.env?.RECCTL_CACHE_DIR ?? temporary();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: options.cwd ?? ROOT,
      env: { PATH: process.env.PATH ?? "", RECCTL_CACHE_DIR: cache, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => out.push(piece));
    child.stderr.on("data", (piece: Buffer) => err.push(piece));
    child.on("error", fail);
    child.on("close", (code, signal) => {
      done({ stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), code: code ?? signal });
    });
  });
}

/** A small recording of a chat, as the recorder would write it; `change` may alter its document first. */
export function recordingText(change: Record<string, unknown> = {}): string {
  const document = {
    test_id: "test_bar.py::test_tide[gpt-4o]",
    request: {
      method: "POST",
      url: "https://api.openai.com/v1/v1/chat/completions",
      headers: {},
      body: { model: "gpt-4o", messages: [{ role: "user", content: "When is high water?" }] },
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
    },
    response: {
      body: {
        __type__: "openai.types.chat.chat_completion.ChatCompletion",
        __data__: {
          id: "rec-0123456789ab",
          choices: [{ finish_reason: "stop", index: 0, message: { role: "assistant", content: "At 22:14." } }],
        },
      },
      is_streaming: false,
    },
    id_normalization_mapping: {},
    ...change,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
