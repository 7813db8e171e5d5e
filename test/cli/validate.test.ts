import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RULE_NAMES } from "../../src/checks/names.ts";
import { chat, type Files, named, own, ownBut, textBut } from "../checks/fixtures.ts";
import { inside } from "../inside.ts";
import { ROOT, tree } from "../run.ts";
import { onTerminal } from "./terminal.ts";

/** One error, in a stream; one warning, of the text; and a recording in which nothing is wrong. */
const BROKEN = ownBut("b61d", ({ response }) => response.body.splice(39));
const FORMLESS = textBut("69d5", (text) => text.replace(/\n$/, ""));
const SOUND = own("2a23");
const [broken = ""] = Object.keys(BROKEN);
const [formless = ""] = Object.keys(FORMLESS);

const run = (files: Files, ...args: string[]) => inside(["validate", ...args], { cwd: tree(files) });

async function rules(files: Files, ...args: string[]): Promise<{ code: unknown; rules: string[] }> {
  const { stdout, code } = await run(files, "--json", ...args);
  return { code, rules: JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule) };
}

describe("exit statuses", () => {
  it("0 where nothing is found, and where nothing but warnings are", async () => {
    const sound = await run(SOUND);
    expect([sound.code, sound.stdout]).toEqual([0, ""]);
    expect(sound.stderr).toContain("1 file · nothing found\n");
    const warned = await run({ ...SOUND, ...FORMLESS });
    expect(warned.code).toBe(0);
    expect(warned.stdout).toBe(
      `${formless}:86:2\twarning\ttext-form\ta recorder would write "\\\\n" here, not the end\n`.replace(
        "86:2",
        endOf(FORMLESS[formless] as string),
      ),
    );
    expect(warned.stderr).toContain("2 files · 1 warning\n");
  });

  it("1 where an error is, and with --strict where a warning is", async () => {
    expect((await run({ ...SOUND, ...BROKEN })).code).toBe(1);
    expect((await run({ ...SOUND, ...FORMLESS }, "--strict")).code).toBe(1);
    expect((await run(SOUND, "--strict")).code).toBe(0);
  });

  it("1 where findings are not shown", async () => {
    const { stdout, code } = await run({ ...BROKEN, ...FORMLESS }, "--max-findings", "1", "--json");
    expect([code, JSON.parse(stdout).findings.length]).toEqual([1, 1]);
    expect(JSON.parse(stdout).summary).toMatchObject({ errors: 1, warnings: 1 });
  });

  it("2 where there is no recording, unless that is allowed", async () => {
    const none = await run({});
    expect([none.code, none.stdout]).toEqual([2, ""]);
    expect(none.stderr).toContain("no recording to validate");
    expect(none.stderr).toContain("recctl validate --allow-empty");
    const allowed = await run({}, "--allow-empty");
    expect([allowed.code, allowed.stdout]).toEqual([0, ""]);
    const filtered = await run(SOUND, "--model", "no-such-model");
    expect(filtered.code).toBe(2);
  });

  it.each([
    ["--rule", "no-such-rule"],
    ["--rule", "secret/no-such"],
    ["--max-findings", "0"],
    ["--max-findings", "x"],
    ["--scheme", "2025-01-01"],
    ["--format", "yaml"],
    ["no-such-folder", "--json"],
  ])("2 for %s %s", async (...args) => {
    const { stdout, stderr, code } = await run(SOUND, ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).not.toBe("");
  });

  it("an unknown rule is answered with those that there are", async () => {
    const { stderr } = await run(SOUND, "--rule", "nmae");
    for (const name of RULE_NAMES) expect(stderr.replace(/\s+/g, " ")).toContain(name);
  });
});

/** Where a text ends, as line and column. */
function endOf(text: string): string {
  const lines = text.split("\n");
  return `${lines.length}:${(lines.at(-1) as string).length + 1}`;
}

