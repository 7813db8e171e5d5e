import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { decode } from "../../../src/recording/decode.ts";
import { sha256 } from "../../../src/recording/digest.ts";
import { headOf } from "../../../src/recording/head.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { asObject, asString, type JsonObject } from "../../../src/recording/json/value.ts";
import { COMPACT, writeJson } from "../../../src/recording/json/write.ts";
import { readName } from "../../../src/recording/name.ts";
import { namesOf, schemesOf } from "../../../src/recording/names/schemes.ts";
import { type Indexed, type Recordings, recordingsOf } from "../../../src/server/matching/store.ts";

export const RECORDINGS = resolve(import.meta.dirname, "../../../recordings");
export const CORPUS = process.env.RECCTL_CORPUS ? resolve(process.env.RECCTL_CORPUS) : null;

/** A recording, as much of it as matching is tested with. */
export interface Kept extends Indexed {
  root: JsonObject;
  request_: JsonObject;
  /** The hash in its name. */
  hash: string;
  /** Whether the newest scheme gives it that. */
  verified: boolean;
}

export interface Folder {
  all: readonly Kept[];
  recordings: Recordings;
}

/** A document as it would lie at `path`. */
export function keptOf(path: string, root: JsonObject): Kept {
  const head = headOf(root);
  const request_ = asObject(root.get("request")) as JsonObject;
  const names = namesOf({ kind: head.kind, request: request_, testId: root.get("test_id") ?? null });
  const newest = schemesOf(head.kind).at(-1)?.id ?? "";
  const { hash } = readName(path);
  return {
    path,
    head,
    root,
    request_,
    hash,
    request: names.request,
    provider: asString(request_.get("provider")) ?? null,
    answer: () => sha256(writeJson(root.get("response") ?? null, COMPACT)),
    verified: names.hashes.get(newest) === hash,
  };
}

/** Every recording below a folder. */
export function folderOf(folder: string): Folder {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  const all = paths.sort().map((path) => {
    const text = decode(readFileSync(join(folder, path)));
    return keptOf(path, parseJson(text) as JsonObject);
  });
  return { all, recordings: recordingsOf(all) };
}
