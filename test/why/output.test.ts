import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { width } from "../../src/text/width.ts";
import { onTerminal } from "../cli/terminal.ts";
import { temporary, tree } from "../run.ts";
import { GIT_ENV } from "../store/repository.ts";
import {
  CONFIG,
  chat,
  explained,
  FILE,
  files,
  hashOf,
  type Made,
  message,
  outputOf,
  pathOf,
  source,
  testOf,
  why,
} from "./made.ts";

const [OLD, NEW, LOST] = [testOf("test_old[txt=m]"), testOf("test_new[txt=m]"), testOf("test_lost")];
const MADE: Made = { request: chat(), testId: OLD };
const OTHER: Made = { request: chat({ seed: 1 }), testId: testOf("test_other") };
const hash = hashOf(chat(), NEW);
const UNKNOWN = "ab".repeat(32);
const LOG = `${outputOf([
  [NEW, message(hash)],
  [LOST, message(hashOf(chat({ seed: 9 }), LOST))],
])}${message(UNKNOWN)}\n`;
const root = (): string =>
  tree({ ...CONFIG, [FILE]: source("test_new", "test_lost", "test_other"), ...files(MADE, OTHER), "run.log": LOG });

const MISS = {
  hash,
  test_id: NEW,
  endpoint: "/v1/v1/chat/completions",
  url: "http://localhost:11434/v1/v1/chat/completions",
  model: "m",
  cause: "renamed test",
  proven: true,
  differs: `recorded ${testOf("test_old")}, asked now ${testOf("test_new")}`,
  evidence: [
    expect.stringMatching(/^recorded: [0-9a-f]{8}, the same request$/),
    `recorded: test ${OLD}; asked now: test ${NEW}`,
    "recorded: that test is gone",
  ],
  nearest: [{ path: pathOf(MADE), test_id: OLD, differs: null }],
  mend: [
    expect.stringMatching(/^sed -i\.orig -e /),
    expect.stringMatching(/^rm -f \S+\.orig$/),
    expect.stringMatching(/^recctl rekey --rename \S+ --scheme \S+ --apply \S+\.json$/),
  ],
};

