import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tree } from "../run.ts";
import { HAS_GIT } from "../store/repository.ts";
import {
  type Chat,
  changed,
  chatPath,
  chats,
  chatText,
  type DiffJson,
  diff,
  diffJson,
  type Files,
  replace,
  TEST,
  user,
} from "./world.ts";

const sentence = (at: number): string => Array.from({ length: 8 }, (_, word) => `word${at * 8 + word}`).join(" ");

/** What would be more than text in Markdown, in HTML, or on a terminal. */
const HOSTILE = [
  "`one` ``two`` and ```three```",
  "`",
  "a | b \\| c",
  "@octocat #1 GH-2 https://evil.example [here](https://evil.example)",
  "<script>alert(1)</script><!-- -->",
  "</details></summary>\n\n# Heading\n| a |\n\n",
  "\u001b[31mred\u001b]0;title\u0007\u0000\u202eevil\u2028\ud800",
  "| --- |\r\n***",
];

describe.skipIf(!HAS_GIT)("diff --format (needs git)", () => {
  const old: Chat = { messages: [user("When?")] };
  const now: Chat = { messages: [user("When?")], body: { seed: 1 }, answer: "Never." };
  const fresh: Chat = { test: "tests/chat/test_b.py::test_c", messages: [user("New")] };
  const gone: Chat = { test: "tests/chat/test_d.py::test_e", messages: [user("Gone")] };

  it("json and ndjson have the shape that is documented", async () => {
    const { root } = changed(chats(old, gone), chats(old, now, fresh));
    const { json, code } = await diffJson(root);
    const [{ id }] = json.clusters;
    const seed = { path: "body.seed", op: "add", old: null, new: 1, volatile: null };
    const pair = {
      new: chatPath(now),
      old: chatPath(old),
      test_id: TEST,
      via: "test",
      request: "changed",
      changes: [{ ...seed, evened: false, also: [] }],
      response: {
        kind: "changed",
        noise: [],
        changes: [
          {
            path: "response.choices[0].text",
            op: "replace",
            old: "At 22:14.",
            new: "Never.",
            volatile: null,
            evened: false,
            also: [],
          },
        ],
      },
      clusters: [id],
    };
    const subject = (one: Chat) => ({
      path: chatPath(one),
      test_id: one.test,
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
      bytes: chatText(one).length,
    });
    expect({ code, ...json }).toEqual({
      code: 1,
      pairs: [pair],
      clusters: [{ id, change: { ...seed, words: null, evened: false }, pairs: [0], tests: [TEST] }],
      added: [subject(fresh)],
      removed: [subject(gone)],
      superseded: [{ new: chatPath(now), old: chatPath(old) }],
      moved: [],
      broken: [],
      left_out: [],
      summary: {
        pairs: 1,
        tests: 1,
        requests_changed: 1,
        responses_changed: 1,
        noise_only: 0,
        clusters: 1,
        added: 1,
        added_bytes: chatText(fresh).length,
        removed: 1,
        removed_bytes: chatText(gone).length,
        superseded: 1,
        superseded_bytes: chatText(old).length,
        moved: 0,
        same: 1,
      },
    });
    const { stdout } = await diff(root, "--format", "ndjson");
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([pair]);
    const rows = (await diff(root)).stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows.map(([kind]) => kind)).toEqual(["cluster", "answers", "added", "removed"]);
    expect(rows[0]).toEqual(["cluster", id, "1", "1", "add", "body.seed", "", "1", ""]);
  });

  it("files that cannot be read, and links, are told in each, and are no silence", async () => {
    const broken = chatPath(now);
    const { root } = changed(chats(old), { ...chats(old), [broken]: chatText(now).slice(0, 300) });
    symlinkSync("nowhere", join(root, "tests/chat/recordings/link.json"));
    const { json, code } = await diffJson(root);
    expect([code, json.summary.pairs]).toEqual([1, 0]);
    expect(json.broken).toMatchObject([{ path: broken, message: expect.stringContaining("(in the working tree)") }]);
    expect(json.left_out).toEqual([
      { path: "tests/chat/recordings/link.json", message: "a link, which is not followed" },
    ]);
    const text = await diff(root);
    expect(text.stderr).toMatch(/1 file cannot be read/);
    expect(text.stderr).toContain("link.json: a link");
    expect((await diff(root, "--format", "markdown")).stdout).toContain("1 file cannot be read");
  });

  it("markdown is less than 60 KB, whatever the size of the run", async () => {
    const many = (change: (at: number) => Chat): Files =>
      chats(
        ...Array.from({ length: 3000 }, (_, at) => ({
          test: `tests/s${at % 40}/test_${at % 300}.py::test_${at}[${"x".repeat(at % 200)}]`,
          ...change(at),
        })),
      );
    const before = many((at) => ({ messages: [user(sentence(at))] }));
    const behind = many((at) => ({ messages: [user(sentence(at + 1))], answer: sentence(at) }));
    const at = tree({});
    replace(join(at, "old"), {}, before);
    replace(join(at, "new"), {}, behind);
    const { stdout, code } = await diff(at, "old", "new", "--format", "markdown");
    expect(code).toBe(1);
    expect(Buffer.byteLength(stdout)).toBeLessThan(60_000);
    expect(Buffer.byteLength(stdout)).toBeGreaterThan(30_000);
    expect(stdout).toContain("3,000 recordings of 3,000 tests came after another: 3,000 requests changed");
    expect(stdout).toContain("| suite |");
    expect(stdout).toMatch(/and 2,\d+ more/);
    expect(stdout.match(/<details>/g)).toHaveLength(stdout.match(/<\/details>/g)?.length ?? 0);
  });

  it("markdown keeps what recordings and paths say in code spans", async () => {
    const ask = (at: number): Chat => ({
      test: `tests/a|b/test_${at}.py::test[${HOSTILE[at]}]`,
      messages: [user("When?")],
    });
    const olds = HOSTILE.map((_, at) => ask(at));
    const nows = HOSTILE.map((text, at): Chat => ({ ...ask(at), messages: [user(text)], body: { [text]: text } }));
    const alone: Chat = { test: `tests/x/test_y.py::test[${HOSTILE.join()}]`, messages: [user("Gone")] };
    const { root } = changed(chats(...olds, alone), chats(...nows));
    const { stdout } = await diff(root, "--format", "markdown");
    const outside = withoutCode(stdout);
    expect(outside).not.toMatch(/evil|script|octocat|red|@|`|\\/);
    expect(stdout).not.toMatch(/[\p{Cf}\u2028\ufffd]|(?!\n)\p{Cc}/u);
    // Each row has as many cells as its head.
    const cells = (line: string): number => line.replace(/\\\|/g, "").split("|").length;
    let columns = 0;
    for (const line of stdout.split("\n")) {
      if (!line.startsWith("|")) columns = 0;
      else if (columns === 0) columns = cells(line);
      else expect([line, cells(line)]).toEqual([line, columns]);
    }
    expect(outside.match(/<\/?\w+>/g)?.every((tag) => /^<\/?(?:details|summary)>$/.test(tag))).toBe(true);
    expect((await diffJson(root)).json.clusters.some(({ change }: DiffJson) => change.new === HOSTILE[0])).toBe(true);
  });
});

/** Markdown without its code spans, as GitHub finds them: as many backticks as it began with end a span. */
const withoutCode = (text: string): string => text.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
