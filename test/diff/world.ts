import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inside } from "../inside.ts";
import type { Ran } from "../run.ts";
import { type Repository, repository } from "../store/repository.ts";

export const FOLDER = "tests/chat";
export const TEST = `${FOLDER}/test_tide.py::test_high_water[gpt-4o]`;

/** A recording of a chat: what is not given is as in all others. */
export interface Chat {
  test?: string | null;
  messages?: unknown[];
  body?: Record<string, unknown>;
  request?: Record<string, unknown>;
  answer?: string;
  /** The id of the answer, which is noise. */
  id?: string;
}

export type Files = Record<string, string>;

export const user = (content: string) => ({ role: "user", content });
export const assistant = (content: string) => ({ role: "assistant", content });

/** The text of a recording, as a recorder writes it. */
export function chatText({ test = TEST, messages, body, request, answer = "At 22:14.", id = "rec-0" }: Chat): string {
  const document = {
    test_id: test,
    request: {
      method: "POST",
      url: "https://api.openai.com/v1/v1/chat/completions",
      headers: {},
      body: { model: "gpt-4o", messages: messages ?? [user("When is high water?")], ...body },
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
      ...request,
    },
    response: {
      body: {
        __type__: "openai.types.chat.chat_completion.ChatCompletion",
        __data__: {
          id,
          choices: [{ finish_reason: "stop", index: 0, message: { role: "assistant", content: answer } }],
        },
      },
      is_streaming: false,
    },
    id_normalization_mapping: {},
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Where a recording lies: beside its test, by a hash of what it asks. */
export function chatPath({ test = TEST, messages, body, request }: Chat): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([test, messages, body, request]))
    .digest("hex");
  return `${folderOf(test)}/recordings/${hash}.json`;
}

const folderOf = (test: string | null): string =>
  test === null ? FOLDER : test.slice(0, test.lastIndexOf("/", test.indexOf("::")));

/** Recordings by their paths. */
export const chats = (...all: readonly Chat[]): Files =>
  Object.fromEntries(all.map((one) => [chatPath(one), chatText(one)]));

export const idOf = (chat: Chat): string => (chatPath(chat).split("/").pop() as string).slice(0, 8);

/** A repository whose HEAD has `old`. */
export function committed(old: Files): Repository {
  const world = repository();
  world.write({ "README.md": "", ...old });
  world.commit("old");
  return world;
}

/** The same, and a working tree that has `now` instead. */
export function changed(old: Files, now: Files): Repository {
  const world = committed(old);
  replace(world.root, old, now);
  return world;
}

/** Puts some files in the place of others. */
export function replace(root: string, old: Files, now: Files): void {
  for (const path of Object.keys(old)) if (!(path in now)) rmSync(join(root, path));
  for (const [path, text] of Object.entries(now)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export const diff = (cwd: string, ...args: string[]): Promise<Ran> => inside(["diff", ...args], { cwd });

/** A document of `diff --format json`. */
// biome-ignore lint/suspicious/noExplicitAny: tests look at parts of it.
export type DiffJson = any;

/** What it tells as JSON, and how it ended. */
export async function diffJson(cwd: string, ...args: string[]): Promise<{ code: Ran["code"]; json: DiffJson }> {
  const { stdout, stderr, code } = await diff(cwd, ...args, "--format", "json");
  if (stdout === "") throw new Error(stderr);
  return { code, json: JSON.parse(stdout) };
}

/** What a pair is about: what it changed, in a word each. */
export const changesIn = (json: DiffJson): string[][] =>
  json.pairs.map(({ changes }: DiffJson) => changes.map(({ op, path }: DiffJson) => `${op} ${path}`));
