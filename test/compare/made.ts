import type { PairingOptions } from "../../src/compare/pairs/pair.ts";
import { Known, type Subject, subjectOf } from "../../src/compare/pairs/subject.ts";
import { sha256 } from "../../src/recording/digest.ts";
import { readDocument } from "../../src/recording/document.ts";
import { readName } from "../../src/recording/name.ts";
import { type Recording, recordingFrom } from "../../src/recording/recording.ts";

export const TEST = "tests/chat/test_x.py::test_y[a]";

/** A recording, as JSON. */
export interface Made {
  test?: string | null;
  messages?: unknown[];
  body?: Record<string, unknown>;
  request?: Record<string, unknown>;
  response?: Record<string, unknown>;
}

/** The document of a chat recording. */
export function made({ test = TEST, messages, body, request, response }: Made): Recording {
  const text = JSON.stringify({
    test_id: test,
    request: {
      method: "POST",
      url: "http://localhost:1/v1/v1/chat/completions",
      headers: {},
      body: { model: "m", ...(messages ? { messages } : {}), ...body },
      endpoint: "/v1/chat/completions",
      model: "m",
      ...request,
    },
    response: response ?? { body: null, is_streaming: false },
  });
  const document = readDocument(Buffer.from(text));
  if ("message" in document) throw new Error(document.message);
  return recordingFrom(document.root, text);
}

export const user = (content: string) => ({ role: "user", content });
export const assistant = (content: string) => ({ role: "assistant", content });

/** Makes subjects whose files are named by what they hold, in one store of marks. */
export class Subjects {
  private readonly known = new Known();

  /** Without `path` it lies where its test says, under the hash of its request. */
  of(it: Made, path?: string): Subject {
    const recording = made(it);
    const test = it.test === undefined ? TEST : it.test;
    const folder = test?.slice(0, test.lastIndexOf("/", test.indexOf("::"))) ?? "tests/common";
    const name = sha256(JSON.stringify([test, it.request, it.messages, it.body]));
    const where = path ?? `${folder}/recordings/${name}.json`;
    return subjectOf(where, readName(where).id, recording, { bytes: 100 }, this.known);
  }
}

/** NEW is an overlay, and no test has another name. */
export const OVERLAY: PairingOptions = { renames: [], moved: new Map(), lies: () => true, overlay: true };

/** NEW is complete, and has none of OLD but `files`. */
export const complete = (...files: readonly Subject[]): PairingOptions => {
  const paths = new Set(files.map(({ path }) => path));
  return { ...OVERLAY, overlay: false, lies: ({ path }) => paths.has(path) };
};
