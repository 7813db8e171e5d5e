import type { Entry } from "../../../src/listing/entry.ts";
import { verbOf } from "../../../src/tui/keys.ts";
import type { Action } from "../../../src/tui/state/action.ts";
import { openBody, peekOf } from "../../../src/tui/state/body.ts";
import type { Effect } from "../../../src/tui/state/effect.ts";
import { shownPath } from "../../../src/tui/state/requests.ts";
import { initial, type OpenBody, type Peek, type State, type Tree } from "../../../src/tui/state/state.ts";
import { update, whereOf } from "../../../src/tui/state/update.ts";
import { DEMO } from "../../demo.ts";

/** Recordings of the project's own tree: of a stream, and of what did not stream. */
export const STREAM = DEMO.findIndex(
  ({ recording, dialect }) => dialect.id === "openai-chat" && recording.head.streaming,
);
export const WHOLE = DEMO.findIndex(({ recording }) => !recording.head.streaming && !recording.failure);

const demo = (at: number) => DEMO[at % DEMO.length] as (typeof DEMO)[number];

/** A recording in a list, made like one of the project's own. */
export function entry(path: string, testId: string | null, like = STREAM, bytes = 100): Entry {
  const id = path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, "");
  return { path, id, bytes, head: { ...demo(like).recording.head, testId } };
}

export const body = (path: string, like = STREAM): OpenBody => openBody(path, demo(like).recording, 100);
export const peek = (like = STREAM): Peek => peekOf(demo(like).recording);

export const tree = (entries: readonly Entry[], broken: Tree["broken"] = []): Tree => ({
  entries,
  broken,
  isRead: true,
});

/** Two files in a folder, one beside it; what belongs to no test; a file that cannot be read. */
export const TREE = tree(
  [
    entry("tests/recordings/aaaa1111.json", "tests/in/test_a.py::test_one[x]"),
    entry("tests/recordings/aaaa2222.json", "tests/in/test_a.py::test_one[x]", WHOLE),
    entry("tests/recordings/bbbb1111.json", "tests/in/test_a.py::test_two", STREAM, 300),
    entry("tests/recordings/cccc1111.json", "tests/in/test_c.py::test_three"),
    entry("tests/recordings/dddd1111.json", "tests/test_d.py::test_four", WHOLE),
    entry("tests/recordings/eeee1111.json", null, WHOLE),
  ],
  [{ path: "tests/recordings/odd.json", line: 3, column: 4, message: "no JSON" }],
);

/** What a row of actions makes of a state, and all that it wants done. */
export function run(state: State, ...actions: readonly Action[]): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = state;
  for (const action of actions) {
    const step = update(now, action);
    now = step.state;
    effects.push(...step.effects);
  }
  return { state: now, effects };
}

/** What pressing keys makes of a state; text of the line that is typed comes as `"text`. */
export function press(state: State, ...keys: readonly string[]): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = state;
  for (const key of keys) {
    const verb = verbOf(whereOf(now), key);
    if (!verb && !key.startsWith('"')) throw new Error(`${key} does nothing where the keys go: ${whereOf(now)}`);
    const step = update(now, verb ? { type: "do", verb } : { type: "input", text: key.slice(1) });
    now = step.state;
    effects.push(...step.effects);
  }
  return { state: now, effects };
}

/** A screen of three panes on {@link TREE}, all of it read. */
export function started(of: Tree = TREE, size = { columns: 160, rows: 30 }): State {
  const start = initial({ size, recctl: "recctl", hasColour: false });
  const peeks = new Map(of.entries.map(({ path, head }) => [path, peek(head.streaming ? STREAM : WHOLE)] as const));
  return run(start, { type: "scanned", tree: of }, { type: "peeked", peeks }).state;
}

/** The same with what is shown read from disk. */
export function withBody(state: State): State {
  const path = shownPath(state) as string;
  const isStream = state.tree.entries.find((one) => one.path === path)?.head.streaming;
  return run(state, { type: "opened", body: body(path, isStream ? STREAM : WHOLE) }).state;
}

/** With the cursor on a row of tests, by its label. */
export function onRow(state: State, key: string): State {
  return run(
    { ...state, tests: { ...state.tests, cursor: key }, requests: { cursor: "", top: 0 } },
    { type: "peeked", peeks: new Map([["", peek()]]) },
  ).state;
}

export const types = (effects: readonly Effect[]): string[] => effects.map(({ type }) => type);
