import { describe, expect, it } from "vitest";
import type { State } from "../../../src/tui/state/state.ts";
import { DEMO } from "../../demo.ts";
import { entry, onRow, press, run, started, TREE, tree, withBody } from "./made.ts";

const TWO = "t:tests/in/test_a.py::test_two";
const on = (key: string, of: State = started()): State => onRow(of, key);
const FLAW = "x:tests/recordings/odd.json";

describe("the shell command", () => {
  const requests = (): State => press(withBody(on(TWO)), "enter").state;
  const chunks = (): State => press(requests(), "enter", "j", "j").state;
  const odd = tree([entry("a b/recordings/x.json", "a b/it's.py::t"), entry("-x/recordings/aaaa.json", null)]);
  const at = (state: State): State => ({ ...state, places: ["--gitignore", "/a b"] });
  const filtered = (state: State, line: string): State => ({
    ...state,
    filter: { line, kept: new Set(state.tree.entries.map(({ path }) => path)) },
  });
  const ofTests = (state: State, text: string): State => {
    const fitting = state.tree.entries.filter(({ head }) => head.testId?.includes(text));
    const kept = new Set(fitting.map(({ path }) => path));
    return { ...state, filter: { line: `-t ${text}`, kept, tests: { texts: [text], others: "" } } };
  };
  it.each<[string, State, string]>([
    ["of all that is shown", on("d:tests/"), "recctl ls"],
    ["of a folder", on("d:tests/in/"), "recctl ls -t tests/in/"],
    ["of a file", on("f:tests/in/test_a.py"), "recctl ls -t tests/in/test_a.py"],
    ["of a test", on(TWO), "recctl ls -t tests/in/test_a.py::test_two"],
    [
      "of a comparison",
      press(on("t:tests/in/test_c.py::test_three", press(on(TWO), "c").state), "c").state,
      "recctl diff tests/recordings/bbbb1111.json tests/recordings/cccc1111.json",
    ],
    [
      "of a test with a parameter",
      on("t:tests/in/test_a.py::test_one[x]"),
      "recctl ls -t 'tests/in/test_a.py::test_one[x]'",
    ],
    ["of what belongs to no test", on("s:tests/recordings/"), "recctl ls tests/recordings/eeee1111.json"],
    ["of broken files", on("b:"), "recctl validate tests/recordings/odd.json"],
    ["of a broken file", on(FLAW), "recctl validate tests/recordings/odd.json"],
    ["of a request", requests(), "recctl show bbbb1111"],
    ["of a file as it is", press(requests(), "2").state, "recctl show bbbb1111 --raw"],
    ["of findings", press(requests(), "3").state, "recctl validate tests/recordings/bbbb1111.json"],
    ["of a verdict", press(requests(), "4").state, "recctl prune --verdicts tests/recordings/bbbb1111.json"],
    ["of a chunk", chunks(), "recctl show bbbb1111 --chunk 3"],
    ["of a chunk as it is", press(chunks(), "2", "enter").state, "recctl show bbbb1111 --chunk 3"],
    ["of a stream that plays", press(requests(), "p", "+").state, "recctl replay bbbb1111 --tps 60"],
    ["of nothing", started(tree([])), "recctl ls"],
    [
      "of a folder that is filtered",
      filtered(on("d:tests/in/"), "--failed -m 'a b'"),
      "recctl ls -t tests/in/ --failed -m 'a b'",
    ],
    ["of a test, whose filter is of tests", ofTests(on(TWO), "two"), "recctl ls -t tests/in/test_a.py::test_two"],
    [
      "of a folder, whose filter is of some tests in it",
      ofTests(
        on("d:tests/in/", started(tree([...TREE.entries, entry("o/recordings/f.json", "o.py::test_two")]))),
        "two",
      ),
      "recctl ls -t 'tests/in/*two'",
    ],
    ["of nothing that is filtered", filtered(started(tree([])), "-t no"), "recctl ls -t no"],
    ["of a folder, elsewhere", at(on("d:tests/in/")), "recctl ls -t tests/in/ --gitignore '/a b'"],
    [
      "of what belongs to no test, elsewhere",
      at(on("s:tests/recordings/")),
      "recctl ls tests/recordings/eeee1111.json",
    ],
    ["of a request, elsewhere", at(requests()), "recctl show tests/recordings/bbbb1111.json"],
    ["with a quote", on("t:a b/it's.py::t", started(odd)), String.raw`recctl ls -t 'a b/it'\''s.py::t'`],
    [
      "of a path like an option",
      press(on("s:-x/recordings/", started(odd)), "2", "enter").state,
      "recctl show aaaa --raw",
    ],
    [
      "of a name that is no hash",
      press(on("t:a b/it's.py::t", started(odd)), "enter").state,
      "recctl show 'a b/recordings/x.json'",
    ],
    [
      "of an id that two have",
      press(
        on(
          "t:t.py::t",
          started(tree([entry("a/recordings/aaaa1111.json", "t.py::t"), entry("b/recordings/aaaa1111.json", null)])),
        ),
        "enter",
      ).state,
      "recctl show a/recordings/aaaa1111.json",
    ],
    [
      "of an id that two have, of which a filter leaves one",
      press(
        ofTests(
          on(
            "t:t.py::one",
            started(
              tree([
                entry("a/recordings/aaaa1111.json", "t.py::one"),
                entry("b/recordings/aaaa1111.json", "t.py::two"),
              ]),
            ),
          ),
          "one",
        ),
        "enter",
      ).state,
      "recctl show a/recordings/aaaa1111.json",
    ],
  ])("%s", (_, state, command) => {
    const { state: after } = press(state, "s");
    expect(after.message?.text).toBe(command);
    expect(after.commands).toEqual([command]);
    expect(press(after, "s").state.commands).toEqual([command]);
  });
});

