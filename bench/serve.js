import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programs, runOnce, UNWANTED } from "./measure.js";
import { digestOf, frames, writeRecording } from "./serve-answer.js";
import { table } from "./table.js";

/** At least this many times the rate of others. */
const BARS = { bare: 0.5, aimock: 2 };
const AIMOCK = "@copilotkit/aimock@1.43.0";

const CONNECTIONS = 20;
const FULL = { rounds: 7, ms: 2_000 };
const QUICK = { rounds: 3, ms: 1_000 };
const WARM_UP = 1_500;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** `serve` beside a bare server and aimock: one answer, asked of each in turn by a client in a process of its own. */
export async function serve(lab) {
  const dir = join(lab.dir, "serve");
  writeRecording(dir);
  lab.say("installing aimock");
  const aimock = installed(join(lab.dir, "aimock"));
  const servers = {
    bare: started({ args: [here("serve-bare.js")] }),
    recctl: started(programs.recctl(dir, lab.emptyCache("serve"), ["serve", "--port", "0"])),
    ...(aimock.dir && { aimock: started({ args: [here("serve-aimock.js"), aimock.dir] }) }),
  };
  try {
    const figures = await measured(lab, servers);
    const notes = aimock.dir ? [] : [`aimock could not be had, and was not measured: ${aimock.why}`];
    return [`serve, streams of ${frames.length} frames, ${CONNECTIONS} connections`, tableOf(figures), ...notes].join(
      "\n",
    );
  } finally {
    for (const { child } of Object.values(servers)) child.kill("SIGKILL");
  }
}

/** @returns the folder that it is in, or `why` there is none */
function installed(dir) {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "package.json"), "{}");
  const args = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", AIMOCK];
  const { status, stderr, error } = spawnSync("npm", args, { cwd: dir, encoding: "utf8", timeout: 120_000 });
  if (status === 0) return { dir };
  return { why: error?.message ?? /npm error (?!code)(.*)/.exec(stderr)?.[1] ?? `npm ended with ${status}` };
}

/** A server that tells its url on stdout. */
function started({ args, cwd, env }) {
  const full = { ...process.env, ...env };
  for (const name of UNWANTED) delete full[name];
  const child = spawn(process.execPath, args, { cwd, env: full, stdio: ["ignore", "pipe", "ignore"] });
  const url = new Promise((done, fail) => {
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) done(found[0]);
    });
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${args[0]} ended with ${code}`)));
  });
  // It is waited for later.
  url.catch(() => undefined);
  return { child, url };
}

/** For each server the median of its rates, and of the times to the first byte. */
async function measured(lab, servers) {
  const { rounds, ms } = lab.quick ? QUICK : FULL;
  const all = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, { url }] of Object.entries(servers)) {
      lab.say(`asking ${name}, ${round + 1} of ${rounds}`);
      const args = [here("serve-client.js"), await url, String(CONNECTIONS), String(round < 0 ? WARM_UP : ms)];
      const told = JSON.parse(runOnce({ args }, { stdout: "pipe" }).stdout);
      if (told.digest !== digestOf(frames.join(""))) throw new Error(`${name} answers otherwise`);
      if (round >= 0) all[name].push(told);
      lab.signal.throwIfAborted();
    }
  }
  const median = (list, key) => list.map((one) => one[key]).sort((a, b) => a - b)[list.length >> 1];
  return Object.fromEntries(
    Object.entries(all).map(([name, list]) => [
      name,
      Object.fromEntries(["rate", "first", "late"].map((key) => [key, median(list, key)])),
    ]),
  );
}

function tableOf({ recctl, ...others }) {
  const figures = ({ rate, first, late }) => [rate.toFixed(0), `${first.toFixed(2)} (${late.toFixed(2)})`];
  const rows = Object.entries(others).map(([name, other]) => {
    const ratio = recctl.rate / other.rate;
    const is = ratio >= BARS[name] ? "ok" : "UNDER";
    return [name, ...figures(other), ratio.toFixed(2), BARS[name].toFixed(1), is];
  });
  const titles = [
    "server",
    ">streams/s",
    ">ms to first byte (99 %)",
    ">recctl's rate is times that",
    ">bar, at least",
    "",
  ];
  return table(titles, [["recctl serve", ...figures(recctl), "", "", ""], ...rows]);
}
