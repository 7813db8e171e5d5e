import { describe, expect, it } from "vitest";
import { RULE_NAMES } from "../../src/checks/names.ts";
import { mentions } from "../../src/config/mention.ts";
import { readSettings } from "../../src/config/read.ts";
import { DEFAULTS } from "../../src/config/settings.ts";
import { tomlTree } from "../../src/config/toml.ts";
import { UserError } from "../../src/errors.ts";

const read = (text: string) => readSettings({ path: "p", format: "toml", text }, RULE_NAMES);

async function wrong(text: string): Promise<string> {
  const error = await read(text).catch((caught: unknown) => caught);
  expect(error, text).toBeInstanceOf(UserError);
  return `${(error as UserError).place} ${(error as UserError).message}`;
}

describe("the table of recctl in a pyproject.toml", () => {
  it.each([
    ['[tool.recctl]\nsize = "2k"', "p:2:1"],
    ['\ufeff[tool.recctl]\r\nsize = "2k"', "p:2:1"],
    ["[project]\nname = 'x'\n\n[ tool . \"recctl\" ] # why\n  'size' = 2_000", "p:5:3"],
    ['[tool."rec\\u0063tl"]\nsize = 2000', "p:2:1"],
    ['[tool.recctl]\n"\\u0073i\\U0000007Ae" = 2000', "p:2:1"],
    ["[tool.'recctl']\nsize = 2000", "p:2:1"],
    ["tool.recctl.size = 2000", "p:1:1"],
    ['tool . "recctl" . size = 2000', "p:1:1"],
    ["tool.recctl = { size = 2000 }", "p:1:17"],
    ["tool = { recctl = { allow = [], size = 2000 } }", "p:1:33"],
    ["[tool]\nrecctl = { size = 2000 }", "p:2:12"],
    ["[tool]\nblack = { x = [1, {y = ']'}] }\nrecctl.size = 2000", "p:3:1"],
    ['[a]\ntext = """\n[tool.recctl]\nsize = 1\n\\""""""\n[tool.recctl]\nsize = 2000', "p:7:1"],
    ["[a]\ntext = '''\n[tool.recctl]\nsize = 1''''\n[tool.recctl]\nsize = 2000", "p:6:1"],
    ["[[tool.x]]\nsize = 1\n[[tool.x]]\nsize = 1\n[tool.recctl]\nsize = 2000\n[z]", "p:6:1"],
  ])("may be written %j", async (text, place) => {
    expect(mentions(text)).toBe(true);
    const { settings, from } = await read(text);
    expect(settings).toEqual({ ...DEFAULTS, size: 2000, allow: [] });
    expect(from.size).toBe(place);
  });

  it.each([
    ["[tool.black]\nline-length = 120", false],
    ["[project]\ndependencies = ['recctl']", true],
    ["# [tool.recctl]", true],
    ["[tool.recctls]\nsize = 1", true],
    ["[tools.recctl]", true],
    ["tool = 3 # recctl", true],
    ["tool = 2026-01-01 # recctl", true],
    ["[[tool]]\nrecctl = {}", true],
    ["[project]\ntext = '\\uffff \\UFFFFFFFF'", false],
  ])("is not in %j", (text, mentioned) => {
    expect(mentions(text)).toBe(mentioned);
    if (mentioned) expect(tomlTree(text)).toBeNull();
  });

  it("may be empty, and its rules a table of their own", async () => {
    expect((await read("[tool.recctl]")).settings).toEqual(DEFAULTS);
    const { settings, from } = await read('[tool.recctl.rules]\n"secret/email" = "off"\nname = "error"');
    expect(settings.rules).toEqual({ "secret/email": "off", name: "error" });
    expect(from.rules).toBe("p:1:1");
  });
});

describe("what is wrong in it is told where it stands", () => {
  it.each([
    ["[tool.recctl]\nsize = 1\n rulez = 1", 'p:3:2 unknown key "rulez" (did you mean "rules"?)'],
    ['[tool.recctl.rules]\nname = "off"\nnme = "off"', 'p:3:1 unknown rule "nme" (did you mean "name"?)'],
    ['[tool.recctl]\nrules = { "secret/mail" = "off" }', /^p:2:11 unknown rule "secret\/mail"/],
    ['[tool.recctl]\nroots = [ "a", # one\n  "../b" ]', /^p:3:3 "\.\.\/b" leads out /],
    ["[tool.recctl]\nroots = 'a'", 'p:2:9 roots must be a list of texts, as in ["."]; here is a text'],
    ["[tool.recctl]\nrules.name = { a = { b = 1 } }", /^p:2:14 rules\["name"\] must be one of .*here is a table$/],
    ["[tool.recctl]\nscheme = 2026-06-17", /^p:2:10 scheme must be .*here is a date, which needs quotes/],
    ["[tool.recctl]\nsize = inf", /^p:2:8 size must be .*here is Infinity$/],
    ["[tool.recctl.__proto__]\nx = 1", /^p:1:1 unknown key "__proto__"/],
    ["[tool.recctl.rules]\n__proto__ = 'off'", /^p:2:1 unknown rule "__proto__"/],
    ["tool.recctl = 3", 'p:1:15 a configuration must be a table, as in { "scheme" = "auto" }; here is a number'],
    ["[[tool.recctl]]\nsize = 1", /^p:1:1 a configuration must be a table, .*here is a list$/],
    ["[tool.recctl]\nsize = 1\nsize = 2", /^p:3:1 no TOML: trying to redefine/],
    ["[tool.recctl]\nsize = \n", /^p:2:\d+ no TOML: /],
    ["[tool.recctl]\nsize = 99999999999999999999", /^p:2:\d+ no TOML: /],
    ['[tool.recctl.rules]\n"a\\tb\\"" = 1', /^p:2:1 unknown rule "a\\tb\\""/],
    [`[tool.recctl]\nroots = ${"[".repeat(5000)}`, /^p:2:\d+ no TOML: /],
    [`[tool.recctl.${"a.".repeat(20_000)}a]\nx = 1`, /^p:1:1 unknown key "a"/],
  ])("%j", async (text, expected) => {
    expect(await wrong(text)).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });
});
