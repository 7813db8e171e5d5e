import { expect, it } from "vitest";
import { candidatesFor } from "../../src/compare/pairs/candidates.ts";
import { headOf } from "../../src/recording/head.ts";
import { assistant, type Made, made, Subjects, TEST, user } from "./made.ts";

const subjects = new Subjects();
const HASH = "ab".repeat(32);

/** Whether a recording is looked at, where a run has others. */
function isCandidate(nows: readonly [Made, path?: string][], old: Made, path = `tests/chat/recordings/${HASH}.json`) {
  const accept = candidatesFor(
    nows.map(([it, at]) => subjects.of(it, at)),
    { renames: [["test_was", "test_y"]], moved: new Map([["tests/old/test_x.py", "tests/chat/test_x.py"]]) },
  );
  return accept(headOf(made(old).root), path);
}

it("what may come before a run is looked at, and nothing else", () => {
  const run: [Made] = [{ messages: [user("hello")] }];
  const cases: [old: Made, is: boolean][] = [
    [{ messages: [user("other")] }, true],
    [{ test: TEST.replace("[a]", "[b]") }, true],
    [{ test: TEST.replace("[a]", "") }, true],
    [{ test: TEST.replace("test_y", "test_was") }, true],
    [{ test: TEST.replace("chat", "old") }, true],
    [{ test: TEST.replace("test_y", "test_z") }, false],
    [{ test: "tests/chat/test_z.py::test_y[a]" }, false],
    [{ test: null, messages: [assistant("none")] }, false],
  ];
  for (const [old, is] of cases) expect([old, isCandidate([run], old)]).toEqual([old, is]);
});

it("without a test the endpoint tells, of model lists the hash, of tools the tool", () => {
  const loose: [Made] = [{ test: null, messages: [user("hello")] }];
  expect(isCandidate([loose], { test: null })).toBe(true);
  expect(isCandidate([loose], { test: null, request: { endpoint: "/v1/embeddings" } })).toBe(false);
  const other = { test: "tests/b/test_b.py::test_b" };
  const list: [Made, string] = [other, `tests/b/recordings/models-${HASH}-01234567.json`];
  expect(isCandidate([list], {}, `tests/chat/recordings/models-${HASH}-89abcdef.json`)).toBe(true);
  expect(isCandidate([list], {}, `tests/chat/recordings/models-${"cd".repeat(32)}-89abcdef.json`)).toBe(false);
});
