import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { COMPACT, writeJson } from "../../src/recording/json/write.ts";
import { MISSES } from "../compare/why-logs.ts";
import { A, chat, hashOf } from "../compare/why-made.ts";
import { fetchIn } from "../library/made.ts";
import { tree } from "../run.ts";
import { hit, journalOf, missed } from "../usage/journals.ts";
import { CONFIG, explained, FILE, files, source, testOf, why } from "./made.ts";

const NEW = testOf("test_new[txt=m]");
const SAME = testOf("test_same");
const ASKED = chat({ seed: 7, temperature: 0.9, top_p: 0.5 });

const made = (journal: string): string =>
  tree({
    [FILE]: source("test_new", "test_same", "test_model"),
    ...CONFIG,
    ...files(
      { request: chat(), testId: A },
      { request: chat({ seed: 7, temperature: 0.1, top_p: 0.2 }), testId: SAME },
      { request: chat({ seed: 1 }), testId: MISSES.model.testId },
    ),
    "run.jsonl": journal,
  });

/** What was asked, as the journal's line carries it. */
const missOf = (testId: string, request = chat(), told = true): ReturnType<typeof missed> =>
  missed(testId, hashOf(request, testId), told ? writeJson(request, COMPACT) : undefined);

it("each miss of a journal is explained, by its request where it is there, else by its hash", async () => {
  const journal = journalOf(
    hit(SAME, "a".repeat(64)),
    missOf(NEW),
    { ...missOf(MISSES.model.testId, chat({ model: "n", seed: 1 }), false), model: "n" },
    missOf(SAME, ASKED),
  );
  const { causes, summary } = await explained(made(journal), ["run.jsonl"]);
  expect(summary).toMatchObject({ misses: 3 });
  const told = causes.flatMap(({ misses }) => misses.map((one) => [one.test_id, one.cause, one.differs]));
  expect(told).toContainEqual([NEW, "renamed test", expect.any(String)]);
  expect(told).toContainEqual([MISSES.model.testId, "other model or host", expect.stringContaining("n")]);
  // A hash alone would not tell this: three members changed, to values that nobody could guess.
  const [changed] = told.filter(([test]) => test === SAME);
  expect(changed?.[1]).toBe("request changed");
  expect(changed?.[2]).toMatch(/temperature.*0\.9/);
});

it("the same miss, asked again, is one; a journal without misses is well", async () => {
  const { summary } = await explained(made(journalOf(missOf(NEW), missOf(NEW))), ["run.jsonl"]);
  expect(summary.misses).toBe(1);
  const { code, stderr } = await why(made(journalOf(hit(NEW, "a".repeat(64)))), ["why", "run.jsonl"]);
  expect([code, stderr]).toEqual([0, "no miss was found\n"]);
});

it("two journals together, of which one is cut: that is told", async () => {
  const root = made(journalOf(missOf(NEW), missOf(SAME, ASKED)).slice(0, -30));
  const { code, stdout, stderr } = await why(root, ["why", "run.jsonl", "-", "--json"], {
    stdin: journalOf(missOf(MISSES.model.testId, chat({ model: "n", seed: 1 }))),
  });
  expect([code, JSON.parse(stdout).summary.misses]).toEqual([1, 2]);
  expect(stderr).toContain("run.jsonl: a line was half written: there may be more misses");
});

it("what is none of recctl's is refused, with its place", async () => {
  const { code, stderr } = await why(made(`${journalOf(missOf(NEW))}{"level":"info"}\n`), ["why", "run.jsonl"]);
  expect(code).toBe(2);
  expect(stderr).toContain("a line that is none of recctl's journal");
  expect(stderr).toContain("run.jsonl:2");
});

it("what the library journals, why explains as the answer itself did", async () => {
  const root = made("");
  const fetch = fetchIn(root, { testId: SAME, journal: "own.jsonl", strict: true });
  const body = { model: "m", messages: [{ role: "user", content: "Sail?" }], seed: 7, temperature: 0.9 };
  const asked = fetch("http://localhost:11434/v1/chat/completions", { method: "POST", body: JSON.stringify(body) });
  const { recording } = await asked.catch((error) => error);
  await fetch.close();
  expect(readFileSync(join(root, "own.jsonl"), "utf8")).toContain('"request":{"method":"POST","url":"http://localhost');
  const { causes } = await explained(root, ["own.jsonl"]);
  expect(causes.flatMap(({ misses }) => misses.map(({ hash, test_id }) => [hash, test_id]))).toEqual([
    [recording, SAME],
  ]);
  expect(causes[0]?.cause).not.toBe("unknown");
});
