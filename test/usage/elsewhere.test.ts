import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { sourceParser } from "../../src/usage/sources/parse.ts";
import { resolveTest } from "../../src/usage/sources/resolve.ts";
import { python } from "../python.ts";
import { ELSEWHERE, treeOf } from "./elsewhere-cases.ts";

const parse = await sourceParser();
const HAS_PYTEST = spawnSync("python3", ["-m", "pytest", "--version"]).status === 0;

type Tree = Record<string, string>;

const stateOf = (id: string, files: Tree): string =>
  resolveTest(id, {
    read: (path) => (files[path] === undefined ? "absent" : JSON.parse(JSON.stringify(parse(files[path])))),
    text: (path) => files[path] ?? null,
  }).state;

const TREES = Object.entries(ELSEWHERE).flatMap(([name, one]) => [
  ...one.alive.map((files) => ({ name, id: one.id, alive: true, files: treeOf(one, files) })),
  ...one.gone.map((files) => ({ name, id: one.id, alive: false, files: treeOf(one, files) })),
]);

describe("a test that its file does not define is gone where nothing else may", () => {
  it.each(TREES)("$name: $alive $files", ({ id, alive, files }) => {
    const state = stateOf(id, files);
    if (alive) expect(state).not.toBe("gone");
    else expect(state).toBe("gone");
  });
});

it("settings that nobody can read are no doubt", () => {
  const read = (path: string): ReturnType<typeof parse> | "absent" => (path === "test_a.py" ? parse("") : "absent");
  expect(resolveTest("test_a.py::test_a", { read }).state).toBe("gone");
});

/** Collects each of the trees that stdin names, in a process of its own that has pytest loaded already; tells the outputs. */
const COLLECT = `
import json, os, sys, tempfile
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
import pytest
sys.dont_write_bytecode = True
outputs = []
for tree in json.load(sys.stdin):
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryFile() as out:
        for path, text in tree.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w") as file: file.write(text)
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            os.chdir(root)
            # As "python -m pytest" has it.
            sys.path.insert(0, root)
            try: pytest.main(["--collect-only", "-q", "--rootdir=.", "-p", "no:cacheprovider"])
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.waitpid(child, 0)
        out.seek(0)
        outputs.append(out.read().decode())
print(json.dumps(outputs))
`;

describe.skipIf(!HAS_PYTEST)("as pytest collects them", () => {
  it("no test that it collects is gone, and each tree is what it is said to be", { timeout: 300_000 }, () => {
    const outputs: string[] = JSON.parse(python(COLLECT, JSON.stringify(TREES.map(({ files }) => files))));
    for (const [at, { id, alive, files }] of TREES.entries()) {
      const output = outputs[at] as string;
      const ids = output.split("\n").filter((line) => /^\S+::/.test(line));
      expect(ids.includes(id), `${id} in ${JSON.stringify(files)}: ${output}`).toBe(alive);
      for (const one of ids) expect(stateOf(one, files), `${one} in ${JSON.stringify(files)}`).not.toBe("gone");
    }
  });
});
