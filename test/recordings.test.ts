import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "../src/dialects/index.ts";
import { parseJson } from "../src/recording/json/parse.ts";
import { asArray, asObject, asString } from "../src/recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../src/recording/json/write.ts";
import { KINDS } from "../src/recording/kinds.ts";
import { readName } from "../src/recording/name.ts";
import { hashesOf, verifying } from "../src/recording/names/schemes.ts";
import { DEMO } from "./demo.ts";
import { ROOT, recctl } from "./run.ts";

const text = (file: string): string => readFileSync(join(ROOT, "recordings", file), "utf8");

describe("the project's own recordings", () => {
  it("are at least 30, under several tests, of every kind and dialect", () => {
    expect(DEMO.length).toBeGreaterThanOrEqual(30);
    expect(new Set(DEMO.map(({ recording }) => recording.head.testId)).size).toBeGreaterThan(10);
    expect(new Set(DEMO.map(({ recording }) => recording.head.kind))).toEqual(new Set(KINDS.map(({ kind }) => kind)));
    const spoken = new Set(DEMO.map(({ dialect }) => dialect.id));
    expect(DIALECTS.filter(({ id }) => !spoken.has(id))).toEqual([]);
  });

  it("hold every form of body: streamed and not, lines, typed, plain, failures at once and in mid-stream", () => {
    const forms = new Set(
      DEMO.map(({ recording: { head, body, failure } }) => {
        const shape = Array.isArray(body) ? `list of ${typeof body[0]}` : body === null ? "null" : "object";
        return `${head.streaming ? "streamed" : "whole"} ${shape}${head.type ? " typed" : ""}${failure ? " failed" : ""}`;
      }),
    );
    expect([...forms].sort()).toEqual([
      "streamed list of object",
      "streamed list of object typed",
      "streamed list of object typed failed",
      "streamed list of string",
      "whole list of object typed",
      "whole null failed",
      "whole object",
      "whole object typed",
    ]);
  });

  it.each(DEMO.map(({ file }) => file))("%s has the recorder's text form and place", (file) => {
    const content = text(file);
    expect(`${writeJson(parseJson(content), PYTHON_INDENTED)}\n`).toBe(content);
    // They lie beside tests without a folder: a test id with one would belong elsewhere.
    expect(asString(asObject(parseJson(content))?.get("test_id")) ?? "").not.toMatch(/\/[^[]*\.py/);
  });

  it("carry ids that tell the hash they were recorded under, and times of 1970", () => {
    for (const { file, recording } of DEMO) {
      const { hash } = readName(file);
      for (const chunk of asArray(recording.body) ?? [recording.body]) {
        const data = asObject(asObject(chunk)?.get("__data__"));
        if (!data || data.get("object") === "model") continue;
        if (data.has("id")) expect(data.get("id")).toBe(`rec-${hash.slice(0, 12)}`);
        if (typeof data.get("created_at") === "string") expect(data.get("created_at")).toMatch(/^1970-01-01T/);
      }
    }
  });

  it("name model lists by the digest of their ids", () => {
    const lists = DEMO.filter(({ file }) => file.startsWith("models-"));
    expect(lists.length).toBeGreaterThan(2);
    for (const { file, recording } of lists) {
      const listed =
        asArray(recording.body) ?? asArray(asObject(asObject(recording.body)?.get("__data__"))?.get("models"));
      const ids = (listed ?? []).map((one) => {
        const model = asObject(asObject(one)?.get("__data__")) ?? asObject(one);
        return asString(model?.get("id")) ?? asString(model?.get("model"));
      });
      const digest = createHash("sha256")
        .update([...new Set(ids)].sort().join("|"))
        .digest("hex")
        .slice(0, 8);
      expect(readName(file).digest).toBe(digest);
    }
  });

  it("have the names that today's schemes give them", () => {
    const misnamed = DEMO.filter(({ file, recording: { head, request } }) => {
      const hashes = hashesOf({ kind: head.kind, request, testId: head.testId });
      return !verifying(readName(file).hash, hashes).includes([...hashes.keys()].at(-1) ?? "");
    });
    // No scheme names file processors: they were recorded in one month of 2026 only.
    expect(misnamed.map(({ recording }) => recording.head.kind)).toEqual(["file-processor"]);
  });

  const oracle = process.env.RECCTL_ORACLE;
  it.skipIf(!oracle)("have the names that the oracle gives them (needs RECCTL_ORACLE)", () => {
    const files = DEMO.map(({ file }) => join(ROOT, "recordings", file));
    const run = spawnSync("python3", [oracle as string, ...files], { encoding: "utf8" });
    const newest = new Set(["2026-06-17", "http-2026-04-09", "tool-2025-10-09"]);
    const others = run.stdout
      .trimEnd()
      .split("\n")
      .filter((line) => !newest.has(line.split("\t")[0] as string));
    // No scheme names file processors: they were recorded in one month of 2026 only.
    const unnamed = DEMO.filter(({ recording }) => recording.head.kind === "file-processor");
    expect(others).toEqual(unnamed.map(({ file }) => `none\t${join(ROOT, "recordings", file)}`));
  });
});

it("README shows what recctl prints: its first picture is true", async () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [list = "", replay = ""] = readme.split("```")[1]?.split("\n\n$ ") ?? [];
  const rows = list
    .split("\n")
    .flatMap((line) => /^([0-9a-f]{8}) .* (\d+) +(\d+) KB {2}>$/.exec(line)?.slice(1, 4).join(" ") ?? []);
  const { stdout } = await recctl(["ls", "--test", "night_watch", "--json"]);
  const { recordings } = JSON.parse(stdout);
  const real = recordings.map((one: { id: string; chunks: number; bytes: number }) => {
    return `${one.id.slice(0, 8)} ${one.chunks} ${Math.round(one.bytes / 1000)}`;
  });
  expect(rows).toEqual(real);
  expect(`${replay.split("\n").slice(1).join("\n")}`.trim()).toBe((await recctl(["replay", "5d64"])).stdout.trim());
});
