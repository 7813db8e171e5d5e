import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forEach } from "../cli/process.ts";
import { tree } from "../run.ts";
import { HAS_GIT } from "../store/repository.ts";
import { type Chat, changed, chatPath, chats, committed, diff, diffJson, idOf, replace, user } from "./world.ts";

const old: Chat = { messages: [user("When is low water?")] };
const now: Chat = { messages: [user("When is high water today?")] };
const later: Chat = { messages: [user("When is high water tomorrow?")] };
const other: Chat = { test: "tests/agents/test_a.py::test_b", messages: [user("Who is there?")] };

/** A branch of three commits, something staged, and a working tree that has gone on. */
function history() {
  const world = committed(chats(old, other));
  world.git("tag", "first");
  replace(world.root, chats(old), chats(now));
  world.commit("second");
  replace(world.root, chats(now), chats(later));
  world.git("add", "--all");
  replace(world.root, {}, chats({ ...later, test: "tests/chat/test_new.py::test_new" }));
  return world;
}

const asked = ({ messages = [] }: Chat): string => (messages[0] as { content: string }).content;

describe.skipIf(!HAS_GIT)("what is compared with what (needs git)", () => {
  it("revisions, ranges, the index, the working tree, and folders", async () => {
    const { root } = history();
    const out = tree(chats(later));
    const forms: [args: string[], from: Chat, to: Chat, added: number, removed: number][] = [
      [[], now, later, 1, 0],
      [["HEAD"], now, later, 1, 0],
      [["first"], old, later, 1, 0],
      [["--staged"], now, later, 0, 0],
      [["--staged", "first"], old, later, 0, 0],
      [["first..HEAD"], old, now, 0, 0],
      [["first.."], old, now, 0, 0],
      [["first", "HEAD"], old, now, 0, 0],
      [["HEAD", "first"], now, old, 0, 0],
      [["first", "."], old, later, 1, 0],
      [["HEAD", out], now, later, 0, 1],
      [["HEAD", out, "--overlay"], now, later, 0, 0],
      [["--overlay", out, "HEAD"], later, now, 1, 0],
    ];
    await forEach(forms, async ([args, from, to, added, removed]) => {
      const { json, code } = await diffJson(root, ...args);
      expect([args, code, json.pairs.length]).toEqual([args, 1, 1]);
      const [{ old: recorded, new: askedNow }] = json.pairs[0].changes;
      expect([args, recorded, askedNow]).toEqual([args, asked(from), asked(to)]);
      expect([args, json.added.length, json.removed.length]).toEqual([args, added, removed]);
    });
  });

  it("from a subfolder, and with -C", async () => {
    const { root } = history();
    const inside = await diffJson(join(root, "tests/chat"));
    expect(inside.json.pairs).toMatchObject([{ new: expect.stringMatching(/^recordings\//) }]);
    expect(inside.json.added).toHaveLength(1);
    const { stdout, code } = await diff("/", "-C", join(root, "tests/chat"), "--format", "json");
    expect([code, JSON.parse(stdout).pairs]).toEqual([1, inside.json.pairs]);
    // An id behind both sides, and behind a range.
    for (const sides of [["first", "HEAD"], ["first..HEAD"]]) {
      const { json } = await diffJson(root, ...sides, idOf(now));
      expect([json.pairs.length, json.pairs[0].new]).toEqual([1, chatPath(now)]);
    }
    const elsewhere = await diff(join(root, "tests/agents"));
    expect(elsewhere).toMatchObject({ code: 0, stdout: "" });
    expect(elsewhere.stderr).toBe("nothing changed: 1 recording as before\n");
  });

  it("two folders need no repository", async () => {
    const at = tree({
      ...Object.fromEntries(Object.entries(chats(old)).map(([path, text]) => [`old/${path}`, text])),
      ...Object.fromEntries(Object.entries(chats(now)).map(([path, text]) => [`new/${path}`, text])),
    });
    const { json, code } = await diffJson(at, "old", "new");
    expect([code, json.summary.requests_changed]).toEqual([1, 1]);
  });

  it("a repository without a commit, and a folder without a recording", async () => {
    const empty = tree({ "README.md": "" });
    mkdirSync(join(empty, "other"));
    expect(await diff(empty, ".", "other")).toMatchObject({ code: 0, stdout: "" });
    const world = changed({}, chats(old));
    expect((await diffJson(world.root)).json.added).toHaveLength(1);
  });
});

describe.skipIf(!HAS_GIT)("exit statuses (needs git)", () => {
  it("0 where noise alone changed, 1 where more did", async () => {
    const noise = changed(chats(old), chats({ ...old, id: "rec-1" }));
    const { json, code } = await diffJson(noise.root);
    expect(json.pairs).toMatchObject([{ request: "same", via: "file", response: { kind: "noise", noise: ["ids"] } }]);
    expect([code, json.summary.noise_only, json.summary.responses_changed]).toEqual([0, 1, 0]);
    const answered = changed(chats(old), chats({ ...old, answer: "At 3." }));
    expect(await diffJson(answered.root)).toMatchObject({ code: 1, json: { summary: { responses_changed: 1 } } });
    expect(await diffJson(changed(chats(old), {}).root)).toMatchObject({ code: 1, json: { summary: { removed: 1 } } });
    expect((await diff(committed(chats(old)).root)).code).toBe(0);
  });

  it("2 for what cannot be compared, with what to type", async () => {
    const { root } = history();
    const wrong: [args: string[], says: RegExp][] = [
      [["nowhere"], /no folder and no revision is called nowhere[\s\S]*try/],
      [["firts"], /recctl diff first/],
      [["tests"], /one folder alone is compared with nothing/],
      [["first", "nowhere"], /nowhere/],
      [["--staged", "first..HEAD"], /--staged/],
      [["--only", "both"], /request, response/],
      [["--rename", "x"], /OLD=NEW/],
      [["first", "HEAD", "abc"], /4 characters/],
      [["first", "HEAD", "0123abcd"], /has this id[\s\S]*recctl diff first HEAD --pairs/],
      [["--format", "yaml"], /text, json, ndjson, markdown/],
    ];
    await forEach(wrong, async ([args, says]) => {
      const { stderr, stdout, code } = await diff(root, ...args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toMatch(says);
    });
    const bare = tree(chats(old));
    expect(await diff(bare)).toMatchObject({ code: 2, stderr: expect.stringContaining("not in a git repository") });
  });
});