it("of very many recordings that no flags tell from others, the command says how many more it lists", () => {
  const many = Array.from({ length: 101 }, (_, at) => entry(`recordings/${1000 + at}.json`, "t.py::one"));
  const others = [entry("recordings/a.json", "t.py::one_more"), entry("recordings/b.json", null)];
  const { state } = press(on("t:t.py::one", started(tree([...many, ...others]))), "s");
  expect(state.message?.text).toBe("lists 1 more: recctl ls -t t.py::one");
  expect(state.commands).toEqual(["recctl ls -t t.py::one"]);
});

describe("export", () => {
  const ollama = DEMO.findIndex(({ dialect, recording }) => dialect.id === "ollama" && recording.head.streaming);
  const lines = started(tree([entry("recordings/0123456789abcdef.json", "t.py::t", ollama)]));
  it.each<[string, State, string]>([
    ["a stream", on(TWO), "bbbb1111.sse"],
    ["what did not stream", on("t:tests/test_d.py::test_four"), "dddd1111.json"],
    ["a stream of lines", on("t:t.py::t", lines), "01234567.jsonl"],
  ])("proposes a name for %s", (_, state, name) => {
    expect(press(state, "w").state.prompt).toMatchObject({ asks: "export", text: name });
  });

  it("writes what was shown when it was asked for", () => {
    const { state } = press(on(TWO), "w");
    const gone = tree(TREE.entries.filter(({ path }) => !path.includes("bbbb")));
    const { effects } = press(run(state, { type: "scanned", tree: gone }).state, "enter");
    expect(effects).toEqual([{ type: "export", path: "tests/recordings/bbbb1111.json", file: "bbbb1111.sse" }]);
    expect(press(on(TWO), "w", "ctrl-u", "enter").effects).toEqual([]);
    expect(press(on(FLAW), "w").state.prompt).toBeNull();
  });
});

it("a name that could not be written to is typed on, where nothing else is being typed", () => {
  const refused = { type: "unexported", path: "p.json", file: "no/x", why: "its folder is not there" } as const;
  const { state } = run(on(TWO), refused);
  expect(state.prompt).toEqual({ asks: "export", text: "no/x", at: 4, error: refused.why, path: "p.json" });
  expect(press(state, '"y', "enter").effects).toEqual([{ type: "export", path: "p.json", file: "no/xy" }]);
  for (const key of ["/", "?"]) {
    const busy = press(on(TWO), key).state;
    expect(run(busy, refused).state).toEqual({ ...busy, message: { text: refused.why, tone: "bad" } });
  }
});

describe("a file that cannot be read", () => {
  it("is copied, paged and edited by its path, and is nothing else", () => {
    const path = "tests/recordings/odd.json";
    expect(press(on(FLAW), "y").effects).toEqual([{ type: "copy", text: "odd", what: "id" }]);
    expect(press(on(FLAW), "o").effects).toEqual([{ type: "page", path, tab: "conversation" }]);
    expect(press(on(FLAW), "e").effects).toEqual([{ type: "edit", path }]);
    expect(press(on(FLAW), "Y").effects).toEqual([]);
    expect(press(on(FLAW), "c").state.compareWith).toBeNull();
    expect(press(on(FLAW), "enter").state.focus).toBe("answer");
  });
});

it("of what holds tests no id is copied, but its path is", () => {
  for (const [key, text, many] of [
    ["d:tests/in/", "tests/in/", 4],
    ["f:tests/in/test_a.py", "tests/in/test_a.py", 3],
  ] as const) {
    const id = press(on(key), "y");
    expect(id.effects).toEqual([]);
    expect(id.state.message?.text).toBe(`nothing copied: ${many} recordings here; Y copies the path of this row`);
    expect(press(on(key), "Y").effects).toEqual([{ type: "copy", text, what: "path" }]);
  }
});

it("of a test with several requests it is told whose id is copied", () => {
  const { state } = press(on("t:tests/in/test_a.py::test_one[x]"), "y");
  expect(state.message?.text).toMatch(/^id of request 1 of 2 copied: aaaa\d{4}$/);
  expect(press(press(state, "enter").state, "y").state.message?.text).toMatch(/^id copied: aaaa\d{4}$/);
});

it.each(["y", "Y", "o", "e", "w", "c", "d", "D", "p", "n", "enter", "esc", "space", "Z", "G"])(
  "an empty tree stands %s",
  (key) => {
    const { state, effects } = press(started(tree([])), key);
    expect(effects).toEqual([]);
    expect(state.focus).toBe("tests");
  },
);

it("of what belongs to no test no test id is copied", () => {
  const { state, effects } = press(on("s:tests/recordings/"), "Y");
  expect(effects).toEqual([]);
  expect(state.message?.text).toBe("it belongs to no test");
});
