/**
 * `npm run bench`: measures whole runs of recctl against programs that do the least that must be done.
 * It makes its own data in a temporary folder (1.5 GB on the disk, 0.1 with --quick). These are
 * no tests: whatever comes out, the exit status is 0.
 *
 *   --quick        300 and 3,000 recordings alone, 5 rounds
 *   --only LIST    of version, ls, show, validate, prune, diff, browse, serve, growth, memory
 *   RECCTL_CORPUS  a folder with real recordings, measured too
 *   RECCTL_ORACLE  a Python program that gives recordings their names: validate is measured against it
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Lab } from "./lab.js";
import { SECTIONS, texts } from "./sections.js";

/** @throws Error for what is no option */
function options() {
  const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
  const only = values.only?.split(",") ?? SECTIONS;
  const unknown = only.filter((name) => !SECTIONS.includes(name));
  if (unknown.length > 0) throw new Error(`--only takes ${SECTIONS.join(", ")}, not ${unknown.join(", ")}`);
  return { quick: values.quick === true, wanted: (name) => only.includes(name) };
}

/** What is being done, for who watches. */
function say(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** How busy the machine is; what else runs disturbs the figures. */
const loadText = () => `load ${loadavg()[0].toFixed(1)}`;

async function measureAll(dir, { quick, wanted }, signal) {
  const lab = new Lab(dir, { quick, signal, say });
  console.log(
    `recctl bench: node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${loadText()}`,
  );
  console.log("whole processes, files in the page cache, floors and recctl in turn; medians, the least in brackets");
  for await (const text of texts(lab, wanted)) {
    say("");
    if (text !== "") console.log(`\n${text}`);
  }
}

/** Measures in a folder of its own, which is removed however that ends. */
async function main(asked) {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => stop.abort());
  const began = performance.now();
  const dir = mkdtempSync(join(tmpdir(), "recctl-bench-"));
  try {
    await measureAll(dir, asked, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    say("removing the recordings");
    rmSync(dir, { recursive: true, force: true });
    say("");
  }
  if (!stop.signal.aborted) console.log(`\ntook ${((performance.now() - began) / 1000).toFixed(0)} s; ${loadText()}`);
}

let asked;
try {
  asked = options();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(2);
}
await main(asked);
