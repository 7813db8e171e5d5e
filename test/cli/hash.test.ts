import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { chat, own, pathOf } from "../checks/fixtures.ts";
import { inside } from "../inside.ts";
import { ROOT, tree } from "../run.ts";
import { shell } from "./process.ts";
import { pythonText } from "./samples.ts";

interface Hashed {
  path: string;
  name: string;
  verifies: string[];
  schemes: Record<string, string>;
}

const nameOf = (start: string): string => pathOf(start).replace(/^recordings\/(?:models-)?|(?:-\w{8})?\.json$/g, "");
const documentOf = (start: string) => JSON.parse(Object.values(own(start))[0] as string);

async function hashed(args: readonly string[], cwd = ROOT): Promise<Hashed[]> {
  const { stdout, stderr, code } = await inside(["hash", "--ndjson", ...args], { cwd });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("stored names", () => {
  it.each(["69d5", "recordings/69d5*.json", pathOf("69d5")])("of %s", async (asked) => {
    const [one, ...rest] = (await hashed([asked])) as [Hashed];
    expect(rest).toEqual([]);
    expect(Object.keys(one)).toEqual(["path", "name", "verifies", "schemes"]);
    expect(one).toMatchObject({ path: pathOf("69d5"), name: nameOf("69d5") });
    expect(one.verifies.at(-1)).toBe("2026-06-17");
    expect(Object.keys(one.schemes)).toHaveLength(8);
    expect(one.schemes["2026-06-17"]).toBe(nameOf("69d5"));
  });

  it("of a folder, of everything, and of several in the order in which they were asked for", async () => {
    const all = readdirSync(join(ROOT, "recordings"));
    expect(await hashed([])).toHaveLength(all.length);
    expect(await hashed(["recordings"])).toHaveLength(all.length);
    expect((await hashed(["b61d", pathOf("2a23"), "4b1a"])).map(({ path }) => path)).toEqual(
      ["b61d", "2a23", "4b1a"].map(pathOf),
    );
  });

  it("of each kind by its own schemes; a file processor has none", async () => {
    const [http, tool, none, list] = (await hashed(["2a23", "4b1a", "46cc", pathOf("models-348d")])) as Required<
      [Hashed, Hashed, Hashed, Hashed]
    >;
    expect(Object.keys(http.schemes)).toEqual(["http-2026-02-12", "http-2026-03-18", "http-2026-04-09"]);
    expect(tool.verifies).toEqual(["tool-2025-10-09"]);
    expect(none).toMatchObject({ verifies: [], schemes: {} });
    expect(list.name).toBe(nameOf("models-348d"));
    expect(list.verifies).toContain("2026-06-17");
  });

  it("of 12 digits, and of a name that is no hash of it", async () => {
    const text = pythonText(chat());
    const cwd = tree({ "recordings/x.json": text, "recordings/y.json": text });
    const { "2025-07-29": oldest = "" } = (await hashed(["recordings/x.json"], cwd))[0]?.schemes ?? {};
    const other = tree({ [`recordings/${oldest.slice(0, 12)}.json`]: text, "recordings/x.json": text });
    expect((await hashed([], other)).map(({ name, verifies }) => [name, verifies])).toEqual(
      expect.arrayContaining([
        [oldest.slice(0, 12), ["2025-07-29"]],
        ["x", []],
      ]),
    );
  });

  it("in a pipe as rows: name, schemes, path", async () => {
    const { stdout } = await inside(["hash", "4b1a", "46cc"]);
    expect(stdout.split("\n")).toEqual([
      [nameOf("4b1a"), "tool-2025-10-09", pathOf("4b1a")].join("\t"),
      [nameOf("46cc"), "", pathOf("46cc")].join("\t"),
      "",
    ]);
  });

  it("broken files are told on stderr, and the others hashed", async () => {
    const cwd = tree({ ...own("69d5"), "recordings/cut.json": '{\n  "request": [', "recordings/none.json": "[]" });
    const { stdout, stderr, code } = await inside(["hash", "--ndjson"], { cwd });
    expect([code, stdout.split("\n").length]).toEqual([0, 2]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^recordings\/cut\.json:2:15: the file is cut off/),
      expect.stringMatching(/^recordings\/none\.json:1:1: not a recording/),
    ]);
  });

  it("an id that nothing has, or that several have, is told", async () => {
    const none = await inside(["hash", "abcdef12"]);
    expect([none.code, none.stdout]).toEqual([2, ""]);
    const several = await inside(["hash", "models-64a2277c"]);
    expect([several.code, several.stdout]).toEqual([2, ""]);
    expect((await inside(["hash", "recordings/none*.json"])).code).toBe(2);
  });
});

