import { describe, expect, it } from "vitest";
import { at, sample } from "../cli/samples.ts";
import { tree } from "../run.ts";
import { AtPrompt, KINDS, nameOf } from "./shells.ts";

const TEST = "tests/integration/files/test_files.py::test_one[a b]";
const GLOB = "t.py::x[ab]";
const ODD = "odd's.py::t_$HOME\"!{x,y}*;#~\\ `z` | & <é> (1)";

const FILES = {
  [at("aaaa")]: sample({ test: TEST }),
  [at("bbbb")]: sample({ test: GLOB, model: "llama3.2:3b" }),
  [at("cccc")]: sample({ test: ODD, model: "llama3.2:3b" }),
  // What GLOB means where nothing keeps a shell from taking it for a pattern.
  "t.py::xa": "",
};

/** Lines as they are typed before Tab is pressed, and what recctl is given by the line that comes of it. */
const CASES: readonly (readonly [line: string, ...given: string[]])[] = [
  ["recctl comp", "completion"],
  ["recctl help comp", "help", "completion"],
  ["recctl show tests/integration/fi", "show", TEST],
  ["recctl show tests/integration/files/test_files.py:", "show", TEST],
  ["recctl show tests/integration/files/test_files.py::", "show", TEST],
  ["recctl show tests/integration/files/test_files.py::te", "show", TEST],
  ["recctl show tests/integration/files/test_files.py::test_one\\[a\\ ", "show", TEST],
  ["recctl show 'tests/integration/files/test_files.py::te", "show", TEST],
  ["recctl show 'tests/integration/files/test_files.py::test_one[a ", "show", TEST],
  ['recctl show "tests/integration/files/test_files.py::te', "show", TEST],
  ["recctl ls -t tests/integration/files/test_files.py::te", "ls", "-t", TEST],
  ["recctl ls --test=tests/integration/files/test_files.py::te", "ls", `--test=${TEST}`],
  ["recctl show t.p", "show", GLOB],
  ["recctl show t.py::x\\[", "show", GLOB],
  ["recctl show odd", "show", ODD],
  ["recctl show odd\\'s.py::t", "show", ODD],
  ["recctl ls --model=gp", "ls", "--model=gpt-4o"],
  ["recctl ls --model gp", "ls", "--model", "gpt-4o"],
  ["recctl ls -m gp", "ls", "-m", "gpt-4o"],
  ["recctl ls '--model=gp", "ls", "--model=gpt-4o"],
  ["recctl ls --model='gp", "ls", "--model=gpt-4o"],
  ["recctl ls --model=lla", "ls", "--model=llama3.2:3b"],
  ["recctl ls --model=llama3.2:", "ls", "--model=llama3.2:3b"],
  ["recctl ls -m llama3.2:3", "ls", "-m", "llama3.2:3b"],
];

describe.each(Object.keys(KINDS))("%s", (name) => {
  it.skipIf(KINDS[name]?.missing)(nameOf(name, "gives recctl the very word that was offered"), async () => {
    const shell = await AtPrompt.start(name, tree(FILES));
    for (const [line, ...given] of CASES) {
      const became = await shell.tab(line);
      expect({ line, became, given: shell.given(became) }).toEqual({ line, became, given });
    }
  });
});
