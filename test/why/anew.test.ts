import { describe, expect, it } from "vitest";
import { HAS_GIT } from "../store/repository.ts";
import {
  chat,
  explained,
  hashOf,
  LIST,
  message,
  NEW,
  OLD,
  OTHER,
  outputOf,
  repositoryWith,
  type Scene,
  seed,
  testOf,
  typedIn,
  URL,
} from "./made.ts";

/** Causes that recording the test anew mends: it is the command. */
const ANEW: readonly (readonly [string, Scene])[] = [
  [
    "another model",
    {
      recorded: [{ request: seed, testId: testOf("test_model[txt=m]") }, OTHER],
      tests: ["test_model", "test_other"],
      asked: { request: chat({ seed: 7, model: "n" }), testId: testOf("test_model[txt=n]") },
      cause: "other model or host",
      differs: "model recorded m, asked now n",
    },
  ],
  [
    "another host",
    {
      recorded: [{ request: seed, testId: OLD }, OTHER],
      tests: ["test_old", "test_other"],
      asked: { request: chat({ seed: 7 }, "http://h/x/v1/chat/completions"), testId: OLD },
      cause: "other model or host",
      differs: `url recorded ${URL}, asked now http://h/x/v1/chat/completions`,
    },
  ],
  [
    "a volatile value",
    {
      recorded: [
        ...["call_0123456789abcdefghijklmn", "call_nmlkjihgfedcba9876543210"].map((id) => ({
          request: chat({ messages: [{ role: "tool", tool_call_id: id, content: "x" }] }),
          testId: OLD,
        })),
        OTHER,
      ],
      tests: ["test_old", "test_other"],
      asked: { request: chat({ messages: [{ role: "tool", tool_call_id: "call_z", content: "x" }] }), testId: OLD },
      cause: "volatile value",
      differs: "body.messages[*].tool_call_id: another call id",
    },
  ],
  [
    "a request that changed",
    {
      recorded: [{ request: seed, testId: OLD }, OTHER],
      tests: ["test_old", "test_other"],
      asked: { request: chat({ seed: 8 }), testId: OLD },
      cause: "request changed",
      differs: "what changed is not told",
    },
  ],
  [
    "never recorded",
    {
      recorded: [OTHER],
      tests: ["test_old", "test_other"],
      asked: { request: seed, testId: OLD },
      cause: "never recorded",
      differs: "nothing of the test was recorded",
    },
  ],
  [
    "never recorded for this test",
    {
      recorded: [{ request: seed, testId: OLD }, OTHER],
      tests: ["test_old", "test_new", "test_other"],
      asked: { request: seed, testId: NEW },
      cause: "never recorded",
      differs: "recorded for another test alone",
    },
  ],
  [
    "what everybody asks",
    {
      recorded: [{ request: LIST, testId: OLD }, OTHER],
      tests: ["test_old", "test_other"],
      asked: { request: seed, testId: OLD },
      cause: "never recorded",
      differs: "nothing of the test was recorded at /v1/v1/chat/completions",
    },
  ],
];

describe.skipIf(!HAS_GIT)("recorded anew", () => {
  it.each(ANEW)("%s", async (_what, { recorded, tests, asked, cause, differs }) => {
    const repository = repositoryWith(tests, recorded);
    const hash = hashOf(asked.request, asked.testId);
    const body = asked.request.get("url") as string;
    const model = /"n"/.test(JSON.stringify(asked.request)) ? "n" : "m";
    repository.write({ "run.log": outputOf([[asked.testId as string, message(hash, { model, url: body })]]) });
    const { causes } = await explained(repository.root, ["run.log"]);
    expect(causes).toMatchObject([{ cause, differs }]);
    // pytest is not run here: what the shell makes of the command is what it would be given.
    const [line] = causes[0]?.mend.flat() ?? [];
    const { stdout } = await typedIn(repository.root, [`pytest() { printf '%s\\n' "$@"; }`, line as string]);
    expect(stdout.trimEnd().split("\n")).toEqual(["--inference-mode=record-if-missing", asked.testId]);
  });

  it("what was written by hand afterwards is looked into first", async () => {
    const repository = repositoryWith(["test_old"], [{ request: chat(), testId: OLD, hash: "ab".repeat(32) }]);
    const { causes } = await explained(repository.root, [hashOf(chat(), OLD), "--test-id", OLD]);
    expect(causes).toMatchObject([{ cause: "request changed", proven: false }]);
    const { code, stdout } = await typedIn(repository.root, causes[0]?.mend.flat() ?? []);
    expect([code, stdout]).toEqual([1, expect.stringContaining("abababab")]);
  });

  it("a file that came to the tree after the run", async () => {
    const made = { request: chat(), testId: OLD };
    const repository = repositoryWith(["test_old"], [made]);
    repository.write({ log: `${message(hashOf(made.request, OLD))}\n` });
    const { causes } = await explained(repository.root, ["log", "--test-id", OLD]);
    expect(causes).toMatchObject([{ cause: "unknown", differs: "it is there, under the very name asked now" }]);
  });
});
