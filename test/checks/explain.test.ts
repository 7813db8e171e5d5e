import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Reading, sentence } from "../../src/checks/explain/reading.ts";
import { takeBack } from "../../src/checks/explain/rename.ts";
import { type Explained, explain, type Revision, type World } from "../../src/checks/explain.ts";
import { pathText } from "../../src/recording/json/locate.ts";
import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject, type JsonObject } from "../../src/recording/json/value.ts";
import { kindOf } from "../../src/recording/kinds.ts";
import { readName } from "../../src/recording/name.ts";
import { hasherOf, hashesOf, verifying } from "../../src/recording/names/schemes.ts";
import { readBlobs } from "../../src/store/git/blobs.ts";
import { historyOf } from "../../src/store/git/history.ts";
import { openGit } from "../../src/store/git/open.ts";
import { recordingText } from "../run.ts";
import { GIT_ENV, HAS_GIT, repository } from "../store/repository.ts";

const TEST = "tests/a/test_x.py::test_y[llama_stack_client-txt=together/llama]";

interface Made {
  testId?: string | null;
  content?: string;
  model?: string;
  rec?: string;
}

/** As recorders write it: ASCII. */
const text = ({ testId = TEST, content = "Ask llama_stack.", model = "together/llama", rec }: Made = {}): string =>
  recordingText({
    test_id: testId,
    request: {
      method: "POST",
      url: "https://api.example.com/v1/v1/chat/completions",
      headers: {},
      body: { model, messages: [{ role: "user", content }], temperature: 0.123456 },
      endpoint: "/v1/chat/completions",
      model,
    },
    response: {
      body: rec ? [{ __type__: "x.ChatCompletionChunk", __data__: { id: `rec-${rec}`, choices: [] } }] : [],
      is_streaming: true,
    },
  }).replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const rootOf = (json: string): JsonObject => parseJson(json) as JsonObject;

function hashes(root: JsonObject): ReadonlyMap<string, string> {
  const request = asObject(root.get("request")) as JsonObject;
  return hashesOf({ kind: kindOf(new Set(request.keys)), request, testId: root.get("test_id") ?? null });
}

/** The name of a recording by the newest scheme, or by another. */
const nameOf = (json: string, scheme = "2026-06-17"): string => hashes(rootOf(json)).get(scheme) as string;

const NOTHING: World = { testIds: [], renames: [], revisions: [] };

/** Explains `now` under the name that `then` has. */
function explained(now: string, then: string, world: Partial<World> = {}): Reading {
  const it: Explained = { path: "x.json", name: readName(`r/${then}.json`), text: now, root: rootOf(now) };
  return explain(it, { ...NOTHING, ...world });
}

const rename = (old: string, now: string): { old: string; new: string } => ({ old, new: now });
const CLIENT = rename("llama_stack_client", "ogx_client");
const STACK = rename("llama_stack", "ogx");
const replaced = (json: string): string => json.replaceAll("llama_stack", "ogx");

it("one request is hashed under many test ids as each is alone", () => {
  const requests = [
    rootOf(text()),
    rootOf(recordingText({ request: { method: "get", url: "https://x.org/v1/models", body: { a: [1.123456] } } })),
    rootOf(recordingText({ request: { method: "get", url: "https://bedrock.x/v1", body: { stream_options: 1 } } })),
    rootOf(
      recordingText({ request: { method: "POST", url: "https://x/v1/messages", payload: { a: 1.5, b: "0.12345" } } }),
    ),
    rootOf(recordingText({ request: { tool_name: "t", provider: "p", kwargs: { a: 1 } } })),
    rootOf(recordingText({ request: { tool: 1 } })),
  ].map((root) => root.get("request") as JsonObject);
  for (const request of requests) {
    const kind = kindOf(new Set(request.keys));
    const hasher = hasherOf({ kind, request });
    for (const testId of ["a", null, "b", "a"]) {
      expect([...hasher(testId)].sort()).toEqual([...hashesOf({ kind, request, testId })].sort());
    }
  }
});

