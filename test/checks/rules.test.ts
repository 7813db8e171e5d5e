import { describe, expect, it } from "vitest";
import { RULES } from "../../src/checks/index.ts";
import { fullName } from "../../src/checks/names.ts";
import type { Finding } from "../../src/checks/rule.ts";
import { BAD_RULES } from "./bad-cases.ts";
import { BAD_CALLS } from "./call-cases.ts";
import type { Bad, Case } from "./case.ts";
import { CHECKS, findingsIn, OWN, placed } from "./checked.ts";
import { GOOD_RULES } from "./good-cases.ts";
import { GOOD_STREAMS } from "./good-streams.ts";
import { BAD_NAMES } from "./name-cases.ts";
import { BAD_STREAMS } from "./stream-cases.ts";
import { BAD_TEXTS, GOOD_TEXTS } from "./text-cases.ts";

const GOOD = [...GOOD_RULES, ...GOOD_TEXTS, ...GOOD_STREAMS];
const BAD = [...BAD_RULES, ...BAD_NAMES, ...BAD_TEXTS, ...BAD_STREAMS, ...BAD_CALLS];
const ALL = RULES.flatMap(({ id, variants }) => Object.keys(variants).map((variant) => fullName(id, variant)));

const found = ({ files, scheme = "auto", settings = {} }: Case): Finding[] =>
  findingsIn(files(), { scheme, checks: { ...CHECKS, settings: { ...CHECKS.settings, ...settings } } });

const brief = (findings: readonly Finding[]): string[] =>
  findings.map((finding) => `${finding.rule} ${placed(finding)} ${finding.at}: ${finding.message}`);

it.each(ALL)("%s has a good and a bad fixture, and no fixture is of another rule", (rule) => {
  expect(BAD.filter((one) => one.rule === rule).length).toBeGreaterThan(0);
  expect(GOOD.filter((one) => one.rule === rule).length).toBeGreaterThan(0);
  expect([...GOOD, ...BAD].filter((one) => !ALL.includes(one.rule))).toEqual([]);
});

describe.each(RULES.map(({ id }) => id))("%s", (id) => {
  const isOf = ({ rule }: Case): boolean => rule.split("/")[0] === id;

  it.each(GOOD.filter(isOf))("$rule keeps still: $name", (one) => {
    expect(brief(found(one).filter(({ rule }) => rule.split("/")[0] === id))).toEqual([]);
  });

  it.each(BAD.filter(isOf))("$rule tells: $name", (one: Bad) => {
    const findings = found(one);
    const own = findings.filter(({ rule }) => rule === one.rule);
    expect(brief(own)).toHaveLength(1);
    const [finding] = own as [Finding];
    expect({ severity: finding.severity, at: finding.at }).toEqual({ severity: one.severity, at: one.at });
    expect(finding.message).toMatch(one.says);
    expect(finding.remedy).toMatch(one.remedy);
    expect(standing(one.files(), finding)).toBe(one.points ?? "");
    const others = [...new Set(findings.filter(({ rule }) => rule !== one.rule).map(({ rule }) => rule))];
    expect(others.sort()).toEqual([...(one.also ?? [])].sort());

    /** What stands where the finding points; "" for the first character of a file that is meant as a whole. */
    function standing(files: Readonly<Record<string, string>>, { path, line, column }: Finding): string {
      const { points } = one;
      if (points === undefined) return line === 1 && column === 1 ? "" : `${line}:${column}`;
      const text = files[path]?.split("\n")[line - 1] ?? "";
      return [...text]
        .slice(column - 1)
        .join("")
        .slice(0, points.length);
    }
  });
});

it("the project's own recordings have two findings: what no recorder knows any more, and a copy", () => {
  const files = Object.fromEntries([...OWN].map(([path, bytes]) => [path, bytes.toString()]));
  const findings = findingsIn(files);
  expect(
    findings.map(({ rule, severity, paths = [] }) => [rule, severity, ...paths.map((path) => path.slice(11, 15))]),
  ).toEqual([
    ["kind", "warning"],
    ["duplicate/copies", "warning", "0c03", "8906"],
  ]);
});
