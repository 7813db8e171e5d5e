import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, hash, sample } from "./samples.ts";

const LONG = `test_long.py::test_of[${"a very long parameter, ".repeat(12)}]`;
const FILES = {
  [at("aaaa1")]: sample({ test: "test_a.py::test_one", answered: ["High ", "water", "."] }),
  [at("bbbb2")]: sample({ test: LONG, model: "llama\\3" }),
  [at("cccc3")]: sample({ test: "test_c.py::test_tab[a\tb\nc\rd\\e]" }),
  [at("dddd4")]: sample({ test: null, failure: "timed out" }),
};
const size = (start: string): number => Buffer.byteLength(FILES[at(start)] as string);

describe("ls off a terminal", () => {
  it("gives tab-separated rows without a header, nothing cut, separators written out", async () => {
    const { stdout, stderr, code } = await inside(["ls"], { cwd: tree(FILES) });
    const chat = ["openai-chat", "/v1/chat/completions"];
    expect(stdout.split("\n").map((line) => line.split("\t"))).toEqual([
      [hash("aaaa1"), "test_a.py::test_one", ...chat, "gpt-4o", "3", String(size("aaaa1")), ">"],
      [hash("cccc3"), "test_c.py::test_tab[a\\tb\\nc\\rd\\\\e]", ...chat, "gpt-4o", "", String(size("cccc3")), ""],
      [hash("bbbb2"), LONG, ...chat, "llama\\\\3", "", String(size("bbbb2")), ""],
      [hash("dddd4"), "", ...chat, "gpt-4o", "", String(size("dddd4")), "!"],
      [""],
    ]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  });

  it("gives one JSON document of a fixed shape", async () => {
    const cwd = tree({ ...FILES, "recordings/broken.json": "{\n  oops" });
    const { stdout, code } = await inside(["ls", "--json"], { cwd });
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual(["recordings", "broken", "summary"]);
    expect(Object.keys(document.recordings[0])).toEqual(
      "path id test_id kind dialect endpoint model streaming chunks failed bytes".split(" "),
    );
    expect(document.recordings[0]).toEqual({
      path: at("aaaa1"),
      id: hash("aaaa1"),
      test_id: "test_a.py::test_one",
      kind: "inference",
      dialect: "openai-chat",
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
      streaming: true,
      chunks: 3,
      failed: false,
      bytes: size("aaaa1"),
    });
    expect(document.recordings[1]).toMatchObject({ test_id: "test_c.py::test_tab[a\tb\nc\rd\\e]", chunks: null });
    expect(document.recordings[3]).toMatchObject({ test_id: null, failed: true, streaming: false });
    expect(Object.keys(document.broken[0])).toEqual(["path", "line", "column", "message"]);
    expect(document.broken).toMatchObject([{ path: "recordings/broken.json", line: 2, column: 3 }]);
    const bytes = Object.values(FILES).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(document.summary).toEqual({ recordings: 4, tests: 3, streaming: 1, failed: 1, bytes, broken: 1 });
    expect(code).toBe(0);
  });

  it("tells a dialect that it does not know as null, and a kind without an endpoint as what it is", async () => {
    const cwd = tree({
      "recordings/1.json": JSON.stringify({ request: { tool_name: "web", kwargs: {} }, response: { body: {} } }),
      "recordings/2.json": JSON.stringify({ request: { odd: 1 }, response: { body: 1 } }),
    });
    const { recordings } = JSON.parse((await inside(["ls", "--json"], { cwd })).stdout);
    expect(recordings).toMatchObject([
      { id: "1", test_id: null, kind: "tool", dialect: "tool", endpoint: null, model: null },
      { id: "2", test_id: null, kind: "unknown", dialect: null, endpoint: null, model: null },
    ]);
  });

  it("gives a JSON line a recording, the same as in the document, by either spelling", async () => {
    const cwd = tree(FILES);
    const { recordings } = JSON.parse((await inside(["ls", "--format", "json"], { cwd })).stdout);
    const { stdout } = await inside(["ls", "--ndjson"], { cwd });
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(recordings);
    expect(recordings).toHaveLength(4);
    expect((await inside(["ls", "--format", "ndjson"], { cwd })).stdout).toBe(stdout);
  });

  it("gives an empty document, an empty stream and no rows where nothing fits", async () => {
    const cwd = tree(FILES);
    const none = ["--model", "no such model"];
    const document = JSON.parse((await inside(["ls", "--json", ...none], { cwd })).stdout);
    expect(document).toEqual({
      recordings: [],
      broken: [],
      summary: { recordings: 0, tests: 0, streaming: 0, failed: 0, bytes: 0, broken: 0 },
    });
    const formats = ["--ndjson", "--format=text"];
    const ends = await forEach(formats, (format) => inside(["ls", format, ...none], { cwd }));
    const stderr = "no recording fits these filters; recctl ls lists them all\n";
    expect(ends).toEqual(formats.map(() => ({ stdout: "", stderr, code: 0 })));
  });
});
