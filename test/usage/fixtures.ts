import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Refusal } from "../../src/usage/refusal.ts";

/** What a real pytest (7.2, 8.4, 9.1) wrote of one small project; logs come of real structlog and rich. */
export const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");

const CHAT = "tests/integration/inference/test_chat.py";
const CASE = "tests/unit/test_case.py";

/** Whether the project has this file. */
export const isFile = (path: string): boolean => path === CHAT || path === CASE;

/** The node ids of the project's 19 tests. */
export const IDS: readonly string[] = [
  "test_chat[gpt-4o]",
  "test_chat[a::b]",
  "test_chat[x[0]]",
  "test_chat[two words]",
  "test_chat[Gr\\xfc\\xdfe]",
  "test_chat[line\\nbreak]",
  "test_chat[a] - b]",
  "test_chat[tests/o.py::t PASSED]",
  "TestStream::TestDeep::test_deep",
  "TestStream::test_chunks[1]",
  "TestStream::test_chunks[2]",
  "test_fails",
  "test_skipped",
  "test_known",
  "test_mended",
  "test_teardown",
  "test_setup",
]
  .map((test) => `${CHAT}::${test}`)
  .concat(`${CASE}::TestCase::test_it`, `${CASE}::test_plain`);

/** The id that ends so. */
export const id = (end: string): string => IDS.find((one) => one.endsWith(end)) as string;

/** What was read, where it was not refused. */
export function good<T extends object>(read: T | Refusal): T {
  if ("fact" in read) throw new Error(`refused: ${read.fact}`);
  return read;
}

/** Why a text was refused. */
export const factOf = (read: object): string => ("fact" in read ? String(read.fact) : `read: ${JSON.stringify(read)}`);
