import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../src/recording/json/value.ts";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { Started } from "../cli/process.ts";
import { chat, hashOf, json, TODAY, URL } from "../compare/why-made.ts";
import { inside } from "../inside.ts";
import { BIN, type Ran, recordingText, temporary } from "../run.ts";
import { GIT_ENV, type Repository, repository } from "../store/repository.ts";

export { chat, hashOf, json, TODAY, URL };

/** The test file that most recordings are of, and where these lie. */
export const FILE = "tests/integration/inference/test_chat.py";
export const RECORDINGS = "tests/integration/inference/recordings";

/** A test of that file. */
export const testOf = (name: string): string => `${FILE}::${name}`;

/** A test file with these tests. */
export const source = (...names: string[]): string =>
  names.map((name) => `def ${name}(client):\n    assert client\n`).join("\n\n");

export interface Made {
  request: JsonObject;
  testId: string | null;
  scheme?: string;
  /** The name, where it is not the hash of the request. */
  hash?: string;
  folder?: string;
}

const SCHEMES: Readonly<Record<string, string>> = { http: "http-2026-04-09", tool: "tool-2025-10-09" };
export const schemeOf = (request: JsonObject): string => SCHEMES[kindOf(new Set(request.keys))] ?? TODAY;

/** Where a recording lies, by the name that a scheme gives it: today's, unless it says otherwise. */
export const pathOf = ({ request, testId, scheme = schemeOf(request), hash, folder = RECORDINGS }: Made): string =>
  `${folder}/${hash ?? hashOf(request, testId, scheme)}.json`;

/** Recordings as files, by path. */
export const files = (...all: readonly Made[]): Record<string, string> =>
  Object.fromEntries(
    all.map((made) => {
      const request = JSON.parse(writeJson(made.request, COMPACT)) as Record<string, unknown>;
      return [pathOf(made), recordingText({ test_id: made.testId, request })];
    }),
  );

export const CONFIG = { "recctl.config.json": `${JSON.stringify({ scheme: TODAY })}\n` };

/** A repository with a test file, recordings, and the scheme of today, all of it committed. */
export function repositoryWith(tests: readonly string[], recordings: readonly Made[]): Repository {
  const made = repository();
  made.write({ [FILE]: source(...tests), ...CONFIG, ...files(...recordings) });
  made.commit("Record");
  return made;
}

/** The message of a miss, as the recorder raises it. */
export const message = (hash: string, { model = "m", url = URL } = {}): string =>
  `Recording not found for request hash: ${hash}\nModel: ${model} | Request: POST ${url}`;

/** What pytest says of tests that missed. */
export const outputOf = (misses: readonly (readonly [test: string, message: string])[]): string =>
  [
    "=================================== FAILURES ===================================",
    ...misses.map(([test, text]) => {
      const name = test.split("::").slice(1).join(".");
      return `${`____ ${name} `.padEnd(80, "_")}\n${FILE}:26: in test\n${`RuntimeError: ${text}`.replace(/^/gm, "E   ")}\n`;
    }),
    "=========================== short test summary info ============================",
    ...misses.map(([test]) => `FAILED ${test} - RuntimeError: Recording...`),
    `============================== ${misses.length} failed in 0.04s ===============================\n`,
  ].join("\n");

/** What `recctl why --json` says. */
export interface Document {
  causes: Told[];
  summary: { misses: number; proven: number; by_cause: Record<string, number> };
}
export interface Told {
  cause: string;
  title: string;
  proven: boolean;
  differs: string;
  misses: Miss[];
  mend: string[][];
}
export interface Miss {
  hash: string | null;
  test_id: string | null;
  cause: string;
  proven: boolean;
  differs: string;
  evidence: string[];
  nearest: { path: string; test_id: string | null; differs: string | null }[];
  mend: string[];
}

export interface Options {
  env?: Record<string, string>;
  stdin?: string;
}

/** Runs `recctl why` in a folder, with the environment of git's tests. */
export async function why(root: string, args: readonly string[], { env = {}, stdin }: Options = {}): Promise<Ran> {
  const own = { ...GIT_ENV, HOME: temporary(), ...env };
  return inside(args, { cwd: root, env: own, stdin });
}

/** What it says of it, as data. */
export async function explained(root: string, args: readonly string[], options: Options = {}): Promise<Document> {
  const { stdout, stderr, code } = await why(root, ["why", ...args, "--json"], options);
  if (code !== 1) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout) as Document;
}

/** Types commands into a shell, in which recctl is a command. */
export async function typedIn(root: string, commands: readonly string[]): Promise<Ran> {
  const bin = temporary();
  writeFileSync(join(bin, "recctl"), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(join(bin, "recctl"), 0o755);
  const env = { ...GIT_ENV, HOME: temporary(), PATH: `${bin}:${process.env.PATH}` };
  return new Started("/bin/sh", ["-e", "-c", commands.join("\n")], { cwd: root, env }).read().ended;
}

/** Whether a recording of that hash lies in a folder. */
export const isThere = (root: string, hash: string, folder = RECORDINGS): boolean =>
  existsSync(join(root, folder)) &&
  readdirSync(join(root, folder)).some((name) => name.endsWith(".json") && name.includes(hash));

/** Recordings of a tree, what is asked now, and what must be said of it. */
export interface Scene {
  recorded: readonly Made[];
  /** The tests that are there now. */
  tests: readonly string[];
  after?: (repository: Repository) => void;
  asked: Made;
  /** Typed as a hash, where no form of a log has it. */
  typed?: boolean;
  cause: string;
  differs: string | RegExp;
  /** Where the name must be once the commands were typed. */
  folder?: string;
}

export const OLD = testOf("test_old[txt=m]");
export const NEW = testOf("test_new[txt=m]");
export const [seed, decimals] = [chat({ seed: 7 }), chat({ temperature: 0.123456789 })];
export const OTHER: Made = { request: chat({ seed: 99 }), testId: testOf("test_other") };
/** A test of another file: a tree of one test has no root. */
export const BESIDE: Made = { request: chat({ seed: 98 }), testId: `${FILE.replace("chat", "beside")}::test_one` };
/** A raw call, which holds its test itself. */
export const raw = (testId: string): ReturnType<typeof json> =>
  json({ test_id: testId, url: "http://h/v1/messages", method: "POST", payload: { model: "m", seed: 1 } });
export const LIST = json({
  method: "POST",
  url: "http://localhost/v1/v1/models",
  body: {},
  endpoint: "/v1/models",
  model: "",
});
