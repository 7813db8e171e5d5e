import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forShell, forTerminalLine } from "../../src/text/escape.ts";
import { inside } from "../inside.ts";
import { BIN, tree } from "../run.ts";
import { at, sample } from "./samples.ts";

const ODD = "recordings/new\nline\u202e it's \\x41 \t$(x)\r\u001b[7m\u200d1👩‍👩‍👧灯.json";

describe("a name whose bytes are no UTF-8", () => {
  const dir = (): string => {
    const cwd = tree({ [at("aaaa")]: sample() });
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/recordings/bad`), Buffer.from("ff2e6a736f6e", "hex")]), sample());
    mkdirSync(Buffer.concat([Buffer.from(`${cwd}/recordings/`), Buffer.from("ff", "hex")]));
    return cwd;
  };

  it.each([
    ["ls", []],
    ["validate", []],
    ["prune", ["--verdicts"]],
  ])("is what %s says of it", async (verb, options) => {
    const { stdout, stderr } = await inside([verb, ...options], { cwd: dir() });
    const told = stdout + stderr;
    expect(told.match(/its name is not UTF-8/g)?.length).toBe(2);
    expect(told).not.toMatch(/nowhere|ENOENT/);
  });

  it("is not said of a name that has the sign itself", async () => {
    const { stdout } = await inside(["ls"], { cwd: tree({ "recordings/\ufffd.json": sample() }) });
    expect(stdout).toContain("\ufffd");
  });
});

describe("a word that is pasted", () => {
  it.each([
    "plain/a.json",
    "it's $(x) \\n",
    "",
    "-x ~ *",
    ODD,
    "\u0001\u007f\u009b31m",
    "e\u0301\u0301 é 👩‍👩‍👧",
    "a\u202e'\\\u20661",
    `e${"\u0301".repeat(40)}f`,
  ])("%j is what bash takes it for, and nothing of it is lost on a terminal", (word) => {
    const quoted = forShell(word);
    expect(forTerminalLine(quoted)).toBe(quoted);
    expect(execFileSync("/bin/bash", ["--norc", "-c", `printf %s ${quoted}`], { encoding: "utf8" })).toBe(word);
  });

  it("stands in remedies: what validate tells to type does what it says", async () => {
    const cwd = tree({ [ODD]: sample() });
    const { stdout } = await inside(["validate", "--json"], { cwd });
    const remedies = (JSON.parse(stdout).findings as { remedy?: string }[]).map(({ remedy }) => remedy ?? "");
    const remedy = remedies.find((one) => one.includes("$'")) ?? "";
    expect(remedy).toMatch(/^recctl validate --rule name --explain \$'/);
    const script = `recctl() { ${JSON.stringify(process.execPath)} ${JSON.stringify(BIN)} "$@"; }; ${remedy}`;
    const env = { ...process.env, RECCTL_CACHE_DIR: join(cwd, "cache") };
    const told = execFileSync("/bin/bash", ["--norc", "-c", `${script}; exit 0`], { cwd, env, encoding: "utf8" });
    expect(told).toContain(`its name is`);
  });
});
