import { describe, expect, it } from "vitest";
import { onTerminal } from "../cli/terminal.ts";
import { HAS_GIT } from "../store/repository.ts";
import { assistant, type Chat, changed, chats, idOf, TEST, user } from "./world.ts";

/** What a person sees, without what is another each time. */
const seen = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

const call = (id: string) => ({
  ...assistant(""),
  tool_calls: [{ id, type: "function", function: { name: "tide", arguments: '{"harbour":"Wick"}' } }],
});
const asks = (text: string, id: string, rest: Partial<Chat> = {}): Chat => ({
  messages: [user(text), call(id), { role: "tool", tool_call_id: id, content: "22:14" }],
  ...rest,
});

/** A run of three tests: a parameter more in each, a call id, one text, an answer; one test is new and one is gone. */
function run() {
  const tests = ["high_water", "low_water", "spring_tide"].map((name) => TEST.replace("high_water", name));
  const olds = tests.map((test, at) =>
    asks(`When is it, ${at}?`, `call_${"aB3dE5gH7jK9mN1pQ3sT5vX7".slice(at)}${"x".repeat(at)}`, { test }),
  );
  const nows = tests.map((test, at) =>
    asks(
      at === 2 ? "When is it today, 2?" : `When is it, ${at}?`,
      `call_${"Zz9yX8wV7uT6sR5qP4oN3mL2".slice(at)}${"x".repeat(at)}`,
      {
        test,
        body: { service_tier: "default" },
        ...(at === 0 ? { answer: "At 22:20." } : { id: `rec-${at}` }),
      },
    ),
  );
  const fresh: Chat = { test: TEST.replace("high_water", "new_moon"), messages: [user("New?")] };
  const gone: Chat = { test: TEST.replace("high_water", "old_moon"), messages: [user("Old?")] };
  return { world: changed(chats(...olds, gone), chats(...nows, fresh)), nows };
}

const HOSTILE = "\u001b[2J\u001b]0;owned\u0007\u0000\r\u009b31m\u202edesrever\u2066 \t\n\u{e0041}";

describe.skipIf(!HAS_GIT)("the screen of diff (needs git)", () => {
  it("is what changed, most first; what changes with every run stands last", async () => {
    const { world, nows } = run();
    const first = await onTerminal(["diff"], { cwd: world.root, columns: 100 });
    expect([first.code, first.overflows()]).toEqual([1, []]);
    await expect(seen(first.lines())).toMatchFileSnapshot("__snapshots__/first.txt");
    const pairs = await onTerminal(["diff", "--pairs"], { cwd: world.root, columns: 80 });
    await expect(seen(pairs.lines())).toMatchFileSnapshot("__snapshots__/pairs.txt");
    for (const columns of [80, 120]) {
      const whole = await onTerminal(["diff", "HEAD", ".", idOf(nows[2] as Chat)], { cwd: world.root, columns });
      await expect(seen(whole.lines())).toMatchFileSnapshot(`__snapshots__/pair-${columns}.txt`);
    }
  });

  it("fits any terminal and obeys no recording", async () => {
    const long = `${"very ".repeat(400)}${"long".repeat(300)}`;
    const ask = (at: number, text: string, rest: Partial<Chat> = {}): Chat => ({
      test: `tests/${"deep/".repeat(9)}test_${at}.py::test[${HOSTILE}${"p".repeat(200)}]`,
      messages: [user(text)],
      ...rest,
    });
    const olds = [ask(0, HOSTILE), ask(1, long), ask(2, "日本語の文章".repeat(80)), ask(3, "plain")];
    const nows = [
      ask(0, `${HOSTILE} and now`, { body: { [HOSTILE]: HOSTILE }, answer: `${HOSTILE}${long}` }),
      ask(1, long.replaceAll("very", "most"), { answer: HOSTILE }),
      ask(2, "日本語の文字".repeat(80), { answer: "👩‍👩‍👧‍👦".repeat(90) }),
      ask(4, HOSTILE),
    ];
    const { root } = changed(chats(...olds), chats(...nows));
    const forms = [
      [],
      ["--pairs"],
      ["--all"],
      ["--test", "test_0.py"],
      ["--test", "test_1.py"],
      ["--test", "test_2.py"],
    ];
    for (const [columns, rows] of [
      [20, 5],
      [40, 10],
      [110, 40],
    ] as const) {
      for (const form of columns === 20 ? forms : forms.slice(columns === 40 ? 4 : 3, 5)) {
        const shown = await onTerminal(["diff", ...form], { cwd: root, columns, rows });
        const what = `${form.join(" ")} on ${columns}x${rows}`;
        expect([what, shown.code, shown.overflows()]).toEqual([what, 1, []]);
        const own = shown.raw.replace(/\u001b\[[\d;]*[mK]|\r/g, "");
        expect([what, own.match(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu)]).toEqual([what, null]);
      }
    }
    const json = await onTerminal(["diff", "--format", "markdown"], { cwd: root, columns: 80 });
    expect(json.raw).not.toContain("\u001b[2J");
  });
});
