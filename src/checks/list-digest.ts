import { createHash } from "node:crypto";
import { asArray, asObject, asString, type JsonObject } from "../recording/json/value.ts";
import { byCodePoint } from "../recording/names/dumps.ts";
import type { Recording } from "../recording/recording.ts";
import { forShell } from "../text/escape.ts";
import { wrappedIn } from "./chunks.ts";
import type { Rule, Subject } from "./rule.ts";

/** The endpoints whose recordings carry a digest of what they list: the recorder's three. */
const LISTS: ReadonlySet<string> = new Set(["/api/tags", "/v1/models", "/v1/openai/v1/models"]);

/** The first 8 hex digits of the digest over the models that an answer lists; null for what is no model list. */
export function listDigest(recording: Recording, algorithm: "sha256" | "sha1" = "sha256"): string | null {
  const { endpoint } = recording.head;
  if (endpoint === null || !LISTS.has(endpoint) || recording.head.kind !== "inference") return null;
  const key = endpoint === "/api/tags" ? "model" : "id";
  const ids = new Set(modelsOf(recording).flatMap((model) => asString(model.get(key)) ?? []));
  return createHash(algorithm)
    .update([...ids].sort(byCodePoint).join("|"))
    .digest("hex")
    .slice(0, 8);
}

/** The name, without `.json`, that a model list should have; null where it is none or has it. */
export function rightListName({ recording, name }: Pick<Subject, "recording" | "name">): string | null {
  const digest = listDigest(recording);
  if (digest === null || name.digest === digest) return null;
  // Until 2025-09-12 the digest was SHA-1's; names were of 12 digits then.
  if (name.hash.length === 12 && name.digest === listDigest(recording, "sha1")) return null;
  // Of a name that is half a list's, what is the hash of it stays.
  return `models-${/^models-([0-9a-f]+)(?:-.*)?$/.exec(name.hash)?.[1] ?? name.hash}-${digest}`;
}

const withName = (path: string, name: string): string => path.slice(0, path.lastIndexOf("/") + 1) + name;

/** OpenAI's lists are bodies of models, Ollama's is one body with models inside. */
function modelsOf(recording: Recording): JsonObject[] {
  return wrappedIn(recording).flatMap(({ data }) => {
    const models = asArray(data.get("models"));
    return models ? models.flatMap((model) => asObject(model) ?? []) : [data];
  });
}

export const listDigestRule: Rule = {
  id: "list-digest",
  title: "model lists whose name does not say what they list",
  variants: { "": "error" },
  *file(subject, { recctl }) {
    const { digest, hash } = subject.name;
    if (digest !== null && listDigest(subject.recording) === null) {
      yield {
        at: [],
        message: `no model list, and named as one: no run looks for it here, but for ${hash}.json`,
        remedy: `mv ${forShell(subject.path)} ${forShell(withName(subject.path, `${hash}.json`))}`,
      };
      return;
    }
    const right = rightListName(subject);
    if (right === null) return;
    yield {
      at: ["response", "body"],
      message:
        digest === null
          ? `a model list whose name carries no digest: it should be ${right}.json`
          : `the digest of its models is ${right.slice(-8)}, its name says ${digest}`,
      remedy: `${recctl} validate --fix`,
    };
  },
};
