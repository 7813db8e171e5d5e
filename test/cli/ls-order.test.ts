import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, hash, sample } from "./samples.ts";

const FILES = {
  [at("aaaa")]: sample({ test: "t.py::z", model: "m-b", endpoint: "/v1/completions", answered: ["1", "2"] }),
  [at("bbbb")]: sample({ test: "t.py::a", model: "m-c", answered: "x".repeat(400) }),
  [`deep/${at("cccc")}`]: sample({ test: "t.py::a", model: "m-a", answered: ["1", "2", "3", "4"] }),
  [at("dddd")]: sample({ test: null, model: "m-c", endpoint: "/v1/models", failure: "down" }),
};

/** The first letters of the ids, in the order in which ls gives them. */
async function order(...args: string[]): Promise<string> {
  const { stdout, code } = await inside(["ls", ...args], { cwd: tree(FILES) });
  expect(code).toBe(0);
  return stdout.replace(/^(.).*\n/gm, "$1");
}

describe("ls puts recordings in an order", () => {
  it("by every key, and the other way round", async () => {
    const bySize = Object.entries(FILES).sort(([, a], [, b]) => b.length - a.length);
    const orders = {
      test: "cbad",
      path: "cabd",
      id: "abcd",
      endpoint: "cbad",
      model: "cabd",
      chunks: "cabd",
      size: bySize.map(([path]) => path.at(path.indexOf("recordings/") + "recordings/".length)).join(""),
    };
    const keys = Object.keys(orders);
    const found = await forEach(keys, async (key) => [key, await order("--sort", key)]);
    expect(Object.fromEntries(found)).toEqual(orders);
    const reversed = await forEach(keys, async (key) =>
      [...(await order("--sort", key, "--reverse"))].reverse().join(""),
    );
    expect(reversed).toEqual(Object.values(orders));
  });

  it("by test where nothing is said, and the other way round with -r", async () => {
    expect([await order(), await order("-r")]).toEqual(["cbad", "dabc"]);
  });

  it("no more than asked for, from the front", async () => {
    const limits = [["--limit", "2"], ["-n", "0"], ["-n9"], ["-rn1"]];
    expect(await forEach(limits, (args) => order(...args))).toEqual(["cb", "", "cbad", "d"]);
  });

  it("and counts all in the summary, shown or not", async () => {
    const { stdout } = await inside(["ls", "--json", "--limit", "1"], { cwd: tree(FILES) });
    const { recordings, summary } = JSON.parse(stdout);
    expect(recordings.map(({ id }: { id: string }) => id)).toEqual([hash("cccc")]);
    expect(summary).toMatchObject({ recordings: 4, tests: 2, streaming: 2, failed: 1 });
  });
});

describe("ls --group counts", () => {
  const size = (...starts: string[]): number =>
    Object.entries(FILES)
      .filter(([path]) => starts.some((start) => path.includes(hash(start))))
      .reduce((sum, [, text]) => sum + text.length, 0);
  const groups = async (key: string, ...more: string[]): Promise<Record<string, unknown>> =>
    JSON.parse((await inside(["ls", "--group", key, "--json", ...more], { cwd: tree(FILES) })).stdout);

  it.each([
    [
      "test",
      [
        ["t.py::a", 2, 1, 0],
        ["t.py::z", 1, 1, 0],
        [null, 1, 0, 1],
      ],
    ],
    [
      "dir",
      [
        ["recordings", 3, 1, 1],
        ["deep/recordings", 1, 1, 0],
      ],
    ],
    [
      "model",
      [
        ["m-c", 2, 0, 1],
        ["m-a", 1, 1, 0],
        ["m-b", 1, 1, 0],
      ],
    ],
    [
      "endpoint",
      [
        ["/v1/chat/completions", 2, 1, 0],
        ["/v1/completions", 1, 1, 0],
        ["/v1/models", 1, 0, 1],
      ],
    ],
    [
      "dialect",
      [
        ["openai-chat", 2, 1, 0],
        ["openai-completions", 1, 1, 0],
        ["openai-models", 1, 0, 1],
      ],
    ],
  ])("by %s, the most first", async (key, rows) => {
    const document = await groups(key);
    expect(Object.keys(document)).toEqual(["by", "groups", "broken", "summary"]);
    expect(document.by).toBe(key);
    expect(document.groups).toEqual(
      rows.map(([name, recordings, streaming, failed]) => ({
        key: name,
        recordings,
        bytes: expect.any(Number),
        streaming,
        failed,
      })),
    );
    expect(document.summary).toMatchObject({ groups: rows.length, recordings: 4, failed: 1, broken: 0 });
  });

  it("bytes too, as rows of recordings, bytes, streamed, failed and key", async () => {
    const { stdout } = await inside(["ls", "--group", "test"], { cwd: tree(FILES) });
    expect(stdout).toBe(
      `2\t${size("bbbb", "cccc")}\t1\t0\tt.py::a\n1\t${size("aaaa")}\t1\t0\tt.py::z\n1\t${size("dddd")}\t0\t1\t\n`,
    );
  });

  it("in the other order, no more than asked for, and only what the filters leave", async () => {
    const keys = async (...more: string[]): Promise<unknown> =>
      ((await groups("model", ...more)).groups as { key: string }[]).map(({ key }) => key);
    expect(await keys("--reverse")).toEqual(["m-b", "m-a", "m-c"]);
    expect(await keys("--limit", "1")).toEqual(["m-c"]);
    expect(await keys("--streaming")).toEqual(["m-a", "m-b"]);
  });
});
