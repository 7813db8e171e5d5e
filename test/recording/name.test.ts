import { expect, it } from "vitest";
import { kindOf } from "../../src/recording/kinds.ts";
import { matchesId, readName, shortId } from "../../src/recording/name.ts";
import { splitUrl } from "../../src/recording/names/url.ts";

const HASH = "5d64994cfb10ce2e7bdce262ac6f18f077ee7c98eb4aa0288b1b6d8bbdd21f24";

it("reads the names of every layout", () => {
  expect(readName(`a/recordings/${HASH}.json`)).toEqual({ id: HASH, hash: HASH, digest: null });
  expect(readName("3a4fb206e68a.json").hash).toBe("3a4fb206e68a");
  expect(readName(`models-${HASH}-0b98574d.json`)).toEqual({ id: `${HASH}-0b98574d`, hash: HASH, digest: "0b98574d" });
  expect(readName("notes.json").id).toBe("notes");
});

it("a short id is taken back", () => {
  for (const id of [HASH, `${HASH}-0b98574d`, "3a4fb206e68a", "notes"]) expect(matchesId(id, shortId(id))).toBe(true);
  expect(shortId(`${HASH}-0b98574d`)).toBe("5d64994c-0b98");
  expect(matchesId(`${HASH}-0b98574d`, "5d64994c-93")).toBe(false);
  expect(matchesId(HASH, "5d64994c-0b98")).toBe(false);
});

it.each([
  ["https://api.openai.com/v1/v1/chat/completions", "/v1/v1/chat/completions"],
  ["vertexai:///generate_content", "/generate_content"],
  ["__databricks__/serving-endpoints/v1/embeddings", "__databricks__/serving-endpoints/v1/embeddings"],
  ["http://0.0.0.0:11434/v1/messages?beta=true#x", "/v1/messages"],
  ["https://example.com", ""],
])("the path of %s", (url, path) => {
  expect(splitUrl(url).path).toBe(path);
});

it("kinds are told by their keys", () => {
  const kind = (...keys: string[]) => kindOf(new Set(keys));
  expect(kind("method", "url", "headers", "body", "endpoint", "model")).toBe("inference");
  expect(kind("test_id", "url", "method", "payload")).toBe("http");
  expect(kind("test_id", "provider", "tool_name", "kwargs")).toBe("tool");
  expect(kind("test_id", "provider", "api", "file_id")).toBe("file-processor");
  expect(kind("something", "else")).toBe("unknown");
});
