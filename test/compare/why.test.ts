import { describe, expect, it } from "vitest";
import { type Asked, askedHash, askedRequest, type Cause, causeOf, told, typed } from "../../src/compare/why/index.ts";
import { put } from "../../src/compare/why/tries.ts";
import { asObject, JsonNumber, JsonObject } from "../../src/recording/json/value.ts";
import { A, B, chat, hashOf, json, knownOf, recorded, TODAY, URL } from "./why-made.ts";

/** A miss as most logs tell it. */
const missed = (request: JsonObject, testId: string | null, more: Partial<Asked> = {}): Asked => ({
  ...askedHash(hashOf(request, testId), testId),
  isTyped: false,
  kind: "inference",
  method: "POST",
  url: URL,
  endpoint: "/v1/v1/chat/completions",
  model: "m",
  ...more,
});
const typedOf = ({ mend }: Pick<Cause, "mend">): string[] => mend.map(typed);
const RECORD_B = `pytest --inference-mode=record-if-missing '${B}'`;

describe("proven by a hash", () => {
  it("another scheme", () => {
    const request = chat({ temperature: 0.123456789 });
    const old = recorded(request, A, { scheme: "2025-10-04" });
    const cause = causeOf(missed(request, A), knownOf([recorded(chat(), A), old]));
    expect(cause).toMatchObject({ kind: "another scheme", proven: true, recording: old });
    expect(cause.differs).toBe(`recorded by scheme 2025-10-04, asked now by scheme ${TODAY}`);
    expect(cause.evidence.join()).toMatch(/^recorded: .*asked now/);
    expect(typedOf(cause)).toEqual([`recctl rekey --scheme ${TODAY} --apply ${old.path}`]);
  });

  it("the first 12 digits, of the oldest layout", () => {
    const request = chat();
    const hash = hashOf(request, null, "2025-07-29");
    const old = recorded(request, null, { hash: hash.slice(0, 12) });
    const cause = causeOf(missed(request, null, { hash }), knownOf([old]));
    expect(cause).toMatchObject({ kind: "another scheme", proven: true });
    expect(cause.differs).toMatch(/^recorded by the first 12 digits of scheme 20.*, asked now by scheme/);
  });

  it("a renamed test", () => {
    const old = recorded(chat(), A);
    const known = knownOf([recorded(chat({ seed: 1 }), A), old], { isGone: (test) => test === A });
    const cause = causeOf(missed(chat(), B), known);
    expect(cause).toMatchObject({ kind: "renamed test", proven: true, recording: old });
    expect(cause.differs).toBe(`recorded ${A.split("[")[0]}, asked now ${B.split("[")[0]}`);
    expect(cause.evidence).toContain(`recorded: test ${A}; asked now: test ${B}`);
    expect(typedOf(cause)).toEqual([
      `sed -i.orig -e 's|"test_id": "tests/integration/inference/test_chat\\.py::test_old|"test_id": "tests/integration/inference/test_chat.py::test_new|' ${old.path}`,
      `rm -f ${old.path}.orig`,
      `recctl rekey --rename tests/integration/inference/test_chat.py::test_old=tests/integration/inference/test_chat.py::test_new --scheme ${TODAY} --apply ${old.path}`,
    ]);
  });

  it("a test file that moved: the recording moves along", () => {
    const old = recorded(chat(), A, { folder: "sub/tests/integration/inference/recordings" });
    const now = A.replace("inference/test_chat", "chat/test_more");
    const cause = causeOf(missed(chat(), now), knownOf([old], { isGone: () => true }));
    const name = `${old.hash}.json`;
    expect(typedOf(cause)).toEqual([
      "mkdir -p sub/tests/integration/chat/recordings",
      `mv ${old.path} sub/tests/integration/chat/recordings`,
      expect.stringMatching(new RegExp(`^sed .* sub/tests/integration/chat/recordings/${name}$`)),
      expect.stringMatching(/^rm -f /),
      expect.stringMatching(/^recctl rekey --rename tests\S+test_chat.py=tests\S+test_more.py --scheme/),
    ]);
  });

  it("nobody knows whether the old test is gone: likely, and only for a test that has nothing of its own", () => {
    const old = recorded(chat(), A);
    expect(causeOf(missed(chat(), B), knownOf([old]))).toMatchObject({ kind: "renamed test", proven: false });
    const parameter = A.replace("txt=m", "txt=m-2");
    expect(causeOf(missed(chat(), parameter), knownOf([old])).kind).toBe("never recorded");
    const own = causeOf(missed(chat(), B), knownOf([old, recorded(chat({ seed: 1 }), B)]));
    expect(own).toMatchObject({ kind: "never recorded", differs: "recorded for another test alone", proven: false });
  });

  it("a test that is still there was not renamed", () => {
    const cause = causeOf(missed(chat(), B), knownOf([recorded(chat(), A)], { isGone: () => false }));
    expect(cause).toMatchObject({ kind: "never recorded", proven: true, differs: "recorded for another test alone" });
    expect(typedOf(cause)).toEqual([RECORD_B]);
  });

  it("of several tests that asked the same the one that is gone", () => {
    const C = A.replace("old", "third");
    const known = knownOf([recorded(chat(), C), recorded(chat(), A)], { isGone: (test) => test === A });
    expect(causeOf(missed(chat(), B), known)).toMatchObject({ kind: "renamed test", recording: { testId: A } });
  });

  it("what several tests ask, or everybody, tells no renamed test", () => {
    const C = A.replace("old", "third");
    const two = knownOf([recorded(chat(), A), recorded(chat(), C)]);
    expect(causeOf(missed(chat(), B), two)).toMatchObject({ kind: "never recorded", proven: false });
    const list = json({ method: "POST", url: "http://localhost/v1/v1/models", body: {}, endpoint: "/v1/models" });
    const asked = { ...askedHash(hashOf(list, B), B), endpoint: "/v1/v1/models" };
    expect(causeOf(asked, knownOf([recorded(list, A)]))).toMatchObject({ kind: "never recorded", proven: false });
    const other = B.replace("test_chat.py", "test_other.py");
    const gone = { isGone: (test: string): boolean => test === A };
    const far = { ...askedHash(hashOf(list, other), other), endpoint: "/v1/v1/models" };
    expect(causeOf(far, knownOf([recorded(list, A)], gone)).kind).toBe("never recorded");
    const url = "http://localhost/x/v1/models";
    const moved = { ...askedHash(hashOf(put(list, "url", url), A), A), url };
    expect(causeOf(moved, knownOf([recorded(list, A)]))).toMatchObject({ kind: "other model or host", proven: false });
  });

  it("outside of a test", () => {
    const cause = causeOf(missed(chat(), null), knownOf([recorded(chat(), A)]));
    expect(cause).toMatchObject({ kind: "never recorded", differs: "recorded for a test, asked now outside of one" });
  });

  it.each([
    ["another model", chat({ model: "n" }), B, { model: "n" }, "model recorded m, asked now n"],
    ["another model, same test", chat({ model: "n" }), A, { model: "n" }, "model recorded m, asked now n"],
    [
      "another host",
      chat({}, "https://h/openai/v1/v1/chat/completions"),
      A,
      { url: "https://h/openai/v1/v1/chat/completions", endpoint: "/v1/chat/completions" },
      `url recorded ${URL}, asked now https://h/openai/v1/v1/chat/completions`,
    ],
    [
      "both",
      chat({ model: "n" }, "https://h/x/v1/chat/completions"),
      A,
      { model: "n", url: "https://h/x/v1/chat/completions", endpoint: null },
      `model recorded m, asked now n; url recorded ${URL}, asked now https://h/x/v1/chat/completions`,
    ],
  ])("%s", (_what, request, test, more, differs) => {
    const cause = causeOf(missed(request, test, more), knownOf([recorded(chat({ seed: 3 }), A), recorded(chat(), A)]));
    expect(cause).toMatchObject({ kind: "other model or host", proven: true, differs });
    expect(cause.evidence.at(-1)).toMatch(/^recorded: .*; asked now: /);
    expect(typedOf(cause)).toEqual([`pytest --inference-mode=record-if-missing '${test}'`]);
  });

  it("another host of a raw call, whose whole url is named", () => {
    const raw = (url: string): JsonObject => json({ test_id: A, url, method: "POST", payload: { model: "m" } });
    const now = raw("http://b/v1/messages");
    const hash = hashOf(now, A, "http-2026-04-09");
    const asked = missed(chat(), A, { hash, kind: null, url: "http://b/v1/messages", endpoint: null });
    const known = knownOf([recorded(raw("http://a/v1/messages"), A, { scheme: "http-2026-04-09" })]);
    expect(causeOf(asked, known)).toMatchObject({
      kind: "other model or host",
      proven: true,
      differs: "url recorded http://a/v1/messages, asked now http://b/v1/messages",
    });
  });

  it("deleted", () => {
    const asked = missed(chat(), A);
    const path = `tests/integration/inference/recordings/${asked.hash}.json`;
    const past = (hash: string) =>
      hash === asked.hash ? { path, commit: { short: "1a2b3c4d", date: "2026-05-01", subject: "Clean up" } } : null;
    const cause = causeOf(asked, knownOf([recorded(chat({ seed: 1 }), A), recorded(chat(), B)], { past }));
    expect(cause).toMatchObject({ kind: "deleted in REV", proven: true, differs: '1a2b3c4d (2026-05-01 "Clean up")' });
    expect(told([cause])[0]?.title).toBe("deleted in 1a2b3c4d");
    expect(typedOf(cause)).toEqual([`git checkout '1a2b3c4d^' -- ${path}`]);
    // What is there under another scheme is nearer than the past.
    const renamed = recorded(chat(), A, { scheme: "2025-07-29" });
    expect(causeOf(asked, knownOf([renamed], { past })).kind).toBe("another scheme");
  });

  it("a change that others have seen", () => {
    const apply = (request: JsonObject): JsonObject => {
      const body = asObject(request.get("body")) as JsonObject;
      return put(request, "body", new JsonObject([...body.keys, "x"], [...body.values, new JsonNumber("1")]));
    };
    const variants = [{ title: "+ body.x = 1", apply }];
    const cause = causeOf(missed(chat({ x: 1 }), A), knownOf([recorded(chat(), A)], { variants }));
    expect(cause).toMatchObject({ kind: "request changed", proven: true, differs: "+ body.x = 1" });
  });
});