describe("test ids", () => {
  it("null, none, or that of another test", () => {
    expect(explained(text(), nameOf(text({ testId: null })))).toEqual({
      reading: "test-id",
      testId: null,
      scheme: "2026-06-17",
    });
    const none = hasherOf({ kind: "inference", request: rootOf(text()).get("request") as JsonObject })(undefined);
    const bare = none.get("2026-06-17") as string;
    const later = text({ content: "0.1234567" });
    expect(bare).not.toBe(nameOf(later));
    // Scheme 2025-07-29 has no test id either: it and none are told apart by what is normalised.
    expect(explained(text(), bare)).toEqual({ reading: "test-id", testId: undefined, scheme: "2026-06-17" });
    const other = explained(text(), nameOf(text({ testId: "t.py::other" })).slice(0, 12), {
      testIds: ["t.py::x", "t.py::other"],
    });
    expect(other).toEqual({ reading: "test-id", testId: "t.py::other", scheme: "2026-06-17" });
    expect(sentence(other)).toBe("named under test id t.py::other");
  });

  it("are tried by the thousand", () => {
    const testIds = Array.from({ length: 3000 }, (_, at) => `${TEST}${at}`);
    const now = text({ content: "0.123456 ".repeat(3000) });
    expect(explained(now, "0".repeat(64), { testIds }).reading).toBe("unknown");
  });
});

describe("renames", () => {
  it("of the whole text, told by those it took", () => {
    const then = text();
    const now = then.replaceAll("llama_stack_client", "ogx_client").replaceAll("llama_stack", "ogx");
    const renames = [rename("nothing", "nowhere"), STACK, CLIENT];
    const reading = explained(now, nameOf(then), { renames });
    expect(reading).toEqual({ reading: "rename", renames: [STACK, CLIENT], scheme: "2026-06-17" });
    expect(sentence(reading)).toBe("named before llama_stack became ogx, llama_stack_client became ogx_client");
  });

  it("of the test id alone, of the body alone, and of a part", () => {
    const then = text();
    const id = text({ testId: TEST.replace("llama_stack_client", "ogx_client") });
    expect(explained(id, nameOf(then), { renames: [STACK, CLIENT] })).toMatchObject({ renames: [CLIENT] });
    const body = text({ content: "Ask ogx." });
    expect(explained(body, nameOf(then), { renames: [STACK] })).toMatchObject({ reading: "rename", renames: [STACK] });
    // The test was called ogx from the start; only the body was renamed.
    const named = text({ testId: "t.py::ogx" });
    expect(explained(replaced(named), nameOf(named), { renames: [STACK] })).toMatchObject({ renames: [STACK] });
    const mixed = text({ content: "Ask OGX of ogx." });
    expect(
      explained(mixed, nameOf(text({ content: "Ask OGX of llama_stack." })), {
        renames: [rename("Llama Stack", "OGX"), STACK],
      }),
    ).toMatchObject({
      renames: [STACK],
    });
  });

  it("with two old names for one new, and with a test id of another test", () => {
    const then = text({ content: "X-LlamaStack-Data" });
    const now = text({ content: "X-OGX-Data" });
    const renames = [rename("Llama Stack", "OGX"), rename("LlamaStack", "OGX")];
    expect(explained(now, nameOf(then), { renames })).toMatchObject({ renames: [renames[1]] });
    const other = text({ content: "X-LlamaStack-Data", testId: "t.py::other" });
    const reading = explained(now, nameOf(other), { renames, testIds: ["t.py::other"] });
    expect(reading).toMatchObject({ reading: "rename", testId: "t.py::other" });
    expect(sentence(reading)).toBe("named before LlamaStack became OGX, under test id t.py::other");
  });

  it("of words that JSON escapes, where people type them as they are", () => {
    const then = text({ content: 'Zürich "am" See\nnew' });
    const now = text({ content: 'Genève "au" Lac\nnew' });
    const renames = [rename('Zürich "am" See', 'Genève "au" Lac')];
    expect(explained(now, nameOf(then), { renames })).toMatchObject({ reading: "rename", renames });
  });

  it("take an escape for one letter, and the longest name first", () => {
    expect(takeBack('"a\\nnew \\u00e9 e9"', [rename("x", "nnew"), rename("old", "new"), rename("y", "e9")]).text).toBe(
      '"a\\nold \\u00e9 y"',
    );
    expect(takeBack('"ogx_client ogx"', [STACK, CLIENT])).toEqual({
      text: '"llama_stack_client llama_stack"',
      used: [STACK, CLIENT],
    });
    expect(takeBack('"a.c $& abc"', [rename("$&", "a.c")]).text).toBe('"$& $& abc"');
  });

  it("many, or such as break the text, end in no harm", () => {
    const renames = Array.from({ length: 12 }, (_, at) => rename(`old${at}`, "abcdefghijkl"[at] as string));
    expect(explained(text(), "0".repeat(64), { renames }).reading).toBe("unknown");
    expect(explained(text(), "0".repeat(64), { renames: [rename("x", "0"), rename("y", "")] }).reading).toBe("unknown");
  });
});

