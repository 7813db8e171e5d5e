import { describe, expect, it } from "vitest";
import { RULE_NAMES } from "../../src/checks/names.ts";
import { exampleJson, exampleSettings, exampleToml } from "../../src/config/example.ts";
import { KEYS } from "../../src/config/keys.ts";
import { readSettings, type Sourced } from "../../src/config/read.ts";
import { DEFAULT_ORIGINS, DEFAULTS } from "../../src/config/settings.ts";
import { UserError } from "../../src/errors.ts";

const read = (text: string, format: "json" | "toml" = "json"): Promise<Sourced> =>
  readSettings({ path: "c", format, text }, RULE_NAMES);

/** The fact and the place of what is wrong with a configuration. */
async function wrong(text: string, format: "json" | "toml" = "json"): Promise<string> {
  const error = await read(text, format).catch((caught: unknown) => caught);
  expect(error, text).toBeInstanceOf(UserError);
  const { message, place, remedy } = error as UserError;
  expect(remedy).toContain("recctl config --help");
  return `${place} ${message}`;
}

describe("a setting", () => {
  it.each([
    ["roots", '["tests", "a/**/b", "..a"]', ["tests", "a/**/b", "..a"]],
    ["roots", "[]", []],
    ["fallback", '"x/y/"', "x/y/"],
    ["scheme", '"2026-06-17"', "2026-06-17"],
    ["scheme", '"http-2026-04-09"', "http-2026-04-09"],
    ["rules", '{"name": "off", "secret/email": "warning"}', { name: "off", "secret/email": "warning" }],
    ["allow", '["*@example.com", "a\\u001bb"]', ["*@example.com", "a\u001bb"]],
    ["keep", '["*", "t.py::test[../x]"]', ["*", "t.py::test[../x]"]],
    ["size", '"1.5M"', 1_500_000],
    ["size", '"1.005k"', 1005],
    ["size", "1e6", 1_000_000],
    ["size", "42", 42],
  ])("%s may be %s", async (key, value, expected) => {
    const { settings, from } = await read(`{ "${key}": ${value} }`);
    expect(settings).toEqual({ ...DEFAULTS, [key]: expected });
    expect(from).toEqual({ ...DEFAULT_ORIGINS, [key]: "c:1:3" });
  });

  it.each([
    ["roots", '"tests"', 'roots must be a list of texts, as in ["."]; here is a text'],
    ["roots", "[1]", 'roots[0] must be a text, as in ["."]; here is a number'],
    ["roots", '[" "]', "roots[0] is empty"],
    ["roots", '["../x"]', '"../x" leads out of the folder that the configuration lies in'],
    ["roots", '["a/.."]', '"a/.." leads out of the folder that the configuration lies in'],
    ["roots", '["/x"]', '"/x" leads out of the folder that the configuration lies in'],
    ["roots", '["C:/x"]', '"C:/x" leads out of the folder that the configuration lies in'],
    ["roots", '["a\\u0000"]', 'no path: "a\\u0000"'],
    ["fallback", '"..\\\\x"', '"..\\\\x" leads out of the folder that the configuration lies in'],
    ["fallback", "null", `fallback must be a text, as in "${DEFAULTS.fallback}"; here is null`],
    ["fallback", '""', "fallback is empty"],
    ["rules", '["name"]', /^rules must be a table of rules, as in \{"name\/older": .*\}; here is a list$/],
    ["rules", '{"nam": "off"}', 'unknown rule "nam" (did you mean "name"?)'],
    ["rules", '{"secret/mail": "off"}', 'unknown rule "secret/mail" (did you mean "secret/email"?)'],
    ["rules", '{"__proto__": "off"}', /^unknown rule "__proto__"/],
    ["rules", '{"constructor": "off"}', /^unknown rule "constructor"/],
    [
      "rules",
      '{"name": "warn"}',
      'rules["name"] is "warn" (did you mean "warning"?), not one of "error", "warning", "off"',
    ],
    [
      "rules",
      '{"name": false}',
      /^rules\["name"\] must be one of "error", "warning", "off", as in .*; here is true or false$/,
    ],
    ["scheme", '"2026-06-18"', /^scheme is "2026-06-18" \(did you mean "2026-06-17"\?\), not one of "auto", /],
    ["scheme", '"tool-2025-10-09"', /^scheme is "tool-2025-10-09"/],
    ["allow", '["**"]', '"**" would allow every secret; set the rule "secret" to "off" for that'],
    ["keep", "true", /^keep must be a list of texts, as in \[.*\]; here is true or false$/],
    ["size", '"big"', 'size must be a size with k, M or G, or a number of bytes, as in "1M"; here is "big"'],
    ["size", "0", /here is 0$/],
    ["size", "-1", /here is -1$/],
    ["size", "1.5", /here is 1\.5$/],
    ["size", "NaN", /here is NaN$/],
    ["size", "1e999", /here is Infinity$/],
    ["size", `"${"9".repeat(400)}"`, /here is "9{60}…"$/],
    ["size", "{}", /here is a table$/],
  ])("%s may not be %s", async (key, value, expected) => {
    const told = await wrong(`{\n  "${key}": ${value}}`);
    expect(told).toMatch(/^c:2:\d+ /);
    expect(told.replace(/^\S+ /, "")).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });

  it("that is not known is an error, with the nearest that is", async () => {
    expect(await wrong('{"size": 1, "rulez": {}}')).toBe('c:1:13 unknown key "rulez" (did you mean "rules"?)');
    expect(await wrong('{"__proto__": {}}')).toMatch(/^c:1:2 unknown key "__proto__"/);
    expect(await wrong('{"toString": 1}')).toMatch(/^c:1:2 unknown key "toString"/);
    expect(await wrong(`{"${"x".repeat(10_000)}": 1}`)).toBe(`c:1:2 unknown key "${"x".repeat(60)}…"`);
  });
});

