import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Checked, type Checks, checkFile, checkTree } from "../../src/checks/check.ts";
import type { Fact, Finding } from "../../src/checks/rule.ts";
import { guessToday, todayFrom } from "../../src/checks/today.ts";
import { ROOT } from "../run.ts";

/** Every rule, with the settings that hold where nothing is configured. */
export const CHECKS: Checks = {
  wanted: null,
  severities: {},
  settings: { recctl: "recctl", size: 1_000_000, allow: [], fallback: "tests/integration/common/recordings" },
};

/** The project's own recordings: bytes by path. */
export const OWN: ReadonlyMap<string, Buffer> = new Map(
  readdirSync(join(ROOT, "recordings"))
    .sort()
    .map((file) => [`recordings/${file}`, readFileSync(join(ROOT, "recordings", file))]),
);

/** One file, checked by itself, as it would lie at the root of the project. */
export const checkOne = (path: string, content: string | Uint8Array, checks: Checks = CHECKS): Checked =>
  checkFile({ path, place: `/project/${path}`, bytes: Buffer.from(content as Uint8Array) }, checks);

/** What is found in a tree of files; `scheme` is what `--scheme` takes. */
export function findingsIn(
  files: Readonly<Record<string, string | Uint8Array>>,
  { scheme = "auto", checks = CHECKS }: { scheme?: string; checks?: Checks } = {},
): Finding[] {
  const checked = Object.entries(files).map(([path, content]) => checkOne(path, content, checks));
  return findingsOf(checked, scheme, checks);
}

/** What files that were checked one by one give together. */
export function findingsOf(checked: readonly Checked[], scheme = "auto", checks: Checks = CHECKS): Finding[] {
  const facts = checked.flatMap(({ fact }): Fact[] => (fact ? [fact] : []));
  const today = scheme === "auto" ? guessToday(facts) : todayFrom(scheme, "option", facts);
  return [...checked.flatMap(({ findings }) => findings), ...checkTree(facts, today, () => true, checks)];
}

/** The path, line and column of a finding, as people click on them. */
export const placed = ({ path, line, column }: Finding): string => `${path}:${line}:${column}`;