describe("likely", () => {
  const CALL = (id: string): object => ({ messages: [{ role: "tool", tool_call_id: id, content: "x" }] });

  it("the request changed, and is known", () => {
    const near = recorded(chat({ temperature: 1 }), A);
    const known = knownOf([recorded(chat({ messages: [], n: 2 }), A), near, recorded(chat({ temperature: 2 }), B)]);
    const asked = askedRequest(chat({ temperature: 2 }), A);
    // Another test has it: a hash shows that.
    expect(causeOf(asked, known)).toMatchObject({ kind: "never recorded", differs: "recorded for another test alone" });
    const cause = causeOf(askedRequest(chat({ temperature: 3 }), A), known);
    expect(cause).toMatchObject({ kind: "request changed", proven: false, recording: near });
    expect(cause.differs).toBe("body.temperature recorded 1, asked now 3");
    expect(cause.nearest).toHaveLength(3);
    expect(cause.nearest[0]?.changes).toHaveLength(1);
  });

  it("a volatile value, in a request that is known", () => {
    const known = knownOf([recorded(chat(CALL("call_a")), A)]);
    const cause = causeOf(askedRequest(chat(CALL("call_b")), A), known);
    expect(cause).toMatchObject({
      kind: "volatile value",
      proven: false,
      differs: "body.messages[*].tool_call_id: another call id",
    });
  });

  it("a volatile value, in the requests that the test was recorded with", () => {
    const known = knownOf([recorded(chat(CALL("call_a")), A), recorded(chat(CALL("call_b")), A)]);
    const cause = causeOf(missed(chat(CALL("call_c")), A), known);
    expect(cause).toMatchObject({ kind: "volatile value", proven: false });
    expect(cause.evidence.join()).toContain("which differ in body.messages[*].tool_call_id: another call id");
  });

  it("the request changed, and is not known", () => {
    const cause = causeOf(missed(chat({ seed: 9 }), A), knownOf([recorded(chat(), A), recorded(chat(), B)]));
    expect(cause).toMatchObject({ kind: "request changed", proven: false, differs: "what changed is not told" });
    expect(cause.nearest.map(({ recording }) => recording.testId)).toEqual([A]);
    expect(cause.evidence[0]).toMatch(/^none of 2 recordings tried has this hash/);
  });

  it("one more than was recorded, where the run found all others", () => {
    const known = knownOf([recorded(chat(), A)], { wasFound: () => true });
    expect(causeOf(missed(chat({ seed: 9 }), A), known)).toMatchObject({
      kind: "never recorded",
      differs: "one more request than was recorded",
    });
  });

  it("another model, and more than that", () => {
    const cause = causeOf(missed(chat({ model: "n", x: 1 }), A, { model: "n" }), knownOf([recorded(chat(), A)]));
    expect(cause).toMatchObject({
      kind: "other model or host",
      proven: false,
      differs: "model recorded m, asked now n",
    });
  });

  it("another host of a client library's request is no reason: names do not have it", () => {
    const url = URL.replace("localhost", "example.com");
    const cause = causeOf(missed(chat({ x: 1 }), A, { url }), knownOf([recorded(chat(), A)]));
    expect(cause.kind).toBe("request changed");
  });

  it("never recorded", () => {
    const cause = causeOf(missed(chat(), B), knownOf([recorded(chat({ x: 1 }), A)]));
    expect(cause).toMatchObject({ kind: "never recorded", proven: false, differs: "nothing of the test was recorded" });
    expect(typedOf(cause)).toEqual([RECORD_B]);
    const unasked = causeOf(missed(chat(), B), knownOf([], { past: null }));
    expect(unasked.evidence).toContain("git was not asked whether it ever was");
  });

  it("an endpoint that nobody has recordings of", () => {
    const asked = missed(chat(), null, { url: "http://h/v1/v1/embeddings", endpoint: "/v1/v1/embeddings" });
    expect(causeOf(asked, knownOf([recorded(chat({ x: 1 }), A)]))).toMatchObject({
      kind: "never recorded",
      differs: "nothing was recorded at /v1/v1/embeddings",
    });
  });

  it("a renamed test whose request changed, too", () => {
    const known = knownOf([recorded(chat({ x: 1 }), A)], { isGone: (test) => test === A });
    expect(causeOf(missed(chat(), B), known)).toMatchObject({ kind: "renamed test", proven: false });
  });

  it("a recording whose text was edited after it was named", () => {
    const edited = recorded(chat(), A, { hash: "e".repeat(64) });
    const cause = causeOf(missed(chat(), A), knownOf([edited]));
    expect(cause).toMatchObject({ kind: "request changed", proven: false, recording: edited });
    expect(typedOf(cause)).toEqual([`recctl validate --rule name --explain ${edited.path}`]);
  });
});

describe("unknown", () => {
  it.each<[string, Asked]>([
    ["a hash and nothing else", askedHash("f".repeat(64))],
    ["a hash and where it was asked", missed(chat({ x: 1 }), null)],
    ["a hash that was cut", missed(chat({ x: 1 }), A, { hash: null })],
    ["a request of no test that is like none", askedRequest(chat({ x: 1 }))],
  ])("%s", (_what, asked) => {
    const cause = causeOf(asked, knownOf([recorded(chat(), A)]));
    expect(cause).toMatchObject({ kind: "unknown", proven: false });
    expect(cause.evidence.length).toBeGreaterThan(0);
  });

  it("a recording that is there, under the very name", () => {
    const cause = causeOf(missed(chat(), A), knownOf([recorded(chat(), A, { folder: "elsewhere/recordings" })]));
    expect(cause).toMatchObject({ kind: "unknown", proven: false });
    expect(cause.evidence[0]).toMatch(/^recorded: in elsewhere.*; asked now: in tests/);
  });

  it("there is nothing at all", () => {
    expect(causeOf(askedHash("f".repeat(64)), knownOf([], { past: null })).kind).toBe("unknown");
  });
});
