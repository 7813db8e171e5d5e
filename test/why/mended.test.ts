import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { HAS_GIT } from "../store/repository.ts";
import {
  BESIDE,
  chat,
  decimals,
  explained,
  FILE,
  hashOf,
  isThere,
  LIST,
  message,
  NEW,
  OLD,
  OTHER,
  outputOf,
  pathOf,
  RECORDINGS,
  raw,
  repositoryWith,
  type Scene,
  schemeOf,
  seed,
  source,
  testOf,
  typedIn,
} from "./made.ts";

const SCENES: readonly (readonly [string, Scene])[] = [
  [
    "a renamed test",
    {
      recorded: [{ request: chat(), testId: OLD }, OTHER],
      tests: ["test_new", "test_other"],
      asked: { request: chat(), testId: NEW },
      cause: "renamed test",
      differs: `recorded ${testOf("test_old")}, asked now ${testOf("test_new")}`,
    },
  ],
  [
    "a test whose parameters were renamed, with all that a shell acts on",
    {
      recorded: [{ request: chat(), testId: testOf("test_old['a' $(id) `id` \\1 & | \"]") }, OTHER],
      tests: ["test_new", "test_other"],
      asked: { request: chat(), testId: testOf("test_new['b' $(id) `id` \\1 & | \"]") },
      cause: "renamed test",
      differs: /^recorded .*, asked now /,
    },
  ],
  [
    "a test file that moved, and its recordings not",
    {
      recorded: [{ request: chat(), testId: OLD }, BESIDE],
      tests: ["test_old"],
      after: ({ root, write }) => {
        write({ [FILE.replace("chat", "beside")]: source("test_one") });
        mkdirSync(join(root, "tests/integration/more"));
        renameSync(join(root, FILE), join(root, "tests/integration/more/test_more.py"));
      },
      asked: { request: chat(), testId: OLD.replace("inference/test_chat", "more/test_more") },
      cause: "renamed test",
      differs: `recorded ${FILE}, asked now tests/integration/more/test_more.py`,
      folder: "tests/integration/more/recordings",
    },
  ],
  [
    "a renamed test, recorded by an older scheme",
    {
      recorded: [{ request: decimals, testId: OLD, scheme: "2025-10-04" }, OTHER],
      tests: ["test_new", "test_other"],
      asked: { request: decimals, testId: NEW },
      cause: "renamed test",
      differs: `recorded ${testOf("test_old")}, asked now ${testOf("test_new")}`,
    },
  ],
  [
    "a renamed test, whose raw call holds its name too",
    {
      recorded: [{ request: raw(OLD), testId: OLD }, OTHER],
      tests: ["test_new", "test_other"],
      asked: { request: raw(NEW), testId: NEW },
      typed: true,
      cause: "renamed test",
      differs: `recorded ${testOf("test_old")}, asked now ${testOf("test_new")}`,
    },
  ],
  [
    "a list of models that was deleted",
    {
      recorded: [{ request: LIST, testId: OLD, hash: `models-${hashOf(LIST, OLD)}-01234567` }, OTHER],
      tests: ["test_old", "test_other"],
      after: ({ git }) => git("rm", "-q", `${RECORDINGS}/models-${hashOf(LIST, OLD)}-01234567.json`),
      asked: { request: LIST, testId: OLD },
      cause: "deleted in REV",
      differs: "the working tree (HEAD has it)",
    },
  ],
  [
    "another scheme",
    {
      recorded: [{ request: decimals, testId: OLD, scheme: "2025-10-04" }, OTHER],
      tests: ["test_old", "test_other"],
      asked: { request: decimals, testId: OLD },
      cause: "another scheme",
      differs: "recorded by scheme 2025-10-04, asked now by scheme 2026-06-17",
    },
  ],
  [
    "the oldest layout, in another folder",
    {
      recorded: [
        {
          request: chat(),
          testId: OLD,
          folder: "tests/integration/recordings/responses",
          hash: hashOf(chat(), null, "2025-07-29").slice(0, 12),
        },
        OTHER,
      ],
      tests: ["test_old", "test_other"],
      asked: { request: chat(), testId: OLD },
      cause: "another scheme",
      differs: /^recorded by the first 12 digits of scheme /,
    },
  ],
  [
    "deleted in a commit",
    {
      recorded: [{ request: seed, testId: OLD }, OTHER],
      tests: ["test_old", "test_other"],
      after: ({ root, commit, write }) => {
        rmSync(join(root, pathOf({ request: seed, testId: OLD })));
        commit("Clean\u001b[31m up");
        write({ later: "" });
        commit("Rest");
      },
      asked: { request: seed, testId: OLD },
      cause: "deleted in REV",
      differs: /^[0-9a-f]{7,} \(2026-04-0\d "Clean.* up"\)$/,
    },
  ],
  [
    "deleted in the working tree",
    {
      recorded: [{ request: seed, testId: OLD }, OTHER],
      tests: ["test_old", "test_other"],
      after: ({ root }) => rmSync(join(root, pathOf({ request: seed, testId: OLD }))),
      asked: { request: seed, testId: OLD },
      cause: "deleted in REV",
      differs: "the working tree (HEAD has it)",
    },
  ],
  [
    "deleted in the index",
    {
      recorded: [{ request: seed, testId: OLD }, OTHER],
      tests: ["test_old", "test_other"],
      after: ({ git }) => git("rm", "-q", pathOf({ request: seed, testId: OLD })),
      asked: { request: seed, testId: OLD },
      cause: "deleted in REV",
      differs: "the working tree (HEAD has it)",
    },
  ],
  [
    "it is there, where its test does not look",
    {
      recorded: [{ request: chat(), testId: OLD, folder: "tests/integration/more/recordings" }, OTHER],
      tests: ["test_old", "test_other"],
      asked: { request: chat(), testId: OLD },
      cause: "unknown",
      differs: `recorded in tests/integration/more/recordings, asked now in ${RECORDINGS}`,
    },
  ],
];

