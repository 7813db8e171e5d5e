import type { Where } from "../../../src/tui/keys.ts";
import type { RemovalPlan } from "../../../src/tui/state/overlay.ts";
import type { State } from "../../../src/tui/state/state.ts";
import { entry, onRow, press, run, started, TREE, tree, withBody } from "./made.ts";

export const PLAN: RemovalPlan = {
  items: [{ path: "tests/recordings/bbbb1111.json", testId: "tests/in/test_a.py::test_two", bytes: 300, digest: "d" }],
  notes: ["they are in no commit"],
  refusals: [],
};

/** A state in which keys go to a place, and in the middle of things, so that every key there changes something. */
export function withAll(where: Where): State {
  return STATES[where]();
}

/** The cursor on the second of three rows of requests; more tests than a screen holds. */
const MANY = tree([
  ...TREE.entries,
  ...Array.from({ length: 100 }, (_, at) =>
    entry(`tests/recordings/ffff${1000 + at}.json`, `tests/test_z.py::test_${at}`),
  ),
]);

/** A screen of three panes: the cursor on a test in the middle of many. */
const lists = (): State => onRow(started(MANY), "t:tests/test_z.py::test_5");

/** The answer has the keys, and more lines than the screen. */
const answer = (): State => {
  const { state } = press(withBody(lists()), "enter", "enter", "enter");
  return run(state, { type: "resize", size: { columns: 100, rows: 12 } }, { type: "do", verb: "down" }).state;
};

const leaving = (state: State): State => ({ ...state, leaving: new Set(["tests/recordings/bbbb1111.json"]) });

const STATES: Record<Where, () => State> = {
  lists,
  answer,
  prompt: () => press({ ...lists(), typed: { search: ["before"], filter: [] } }, "/", '"one two', "left").state,
  help: () => run(press(started(TREE, { columns: 60, rows: 20 }), "?").state, { type: "do", verb: "down" }).state,
  compare: () => {
    const { state } = press(lists(), "c", "down", "c");
    const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`);
    const { overlay } = state;
    if (overlay?.shows !== "compare") throw new Error("nothing is compared");
    const { old, now } = overlay;
    return run(state, { type: "compared", old, now, columns: 160, lines }, { type: "do", verb: "down" }).state;
  },
  plan: () => {
    const { state } = press(leaving(lists()), "D");
    const small = run(state, { type: "planned", plan: PLAN }, { type: "resize", size: { columns: 60, rows: 10 } });
    return run(small.state, { type: "do", verb: "down" }).state;
  },
  play: () => press(withBody(lists()), "p", ".", ".", ".").state,
};
