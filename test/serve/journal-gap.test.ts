import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fetchIn } from "../library/made.ts";
import { recctl } from "../run.ts";
import { smallDisk } from "./disk.ts";
import { BODY, chat, post, served, treeOf, upstream } from "./serving.ts";

const TEST = "tests/test_x.py";
const MARK = /^\{"time":"[^"]+Z","lost":\d+\}$/m;
const URL = "https://api.openai.com/v1/chat/completions";

/** A tree with a recording for each of two tests, and an old one, that none of them asks for. */
async function recorded(): Promise<string> {
  const cwd = treeOf({ [TEST]: "def test_a(): pass\ndef test_b(): pass\n" });
  const up = await upstream((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(chat("x"));
  });
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  await ask(run.url, "test_a", "asked first");
  await ask(run.url, "test_a");
  await ask(run.url, "test_b");
  await run.end();
  return cwd;
}

const ask = (url: string, test: string, content = "?") =>
  post(
    `${url}/v1/chat/completions`,
    { ...BODY, messages: [{ role: "user", content }] },
    { "X-Test-Id": `${TEST}::${test}` },
  );

const JUNIT =
  '<testsuites><testsuite name="pytest" errors="0" failures="0" skipped="0" tests="2">' +
  '<testcase classname="tests.test_x" name="test_a" time="1"/><testcase classname="tests.test_x" name="test_b" time="1"/>' +
  "</testsuite></testsuites>";

/** What prune says of each recording by this journal, and outcomes of tests that all passed. */
async function verdicts(cwd: string, journal: string): Promise<string> {
  writeFileSync(join(cwd, "run.xml"), JUNIT);
  const { stdout, stderr } = await recctl(["prune", "--verdicts", "--run", journal, "--run", "run.xml"], { cwd });
  return stdout + stderr;
}

