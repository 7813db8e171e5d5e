import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { programs, runOnce, timed } from "./measure.js";
import { ratioRow } from "./table.js";

/** The bar of a hook, against walking and statting. */
const BAR = 2.0;

/** Something to remove is no failure of the measurement. */
const ENDS = [0, 1];

/** Younger sources are read again (src/store/stamp.ts). */
const NOT_RACY = 150;

/** `prune --check` of 3,000 recordings and the 91 test files that they name, as a commit hook runs it. */
export async function prune(lab) {
  const { dir } = await lab.tree("3,000");
  const tests = testsIn(dir);
  lab.say(`making ${tests.size} test files`);
  const sources = writeSources(dir, tests);
  inGit(dir);
  await setTimeout(NOT_RACY);
  const cache = lab.emptyCache("prune");
  // Every test is there: a run that found something to remove would measure something else, and throws here.
  runOnce(programs.recctl(dir, cache, ["prune", "--check"]));
  const check = programs.recctl(dir, cache, ["prune", "--check"], undefined, ENDS);
  const cold = programs.recctl(
    dir,
    lab.emptyCache("prune-cold"),
    ["prune", "--check"],
    () => lab.emptyCache("prune-cold"),
    ENDS,
  );
  lab.say("pruning");
  const named = { nothing: programs.nothing(), stat: programs.statAll(dir), warm: check, cold };
  const kept = await timed(named, lab.roundsOf("3,000"), lab.signal);
  // One test is gone: what goes is read again, and git is asked.
  const [file] = sources;
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/def test_case_(\d+)/, "def not_a_test_$1"));
  await setTimeout(NOT_RACY);
  runOnce(check);
  const gone = await timed({ stat: programs.statAll(dir), gone: check }, lab.roundsOf("3,000"), lab.signal);
  writeFileSync(file, text);
  rmSync(join(dir, ".git"), { recursive: true });
  const of = `3,000 of ${tests.size} test files`;
  return [
    ratioRow(`prune --check, ${of}`, "walk and stat", kept.stat, kept.warm, BAR),
    ratioRow(`prune --check, ${of}`, "node -e 0", kept.nothing, kept.warm),
    ratioRow("prune --check, first run", "walk and stat", kept.stat, kept.cold),
    ratioRow("prune --check, a test is gone", "walk and stat", gone.stat, gone.gone),
  ];
}

/** The test functions that recordings name, by class, by file. */
function testsIn(dir) {
  const tests = new Map();
  for (const path of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".json")) continue;
    const id = /"test_id": "([^"]+)"/.exec(readFileSync(join(dir, path), "utf8"))?.[1];
    if (!id) continue;
    const [file, , name] = id.split("[")[0].split("::");
    tests.set(file, (tests.get(file) ?? new Set()).add(name));
  }
  return tests;
}

/** What tests of an API look like: imports, fixtures, helpers, and functions of twenty lines. */
function writeSources(dir, tests) {
  const sources = [];
  for (const [file, names] of tests) {
    const path = join(dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, sourceOf([...names].sort()));
    writeFileSync(
      join(dirname(path), "conftest.py"),
      "import pytest\n\n\n@pytest.fixture\ndef client():\n    return None\n",
    );
    sources.push(path);
  }
  return sources;
}

const BODY = Array.from(
  { length: 18 },
  (_, line) => `        step_${line} = client.ask(model, messages=[{"role": "user", "content": f"step {${line}}"}])\n`,
).join("");

function sourceOf(names) {
  const plain = Array.from(
    { length: 12 },
    (_, at) => `def test_helper_${at}(client):\n${BODY.replace(/^ {8}/gm, "    ")}\n`,
  );
  const methods = names.map(
    (name) =>
      `    @pytest.mark.parametrize("model", ["bench/model-0", "bench/model-1"])\n    def ${name}(self, client, model):\n        """Asks, and looks at the answer."""\n${BODY}        assert step_0\n`,
  );
  return `import json\nimport os\n\nimport pytest\nfrom pydantic import BaseModel\n\n\n${plain.join("\n")}\n\nclass TestSuite:\n${methods.join("\n")}`;
}

/** A repository whose one commit has all that lies in a folder. */
export function inGit(dir) {
  const git = (...args) => {
    const { status, stderr } = spawnSync(
      "git",
      ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args],
      {
        cwd: dir,
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  };
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "all");
}
