import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tree } from "../run.ts";
import {
  assistant,
  type Chat,
  changesIn,
  chats,
  chatText,
  type DiffJson,
  diff,
  diffJson,
  type Files,
  replace,
  user,
} from "./world.ts";

/** Two folders: what was recorded, and what is asked now. */
function folders(old: Files, now: Files): string {
  const at = tree({});
  replace(join(at, "old"), {}, { "README.md": "", ...old });
  replace(join(at, "new"), {}, { "README.md": "", ...now });
  return at;
}

const told = async (old: Files, now: Files, ...args: string[]) =>
  (await diffJson(folders(old, now), "old", "new", ...args)).json;

const turns = (count: number, text = (at: number) => `turn ${at}: what is the ${at}th thing?`): unknown[] =>
  Array.from({ length: count }, (_, at) => (at % 2 === 0 ? user(text(at)) : assistant(`answer ${at}`)));

/** A text of many words, none of them twice. */
const words = (count: number, of: string): string => Array.from({ length: count }, (_, at) => `${of}${at}`).join(" ");

describe("made cases", () => {
  it("two equal requests of one test each keep their own", async () => {
    // Names of an older recorder: the same request lies there twice.
    const twice = (names: string, seed: number): Files =>
      Object.fromEntries(
        ["first", "second"].map((answer, at) => [
          `tests/chat/recordings/${names.charAt(at).repeat(64)}.json`,
          chatText({ messages: [user("Again?")], body: { seed }, answer }),
        ]),
      );
    const json = await told(twice("ab", 1), twice("cd", 2));
    expect(changesIn(json)).toEqual([["replace body.seed"], ["replace body.seed"]]);
    expect(new Set(json.pairs.map(({ old }: DiffJson) => old)).size).toBe(2);
    expect(json.clusters).toMatchObject([{ pairs: [0, 1] }]);
  });

  it("a turn inserted into a conversation of ten is one change", async () => {
    const ten = turns(10);
    const inserted = [...ten.slice(0, 4), { role: "system", content: "Be brief." }, ...ten.slice(4)];
    const steps = (all: unknown[]): Chat[] => [2, 4, 6, 8, 10].map((end) => ({ messages: all.slice(0, end) }));
    const json = await told(chats({ messages: ten }), chats({ messages: inserted }));
    expect(changesIn(json)).toEqual([["add body.messages[4]"]]);
    // Each of the conversation's requests comes after its own, though it looks like the next one.
    const all = await told(
      chats(...steps(ten)),
      chats(
        ...steps(ten).map(({ messages = [] }) => ({
          messages: [{ role: "system", content: "Be brief." }, ...messages],
        })),
      ),
    );
    expect(changesIn(all)).toEqual(Array(5).fill(["add body.messages[0]"]));
    expect(all.clusters).toMatchObject([{ pairs: [0, 1, 2, 3, 4], tests: [expect.any(String)] }]);
  });

  it("a renamed test, and one in a moved file", async () => {
    const old: Chat = { test: "tests/chat/test_tide.py::test_flood" };
    const renamed: Chat = { test: "tests/chat/test_tide.py::test_ebb", body: { seed: 1 } };
    const moved: Chat = { test: "tests/sea/test_waves.py::test_flood", body: { seed: 1 } };
    for (const [now, rename] of [
      [renamed, "test_flood=test_ebb"],
      [moved, "tests/chat/test_tide.py=tests/sea/test_waves.py"],
    ] as const) {
      const json = await told(chats(old), chats(now), "--rename", rename);
      expect(json.pairs).toMatchObject([{ via: "renamed", changes: [{ op: "add", path: "body.seed" }] }]);
      expect([json.added, json.removed]).toEqual([[], []]);
    }
  });

  it("a tool that is called otherwise, and messages in another order", async () => {
    const tool = (name: string) => ({
      type: "function",
      function: { name, description: "Tells the tide.", parameters: { type: "object" } },
    });
    const tools = (...names: string[]): Files => chats({ body: { tools: names.map(tool) } });
    expect(changesIn(await told(tools("get_tide", "other"), tools("tide_of", "other")))).toEqual([
      ["replace body.tools[0].function.name"],
    ]);
    const [a, b, c] = [user("one thing"), assistant("another thing entirely"), user("and a third one")];
    expect(changesIn(await told(chats({ messages: [a, b, c] }), chats({ messages: [c, a, b] })))).toEqual([
      ["move body.messages[0]"],
    ]);
  });

  it("331 near-equal recordings of one test each find their own", async () => {
    const some = (suffix: string): Chat[] =>
      Array.from({ length: 331 }, (_, at) => ({
        messages: [user(`Summarise part ${at} of the book about the sea${suffix}`)],
      }));
    const json = await told(chats(...some("")), chats(...some(", please")));
    expect(json.summary).toMatchObject({ pairs: 331, added: 0, removed: 0, clusters: 331 });
    const part = (text: string): string | undefined => /part \d+ /.exec(text)?.[0];
    const strays = json.pairs.filter(({ changes: [change] }: DiffJson) => part(change.old) !== part(change.new));
    expect(strays).toEqual([]);
  });

  it("a text of 1 MB with a quarter changed is compared within bounds, and says that it stopped", async () => {
    const same = words(37_500, "stays ");
    const long = (of: string): Chat => ({
      messages: [user(`${same.slice(0, 200_000)} ${words(20_000, of)} ${same.slice(200_000)}`)],
    });
    const at = folders(chats(long("tide")), chats(long("wave")));
    const shown = await diff(at, "old", "new", "--test", "high_water");
    expect(shown.stdout).toMatch(
      /recorded [\d,]+ characters, asked now [\d,]+ characters: too much changed, words were not compared \(the first 200,0\d\d characters and/,
    );
    expect(shown.stdout).toMatch(/recorded: ….* tide0 tide1 /);
    expect(shown.stdout).toMatch(/asked now: ….* wave0 wave1 /);
    expect(shown.stdout.length).toBeLessThan(3000);
    const markdown = await diff(at, "old", "new", "--format", "markdown");
    expect(markdown.stdout).toContain("too much changed, words were not compared");
    const [{ changes }] = (await diffJson(at, "old", "new")).json.pairs;
    expect(changes).toMatchObject([{ path: "body.messages[0].content", stopped: true }]);
  });
});
