import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTree, TREES } from "./data.js";
import { peakMemory, programs, runOnce, timed } from "./measure.js";
import { inGit } from "./prune.js";
import { RATIO_TITLES, ratioRow, table } from "./table.js";

/** That something changed is no failure of the measurement. */
const ENDS = [0, 1];

/** Each run takes seconds: fewer of them. */
const ROUNDS = { rounds: 5, warmUps: 1 };

/** Recordings of 40 KB: 500 are 20 MB. */
const SOME = { ...TREES["3,000"], files: 500, mean: 40_000 };

/** As many near-equal requests has one test. */
const OF_ONE_TEST = 331;

/** `diff` of runs that asked otherwise, each in a folder that holds both sides, and what it takes in memory. */
export async function diff(lab) {
  const cases = await made(lab);
  const rows = [];
  const memory = [];
  for (const [what, { cwd, args }] of Object.entries(cases)) {
    lab.say(`comparing ${what}`);
    const own = programs.recctl(cwd, lab.emptyCache("diff"), ["diff", ...args], undefined, ENDS);
    const { pairs, added } = JSON.parse(
      runOnce({ ...own, args: [...own.args, "--json"] }, { stdout: "pipe" }).stdout,
    ).summary;
    if (pairs === 0 || added > pairs / 20) throw new Error(`${what}: ${pairs} pairs and ${added} added`);
    const times = await timed({ read: programs.readAll(cwd), own }, ROUNDS, lab.signal);
    rows.push(ratioRow(`diff, ${what}`, "walk and read both", times.read, times.own));
    memory.push([what, (await peakMemory(own, 3, lab.signal)).toFixed(0)]);
    rmSync(cwd, { recursive: true });
  }
  return `${table(RATIO_TITLES, rows)}\n\npeak memory of diff, MB\n${table(["what", ">MB"], memory)}`;
}

async function made(lab) {
  const { dir } = await lab.tree("3,000");
  lab.say("making runs to compare");
  const place = (name) => join(lab.dir, "diff", name);
  const some = place("some");
  await makeTree(join(some, "old"), SOME, lab.signal);
  const run = filesIn(join(some, "old")).filter((_, at) => at % 7 === 0);
  for (const path of run.slice(0, 70)) askOtherwise(join(some, "old", path), join(some, "new", path));
  const few = place("few");
  cpSync(dir, few, { recursive: true });
  inGit(few);
  for (const path of filesIn(few).filter((_, at) => at % 42 === 0)) askOtherwise(join(few, path));
  const all = place("all");
  cpSync(dir, join(all, "old"), { recursive: true });
  for (const path of filesIn(dir)) askOtherwise(join(dir, path), join(all, "new", path));
  const one = place("one");
  for (const [side, more] of Object.entries({ old: "", new: ", please" })) oneTest(join(one, side), more);
  return {
    "70 over 500 (20 MB)": { cwd: some, args: ["--overlay", "./old", "./new"] },
    "3,000, of which 70 changed since HEAD": { cwd: few, args: [] },
    "3,000 and 3,000, all changed": { cwd: all, args: ["./old", "./new"] },
    [`${OF_ONE_TEST} and ${OF_ONE_TEST} of one test`]: { cwd: one, args: ["./old", "./new"] },
  };
}

const filesIn = (dir) =>
  readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((path) => /^(?!\.git\/).*\.json$/.test(path));

/** The same recording of a program that asks for one thing more. */
function askOtherwise(from, to = from) {
  const text = readFileSync(from, "utf8");
  mkdirSync(join(to, ".."), { recursive: true });
  writeFileSync(to, text.replace(/^ {6}"(model|seed)":/m, '      "service_tier": "default",\n$&'));
}

/** Requests of one test that differ in a number. */
function oneTest(dir, more) {
  const folder = join(dir, "tests/integration/suite/recordings");
  mkdirSync(folder, { recursive: true });
  for (let at = 0; at < OF_ONE_TEST; at++) {
    const content = `Summarise part ${at} of the book about the sea${more}`;
    const url = "https://api.openai.example/v1/v1/chat/completions";
    const body = { model: "gpt-4o", messages: [{ role: "user", content }], stream: false };
    const document = {
      test_id: "tests/integration/suite/test_book.py::test_parts[gpt-4o]",
      request: { method: "POST", url, headers: {}, body, endpoint: "/v1/chat/completions", model: "gpt-4o" },
      response: {
        body: { __type__: "openai.types.chat.chat_completion.ChatCompletion", __data__: {} },
        is_streaming: false,
      },
      id_normalization_mapping: {},
    };
    const name = createHash("sha256").update(content).digest("hex");
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
  }
}