describe("a configuration in JSON", () => {
  it.each([
    ["", "c:1:1 the file is cut off: expected a value"],
    ["[]", 'c:1:1 a configuration must be a table, as in {"scheme": "auto"}; here is a list'],
    ["{} x", 'c:1:4 expected the end of the file, found "x"'],
    ['{\n// why\n"size": 1}', 'c:2:1 expected a key in double quotes, found "/"'],
    ['\ufeff{"size": 1}', "c:1:1 the file begins with a byte order mark"],
    ['{"size": 1,\r\n "size": 2}', 'c:2:2 the key "size" is there twice, first at 1:2'],
    ['{"rules": {"name": "off", "name": "off"}}', 'c:1:27 the key "name" is there twice, first at 1:12'],
    ["[".repeat(2000), "c:1:1001 nested more than 1000 levels deep"],
  ])("%j is none", async (text, expected) => {
    expect(await wrong(text)).toBe(expected);
  });

  it("may have lines that end as on Windows, and nothing in it", async () => {
    const { from } = await read('{\r\n  "allow": [],\r\n\r\n  "灯": 1 }'.replace('"灯": 1', '"size": 1'));
    expect([from.allow, from.size]).toEqual(["c:2:3", "c:4:3"]);
    expect(await read("{}")).toEqual({ settings: DEFAULTS, from: DEFAULT_ORIGINS });
  });
});

describe("the example", () => {
  it.each(["json", "toml"] as const)("in %s has every setting, and is read without an error", async (format) => {
    const text = format === "json" ? exampleJson() : exampleToml();
    const { settings, from } = await read(text, format);
    expect(settings).toEqual({ ...exampleSettings(), size: 1_000_000 });
    expect(Object.keys(exampleSettings())).toEqual(Object.keys(DEFAULTS));
    const lines = text.split("\n");
    for (const [key, place] of Object.entries(from)) {
      expect(lines[Number(place.split(":")[1]) - 1]).toMatch(new RegExp(`^ *"?${key}"?( =|:) `));
    }
    if (format === "toml") for (const { about } of Object.values(KEYS)) expect(lines).toContain(`# ${about}`);
  });
});

it("every key is told and has a default", () => {
  expect(Object.keys(KEYS)).toEqual(Object.keys(DEFAULTS));
  expect(Object.keys(DEFAULT_ORIGINS)).toEqual(Object.keys(DEFAULTS));
});
