import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readName } from "../../src/recording/name.ts";
import { couldTell, passedTests, type Run, readRun, unitedRuns, useOf, usesOf } from "../../src/usage/runs/index.ts";
import { fixture, good, id } from "./fixtures.ts";

const read = async (text: string): Promise<Run> => good(await readRun(text, "x"));
const lines = (name: string): string[] => fixture(name).trimEnd().split("\n");

/** What was done with each hash, in the order of the log. */
const done = (run: Run): string[] =>
  run.lookups.map(({ hash, kind, found }) => `${hash.slice(0, 4)} ${kind}${found === null ? "" : ` ${found}`}`);

const DONE = [
  "a330 hash computation",
  "7692 hash computation",
  "7692 look-up primary",
  "3fc4 hash computation",
  "3fc4 look-up fallback",
  "e060 hash computation",
  "e060 look-up primary",
  "283b hash computation",
  "283b look-up missed",
  "87b0 stored",
];

describe("real logs", () => {
  it.each([
    ["log-json.txt", "json lines"],
    ["log-plain.txt", "plain"],
    ["log-console.txt", "console"],
  ])("%s", async (name, form) => {
    const run = await read(fixture(name));
    expect(done(run)).toEqual(DONE);
    expect([...run.forms]).toEqual([form]);
    expect([run.dropped, run.complete, run.vouched]).toEqual([0, true, false]);
    expect(new Date(run.newest as number).toISOString()).toMatch(/^2026-11-22T16:52:5/);
    expect(run.oldest).toBeLessThanOrEqual(run.newest as number);
  });

  it("JSON lines tell tests and paths", async () => {
    const run = await read(fixture("log-json.txt"));
    const hash = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";
    const testId = id("test_chat[gpt-4o]");
    const path = `/home/someone/src/ogx/tests/integration/inference/recordings/${hash}.json`;
    const [list, computed, found] = run.lookups;
    expect(list).toMatchObject({ testId: null, path: null, found: null });
    expect(computed).toEqual({ hash, testId, path: null, found: null, kind: "hash computation", at: 17 });
    expect(found).toEqual({ hash, testId, path, found: "primary", kind: "look-up", at: 30 });
    expect(run.misses).toMatchObject([{ form: "log", testId: id("::test_fails"), says: { Model: "gpt-4o" } }]);
    expect(run.seen.has(id("test_chat[two words]"))).toBe(true);
  });

  it("brackets that were swallowed make no ids", async () => {
    for (const name of ["log-console.txt", "log-plain.txt"]) {
      const run = await read(fixture(name));
      expect(run.lookups.every(({ testId }) => testId === null)).toBe(true);
      expect(run.seen.size).toBe(0);
      expect(run.seenShort.has("tests/integration/inference/test_chat.py::test_chat")).toBe(true);
    }
  });

  it("a plain log in which nothing was swallowed tells ids", async () => {
    const text = lines("log-json.txt")
      .map((line) => `${JSON.parse(line).event}\n`)
      .join("");
    const run = await read(text);
    expect(done(run)).toEqual(DONE);
    expect(run.lookups[2]?.testId).toBe(id("test_chat[gpt-4o]"));
    const captured = await read(
      text.replace(/^/gm, "INFO     ogx.testing.api_recorder:api_recorder.py:530 ").trimEnd(),
    );
    expect(done(captured).slice(0, 9)).toEqual(DONE.slice(0, 9));
  });

  it("wrapped in the middle of a hash it tells no hash, and counts it", async () => {
    const text = fixture("log-console.txt").replace(/ {9}(7692[0-9a-f]{20})/, "         $1\n         ");
    const run = await read(text);
    expect(done(run)).toEqual(DONE.filter((one) => one !== "7692 hash computation"));
    expect(run.dropped).toBe(1);
  });

  it("with other fields, other lines and other loggers between", async () => {
    const noisy = lines("log-json.txt").flatMap((line) => [
      '{"event": "GET /v1/models", "logger": "uvicorn", "n": 1e400}',
      line.replace("{", '{"request_id": {"a": [null]}, '),
      "INFO: 127.0.0.1 - GET /",
      '{"message": "no event"}',
    ]);
    const run = await read(noisy.join("\r\n"));
    expect(done(run)).toEqual(DONE);
    expect([run.dropped, run.complete]).toEqual([0, true]);
  });

  it("a line in JSON that is broken leaves nothing to conclude from", async () => {
    const run = await read(fixture("log-json.txt").replace(/"level": "info", /, '"level": "in'));
    expect([run.dropped, run.complete]).toEqual([1, false]);
  });
});