describe("the name of a new request", () => {
  const { request, test_id: testId } = documentOf("69d5");
  const files = {
    "body.json": JSON.stringify(request.body),
    "stored.json": JSON.stringify(request),
    "broken.json": '{"model": ',
    "list.json": "[]",
    "half.json": JSON.stringify({ tool: "x" }),
  };
  const URL = "https://api.openai.com/v1/v1/chat/completions";
  const ask = (...args: string[]) => inside(["hash", ...args], { cwd: tree(files) });

  it("from a body, with a url whose path is doubled, and a test id", async () => {
    const { stdout, code } = await ask("--request", "body.json", "--url", URL, "--test-id", testId);
    expect(code).toBe(0);
    const rows = stdout.trimEnd().split("\n");
    expect(rows).toHaveLength(8);
    expect(rows[0]).toBe(`${nameOf("69d5")}\t2026-06-17`);
    const single = await ask("--request", "body.json", "--url", URL.replace("/v1/v1", "/v1"), "--test-id", testId);
    expect(single.stdout).not.toContain(nameOf("69d5"));
  });

  it("has no test id unless one is given, and the method that is given", async () => {
    const of = async (...args: string[]): Promise<string> =>
      (await ask("--request", "body.json", "--url", URL, "--scheme", "2026-06-17", ...args)).stdout;
    expect(await of()).not.toBe(await of("--test-id", testId));
    expect(await of("--method", "post")).toBe(await of());
    expect(await of("--method", "GET")).not.toBe(await of());
  });

  it.each(["69d5", "2a23", "4b1a", "28f4", "models-348d"])("from a request as %s stores it", async (start) => {
    const document = documentOf(start);
    const cwd = tree({ "request.json": JSON.stringify(document.request) });
    const test = document.test_id === null ? [] : ["--test-id", document.test_id];
    const { stdout } = await inside(["hash", "--request", "request.json", "--json", ...test], { cwd });
    expect(JSON.parse(stdout).name).toBe(nameOf(start));
  });

  it("--scheme is that name alone", async () => {
    const { stdout } = await ask("--request", "stored.json", "--test-id", testId, "--scheme", "2026-06-17");
    expect(stdout).toBe(`${nameOf("69d5")}\n`);
    const { stdout: json } = await ask("--request", "stored.json", "--test-id", testId, "--json");
    expect(Object.keys(JSON.parse(json))).toEqual(["name", "schemes"]);
  });

  it("from stdin", async () => {
    const cwd = tree(files);
    const line = `$recctl hash --request - --url ${URL} --test-id '${testId}' --scheme 2026-06-17 < body.json`;
    expect(await shell(line, { cwd })).toMatchObject({ stdout: `${nameOf("69d5")}\n`, code: 0 });
    const broken = await shell("$recctl hash --request - < broken.json", { cwd });
    expect(broken).toMatchObject({ stdout: "", code: 2 });
    expect(broken.stderr).toContain("stdin:1:11");
  });

  it.each([
    [["--request", "body.json"], "a body alone has no name"],
    [["--request", "list.json"], "a body alone has no name"],
    [["--request", "half.json"], "a body alone has no name"],
    [["--request", "broken.json"], "broken.json:1:11"],
    [["--request", "nowhere.json"], "nowhere.json"],
    [["--request", "stored.json", "69d5"], "a new request has no id"],
    [["--request", "stored.json", "--scheme", "tool-2025-10-09"], "names no inference requests"],
    [["--request", "stored.json", "--scheme", "2020-01-01"], "2026-06-17"],
    [["--url", URL], "give --request FILE"],
    [["--test-id", "x"], "give --request FILE"],
    [["--scheme", "2026-06-17"], "give --request FILE"],
  ])("%j is refused: %s", async (args, said) => {
    const { stdout, stderr, code } = await ask(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
  });
});

const corpus = process.env.RECCTL_CORPUS;
const oracle = process.env.RECCTL_ORACLE;

it.skipIf(!corpus || !oracle)("the corpus as the oracle names it (needs RECCTL_CORPUS, RECCTL_ORACLE)", async () => {
  const cwd = resolve(corpus as string);
  const files = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  const ours = await hashed(["."], cwd);
  const run = spawnSync("python3", [resolve(oracle as string), "--all", ...files], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const theirs: Hashed[] = run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const byPath = new Map(ours.map((one) => [one.path, one]));
  expect(byPath.size).toBe(files.length);
  const wrong = theirs.filter((one) => JSON.stringify(byPath.get(one.path)) !== JSON.stringify(one));
  expect(wrong.slice(0, 3)).toEqual([]);
});
