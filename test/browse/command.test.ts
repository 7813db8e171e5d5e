import { describe, expect, it } from "vitest";
import { shellWords } from "../../src/commands/browsing/words.ts";
import { initial, type State } from "../../src/tui/state/state.ts";
import { recordings } from "../../src/tui/state/tree.ts";
import { update } from "../../src/tui/state/update.ts";
import { sample } from "../cli/samples.ts";
import { recctl, tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

const hash = (name: string): string => name.repeat(64 / name.length);
const files = {
  [`a/recordings/${hash("a1")}.json`]: sample({ test: "a/test_x.py::test_one", asked: "Who rows?" }),
  [`a/recordings/${hash("a2")}.json`]: sample({ test: "a/test_x.py::test_one_more", asked: "Who sails?" }),
  [`a/recordings/${hash("a3")}.json`]: sample({ test: "a/test_x.py::Test::test_One[*]", failure: "fog" }),
  [`a/recordings/${hash("a4")}.json`]: sample({ test: null, endpoint: "/v1/models", asked: "" }),
  [`a/b/recordings/${hash("b1")}.json`]: sample({ test: "a/b/test_y.py::test_one", asked: "Who rows?" }),
  [`a/b/recordings/${hash("a1")}.json`]: sample({ test: "a/b/test_y.py::test_two", asked: "Who rows?" }),
  [`b/recordings/${hash("c1")}.json`]: sample({ test: "it's a/test_x.py::test_one", failure: "fog" }),
  [`b/recordings/sub/${hash("c2")}.json`]: sample({ test: null, asked: "Who rows?" }),
  "b/recordings/odd.json": "{",
};

const LINES = [
  "",
  "-t one",
  "-t one_more -t two",
  "-t a/b --failed",
  "-t one --grep rows",
  "--grep rows",
  "-t ONE",
  "-t no",
];
const PLACES = [[], ["a"], ["b/recordings", "a/b/"], ["a/recordings/a*.json", "b"]];

/** The state of browse on the tree, filtered. */
async function shownBy(cwd: string, places: readonly string[], line: string): Promise<State> {
  const browsing = new Browsing(cwd, places);
  const size = { columns: 160, rows: 40 };
  const start = initial({ size, recctl: "recctl", hasColour: false, places, filtering: line || null });
  let { state } = update(start, await browsing.scan());
  if (line !== "") state = update(state, await browsing.does({ type: "filter", line }, "filtered")).state;
  return state;
}

describe("the command that shows the same lists what a row holds, and nothing else", () => {
  it.each(PLACES.map((places) => [places]))("looked for in %j", { timeout: 120_000 }, async (places) => {
    const cwd = tree(files);
    const wanted = new Map<string, string[]>();
    for (const line of LINES) {
      const state = await shownBy(cwd, places, line);
      const { rows, order } = recordings(state);
      for (const row of rows.filter(({ kind }) => kind !== "broken" && kind !== "flaw")) {
        const on = { ...state, tests: { ...state.tests, cursor: row.key } };
        const command = update(on, { type: "do", verb: "command" }).state.message?.text ?? "";
        const paths = order.slice(row.from, row.to).map(({ path }) => path);
        expect(wanted.get(command) ?? paths.toSorted(), command).toEqual(paths.toSorted());
        wanted.set(command, paths.toSorted());
      }
    }
    expect(wanted.size).toBeGreaterThan(5);
    for (const [command, paths] of wanted) {
      const ran = await recctl([...(shellWords(command) ?? []).slice(1), "--json"], { cwd });
      const listed = JSON.parse(ran.stdout).recordings.map(({ path }: { path: string }) => path);
      expect(listed.toSorted(), command).toEqual(paths);
    }
  });
});
