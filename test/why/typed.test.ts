import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Ran, tree } from "../run.ts";
import {
  BESIDE,
  CONFIG,
  chat,
  type Document,
  FILE,
  files,
  hashOf,
  type Made,
  type Miss,
  NEW,
  OLD,
  OTHER,
  pathOf,
  repositoryWith,
  source,
  TODAY,
  testOf,
  why,
} from "./made.ts";

const A = testOf("test_a");
const GONE = testOf("test_gone");
const HASH = hashOf(chat(), A);

const made = (more: readonly Made[]): string =>
  tree({
    [FILE]: source("test_a", "test_other", "test_new"),
    [BESIDE.testId?.split("::")[0] as string]: source("test_one"),
    ...CONFIG,
    ...files(BESIDE, OTHER, ...more),
  });

interface Said {
  code: Ran["code"];
  stderr: string;
  summary: Partial<Document["summary"]>;
  title: string | undefined;
}

/** What is said of one hash, and with which exit status. */
async function of(root: string, ...args: readonly string[]): Promise<Partial<Miss> & Said> {
  const { code, stdout, stderr } = await why(root, ["why", ...args, "--json"]);
  const { causes, summary } = JSON.parse(stdout || '{"causes": [], "summary": {}}') as Document;
  const [told] = causes;
  return { ...told?.misses[0], code, stderr, summary, title: told?.title };
}

describe("the name of a recording that is there", () => {
  it.each([
    ["whole", HASH],
    ["the 12 digits that are in ids", HASH.slice(0, 12)],
    ["such an id", `rec-${HASH.slice(0, 12)}`],
    ["the 8 digits that recctl prints", HASH.slice(0, 8)],
    ["cut short by hand", `${HASH.slice(0, 20)}…`],
    ["all but two digits", HASH.slice(0, 62)],
    ["in capitals", HASH.toUpperCase()],
    ["in capitals, cut short", HASH.slice(0, 12).toUpperCase()],
    ["the path of a file that is not there, in capitals", `elsewhere/${HASH.toUpperCase()}.json`],
  ])("is said to be there, plainly: %s", async (_what, arg) => {
    const one = { request: chat(), testId: A };
    const told = await of(made([one]), arg);
    expect(told).toMatchObject({ code: 0, cause: "it is there", proven: true, hash: HASH, test_id: A });
    expect(told.differs).toBe(`${pathOf(one)}: a run today asks for it, by scheme ${TODAY}`);
    expect(told.summary.misses).toBe(0);
    expect(told.stderr).toContain("1 recording is there\n");
  });

  it("but named by an older scheme: what a run asks for instead, and how to rename it", async () => {
    const old = { request: chat({ temperature: 0.123456789 }), testId: A, scheme: "2025-10-04" };
    const name = hashOf(old.request, A, old.scheme);
    const told = await of(made([old]), name.slice(0, 12));
    expect(told).toMatchObject({ code: 1, cause: "it is there", hash: name });
    const now = hashOf(old.request, A).slice(0, 8);
    expect(told.differs).toContain(`a run today does not find it: it is named by scheme`);
    expect(told.differs).toContain(`by scheme ${TODAY} a run asks for ${now}`);
    expect(told.mend).toEqual([expect.stringMatching(/^recctl rekey --scheme \S+ --apply /)]);
  });

  it.each<[what: string, one: Made, more: string[], says: string, next: string]>([
    [
      "under no scheme",
      { request: chat(), testId: A, hash: "ab".repeat(32) },
      [],
      "no scheme gives its request",
      "validate",
    ],
    ["in another folder", { request: chat(), testId: A, folder: "elsewhere/recordings" }, [], "its test looks in", "m"],
    ["of a test that is gone", { request: chat(), testId: GONE }, [], "its test is gone: none asks for it", "prune"],
    ["asked by another test", { request: chat(), testId: A }, ["--test-id", OTHER.testId as string], "asks for", ""],
  ])("but %s", async (_what, one, more, says, next) => {
    const name = one.hash ?? hashOf(one.request, one.testId);
    const told = await of(made([one]), name.slice(0, 10), ...more);
    expect(told).toMatchObject({ code: 1, cause: "it is there", hash: name });
    expect(told.differs).toContain(says);
    expect(told.mend?.join("\n")).toContain(next);
    expect(told.mend?.length).toBeGreaterThan(0);
  });
});

describe("the start of a hash", () => {
  it("of a name that git's history has", async () => {
    const one = { request: chat(), testId: A };
    const { root, commit } = repositoryWith(["test_a"], [one, OTHER]);
    rmSync(join(root, pathOf(one)));
    commit("Drop");
    const told = await of(root, HASH.slice(0, 12));
    expect(told).toMatchObject({ code: 1, proven: true, hash: HASH });
    expect(told.title).toMatch(/^deleted in [0-9a-f]{7}/);
  });

  it("of what a recorded request would be called, which is told whole", async () => {
    const root = made([{ request: chat(), testId: OLD }]);
    const name = hashOf(chat(), NEW);
    const told = await of(root, name.slice(0, 12), "--test-id", NEW);
    expect(told).toMatchObject({ code: 1, cause: "renamed test", hash: name });
  });

  it("that several names have is refused with what to type; of nobody's nothing is known", async () => {
    const twins = ["c0ffee00", "c0ffee00"].map((start, at) => ({
      request: chat({ seed: at }),
      testId: A,
      hash: `${start}${String(at).repeat(56)}`,
    }));
    const root = made(twins);
    const { code, stderr } = await of(root, "c0ffee00");
    expect(code).toBe(2);
    expect(stderr).toContain("2 names begin with it");
    expect(stderr).toContain(`try  recctl why ${twins[0]?.hash}`);
    expect(await of(root, "deadbeef")).toMatchObject({ code: 1, cause: "unknown", hash: "deadbeef" });
  });

  it.each([
    ["1234567", "too few digits of a hash"],
    ["rec-1234567", "too few digits of a hash"],
    ["a".repeat(65), "no hash: it has 65 digits"],
  ])("%s is none", async (arg, says) => {
    const { code, stderr } = await of(made([]), arg);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).toContain("try  recctl why HASH");
  });
});

it("a name of the oldest layout is no other name for a young one", async () => {
  const log = `Recording not found for request hash: ${HASH.slice(0, 12)}\n`;
  const root = made([{ request: chat(), testId: A }]);
  const { stdout } = await why(root, ["why", "-", "--json"], { stdin: log });
  const [told] = (JSON.parse(stdout) as Document).causes;
  expect(told?.differs).toBe(`recorded by scheme ${TODAY}, asked now by the first 12 digits of scheme ${TODAY}`);
});

it("of what is unknown it says what would tell more", async () => {
  const told = await of(made([]), "deadbeef");
  expect(told.mend).toEqual([
    "recctl why --test-id TEST_ID deadbeef",
    "recctl serve --journal run.jsonl -- COMMAND",
    "recctl why run.jsonl",
  ]);
  const changed = await of(made([{ request: chat(), testId: A }]), "deadbeef", "--test-id", A);
  expect(changed).toMatchObject({ cause: "request changed", differs: "what changed is not told" });
  expect(changed.evidence?.join("\n")).toContain("recctl diff tells what changed");
});