describe.skipIf(!HAS_GIT)("what is printed, typed into a shell, makes the name that was asked for exist", () => {
  it.each(SCENES)("%s", async (_what, scene) => {
    const { recorded, tests, after, asked, typed, cause, differs, folder = RECORDINGS } = scene;
    const repository = repositoryWith(tests, recorded);
    after?.(repository);
    const hash = hashOf(asked.request, asked.testId, schemeOf(asked.request));
    repository.write({ "run.log": outputOf([[asked.testId as string, message(hash)]]) });
    expect(isThere(repository.root, hash, folder)).toBe(false);
    const args = typed ? [hash, "--test-id", asked.testId as string] : ["run.log"];
    const { causes } = await explained(repository.root, args);
    expect(causes).toMatchObject([{ cause, misses: [{ hash, test_id: asked.testId }] }]);
    const [{ differs: said, mend }] = causes as [(typeof causes)[0]];
    if (typeof differs === "string") expect(said).toBe(differs);
    else expect(said).toMatch(differs);
    const { code, stderr } = await typedIn(repository.root, mend.flat());
    expect({ code, stderr, there: isThere(repository.root, hash, folder) }).toMatchObject({ code: 0, there: true });
    // Nothing is left over.
    expect(readdirSync(join(repository.root, folder)).filter((name) => !name.endsWith(".json"))).toEqual([]);
  });

  it("from a folder below, and with -C, too", async () => {
    for (const isBelow of [true, false]) {
      const repository = repositoryWith(["test_new", "test_other"], [{ request: chat(), testId: OLD }, OTHER]);
      const hash = hashOf(chat(), NEW);
      const place = isBelow ? join(repository.root, dirname(FILE)) : repository.root;
      const args = isBelow ? [] : ["-C", dirname(FILE)];
      const { causes } = await explained(place, [hash, "--test-id", NEW, ...args]);
      expect(causes).toMatchObject([{ cause: "renamed test" }]);
      const { code, stderr } = await typedIn(place, causes[0]?.mend.flat() ?? []);
      expect({ code, stderr, there: isThere(repository.root, hash) }).toMatchObject({ code: 0, there: true });
    }
  });

  it("a request that was deleted, of which no hash is told", async () => {
    const made = { request: seed, testId: OLD };
    const { root, write } = repositoryWith(["test_old", "test_other"], [made, OTHER]);
    rmSync(join(root, pathOf(made)));
    write({ "asked.json": JSON.stringify({ test_id: OLD, request: JSON.parse(writeJson(seed, COMPACT)) }) });
    const { causes } = await explained(root, ["--request", "asked.json"]);
    expect(causes).toMatchObject([{ cause: "deleted in REV", proven: true }]);
    const { code } = await typedIn(root, causes[0]?.mend.flat() ?? []);
    expect([code, isThere(root, hashOf(seed, OLD))]).toEqual([0, true]);
  });

  it("a hundred of one cause with two commands, once", async () => {
    const made = Array.from({ length: 100 }, (_, n) => chat({ seed: n }));
    const repository = repositoryWith(
      ["test_new", "test_other"],
      [...made.map((request) => ({ request, testId: OLD })), OTHER],
    );
    const hashes = made.map((request) => hashOf(request, NEW));
    repository.write({ "run.log": hashes.map((hash) => `${message(hash)}\n`).join("") });
    const { causes } = await explained(repository.root, ["run.log", "--test-id", NEW]);
    expect(causes.map(({ cause, misses }) => [cause, misses.length])).toEqual([["renamed test", 100]]);
    expect(causes[0]?.mend).toHaveLength(1);
    const { code, stderr } = await typedIn(repository.root, causes[0]?.mend.flat() ?? []);
    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    for (const hash of hashes) expect(isThere(repository.root, hash)).toBe(true);
  });
});