describe("several processes that write one log", () => {
  /** Two tests in a log of their own, each line with its number. */
  const log = (test: string, hash: string, found: "primary" | "missed", list: boolean): string[] => {
    const event = (text: string): string => JSON.stringify({ event: text, level: "info" });
    const head = (text: string): string => event(`[RECORDING DEBUG] ${text}:`);
    const computed = [
      head("Hash computation"),
      event(`  Test ID: ${test}`),
      event("  Method: POST"),
      event("  Endpoint: /v1/x"),
      event("  Model: m"),
      event(`  Computed hash: ${hash}`),
    ];
    if (list) return computed;
    const path = (folder: string): string => `/${folder}/recordings/${hash}.json`;
    return [
      ...computed,
      head("Looking up recording"),
      event(`  Request hash: ${hash}`),
      event(`  Primary path: ${path("a")}`),
      event(`  Primary exists: ${found === "primary" ? "True" : "False"}`),
      ...(found === "primary"
        ? [event("  Found in primary location")]
        : [
            event(`  Fallback path: ${path("b")}`),
            event("  Fallback exists: False"),
            event("  Recording not found in either location"),
          ]),
    ];
  };
  const process = (name: string, seed: number): string[] =>
    [0, 1, 2, 3].flatMap((n) => {
      const hash = `${seed}${n}`.padEnd(64, "0123456789abcdef");
      return log(`a.py::test_${name}[${n}]`, hash, (n + seed) % 2 ? "primary" : "missed", n === 3);
    });

  it("never mixes: no hash is lost, and what is said of one is right or not said", async () => {
    const ways = [process("one", 1), process("two", 2), process("three", 3)];
    const alone = new Map<string, { testId: string | null; found: string | null; path: string | null }>();
    for (const way of ways) {
      for (const { hash, kind, testId, found, path } of (await read(`${way.join("\n")}\n`)).lookups) {
        alone.set(hash + kind, { testId, found, path });
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 150, maxLength: 150 }), async (turns) => {
        const left = ways.map((way) => [...way]);
        const mixed: string[] = [];
        for (const turn of turns) mixed.push(...(left[turn] ?? []).splice(0, 1));
        mixed.push(...left.flat());
        const run = await read(`${mixed.join("\n")}\n`);
        for (const { hash, kind, testId, found, path } of run.lookups) {
          const right = alone.get(hash + kind);
          expect(right, hash).toBeDefined();
          if (testId !== null) expect(testId).toBe(right?.testId);
          if (found !== null) expect(found).toBe(right?.found);
          if (path !== null) expect(path).toContain(hash);
        }
        expect(new Set(run.lookups.map(({ hash, kind }) => hash + kind))).toEqual(new Set(alone.keys()));
        expect(run.dropped).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("one behind the other they are told whole; in turns nobody vouches for the end", async () => {
    const [one, two] = [process("one", 1), process("two", 2)];
    const behind = await read(`${[...one, ...two].join("\n")}\n`);
    expect(behind.lookups.every(({ testId }) => testId !== null)).toBe(true);
    expect(behind.complete).toBe(true);
    const turns = await read(`${one.flatMap((line, at) => [line, two[at] ?? ""]).join("\n")}\n`);
    expect(turns.complete).toBe(false);
  });
});

describe("what follows", () => {
  const log = fixture("log-json.txt");
  const outcomes = fixture("report-run.txt");

  it("which recordings a run looked up, found, missed and stored", async () => {
    const run = await read(log);
    const uses = usesOf(run);
    const hash = (start: string): string => run.lookups.find((one) => one.hash.startsWith(start))?.hash as string;
    const use = (name: string): unknown => useOf(run, uses, readName(name));
    expect(use(`a/${hash("7692")}.json`)).toMatchObject({ lookedUp: true, found: true, missed: false });
    expect(use(hash("283b"))).toMatchObject({ lookedUp: true, found: false, missed: true });
    expect(use(hash("87b0"))).toMatchObject({ stored: true, lookedUp: false });
    expect(use(`models-${hash("a330")}-0123abcd.json`)).toMatchObject({ lookedUp: true, found: false });
    expect(use(hash("a330"))).toMatchObject({ lookedUp: false, computed: true });
    expect(use("f".repeat(64))).toBeNull();
  });

  it("a hash that stands anywhere in a log was used", async () => {
    const run = await read(`${log}something about ${"f".repeat(64)}\n`);
    expect(useOf(run, usesOf(run), readName("f".repeat(64)))).not.toBeNull();
  });

  it("whose silence means something", async () => {
    const both = unitedRuns([await read(log), await read(outcomes)]);
    const told = (run: Run): string[] => [...passedTests(run)].filter((one) => couldTell(run, one));
    const seen = [id("test_chat[gpt-4o]"), id("test_chat[two words]"), id("test_chunks[1]")];
    expect(told(both)).toEqual(seen);
    // Failed, not in the log, or no outcome at all.
    expect(couldTell(both, id("::test_fails"))).toBe(false);
    expect(couldTell(both, id("::test_plain"))).toBe(false);
    expect(couldTell(await read(log), seen[0] as string)).toBe(false);
    // A hash lost, or a run not complete.
    expect(told({ ...both, dropped: 1 })).toEqual([]);
    expect(told({ ...both, complete: false })).toEqual([]);
  });

  it("a log may have been cut behind its last test, unless pytest ends it", async () => {
    const upTo = log.slice(0, log.indexOf("[RECORDING DEBUG] HTTP request hash computation"));
    const cut = upTo.slice(0, upTo.lastIndexOf("\n") + 1);
    const last = id("test_chat[two words]");
    const report = await read(outcomes);
    const run = unitedRuns([await read(cut), report]);
    expect([couldTell(run, id("test_chat[gpt-4o]")), couldTell(run, last)]).toEqual([true, false]);
    const ended = unitedRuns([await read(`${cut}=== 1 passed in 0.1s ===\n`), report]);
    expect(couldTell(ended, last)).toBe(true);
  });
});
