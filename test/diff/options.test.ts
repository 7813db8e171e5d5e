import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tree } from "../run.ts";
import { HAS_GIT } from "../store/repository.ts";
import {
  assistant,
  type Chat,
  changed,
  changesIn,
  chatPath,
  chats,
  committed,
  diff,
  diffJson,
  idOf,
  replace,
  user,
} from "./world.ts";

const OTHER = "tests/chat/test_tide.py::test_low_water[gpt-4o]";
const call = (id: string) => [
  user("When?"),
  { ...assistant(""), tool_calls: [{ id, type: "function", function: { name: "tide", arguments: "{}" } }] },
  { role: "tool", tool_call_id: id, content: "22:14" },
];

/** Two tests: the request of one has another seed and call id, the answer of the other another text. */
const first: Chat = { messages: call("call_aaaaaaaaaaaaaaaaaaaaaaaa"), body: { seed: 1 } };
const firstNow: Chat = { messages: call("call_bbbbbbbbbbbbbbbbbbbbbbbb"), body: { seed: 2 } };
const second: Chat = { test: OTHER };
const scene = () => changed(chats(first, second), chats(firstNow, { ...second, answer: "Never." }));

describe.skipIf(!HAS_GIT)("diff (needs git)", () => {
  it("lists every pair, and shows those of a test or of an id whole", async () => {
    const { root } = scene();
    const { stdout, stderr } = await diff(root, "--pairs");
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows.map(([kind, now, old, test, ...rest]) => [kind, now, old, test, rest[0], rest[1]]).sort()).toEqual(
      [
        [
          "pair",
          chatPath(firstNow),
          chatPath(first),
          "tests/chat/test_tide.py::test_high_water[gpt-4o]",
          "changed",
          "same",
        ],
        ["pair", chatPath(second), chatPath(second), OTHER, "same", "changed"],
      ].sort(),
    );
    expect(stderr).toBe("2 recordings of 2 tests came after another: 1 request changed · 1 response changed\n");
    const whole = await diff(root, "--test", "high_water");
    expect(whole.stdout).toContain("~ body.seed\n    recorded: 1\n    asked now: 2\n");
    expect(whole.stdout).not.toContain("low_water");
    // What changes with every run stands last.
    expect(whole.stdout.indexOf("body.seed")).toBeLessThan(whole.stdout.indexOf("(call id)"));
    const byId = await diff(root, "HEAD", ".", idOf(firstNow));
    expect(byId.stdout).toBe(whole.stdout);
    expect((await diff(root, "HEAD", ".", idOf(first))).stdout).toBe(whole.stdout);
    const { json, code } = await diffJson(root, "HEAD", ".", idOf(second));
    expect([code, json.pairs.length, json.clusters]).toEqual([1, 1, []]);
  });

  it("--only looks at one part, and leaves out paths that are pasted from the report", async () => {
    const { root } = scene();
    const requests = await diffJson(root, "--only", "request");
    expect(requests.json.summary).toMatchObject({ requests_changed: 1, responses_changed: 0 });
    expect(requests.json.pairs.map(({ response }: { response: unknown }) => response)).toEqual([null, null]);
    const responses = await diffJson(root, "--only", "response");
    expect(responses.json.summary).toMatchObject({ requests_changed: 0, responses_changed: 1, clusters: 0 });
    const path = "body.messages[1].tool_calls[0].id";
    expect(requests.json.clusters.map(({ change }: never) => (change as { path: string }).path).sort()).toEqual([
      path,
      "body.seed",
    ]);
    const ignored: [paths: string[], changes: string[], code: number][] = [
      [["body.seed"], [`replace ${path}`], 1],
      [[path], ["replace body.seed"], 1],
      [["body.messages[].tool_calls[].id"], ["replace body.seed"], 1],
      [["body.messages[].tool_calls[0].id"], ["replace body.seed"], 1],
      [["body.messages[*].tool_calls"], ["replace body.seed"], 1],
      [["body.messages[2].tool_calls[0].id", "body.see"], [`replace ${path}`, "replace body.seed"], 1],
      [["body.seed", "body.messages", "response.choices[].text"], [], 0],
    ];
    for (const [paths, changes, code] of ignored) {
      const args = paths.flatMap((one) => ["--ignore", one]);
      const found = await diffJson(root, ...args, "--test", code === 0 ? "water" : "high_water");
      expect([paths, changesIn(found.json).flat().sort(), found.code]).toEqual([paths, [...changes].sort(), code]);
    }
  });

  it("filters choose of what was found, and change nothing of it", async () => {
    const small: Chat = { messages: [user("a")], answer: "x" };
    const large: Chat = { messages: [user("b".repeat(3000))] };
    const one = changed(
      chats(small, large),
      chats({ ...small, body: { seed: 1 } }, { ...large, body: { seed: 1 } }, { ...second }),
    );
    const chosen = async (...args: string[]) => {
      const { json } = await diffJson(one.root, ...args);
      return [json.pairs.map(({ old }: { old: string }) => old), json.added.length, json.removed.length];
    };
    expect(await chosen("--larger", "2k")).toEqual([[chatPath(large)], 0, 0]);
    expect(await chosen("--test", "low_water")).toEqual([[], 1, 0]);
    expect(await chosen("--model", "claude")).toEqual([[], 0, 0]);
    expect((await chosen("--endpoint", "chat"))[1]).toBe(1);
    // What is gone of another test is not told either.
    const gone = changed(chats(small, second), {});
    expect(await diffJson(gone.root, "--test", "low_water")).toMatchObject({
      code: 1,
      json: { summary: { removed: 1 } },
    });
    expect(await diff(gone.root, "--test", "nothing")).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^nothing that was asked for changed; 2 other recordings did\n/),
    });
  });

  it("finds tests that are called otherwise, and files that git saw move", async () => {
    const renamed: Chat = { ...first, test: "tests/chat/test_tide.py::test_flood[gpt-4o]", body: { seed: 2 } };
    const world = changed(chats(first), chats(renamed));
    expect((await diffJson(world.root)).json.summary).toMatchObject({ pairs: 0, added: 1, removed: 1 });
    const found = await diffJson(world.root, "--rename", "high_water=flood");
    expect(found.json.pairs).toMatchObject([{ via: "renamed", changes: [{ path: "body.seed" }] }]);
    const moved: Chat = { ...firstNow, test: "tests/sea/test_waves.py::test_high_water[gpt-4o]" };
    const source = { "tests/chat/test_tide.py": "def test_high_water(): ...\n".repeat(9) };
    const sea = committed({ ...chats(first), ...source });
    sea.write({ "tests/sea/conftest.py": "" });
    sea.git("mv", "tests/chat/test_tide.py", "tests/sea/test_waves.py");
    // The old recording still lies where it lay.
    replace(sea.root, {}, chats(moved));
    for (const cwd of [sea.root, `${sea.root}/tests`]) {
      const { json } = await diffJson(cwd);
      expect(json.pairs).toMatchObject([{ via: "renamed", test_id: moved.test }]);
      expect([json.superseded.length, json.added.length, json.removed.length]).toEqual([1, 0, 0]);
    }
  });

  it("a link where a recording was is no silence", async () => {
    const { root, path } = ((): { root: string; path: string } => {
      const made = chats({ test: "tests/chat/test_a.py::test_gone" });
      return { root: committed(made).root, path: Object.keys(made)[0] as string };
    })();
    rmSync(join(root, path));
    symlinkSync("/nowhere", join(root, path));
    const { code, stderr } = await diff(root);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${path}: a link`)]);
  });

  it("an overlay that was not called one is told", async () => {
    const many = Array.from({ length: 5 }, (_, at): Chat => ({ test: `tests/chat/test_a.py::test_${at}` }));
    const { root } = committed(chats(...many));
    const [run] = many.map((one) => ({ ...one, body: { seed: 1 } }));
    const out = tree(chats(run as Chat));
    const { stderr, code } = await diff(root, "HEAD", out);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `5 of 5 recordings are not in ${out}: if it holds only what a run wrote, say so:\n  recctl diff HEAD ${out} --overlay\n`,
    );
    const told = await diff(root, "HEAD", out, "--overlay");
    expect(told.stderr).not.toContain("say so");
    expect((await diffJson(root, "HEAD", out, "--overlay")).json.summary).toMatchObject({
      pairs: 1,
      removed: 0,
      superseded: 1,
    });
  });
});
