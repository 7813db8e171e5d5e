import { describe, expect, it } from "vitest";
import { findingNotes, findingsReport } from "../../src/report/findings.ts";
import { rendered } from "../../src/report/index.ts";
import { width } from "../../src/text/width.ts";
import { finding, MANY, screen, shown, validated } from "./findings.ts";

const text = async (format: "text" | "json" | "ndjson", terminal: boolean, columns = 80): Promise<string> =>
  [...(await rendered(findingsReport(validated(MANY)), format, screen(columns, terminal)))].join("");

describe("for people", () => {
  it.each([80, 60])("a screen of %d columns", async (columns) => {
    await expect(`${shown(validated(MANY), columns).join("\n")}\n`).toMatchFileSnapshot(
      `__snapshots__/findings-${columns}.txt`,
    );
  });

  it.each([100, 80, 60, 40])("of %d columns nothing but paths and commands is wider", (columns) => {
    const wide = shown(validated(MANY), columns).filter((line) => width(line) > columns);
    expect(wide.filter((line) => !/\.json(?::\d+:\d+)?$|recctl |git log/.test(line))).toEqual([]);
  });

  it("nothing found is one line, and the scheme", () => {
    expect(shown(validated([]), 80)).toEqual([
      "52 files · nothing found",
      "scheme 2026-06-17: the newest; 44 of 44 names verify under it",
    ]);
    expect(shown(validated([], { baseline: { accepted: 1200, stale: 2 } }), 80)).toEqual([
      "52 files · nothing new · 1,200 accepted by the baseline",
      "scheme 2026-06-17: the newest; 44 of 44 names verify under it",
      "2 of the baseline's entries are mended: write it anew",
    ]);
  });

  it("tells a message once where all have it, and a remedy as the first one's where they differ", () => {
    const alike = shown(validated([finding(), finding({ path: "z.json" })]), 80);
    expect(alike.filter((line) => line.includes("the hash of no such"))).toHaveLength(1);
    expect(alike.find((line) => line.includes("try"))).toMatch(/^ {2}try {2}recctl validate/);
    const other = shown(validated([finding(), finding({ path: "z.json", remedy: "recctl x" })]), 80);
    expect(other.find((line) => line.includes("try"))).toMatch(/^ {2}try, for the first, {2}recctl validate/);
  });

  it("causes add up, those that are not told included", () => {
    const lines = shown(validated([finding({ cause: "a" }), finding({ cause: "a" }), finding()]), 80);
    expect(lines.slice(1, 4)).toEqual(expect.arrayContaining(["       2  a", "       1  something else"]));
  });

  it("shows a few of each rule, or as many as are asked for", () => {
    const places = (of: Parameters<typeof validated>[1]): number =>
      shown(validated(MANY, of), 80).filter((line) => /^ {4}\S+:\d+:\d+/.test(line)).length;
    expect(places({})).toBe(11);
    expect(places({ each: Number.POSITIVE_INFINITY })).toBe(MANY.length);
    expect(places({ each: Number.POSITIVE_INFINITY, most: 7 })).toBe(7);
    expect(shown(validated(MANY), 80)).toContain("  and 1,229 more: recctl validate --rule name/older --all");
  });
});

describe("in a pipe", () => {
  it("a line a finding, errors first, as it is: the rest goes to stderr", async () => {
    const lines = (await text("text", false)).trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[0]?.split("\t").slice(1, 3)).toEqual(["error", "name"]);
    expect(lines.find((line) => line.includes("tool call"))).toBe(
      "recordings/b\u001b[31m\u202e.json:3:9\terror\tstream\ta tool call\\nwithout a name",
    );
    const notes = findingNotes(validated(MANY));
    expect(notes).toContain("warning name/older: 1,234 findings");
    expect(notes).toContain("  and 1,229 more: recctl validate --rule name/older --all");
    expect(notes).toContain("52 files · 4 errors · 1,236 warnings");
  });
});

describe("as JSON", () => {
  it("has every field, null where there is none, and a summary", async () => {
    const document = JSON.parse(await text("json", false));
    expect(Object.keys(document)).toEqual(["findings", "summary", "scheme"]);
    expect(document.findings).toHaveLength(MANY.length);
    for (const one of document.findings) {
      expect(Object.keys(one)).toEqual([
        "rule",
        "severity",
        "path",
        "line",
        "column",
        "at",
        "message",
        "remedy",
        "cause",
        "paths",
      ]);
    }
    expect(document.findings[0]).toEqual({ ...finding(), at: null, cause: null, paths: [finding().path] });
    expect(document.summary).toEqual({
      files: 52,
      errors: 4,
      warnings: 1236,
      accepted: 0,
      by_rule: { name: 2, stream: 2, "name/older": 1234, "duplicate/copies": 1, size: 1 },
    });
    expect(document.scheme).toEqual({
      id: "2026-06-17",
      from: "auto",
      why: "the newest; 44 of 44 names verify under it",
      verify_under: { "2026-06-17": 44, none: 3 },
    });
  });

  it("has a line a finding, and no control character on a terminal", async () => {
    const lines = (await text("ndjson", true)).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).rule)).toHaveLength(MANY.length);
    expect(lines.join("")).not.toMatch(/[\u001b\u202e]/);
    expect(lines.map((line) => JSON.parse(line).path)).toContain("recordings/b\u001b[31m\u202e.json");
  });
});
