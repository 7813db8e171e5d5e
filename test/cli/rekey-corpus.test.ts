import { spawnSync } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { NEWEST } from "../mend/named.ts";
import { HAS_PYTHON } from "../python.ts";
import { temporary } from "../run.ts";
import { grown } from "../store/changes.ts";

const { RECCTL_CORPUS: CORPUS, RECCTL_ORACLE: ORACLE } = process.env;

/** The scheme that names each file, by what the oracle says: the newest of those that verify, or none. */
function verdicts(cwd: string, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < paths.length; at += 500) {
    const some = paths.slice(at, at + 500);
    const run = spawnSync("python3", [resolve(ORACLE as string), ...some], {
      cwd,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    if (run.status !== 0) throw new Error(run.stderr);
    for (const line of run.stdout.trim().split("\n")) {
      const [scheme = "", path = ""] = line.split("\t");
      found.set(path, scheme);
    }
  }
  return found;
}

interface Step {
  type: string;
  path: string;
  to: string | null;
}

describe.skipIf(!CORPUS || !ORACLE || !HAS_PYTHON)(
  "rekey on real recordings (needs RECCTL_CORPUS, RECCTL_ORACLE and python3)",
  () => {
    const NEWEST_BY_KIND = [NEWEST, "http-2026-04-09", "tool-2025-10-09"];

    it.each(CORPUS ? readdirSync(resolve(CORPUS)) : ["every tree"])(
      "%s: what is renamed has today's name, nothing else changes but for ids, and undo brings all back",
      async (part) => {
        const cwd = join(temporary(), part);
        cpSync(join(resolve(CORPUS as string), part), cwd, { recursive: true });
        const before = grown(cwd);
        const were = verdicts(cwd, Object.keys(before));
        const run = await inside(["rekey", "--scheme", NEWEST, "--apply", "--json", "--test-id", "tests/a.py::b"], {
          cwd,
        });
        expect(run.code).toBe(0);
        const { steps, left, summary } = JSON.parse(run.stdout) as { steps: Step[]; left: Step[]; summary: object };
        expect(steps.length).toBeGreaterThan(0);
        expect(summary).toMatchObject({ left: left.length, applied: expect.any(String) });
        const after = grown(cwd);
        const are = verdicts(cwd, Object.keys(after));
        for (const { path, to } of steps) {
          expect(were.get(path), `${path} was touched`).not.toBe("none");
          expect(NEWEST_BY_KIND, `${path} became ${to}`).toContain(are.get(to ?? path));
        }
        // What is not named as today is among those that were left.
        const outdated = Object.keys(after).filter((path) => !NEWEST_BY_KIND.includes(are.get(path) as string));
        expect(left.map(({ path }) => path)).toEqual(expect.arrayContaining(outdated));
        const renames = new Map(
          steps.filter(({ type }) => type === "rename").map(({ path, to }) => [path, to as string]),
        );
        const withoutIds = (text: string): string =>
          text.replaceAll(/rec-[0-9a-f]{12}/g, "rec-").replace('{\n  "test_id": "tests/a.py::b",', "{");
        const gone = new Set(steps.filter(({ type }) => type === "remove").map(({ path }) => path));
        for (const [path, [mode, text]] of Object.entries(before)) {
          if (gone.has(path)) continue;
          const now = after[renames.get(path) ?? path];
          if (!renames.has(path)) expect(now, path).toEqual([mode, text]);
          else if (now?.[0] !== mode || withoutIds(now[1]) !== withoutIds(text)) expect.fail(`${path} is otherwise`);
        }
        expect(Object.keys(after).length).toBe(Object.keys(before).length - gone.size);
        expect((await inside(["undo"], { cwd })).code).toBe(0);
        expect(grown(cwd)).toEqual(before);
      },
      300_000,
    );
  },
);
