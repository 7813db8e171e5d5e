import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { dialectFor } from "../src/dialects/index.ts";
import { assemble, parsedArguments } from "../src/dialects/message.ts";
import { askedOf, piecesOf } from "../src/dialects/units.ts";
import { decode } from "../src/recording/decode.ts";
import { headOf } from "../src/recording/head.ts";
import { parseJson } from "../src/recording/json/parse.ts";
import type { JsonObject } from "../src/recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../src/recording/json/write.ts";
import { recordingFrom } from "../src/recording/recording.ts";
import { skim } from "../src/recording/skim.ts";
import { HAS_PYTHON, python } from "./python.ts";
import { recctl, temporary } from "./run.ts";

const CORPUS = process.env.RECCTL_CORPUS;
const root = CORPUS ? resolve(CORPUS) : "";
const files = CORPUS
  ? readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json"))
      .map((path) => join(root, path))
  : [];

describe.skipIf(!CORPUS)("the corpus (needs RECCTL_CORPUS: a folder of trees of real recordings)", () => {
  it("is there", () => {
    expect(files.length).toBeGreaterThan(1000);
  });

  it("every file survives reading and writing, byte for byte, and is skimmed as it is read", () => {
    for (const file of files) {
      const bytes = readFileSync(file);
      const text = decode(bytes);
      const root = parseJson(text);
      if (`${writeJson(root, PYTHON_INDENTED)}\n` !== text) expect.fail(`${file} is written otherwise`);
      expect(skim(bytes), file).toEqual(headOf(root as JsonObject));
    }
  });

  it("every answer adds up: text or calls, arguments that are JSON, a finish", () => {
    const empty: string[] = [];
    const odd: string[] = [];
    for (const file of files) {
      const text = decode(readFileSync(file));
      const recording = recordingFrom(parseJson(text) as JsonObject, text);
      const dialect = dialectFor(recording.head);
      expect(dialect.id, file).not.toBe("unknown");
      askedOf(recording, dialect);
      const message = assemble(piecesOf(recording, dialect));
      const parts = message.choices.flatMap((choice) => choice.parts);
      if (parts.length === 0 && message.items.length === 0 && !recording.failure) empty.push(file);
      for (const part of parts) {
        if (part.type === "tool-call" && parsedArguments(part.arguments) === undefined)
          odd.push(`${file}: ${part.arguments}`);
      }
    }
    expect(odd.filter((line) => !line.endsWith(": "))).toEqual([]);
    // Answers that hold nothing but a finish: models do that now and then.
    expect(empty.length).toBeLessThan(files.length / 50);
  });

  it.skipIf(!HAS_PYTHON)("ls --json lists every file and agrees with Python on each (needs python3)", async () => {
    const program = `
import json, os, sys
from urllib.parse import urlsplit
root, rows = sys.stdin.read(), []
for folder, _, names in os.walk(root):
    for name in names:
        path = os.path.join(folder, name)
        if not name.endswith(".json"): continue
        with open(path) as f: recording = json.load(f)
        request, response = recording["request"], recording["response"]
        rows.append([os.path.relpath(path, root), recording.get("test_id"),
            request.get("endpoint") or (urlsplit(request["url"]).path if "url" in request else None),
            request["model"] if "model" in request else request.get("payload", {}).get("model"),
            response["is_streaming"], len(response["body"]) if response["is_streaming"] else None,
            response.get("is_exception", False), os.path.getsize(path)])
print(json.dumps(sorted(rows)))
`;
    const theirs = JSON.parse(python(program, root));
    const cache = temporary();
    for (const round of ["cold", "warm"]) {
      const { stdout, stderr, code } = await recctl(["ls", "--json"], { cwd: root, env: { RECCTL_CACHE_DIR: cache } });
      expect([round, code, stderr]).toEqual([round, 0, ""]);
      const { recordings, broken, summary } = JSON.parse(stdout);
      const ours = recordings.map((one: Record<string, unknown>) => [
        one.path,
        one.test_id,
        one.endpoint,
        one.model,
        one.streaming,
        one.chunks,
        one.failed,
        one.bytes,
      ]);
      ours.sort((a: [string], b: [string]) => (a[0] < b[0] ? -1 : 1));
      expect(broken).toEqual([]);
      expect(summary.recordings).toBe(files.length);
      expect(ours).toEqual(theirs);
    }
  });
});