describe("what is looked for", () => {
  it("--rule is that rule alone, or that variant, several times for several", async () => {
    const files = { ...BROKEN, ...FORMLESS, ...named(chat(), { scheme: "2025-10-04" }) };
    expect(await rules(files, "--scheme", "2026-06-17")).toEqual({
      code: 1,
      rules: ["stream", "name/older", "text-form"],
    });
    expect(await rules(files, "--rule", "text-form")).toEqual({ code: 0, rules: ["text-form"] });
    expect(await rules(files, "--rule", "stream", "--rule", "text-form")).toEqual({
      code: 1,
      rules: ["stream", "text-form"],
    });
    expect(await rules(files, "--rule", "name/older", "--scheme", "2026-06-17")).toEqual({
      code: 0,
      rules: ["name/older"],
    });
    expect(await rules(files, "--rule", "json")).toEqual({ code: 0, rules: [] });
  });

  it("a broken file is told and the others are checked, whichever way they are chosen", async () => {
    const files = { ...BROKEN, ...FORMLESS, "recordings/cut.json": '{\n  "test_id": "x' };
    expect(await rules(files)).toEqual({ code: 1, rules: ["json", "stream", "text-form"] });
    expect(await rules(files, "recordings/cut.json", formless)).toEqual({ code: 1, rules: ["json", "text-form"] });
    expect(await rules(files, "recordings/*.json", "--failed")).toEqual({ code: 1, rules: ["json"] });
  });

  it("the configuration sets how bad a rule is, and a variant against its rule", async () => {
    const config = JSON.stringify({ rules: { "text-form": "error", stream: "off", name: "off" }, size: 1000 });
    const files = { ...BROKEN, ...FORMLESS, "recctl.config.json": config };
    expect(await rules(files)).toEqual({ code: 1, rules: ["text-form", "size", "size"] });
  });

  it("a copy of one file alone is told by what was kept of the others", async () => {
    const cwd = tree(own("0c03", "8906"));
    const env = { RECCTL_CACHE_DIR: join(cwd, "cache") };
    const [path = ""] = Object.keys(own("0c03"));
    const count = async (): Promise<number> => {
      const { stdout } = await inside(["validate", path, "--ndjson"], { cwd, env });
      return stdout.split("\n").length - 1;
    };
    expect(await count()).toBe(0);
    await inside(["validate"], { cwd, env });
    expect(await count()).toBe(1);
  });
});

describe("how it is told", () => {
  it("five of a rule, --all for every one, and how to see them", async () => {
    const files = Object.assign(
      {},
      ...Array.from({ length: 7 }, (_, index) =>
        named(
          chat(({ request }) => request.body.messages.push({ role: "user", content: `${index}` })),
          {
            scheme: "2025-10-04",
          },
        ),
      ),
    );
    const few = await run(files, "--scheme", "2026-06-17");
    expect(few.stdout.trimEnd().split("\n")).toHaveLength(5);
    expect(few.stderr).toContain("  and 2 more: recctl validate --rule name/older --all\n");
    const all = await run(files, "--scheme", "2026-06-17", "--all");
    expect(all.stdout.trimEnd().split("\n")).toHaveLength(7);
    expect(all.stderr).not.toContain(" more: ");
  });

  it.each(["github", "sarif", "junit"])("--format %s tells the same findings, and its exit status", async (format) => {
    const { stdout, code } = await run({ ...BROKEN, ...FORMLESS, ...SOUND }, "--format", format);
    expect(code).toBe(1);
    expect(stdout).toContain(broken);
    expect(stdout).toContain(formless);
    expect(stdout).toMatch(/never finishes/);
  });

  it("on a terminal each rule with what it is, and no line runs over but those to be clicked or pasted", async () => {
    const shown = await onTerminal(["validate"], { cwd: tree({ ...BROKEN, ...FORMLESS }), columns: 120 });
    expect(shown.code).toBe(1);
    expect(shown.lines().join("\n")).toContain("error stream 1 finding  streams that no client could read");
    expect(shown.lines().at(-2)).toBe("2 files · 1 error · 1 warning");
  });

  it("names and messages move no cursor", async () => {
    const files = { "recordings/a\u001b[2J\u202e.json": '{"test_id": "' };
    const shown = await onTerminal(["validate"], { cwd: tree(files) });
    expect(shown.lines().join("\n")).toContain(" a\\u001b[2J\\u202e.json:1:14");
  });
});

it("the project's own recordings: a file processor and a copy are all that is found", async () => {
  const { stdout, code } = await inside(["validate", "--ndjson"], { cwd: ROOT });
  const findings = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["duplicate/copies", "warning"],
    ["kind", "warning"],
  ]);
  expect(findings[0].paths.map((path: string) => path.slice(11, 15))).toEqual(["0c03", "8906"]);
  expect(JSON.parse(readFileSync(join(ROOT, findings[1].path), "utf8")).request.file_id).toBeTypeOf("string");
});
