import { describe, expect, it } from "vitest";
import { type PairingOptions, pairUp } from "../../src/compare/pairs/pair.ts";
import type { Subject } from "../../src/compare/pairs/subject.ts";
import { assistant, complete, type Made, OVERLAY, Subjects, TEST, user } from "./made.ts";

/** Pairs as indexes: `[old, now]`, in the order of the run. */
function indexes(olds: Subject[], nows: Subject[], options: PairingOptions = OVERLAY): [number, number][] {
  return pairUp(olds, nows, options).pairs.map(({ old, now }) => [olds.indexOf(old), nows.indexOf(now)]);
}

const straight = (count: number): [number, number][] => Array.from({ length: count }, (_, at) => [at, at]);

function subjects(made: readonly Made[]): Subject[] {
  const all = new Subjects();
  return made.map((one) => all.of(one));
}

describe("a test", () => {
  it("has two equal requests: each has a predecessor of its own", () => {
    const all = new Subjects();
    const it = { messages: [user("hello")] };
    const olds = [all.of(it, "r/a.json"), all.of(it, "r/b.json")];
    const nows = [all.of(it, "r/c.json"), all.of(it, "r/b.json")];
    expect(indexes(olds, nows)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(indexes(olds, [...nows, all.of(it, "r/d.json")])).toHaveLength(2);
    expect(pairUp(olds, nows, OVERLAY).pairs.map(({ same, via }) => [same, via])).toEqual([
      [true, "test"],
      [true, "file"],
    ]);
  });

  it("has a parameter more in each request of its conversation", () => {
    const says = [user("one"), assistant("two"), user("three"), assistant("four"), user("five")];
    const requests = [1, 3, 5].map((turns) => ({ messages: says.slice(0, turns) }));
    const [olds, nows] = [
      subjects(requests),
      subjects(requests.map((one) => ({ ...one, body: { service_tier: "x" } }))),
    ];
    expect(indexes(olds, nows)).toEqual(straight(3));
  });

  it("has a turn more within a conversation of ten: what was put in is added, and all behind it goes on", () => {
    const says = Array.from({ length: 10 }, (_, at) =>
      (at % 2 === 0 ? user : assistant)(`turn ${at} of a talk about ${"abcdefghij"[at]}${at} and nothing else`),
    );
    const conversation = (turns: unknown[]): Made[] => turns.map((_, at) => ({ messages: turns.slice(0, at + 1) }));
    const olds = subjects(conversation(says));
    const put = [...says.slice(0, 4), user("by the way: the weather"), ...says.slice(4)];
    const all = subjects(conversation(put));
    // The first four are as they were.
    const nows = all.slice(4);
    const pairing = pairUp(olds, nows, complete(...olds.slice(0, 4)));
    expect(pairing.pairs.map(({ old, now }) => [olds.indexOf(old), all.indexOf(now)])).toEqual(
      [4, 5, 6, 7, 8, 9].map((at) => [at, at + 1]),
    );
    expect(pairing.added.map((now) => all.indexOf(now))).toEqual([4]);
    expect(pairing.removed).toEqual([]);
  });

  it("has a question and its answer more within a conversation of ten, asked at every second turn", () => {
    const says = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? user : assistant)(`words of turn ${at}`));
    const conversation = (turns: unknown[]): Made[] =>
      turns.flatMap((_, at) => (at % 2 === 0 ? [{ messages: turns.slice(0, at + 1) }] : []));
    const olds = subjects(conversation(says));
    const put = [...says.slice(0, 4), user("the weather?"), assistant("sunny it is"), ...says.slice(4)];
    const nows = subjects(conversation(put).slice(2));
    const pairing = pairUp(olds, nows, OVERLAY);
    expect(pairing.pairs.map(({ old, now }) => [olds.indexOf(old), nows.indexOf(now)])).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(pairing.added).toEqual([nows[0]]);
  });

  it("asks a step more of its conversation: the step before is no predecessor", () => {
    const [olds, nows] = [
      subjects([{ messages: [user("one")] }]),
      subjects([{ messages: [user("one"), assistant("two"), user("three")] }]),
    ];
    expect(indexes(olds, nows)).toEqual([]);
    expect(indexes(olds, subjects([{ messages: [user("one"), assistant("two"), user("one")] }]))).toEqual([]);
  });

  it("has its messages in another order", () => {
    const olds = subjects([
      { messages: [{ role: "system", content: "be brief" }, user("what is two and two?")] },
      { messages: [{ role: "system", content: "be long" }, user("what is three and three?")] },
    ]);
    const nows = subjects([
      { messages: [user("what is three and three?"), { role: "system", content: "be long" }] },
      { messages: [user("what is two and two?"), { role: "system", content: "be brief" }] },
    ]);
    expect(indexes(olds, nows)).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it("calls a tool otherwise", () => {
    const tool = (name: string, description: string) => ({
      type: "function",
      function: { name, description, parameters: { type: "object" } },
    });
    const request = (...tools: unknown[]): Made => ({ messages: [user("weather?")], body: { tools } });
    const olds = subjects([request(tool("get", "a"), tool("put", "b")), request(tool("get", "c"), tool("put", "b"))]);
    const nows = subjects([
      request(tool("fetch", "c"), tool("put", "b")),
      request(tool("fetch", "a"), tool("put", "b")),
    ]);
    expect(indexes(olds, nows)).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it("chooses all at once, not the nearest for the first", () => {
    const texts = (...words: string[]): Made => ({ messages: [user(words.join(" "))] });
    // Both nows are nearest to the first old; only one of them is anything like the second.
    const olds = subjects([texts("a", "b", "c", "d", "e", "f"), texts("a", "b", "x", "y", "z", "w")]);
    const nows = subjects([texts("a", "b", "c", "d", "x", "y"), texts("a", "b", "c", "d", "e", "q")]);
    expect(indexes(olds, nows)).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it("has nothing alike: no pairing is better than a bad one", () => {
    const olds = subjects([{ messages: [user("alpha beta gamma delta")] }]);
    const nows = subjects([{ messages: [user("one two three four")], request: { model: "other" }, body: { seed: 1 } }]);
    const pairing = pairUp(olds, nows, OVERLAY);
    expect(pairing.pairs).toEqual([]);
    expect(pairing.added).toEqual(nows);
    expect(pairing.removed).toEqual([]);
    expect(pairUp(olds, nows, complete()).removed).toEqual(olds);
  });

  it("asks another endpoint", () => {
    const request = { url: "http://localhost:1/v1/completions", endpoint: "/v1/completions" };
    expect(indexes(subjects([{ messages: [user("a")] }]), subjects([{ messages: [user("a")], request }]))).toEqual([]);
  });

  it("has 331 near-equal requests", () => {
    const request = (at: number, words: string): Made => ({
      messages: [{ role: "system", content: words }, user(`question ${at} of many`)],
    });
    const numbers = Array.from({ length: 331 }, (_, at) => at);
    const olds = subjects(numbers.map((at) => request(at, "you are helpful")));
    const nows = subjects(numbers.map((at) => request(at, "you are most helpful")));
    expect(indexes(olds, nows)).toEqual(straight(331));
  });

  it("has thousands of requests", () => {
    const request = (at: number, tier?: string): Made => ({
      messages: [user(`${at % 7} words`), assistant(`answer ${at}`), user("go on")],
      ...(tier ? { body: { tier } } : {}),
    });
    const numbers = Array.from({ length: 1500 }, (_, at) => at);
    const [olds, nows] = [subjects(numbers.map((at) => request(at))), subjects(numbers.map((at) => request(at, "x")))];
    expect(indexes(olds, nows)).toEqual(straight(1500));
  });
});

describe("a test that is called otherwise", () => {
  const made = (test: string, text = "hello"): Made => ({ test, messages: [user(text)] });
  const olds = subjects([made(TEST), made(TEST, "what else is there to be said?")]);

  it("is found by --rename", () => {
    const now = TEST.replace("test_y", "test_z");
    const nows = subjects([made(now), made(now, "what else is there to be asked?")]);
    expect(indexes(olds, nows)).toEqual([]);
    const pairing = pairUp(olds, nows, { ...complete(), renames: [["test_y", "test_z"]] });
    expect(pairing.pairs.map(({ same, via }) => [same, via])).toEqual([
      [true, "renamed"],
      [false, "renamed"],
    ]);
    expect(pairing).toMatchObject({ added: [], removed: [], superseded: [] });
  });

  it("is found where its file moved", () => {
    const nows = subjects([made(TEST.replace("tests/chat/test_x.py", "tests/talk/test_new.py"))]);
    const moved = new Map([["tests/chat/test_x.py", "tests/talk/test_new.py"]]);
    const pairing = pairUp(olds, nows, { ...complete(), moved });
    expect(pairing.pairs.map(({ old, via }) => [olds.indexOf(old), via])).toEqual([[0, "renamed"]]);
    expect(pairing.removed).toEqual([olds[1]]);
  });

  it("keeps its own name where NEW has that, and not the new one", () => {
    const nows = subjects([made(TEST, "hello you")]);
    expect(indexes(olds, nows, { ...OVERLAY, renames: [["test_y", "test_z"]] })).toEqual([[0, 0]]);
  });

  it("has other parameters: a guess, and none while the old ones are in use", () => {
    const nows = subjects([made(TEST.replace("[a]", "[b]"))]);
    expect(pairUp(olds, nows, complete()).pairs.map(({ via }) => via)).toEqual(["parameters"]);
    expect(indexes(olds, nows, complete(...olds))).toEqual([]);
    expect(indexes(olds, [...nows, ...subjects([made(TEST, "hello there")])])).toEqual([[0, 1]]);
  });
});

describe("what is named without its test", () => {
  const list = (all: Subjects, name: string, models: string[], test = TEST, host = "localhost:1"): Subject =>
    all.of(
      {
        test,
        request: { endpoint: "/v1/models", url: `http://${host}/v1/v1/models`, body: {} },
        response: {
          body: models.map((id) => ({ __type__: "openai.types.model.Model", __data__: { id } })),
          is_streaming: false,
        },
      },
      `r/models-${name}.json`,
    );

  it("model lists pair by their hash", () => {
    const all = new Subjects();
    const [hash, other] = ["a".repeat(64), "b".repeat(64)];
    const olds = [list(all, `${hash}-00000001`, ["x", "y", "z"]), list(all, `${other}-00000002`, ["x", "y", "q"])];
    const nows = [
      list(all, `${hash}-00000003`, ["q"], "tests/z.py::test_third"),
      list(all, `${hash}-00000004`, ["x", "y", "z", "new"], "tests/z.py::test_other"),
      list(all, `${"c".repeat(64)}-00000005`, ["x", "y", "z"], "tests/z.py::test_other"),
      list(all, `${other}-00000006`, ["v", "w"], TEST, "elsewhere"),
    ];
    const pairing = pairUp(olds, nows, OVERLAY);
    expect(pairing.pairs.map(({ old, now, same, via }) => [olds.indexOf(old), nows.indexOf(now), same, via])).toEqual([
      [0, 1, true, "hash"],
    ]);
    expect(pairing.superseded).toEqual(pairing.pairs);
  });

  it("tools pair by what they are asked, in whichever test", () => {
    const tool = (query: string, test: string): Made => ({
      test,
      request: { provider: "p", tool_name: "search", kwargs: { query } },
    });
    const olds = subjects([tool("a", "t.py::one"), tool("b b b", "t.py::one")]);
    const nows = subjects([tool("a", "t.py::two"), tool("b b c", "t.py::one"), tool("c", "t.py::three")]);
    expect(
      pairUp(olds, nows, OVERLAY).pairs.map(({ old, now, via }) => [olds.indexOf(old), nows.indexOf(now), via]),
    ).toEqual([
      [0, 0, "hash"],
      [1, 1, "test"],
    ]);
  });
});