describe("the past", () => {
  const until = { short: "1a2b3c4d", date: "2026-04-12", subject: "Rename llama_stack to ogx" };

  it("is read only as far as it takes, and not where something else explains the name", () => {
    function* revisions(): Generator<Revision> {
      yield { text: text({ content: "Ask ogx." }), until };
      yield { text: "no JSON", until };
      yield { text: text(), until };
      expect.fail("read on");
    }
    const reading = explained(text({ content: "Ask you." }), nameOf(text()), { revisions: revisions() });
    expect(reading).toMatchObject({ reading: "edited", more: 0, revision: until });
    expect(sentence(reading)).toBe(
      'edited since: body.messages[0].content changed in 1a2b3c4d (2026-04-12 "Rename llama_stack to ogx")',
    );
    const unread = { [Symbol.iterator]: () => expect.fail("read") };
    expect(explained(text(), nameOf(text({ testId: null })), { revisions: unread }).reading).toBe("test-id");
  });

  it("names a few paths of many, and what is not committed yet", () => {
    const now = text({ content: "x", model: "y", testId: "z" });
    const reading = explained(now, nameOf(text()), { revisions: [{ text: text(), until: null }] });
    expect(sentence(reading)).toBe(
      "edited since: test_id, body.model, body.messages[0].content and 1 more changed and not committed yet",
    );
  });
});

describe("what an answer was recorded as", () => {
  it("a file that was renamed, one that was edited, too, and one that has its name from then", () => {
    const recorded = nameOf(text(), "2025-07-29").slice(0, 12);
    const moved = explained(text({ rec: recorded }), "0".repeat(64));
    expect(moved).toEqual({ reading: "recorded-as", hash12: recorded, verifies: true });
    expect(sentence(moved)).toBe(`recorded as rec-${recorded}: the file was renamed`);
    const edited = explained(text({ rec: "0123456789ab" }), "0".repeat(64));
    expect(edited).toEqual({ reading: "recorded-as", hash12: "0123456789ab", verifies: false });
    // It was recorded before a rename, and its file was renamed, too.
    const both = explained(text({ content: "Ask ogx.", rec: recorded }), "0".repeat(64), { renames: [STACK] });
    expect(both).toEqual(moved);
    const unknown = explained(text({ rec: "0".repeat(12) }), "0".repeat(64));
    expect(unknown).toEqual({ reading: "unknown", asNamed: true });
    expect(sentence(unknown)).toMatch(/^unknown: recorded under this name; /);
    expect(sentence({ reading: "unknown", asNamed: false })).toBe("unknown");
  });
});

it("what is no request, or of a kind that no scheme names, is unknown", () => {
  expect(explained('{"request": 1}', "0".repeat(64), { testIds: ["a"] })).toEqual({
    reading: "unknown",
    asNamed: false,
  });
  expect(explained('{"request": {"file_id": 1}}', "0".repeat(64), { testIds: ["a"], renames: [STACK] }).reading).toBe(
    "unknown",
  );
});