describe("for programs", () => {
  it("--json: causes with their misses, and a summary", async () => {
    const document = await explained(root(), ["run.log"]);
    const { causes, summary } = document;
    expect(Object.keys(document)).toEqual(["causes", "summary"]);
    expect(causes.find(({ cause }) => cause === "renamed test")).toEqual({
      cause: "renamed test",
      title: "renamed test",
      proven: true,
      differs: MISS.differs,
      misses: [MISS],
      mend: [MISS.mend],
    });
    expect(causes.map(({ cause }) => cause)).toEqual(["renamed test", "never recorded", "unknown"]);
    expect(causes.at(-1)).toMatchObject({ proven: false, misses: [{ hash: UNKNOWN, test_id: null }] });
    expect(summary).toEqual({
      misses: 3,
      proven: 1,
      by_cause: { "renamed test": 1, "never recorded": 1, unknown: 1 },
    });
  });

  it("--ndjson: a miss a line", async () => {
    const { stdout, code } = await why(root(), ["why", "run.log", "--ndjson"]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([code, lines.length]).toEqual([1, 3]);
    expect(lines[0]).toEqual(MISS);
    for (const line of lines) expect(Object.keys(line)).toEqual(Object.keys(MISS));
  });

  it("says where pytest cut its summary before the hash", async () => {
    const line = "FAILED tests/a/test_x.py::test_y - RuntimeError: Recording not found fo...\n";
    const cut = await why(root(), ["why", "-"], { stdin: line });
    expect([cut.code, cut.stderr]).toEqual([2, expect.stringContaining("1 failure cut off")]);
    const error = "FAILED tests/a/test_x.py::test_y - openai.NotFoundError: Error code: 404 - {'error'";
    for (const more of ["...", ": {'message': 'recctl has no recor..."]) {
      const client = await why(root(), ["why", "-"], { stdin: `${error}${more}\n` });
      expect([client.code, client.stderr]).toEqual([2, expect.stringContaining("1 failure cut off")]);
    }
    const their = await why(root(), ["why", "-"], { stdin: `${error}: {'message': 'no such mod...\n` });
    expect([their.code, their.stderr]).toEqual([0, expect.stringContaining("no miss was found")]);
    const other = await why(root(), ["why", "-"], {
      stdin: line.replace("Recording not found fo", "assert 1 ="),
    });
    expect([other.code, other.stderr]).toEqual([0, expect.stringContaining("no miss was found")]);
  });

  it("tells a file at the very name that cannot be read, and no other cause", async () => {
    const cwd = root();
    const name = "ab".repeat(32);
    mkdirSync(join(cwd, "tests/b/recordings"), { recursive: true });
    writeFileSync(join(cwd, "tests/b/recordings", `${name}.json`), '{"test_id": "');
    const { code, stdout } = await why(cwd, ["why", name, "--json"]);
    const { causes } = JSON.parse(stdout) as { causes: { cause: string; differs: string; mend: string[][] }[] };
    expect([code, causes.length, causes[0]?.cause]).toEqual([1, 1, "unknown"]);
    expect(causes[0]?.differs).toContain("cannot be read");
    expect(causes[0]?.mend).toEqual([[`recctl validate tests/b/recordings/${name}.json`]]);
  });

  it("a pipe: a miss a row, and the sum on stderr", async () => {
    const { stdout, stderr, code } = await why(root(), ["why", "run.log"]);
    const rows = stdout
      .slice(0, -1)
      .split("\n")
      .map((row) => row.split("\t"));
    expect(rows.map((row) => [...row.slice(0, 4), row.length])).toEqual([
      [hash, NEW, "renamed test", "proven", 5],
      [expect.stringMatching(/^[0-9a-f]{64}$/), LOST, "never recorded", "likely", 5],
      [UNKNOWN, "", "unknown", "unknown", 5],
    ]);
    expect([code, stderr]).toEqual([1, "3 misses: 1 proven, 1 likely, 1 unknown\n"]);
  });
});

describe("on a terminal", () => {
  const hostile = "\u001b]0;x\u0007\u001b[2J\u202e\u0000\u009b31m\t漢字👩‍🚀é";
  const HOSTILE = testOf(`test_old[${hostile}]`);
  const NOW = testOf(`test_new[${hostile}]`);
  const odd = chat({ messages: [{ role: "user", content: hostile }] });
  const asked = JSON.stringify({
    test_id: NOW,
    request: JSON.parse(JSON.stringify({ url: `http://h/${hostile}`, body: { model: hostile, seed: 4 } })),
  });
  const event = (text: string): string => `${JSON.stringify({ event: text })}\n`;
  const log = [
    event("[RECORDING DEBUG] Hash computation:"),
    event(`  Test ID: ${NOW}`),
    event(`  Computed hash: ${hashOf(odd, NOW)}`),
    `${message(hashOf(odd, NOW), { model: hostile })}\n`,
    `${message(hashOf(chat({ seed: 5 }), null), { model: hostile, url: `http://h/${hostile.replace(/\s/g, "")}` })}\n`,
    ...Array.from({ length: 30 }, (_, n) => `${message(hashOf(chat({ seed: 100 + n }), null))}\n`),
    `Recording not found for a.b | Request: {'q': '${hostile}'}\n`,
  ].join("");
  const place = (): string =>
    tree({
      ...CONFIG,
      [FILE]: source("test_new", "test_lost", "test_other"),
      ...files({ request: odd, testId: HOSTILE }, OTHER, MADE),
      "run.log": LOG,
      "odd.log": log,
      "request.json": asked,
    });

  it.each([
    [40, 10],
    [80, 24],
    [120, 40],
  ])("%i columns and %i rows: nothing is wider but commands, and nothing moves the cursor", async (columns, rows) => {
    const cwd = place();
    for (const args of [["run.log"], ["odd.log"], ["odd.log", "--all"], ["--request", "request.json"]]) {
      const env = { ...GIT_ENV, HOME: temporary() };
      const screen = await onTerminal(["why", ...args], { columns, rows, cwd, env });
      expect(screen.code).toBe(1);
      expect(screen.raw.replace(/\u001b\[[\d;]*m/g, "")).not.toMatch(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/,
      );
      expect(widest(screen.raw, columns)).toEqual([]);
      expect(screen.lines().join("\n")).toMatch(/\n\d+ miss(es)?: |^\d+ miss(es)?: /);
    }
  });

  it.each([
    ["why-80", ["run.log"]],
    ["why-request-80", ["--request", "near.json"]],
  ])("as a person reads it: %s", async (name, args) => {
    const env = { ...GIT_ENV, HOME: temporary() };
    const near = { messages: [{ role: "user", content: "hello, you" }], temperature: 0.5, seed: 2 };
    const cwd = tree({
      ...CONFIG,
      [FILE]: source("test_new", "test_lost", "test_other"),
      ...files(MADE, OTHER),
      "run.log": LOG,
      "near.json": JSON.stringify({ test_id: OTHER.testId, request: JSON.parse(writeJson(chat(near), COMPACT)) }),
    });
    const screen = await onTerminal(["why", ...args], { columns: 80, cwd, env });
    const text = screen.raw.replace(/\u001b\[[\d;]*m/g, "").replaceAll("\r\n", "\n");
    await expect(text).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
  });
});

/** Lines that are wider than the screen, but for commands: these are pasted, and never broken. */
function widest(raw: string, columns: number): string[] {
  let isCommand = false;
  return raw
    .replace(/\u001b\[[\d;]*m/g, "")
    .split("\r\n")
    .filter((line) => {
      if (line === "  try") isCommand = true;
      else if (!line.startsWith("    ")) isCommand = false;
      return !isCommand && width(line) > columns;
    });
}
