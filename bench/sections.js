import { statSync } from "node:fs";
import { resolve } from "node:path";
import { browse } from "./browse.js";
import { diff } from "./diff.js";
import { attempt, peakMemory, programs, timed } from "./measure.js";
import { prune } from "./prune.js";
import { serve } from "./serve.js";
import { msText, RATIO_TITLES, ratioRow, ratioText, table, verdict } from "./table.js";
import { validate, validateNote } from "./validate.js";

/** The bars: figures above them are too slow or too large. */
const BARS = { version: 1.3, cold: 2.0, warm: 1.5, usualMb: 150, manyMb: 600 };

/** Processes that do next to nothing are timed more often. */
const often = ({ rounds, warmUps }) => ({ rounds: 2 * rounds - 1, warmUps });

/** How long it takes to start. */
async function version(lab) {
  lab.say("starting");
  const named = { nothing: programs.nothing(), version: programs.recctl(lab.dir, lab.dir, ["--version"]) };
  const times = await timed(named, often(lab.roundsOf("300")), lab.signal);
  return [ratioRow("--version", "node -e 0", times.nothing, times.version, BARS.version)];
}

/** One recording out of 3,000; for information. */
async function show(lab) {
  const { dir, sample } = await lab.tree("3,000");
  lab.say("showing");
  const cache = lab.emptyCache("show");
  const named = {
    nothing: programs.nothing(),
    show: programs.recctl(dir, cache, ["show", sample]),
    replay: programs.recctl(dir, cache, ["replay", sample]),
  };
  const times = await timed(named, often(lab.roundsOf("300")), lab.signal);
  return ["show", "replay"].map((name) => ratioRow(`${name} ID, of 3,000`, "node -e 0", times.nothing, times[name]));
}

const lsRows = (of, { read, cold, first, stat, warm, isWarm }) => [
  ratioRow(`ls --no-index, ${of}`, "walk and read", read, cold, BARS.cold),
  ratioRow(`ls, writes its index, ${of}`, "walk and read", read, first, BARS.cold),
  ratioRow(`ls, ${isWarm ? "warm" : "NOT warm"} index, ${of}`, "walk and stat", stat, warm, BARS.warm),
];

/** 3,000 recordings of 87 MB, and the real ones that RECCTL_CORPUS names. */
async function ls(lab) {
  const rows = lsRows("3,000", await lab.listing("3,000"));
  if (corpusNote() !== "") return rows;
  const times = await lab.listingIn(resolve(process.env.RECCTL_CORPUS), "corpus");
  return [...rows, ...lsRows(`corpus of ${times.recordings}`, times)];
}

/** Why no real recordings are measured; "" where they are. */
function corpusNote() {
  const dir = process.env.RECCTL_CORPUS;
  if (!dir) return "RECCTL_CORPUS is unset: no real recordings were measured";
  const there = statSync(dir, { throwIfNoEntry: false })?.isDirectory();
  return there ? "" : "RECCTL_CORPUS names no folder: no real recordings were measured";
}

/** The sections that fill the table of ratios, and those with a table of their own. */
const RATIOS = { version, ls, show, validate, prune };
const TABLES = { diff, browse, serve, growth, memory };

/** What can be measured, by name. */
export const SECTIONS = [...Object.keys(RATIOS), ...Object.keys(TABLES)];

/** Measures the sections that are wanted and gives a text each, as they come. */
export async function* texts(lab, wanted) {
  yield await ratios(lab, wanted);
  for (const [name, section] of Object.entries(TABLES).filter(([name]) => wanted(name))) {
    const { value, note } = await attempt(name, () => section(lab), lab.signal);
    yield value ?? note;
  }
}

async function ratios(lab, wanted) {
  const rows = [];
  const notes = [];
  for (const [name, section] of Object.entries(RATIOS).filter(([name]) => wanted(name))) {
    const { value, note } = await attempt(name, () => section(lab), lab.signal);
    rows.push(...(value ?? []));
    notes.push(note);
  }
  if (wanted("ls")) notes.push(corpusNote());
  if (wanted("validate")) notes.push(validateNote());
  if (rows.length > 0) notes.unshift(table(RATIO_TITLES, rows));
  return notes.filter((text) => text !== "").join("\n");
}

/** How time grows with the number of files. */
async function growth(lab) {
  const rows = [];
  for (const size of lab.sizes) {
    const { files, bytes } = await lab.tree(size);
    const { read, cold, first, stat, warm, isWarm } = await lab.listing(size);
    rows.push([
      size,
      (bytes / 1e6).toFixed(0),
      msText(read),
      msText(cold),
      ratioText(read, cold),
      msText(first),
      msText(stat),
      msText(warm),
      ratioText(stat, warm) + (isWarm ? "" : " NOT warm"),
      `${((1000 * cold.min) / files).toFixed(0)} / ${((1000 * warm.min) / files).toFixed(0)}`,
    ]);
  }
  const titles = [
    "files",
    "MB",
    "walk+read",
    "no index",
    "ratio",
    "writes index",
    "walk+stat",
    "warm",
    "ratio",
    "µs/file, both",
  ];
  return `growth of ls, ms (min)\n${table(
    titles.map((title) => `>${title}`),
    rows,
  )}`;
}

/** The peak memory of `ls`. */
async function memory(lab) {
  const own = await peakMemory(programs.nothing(), 3, lab.signal);
  const rows = [["node -e 0", "", own.toFixed(0), "", ""]];
  const bars = { "3,000": BARS.usualMb, "300,000": BARS.manyMb };
  for (const size of lab.sizes.filter((name) => bars[name])) {
    const { dir, files } = await lab.tree(size);
    lab.say(`memory at ${size}`);
    const warm = lab.warmCache(`${size}-memory`, dir, files).cache;
    const first = lab.emptyCache(`${size}-first`);
    const named = {
      "walk and read": programs.readAll(dir),
      "ls --no-index": programs.recctl(dir, first, ["ls", "--no-index"]),
      "ls, writes its index": programs.recctl(dir, first, ["ls"], () => lab.emptyCache(`${size}-first`)),
      "ls, warm index": programs.recctl(dir, warm, ["ls"]),
    };
    for (const [what, program] of Object.entries(named)) {
      const mb = await peakMemory(program, files > 10_000 ? 1 : 3, lab.signal);
      const bar = what.startsWith("ls") ? bars[size] : null;
      rows.push([what, size, mb.toFixed(0), bar ?? "", verdict(mb, bar)]);
    }
  }
  return `peak memory, MB (the probe's own 3 MB are in it)\n${table(["what", ">files", ">MB", ">bar", ""], rows)}`;
}
