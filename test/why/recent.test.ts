import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HAS_GIT } from "../store/repository.ts";
import {
  chat,
  explained,
  files,
  hashOf,
  type Made,
  message,
  outputOf,
  pathOf,
  repositoryWith,
  testOf,
} from "./made.ts";

const [ONE, TWO, MISSED] = [testOf("test_one"), testOf("test_two"), testOf("test_missed")];
const TESTS = ["test_one", "test_two", "test_missed", "test_beside"];
const OLD: readonly Made[] = [
  { request: chat({ seed: 1 }), testId: ONE },
  { request: chat({ seed: 2, stop: "x" }), testId: TWO },
  { request: chat({ seed: 3 }), testId: MISSED },
  { request: chat({ seed: 4 }), testId: testOf("test_beside") },
];
const TIER = { service_tier: "default" };

/** What is said of a miss of the test, whose request is now another. */
async function told(request: ReturnType<typeof chat>, change: (repository: ReturnType<typeof repositoryWith>) => void) {
  const repository = repositoryWith(TESTS, OLD);
  change(repository);
  repository.write({ "run.log": outputOf([[MISSED, message(hashOf(request, MISSED))]]) });
  const { causes } = await explained(repository.root, ["run.log"]);
  expect(causes).toHaveLength(1);
  return causes[0];
}

describe.skipIf(!HAS_GIT)("what the recordings of other tests changed in", () => {
  const added = [
    { request: chat({ seed: 1, ...TIER }), testId: ONE },
    { request: chat({ seed: 2, stop: "x", ...TIER }), testId: TWO },
  ];
  const now = chat({ seed: 3, ...TIER });

  it("a parameter that came in the working tree, old recordings left or not", async () => {
    for (const isLeft of [true, false]) {
      const one = await told(now, ({ root, write }) => {
        write(files(...added));
        for (const made of OLD.slice(0, 2)) if (!isLeft) rmSync(join(root, pathOf(made)));
      });
      expect(one).toMatchObject({ cause: "request changed", proven: true, differs: '+ body.service_tier = "default"' });
      expect(one?.misses[0]?.evidence).toContain("as 2 recordings in the working tree changed");
    }
  });

  it("in the last commit", async () => {
    const one = await told(now, ({ write, commit }) => {
      write(files(...added));
      commit("More");
    });
    expect(one).toMatchObject({ cause: "request changed", proven: true });
    expect(one?.misses[0]?.evidence).toContain("as 2 recordings in the last commit changed");
  });

  it("not in a commit before that, nor another value of it", async () => {
    const before = await told(now, ({ write, commit }) => {
      write(files(...added));
      commit("More");
      write({ later: "" });
      commit("Later");
    });
    expect(before).toMatchObject({ cause: "request changed", proven: false });
    const other = await told(chat({ seed: 3, service_tier: "auto" }), ({ write }) => write(files(...added)));
    expect(other).toMatchObject({ cause: "request changed", proven: false });
  });

  it("two that came together, a value that was exchanged, and one that went", async () => {
    const two = await told(chat({ seed: 3, ...TIER, store: false }), ({ write }) =>
      write(files({ request: chat({ seed: 1, ...TIER, store: false }), testId: ONE })),
    );
    expect(two).toMatchObject({ proven: true, differs: '+ body.service_tier = "default"; + body.store = false' });
    const text = [{ role: "user", content: "hello, you" }];
    const exchanged = await told(chat({ seed: 3, messages: text }), ({ write }) =>
      write(files({ request: chat({ seed: 1, messages: text }), testId: ONE })),
    );
    expect(exchanged).toMatchObject({
      proven: true,
      differs: 'body.messages[*].content recorded "hello", asked now "hello, you"',
    });
    const gone = await told(chat(), ({ write }) => write(files({ request: chat({ stop: "x" }), testId: TWO })));
    // The seed of that test was another: it is no change of this one.
    expect(gone).toMatchObject({ proven: false });
  });

  it("what is volatile is no change, and more than can be read soon is not looked at", async () => {
    const call = (id: string): object => ({ messages: [{ role: "tool", tool_call_id: id, content: "x" }] });
    const repository = repositoryWith(TESTS, [
      { request: chat(call("call_0123456789abcdefghijklmn")), testId: ONE },
      { request: chat(call("call_0123456789abcdefghijklmn")), testId: MISSED },
    ]);
    const other = call("call_nmlkjihgfedcba9876543210");
    repository.write(files({ request: chat(other), testId: ONE }));
    const hash = hashOf(chat(call("call_z")), MISSED);
    const { causes } = await explained(repository.root, [hash, "--test-id", MISSED]);
    expect(causes).toMatchObject([{ cause: "request changed", proven: false }]);
    const many = Array.from({ length: 201 }, (_, n) => ({ request: chat({ seed: 10 + n, ...TIER }), testId: ONE }));
    expect(await told(now, ({ write }) => write(files(...many)))).toMatchObject({ proven: false });
  });

  it("though another test asks the very same now", async () => {
    const same = { request: chat({ seed: 3 }), testId: testOf("test_one") };
    const repository = repositoryWith(TESTS, [same, OLD[2] as Made, OLD[3] as Made]);
    repository.write(files({ request: now, testId: ONE }));
    const { causes } = await explained(repository.root, [hashOf(now, MISSED), "--test-id", MISSED]);
    expect(causes).toMatchObject([{ cause: "request changed", proven: true }]);
  });

  it("before the first commit, and in a tree with one", async () => {
    const hash = hashOf(now, MISSED);
    const repository = repositoryWith(TESTS, [...OLD, ...added]);
    const { causes } = await explained(repository.root, [hash, "--test-id", MISSED]);
    expect(causes).toMatchObject([{ cause: "request changed", proven: false }]);
    rmSync(join(repository.root, ".git"), { recursive: true });
    repository.git("init", "-q");
    const unborn = await explained(repository.root, [hash, "--test-id", MISSED]);
    expect(unborn.causes).toMatchObject([{ cause: "request changed" }]);
  });
});
