import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { programs, runOnce, timed } from "./measure.js";
import { ratioRow } from "./table.js";

/** The bars: against the oracle, and of one file against a process that does nothing. */
const BARS = { cold: 0.5, hook: 2.5 };

/** Findings are no failure of the measurement. */
const ENDS = [0, 1];

/** Each run takes seconds: fewer of them. */
const ROUNDS = { rounds: 5, warmUps: 1 };

/** The oracle that RECCTL_ORACLE names; null where there is none. */
function oracle() {
  const path = process.env.RECCTL_ORACLE;
  return path && statSync(path, { throwIfNoEntry: false })?.isFile() ? resolve(path) : null;
}

/** Why validate is measured against no oracle; "" where it is. */
export const validateNote = () =>
  oracle()
    ? ""
    : "RECCTL_ORACLE names no file: validate of whole trees was measured against reading alone, without a bar";

/** `validate` of 3,000 recordings, of the real ones that RECCTL_CORPUS names, and of one file as a commit hook gives it. */
export async function validate(lab) {
  const { dir, sample } = await lab.tree("3,000");
  const rows = await wholeRows(lab, dir, "3,000");
  const corpus = process.env.RECCTL_CORPUS;
  if (corpus && statSync(corpus, { throwIfNoEntry: false })?.isDirectory()) {
    rows.push(...(await wholeRows(lab, resolve(corpus), "corpus")));
  }
  return [
    ...rows,
    await hookRow(
      lab,
      dir,
      filesIn(dir).find((path) => path.includes(sample)),
    ),
  ];
}

async function wholeRows(lab, dir, name) {
  lab.say(`validating ${name}`);
  const path = oracle();
  const floorName = path ? "oracle" : "walk and read";
  const bar = path ? BARS.cold : null;
  const warm = warmCache(lab, dir, name);
  const named = {
    floor: path ? programs.oracle(path, filesIn(dir)) : programs.readAll(dir),
    cold: programs.recctl(dir, lab.emptyCache(`${name}-cold`), ["validate", "--no-index"], undefined, ENDS),
    again: programs.recctl(dir, warm, ["validate"], undefined, ENDS),
  };
  const { floor, cold, again } = await timed(named, ROUNDS, lab.signal);
  return [
    ratioRow(`validate --no-index, ${name}`, floorName, floor, cold, bar),
    ratioRow(`validate, second run, ${name}`, floorName, floor, again, bar),
  ];
}

async function hookRow(lab, dir, file) {
  lab.say("validating one file");
  const cache = warmCache(lab, dir, "hook");
  const named = {
    nothing: programs.nothing(),
    hook: programs.recctl(dir, cache, ["validate", file], undefined, ENDS),
  };
  const { nothing, hook } = await timed(named, lab.roundsOf("300"), lab.signal);
  return ratioRow("validate FILE, of 3,000", "node -e 0", nothing, hook, BARS.hook);
}

/** A cache directory with what `validate` remembers of a tree. */
function warmCache(lab, dir, name) {
  const cache = lab.emptyCache(`${name}-validated`);
  runOnce(programs.recctl(dir, cache, ["validate"], undefined, ENDS));
  return cache;
}

/** The recordings of a tree. */
const filesIn = (dir) =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?:^|\/)recordings\/.*\.json$/.test(path))
    .map((path) => join(dir, path));
