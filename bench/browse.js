import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { makeTree, TREES } from "./data.js";
import { programs, timed } from "./measure.js";
import { Pty } from "./pty.js";
import { table, verdict } from "./table.js";

const BARS = { first: 400, key: 16, memory: 250 };
const SCREEN = { columns: 160, rows: 48 };

/** A test for each recording, so that there are many rows to go through. */
const TESTS = { ...TREES["3,000"], mean: 9_000, perTest: 1 };
const CHUNKS = 1_400;
/** How many recordings are opened one after another. */
const OPENED = 500;

/** Longer than the cursor rests before a recording is read, and long enough to read it. In milliseconds. */
const LOOKED_AT = 90;

/** `browse` on a real pseudo-terminal: how soon it is there, how fast it answers a key, how much it writes and holds. */
export async function browse(lab) {
  lab.say("making 3,000 tests");
  const dir = join(lab.dir, "browse");
  await makeTree(dir, TESTS, lab.signal);
  longStream(dir);
  const { cache } = lab.warmCache("browse", dir, TESTS.files + 1);
  const rows = [...(await starting(lab, dir, cache)), ...(await holding(lab, dir, cache))];
  if (!lab.quick) rows.push(await opening(lab, "30,000 recordings", (await lab.tree("30,000")).dir, null));
  return `browse, ${SCREEN.columns}×${SCREEN.rows}\n${table(["what", ">figure", ">bar", ""], rows)}`;
}

const start = (dir, cache) => new Pty(programs.recctl(dir, cache, ["browse"]), SCREEN);

/** From the start to the first frame, and to the one with the tests in it. */
async function starting(lab, dir, cache) {
  const rounds = lab.quick ? 5 : 11;
  const { nothing } = await timed({ nothing: programs.nothing() }, { rounds, warmUps: 1 }, lab.signal);
  const first = [];
  const filled = [];
  for (let round = 0; round < rounds; round++) {
    lab.say(`opening ${round + 1} of ${rounds}`);
    const pty = start(dir, cache);
    first.push(await pty.until(() => pty.frames > 0));
    filled.push(await pty.until(() => pty.drew("test_part_0")));
    await pty.quit();
    lab.signal.throwIfAborted();
  }
  const row = (what, times, bar) => {
    const over = at(times, 0.5) - nothing.median;
    return [what, `${over.toFixed(0)} ms`, bar, verdict(over, bar)];
  };
  return [
    row("first frame, over node -e 0", first, BARS.first),
    row("first frame with 3,001 tests, over node -e 0", filled, BARS.first),
  ];
}

/** A key held down: through all tests, then through all chunks of one recording; then recordings one by one. */
async function holding(lab, dir, cache) {
  const pty = start(dir, cache);
  await pty.until(() => pty.drew("test_part_0"));
  // What is found out in the background would be measured too.
  await setTimeout(6_000);
  const tests = await hold(lab, pty, "j", TESTS.files, "tests");
  await pty.key("G");
  await setTimeout(500);
  await pty.key("l");
  await pty.key("l");
  await setTimeout(500);
  const chunks = await hold(lab, pty, "j", CHUNKS - 1, "chunks");
  for (const key of ["h", "h", "g"]) await pty.key(key);
  for (let one = 0; one < OPENED; one++) {
    if (one % 50 === 0) lab.say(`opened ${one} recordings`);
    await pty.key("j");
    await setTimeout(LOOKED_AT);
    lab.signal.throwIfAborted();
  }
  const { now, most } = pty.memory();
  await pty.quit();
  const memory = `${now.toFixed(0)} MB`;
  return [
    ...keyRows("tests", tests),
    ...keyRows("chunks", chunks),
    [`memory, ${OPENED} recordings opened`, memory, BARS.memory, verdict(now, BARS.memory)],
    ["  at its peak", `${most.toFixed(0)} MB`, BARS.memory, verdict(most, BARS.memory)],
  ];
}

async function hold(lab, pty, key, times, what) {
  const taken = [];
  const { bytes, frames } = pty;
  for (let press = 0; press < times; press++) {
    if (press % 100 === 0) lab.say(`through ${press} ${what}`);
    const ms = await pty.key(key);
    // The last of a list: some of the tests share their row.
    if (ms === null) break;
    taken.push(ms);
    // A terminal repeats a key some 30 times a second; this is faster.
    await setTimeout(8);
    lab.signal.throwIfAborted();
  }
  if (taken.length < 0.9 * times) throw new Error(`no frame after ${taken.length} ${what}`);
  return { taken, bytes: (pty.bytes - bytes) / (pty.frames - frames) };
}

const keyRows = (what, { taken, bytes }) => [
  [`key to frame, j through ${taken.length} ${what}, p50`, `${at(taken, 0.5).toFixed(1)} ms`, "", ""],
  ["  p95", `${at(taken, 0.95).toFixed(1)} ms`, BARS.key, verdict(at(taken, 0.95), BARS.key)],
  ["  bytes a frame", bytes.toFixed(0), "", ""],
];

const at = (times, part) => times.toSorted((a, b) => a - b)[Math.floor(part * (times.length - 1))];

/** How soon the tree is there with a warm index, and what it takes in memory then. */
async function opening(lab, what, dir) {
  lab.say(`opening ${what}`);
  const { cache } = lab.warmCache("browse-many", dir, 30_000);
  const pty = start(dir, cache);
  const ms = await pty.until(() => pty.drew("test_part_0"));
  await setTimeout(3_000);
  const { now, most } = pty.memory();
  await pty.quit();
  const figure = `${ms.toFixed(0)} ms, ${now.toFixed(0)} MB (${most.toFixed(0)})`;
  return [`${what}: tests there, memory (peak)`, figure, BARS.memory, verdict(most, BARS.memory)];
}

/** One recording of many chunks, the last of the tree. */
function longStream(dir) {
  const folder = join(dir, "tests/integration/zz_last/recordings");
  mkdirSync(folder, { recursive: true });
  const chunk = (content, finish_reason) => ({
    __type__: "openai.types.chat.chat_completion_chunk.ChatCompletionChunk",
    __data__: {
      id: "rec-bench",
      choices: [{ delta: { content, role: "assistant" }, finish_reason, index: 0, logprobs: null }],
      created: 0,
      model: "gpt-4o",
      object: "chat.completion.chunk",
      usage: null,
    },
  });
  const body = Array.from({ length: CHUNKS - 1 }, (_, at) => chunk(`word${at} `, null));
  const document = {
    test_id: "tests/integration/zz_last/test_zz.py::test_long[gpt-4o]",
    request: {
      method: "POST",
      url: "https://api.openai.example/v1/v1/chat/completions",
      headers: {},
      body: { model: "gpt-4o", messages: [{ role: "user", content: "Count words." }], stream: true },
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
    },
    response: { body: [...body, chunk("", "stop")], is_streaming: true },
    id_normalization_mapping: {},
  };
  const name = createHash("sha256").update("long").digest("hex");
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
}
