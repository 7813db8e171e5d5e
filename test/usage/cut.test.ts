import { describe, expect, it } from "vitest";
import { readCollection } from "../../src/usage/collected/index.ts";
import { readRun } from "../../src/usage/runs/index.ts";
import { fixture, good, isFile } from "./fixtures.ts";

/** A text up to each of its lines, and up to the middle of each. */
function* prefixes(text: string): Generator<string> {
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    if (end > 0) yield text.slice(0, end - Math.floor((end - text.lastIndexOf("\n", end - 1)) / 2));
    if (end + 1 < text.length) yield text.slice(0, end + 1);
  }
}

describe("a collection that is cut is refused, or told as a list that nothing vouches for", () => {
  it.each([
    "quiet-7.2.1.txt",
    "quiet-colour-8.4.2.txt",
    "quiet-9.1.1.txt",
    "quiet-deselected-9.1.1.txt",
    "tree-8.4.2.txt",
    "tree-colour-9.1.1.txt",
    "report-collected.txt",
    "junit-passed-9.1.1.xml",
  ])("%s", async (name) => {
    const text = fixture(name).trimEnd();
    for (const prefix of prefixes(`${text}\n`)) {
      if (prefix.trimEnd() === text) continue;
      const read = await readCollection(prefix, "x", isFile);
      if ("fact" in read) continue;
      expect([read.form, read.vouched], prefix.slice(-80)).toEqual(["list", false]);
    }
  });
});

describe("a run that is cut never says more than the whole one, and is not complete", () => {
  it.each(["run-7.2.1.txt", "run-xdist-8.4.2.txt", "run-colour-9.1.1.txt"])("%s", async (name) => {
    const text = fixture(name);
    const whole = good(await readRun(text, "x"));
    for (const prefix of prefixes(text)) {
      const read = await readRun(prefix, "x");
      if ("fact" in read) continue;
      expect(read.complete, prefix.slice(-80)).toBe(false);
      for (const id of read.outcomes.keys()) expect(whole.outcomes.has(id), id).toBe(true);
    }
  });

  it.each(["log-json.txt", "log-console.txt", "log-plain.txt"])("%s", async (name) => {
    const text = fixture(name);
    const whole = good(await readRun(text, "x"));
    const hashes = new Set(whole.lookups.map(({ hash }) => hash));
    for (const prefix of prefixes(text)) {
      const read = await readRun(prefix, "x");
      if ("fact" in read) continue;
      expect(read.vouched).toBe(false);
      for (const { hash, found, kind, at } of read.lookups) {
        expect(hashes.has(hash)).toBe(true);
        const same = whole.lookups.find((one) => one.at === at && one.kind === kind);
        if (found !== null) expect(found).toBe(same?.found);
      }
      // What ends within a line or a look-up says so; between two look-ups the last test is not finished.
      if (!prefix.endsWith("\n")) expect(read.complete).toBe(false);
      else
        expect(
          read.complete ? read.unfinished.size > 0 || read.lookups.every((one) => one.testId === null) : true,
        ).toBe(true);
    }
  });
});