describe.each<[string, (path: string) => void, string]>([
  ["emptied", (path) => truncateSync(path), "was emptied, or cut short"],
  ["cut within a line", (path) => truncateSync(path, statSync(path).size - 30), "was emptied, or cut short"],
  ["removed", (path) => rmSync(path), "was moved, removed or replaced"],
  ["moved", (path) => renameSync(path, `${path}.old`), "was moved, removed or replaced"],
  [
    "replaced by a copy",
    (path) => {
      const text = readFileSync(path);
      rmSync(path);
      writeFileSync(path, text);
    },
    "was moved, removed or replaced",
  ],
])("a journal that is %s while it is written", (how, happen, told) => {
  it("has a mark from then on, is told, and is none to --strict", async () => {
    const cwd = await recorded();
    const run = await served(["--strict", "--journal", "run.jsonl"], { cwd });
    expect((await ask(run.url, "test_a", "asked first")).status).toBe(200);
    happen(join(cwd, "run.jsonl"));
    for (const test of ["test_a", "test_b"]) expect((await ask(run.url, test)).status).toBe(200);
    const { code, stderr } = await run.end();
    expect([code, stderr]).toEqual([1, expect.stringContaining(`recctl serve: the journal ${told}`)]);
    const text = readFileSync(join(cwd, "run.jsonl"), "utf8");
    // Behind half a line it stands on that.
    if (how === "cut within a line") expect(text).toMatch(/\{"time":[^\n]+\{"time":"[^"]+Z","lost":1\}\n/);
    else expect(text.match(new RegExp(MARK, "gm"))?.length).toBe(1);
    const said = await verdicts(cwd, "run.jsonl");
    const gap = how === "cut within a line" ? "a line was half written" : "lines are missing in it";
    expect(said).toContain(`run.jsonl: ${gap}: nothing follows from what it does not tell\n`);
    expect(said).not.toContain("not hit");
    // Where it was moved to, what comes later is missing.
    if (how === "moved")
      expect(readFileSync(join(cwd, "run.jsonl.old"), "utf8").trimEnd().split("\n").at(-1)).toMatch(MARK);
    // What has a mark is appended to.
    expect(await recctl(["serve", "--journal", "run.jsonl", "--", "true"], { cwd })).toMatchObject({ code: 0 });
  });

  it("is told where nothing is written any more", async () => {
    const cwd = await recorded();
    const run = await served(["--strict", "--journal", "run.jsonl"], { cwd });
    await ask(run.url, "test_a");
    happen(join(cwd, "run.jsonl"));
    const { code, stderr } = await run.end();
    expect([code, stderr]).toEqual([1, expect.stringContaining(`recctl serve: the journal ${told}`)]);
  });

  it("and close() of createFetch rejects", async () => {
    const cwd = treeOf();
    const fetch = fetchIn(cwd, { journal: "run.jsonl" });
    const once = () => fetch(URL, { method: "POST", body: JSON.stringify(BODY) });
    await once();
    happen(join(cwd, "run.jsonl"));
    await once();
    await expect(fetch.close()).rejects.toThrow(`recctl: the journal ${told}`);
    expect(readFileSync(join(cwd, "run.jsonl"), "utf8")).toContain('"lost":');
  });
});

it("a journal that was left alone has no mark, whoever else appends to it", async () => {
  const cwd = await recorded();
  const runs = await Promise.all([1, 2].map(() => served(["--strict", "--journal", "run.jsonl"], { cwd })));
  for (const run of runs) for (const test of ["test_a", "test_b"]) await ask(run.url, test);
  for (const run of runs) expect((await run.end()).stderr).not.toContain("journal");
  expect(readFileSync(join(cwd, "run.jsonl"), "utf8")).not.toContain("lost");
});

describe("a disk that is full where a line would begin", () => {
  /** A server on it whose journal has no room for another line. */
  async function full() {
    const disk = smallDisk();
    if (disk === null) return null;
    const cwd = await recorded();
    // Lines up to where a page ends: the next one has no room, and not a byte of it is written.
    const measured = await served(["--journal", "measured.jsonl"], { cwd });
    for (const test of ["test_a", "test_b"]) await ask(measured.url, test);
    await measured.end();
    const journal = join(disk, "run.jsonl");
    writeFileSync(journal, "\n".repeat(4096 - statSync(join(cwd, "measured.jsonl")).size));
    const run = await served(["--strict", "--journal", journal], { cwd });
    for (const test of ["test_a", "test_b"]) await ask(run.url, test);
    execFileSync("sh", ["-c", 'cat /dev/zero > "$0"/rest 2> /dev/null || true', disk]);
    expect((await ask(run.url, "test_a", "asked first")).status).toBe(200);
    return { cwd, disk, journal, run };
  }

  it("once there is room again, a mark tells that a line is missing", { timeout: 60_000 }, async (context) => {
    const at = await full();
    if (at === null) return context.skip("no disk of its own may be mounted here");
    rmSync(join(at.disk, "rest"));
    await ask(at.run.url, "test_b");
    const { code, stderr } = await at.run.end();
    expect([code, stderr]).toEqual([1, expect.stringContaining("no space left")]);
    expect(readFileSync(at.journal, "utf8").match(new RegExp(MARK, "gm"))).toEqual([
      expect.stringContaining('"lost":1}'),
    ]);
    const said = await verdicts(at.cwd, at.journal);
    expect(said).not.toContain("not hit");
    expect(said).toContain("lines are missing in its journal");
    const why = await recctl(["why", at.journal], { cwd: at.cwd });
    expect(why.stdout + why.stderr).toContain("lines are missing in it: there may be more misses");
  });

  it("until then it ends without a newline, also where the server is killed", { timeout: 60_000 }, async (context) => {
    const at = await full();
    if (at === null) return context.skip("no disk of its own may be mounted here");
    await at.run.end("SIGKILL");
    rmSync(join(at.disk, "rest"));
    const text = readFileSync(at.journal, "utf8");
    expect([text.at(-1), text.length]).toEqual(["}", 4095]);
    const said = await verdicts(at.cwd, at.journal);
    expect(said).not.toContain("not hit");
    expect(said).toContain("lines are missing in its journal");
    // With the newline, silence would count.
    writeFileSync(at.journal, `${text}\n`);
    expect(await verdicts(at.cwd, at.journal)).toContain("not hit");
  });
});