it.skipIf(!HAS_GIT)(
  "three commits of search and replace: each recording is explained by its own (needs git)",
  async () => {
    const { root, write, commit } = repository();
    const first = Array.from({ length: 12 }, (_, at) =>
      text({
        testId: `tests/${at % 2 ? "llama_stack" : "old"}/test_x.py::test_${at}`,
        content: at % 3 ? "hello" : "Ask llama_stack.",
        model: at % 4 ? "openai/gpt" : "together/llama",
      }),
    );
    const names = first.map((json) => `${nameOf(json)}.json`);
    let folder = "tests/old/recordings";
    let texts = first;
    const put = (): void =>
      write(Object.fromEntries(names.map((name, at) => [`${folder}/${name}`, texts[at] as string])));
    const edit = (old: string, now: string): void => {
      texts = texts.map((json) => json.replaceAll(old, now));
      put();
    };
    put();
    commit("Record");
    edit("llama_stack", "ogx");
    const renamed = commit("Rename llama_stack to ogx");
    edit("together/", "fireworks/");
    const provided = commit("Another provider");
    renameSync(join(root, "tests/old"), join(root, "tests/new"));
    folder = "tests/new/recordings";
    edit("tests/old/", "tests/new/");
    const moved = commit("Move the tests");

    const git = (await openGit(root, GIT_ENV)) ?? expect.fail("no repository");
    const paths = names.map((name) => join(root, folder, name));
    const { of } = await historyOf(git, paths);
    for (const [at, path] of paths.entries()) {
      const earlier = of.get(path) ?? [];
      const revisions: Revision[] = [];
      await readBlobs(
        git,
        earlier.map(({ oid }) => oid),
        (_, bytes) => void revisions.push({ text: `${bytes}`, until: earlier[revisions.length]?.until ?? null }),
      );
      const now = readFileSync(path, "utf8");
      const stack = at % 2 === 1 || at % 3 === 0;
      const provider = at % 4 === 0;
      const id = stack ? renamed : provider ? provided : moved;
      const reading = explained(now, names[at]?.slice(0, -5) as string, { revisions });
      if (reading.reading !== "edited") expect.fail(`${at}: ${sentence(reading)}`);
      expect([at, reading.revision?.short]).toEqual([at, id.slice(0, 8)]);
      const content = at % 3 ? [] : ["body.messages[0].content"];
      const changed = ["test_id", ...(provider ? ["body.model", ...content, "model"] : content)];
      expect(reading.changed.map(pathText)).toEqual(changed.slice(0, 3));
      expect(reading.more).toBe(Math.max(0, changed.length - 3));
    }
  },
);

const CORPUS = process.env.RECCTL_CORPUS;

it.skipIf(!CORPUS)("real recordings under a name that no scheme gives (needs RECCTL_CORPUS)", () => {
  const root = resolve(CORPUS as string);
  const testIds = new Set<string>();
  const found: Explained[] = [];
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".json")) continue;
    const json = readFileSync(join(root, path), "utf8");
    const it: Explained = { path, name: readName(path), text: json, root: rootOf(json) };
    const testId = it.root.get("test_id");
    if (typeof testId === "string") testIds.add(testId);
    if (verifying(it.name.hash, hashes(it.root)).length === 0) found.push(it);
  }
  const counts = (renames: World["renames"]): Record<string, number> => {
    const by: Record<string, number> = {};
    for (const it of found) {
      const told = explain(it, { testIds: [...testIds], renames, revisions: [] });
      const key = told.reading === "past-rule" ? told.rule : told.reading;
      by[key] = (by[key] ?? 0) + 1;
    }
    return by;
  };
  const rules = { "2025-10-file-ids": 13, "2025-10-six-places": 15, "2026-04-file-search": 6 };
  expect(counts([])).toMatchObject({ ...rules, "recorded-as": 9 });
  const renames = [STACK, CLIENT, rename("Llama Stack", "OGX")];
  const three = counts(renames);
  expect(three).toMatchObject({ ...rules, "2026-04-file-search": 7 });
  expect(three.rename).toBeGreaterThanOrEqual(22);
  expect(counts([...renames, rename("LlamaStack", "OGX")])).toEqual({
    ...rules,
    "2026-04-file-search": 7,
    rename: 26,
    "recorded-as": 9,
    unknown: 1,
  });
});
