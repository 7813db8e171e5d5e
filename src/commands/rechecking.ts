import { createHash } from "node:crypto";
import type { Checks } from "../checks/check.ts";
import type { Fact, Finding } from "../checks/rule.ts";
import { loadFacts, type StoredFact, saveFacts } from "../store/facts.ts";
import { cacheDir } from "../store/paths.ts";
import { isUnchanged, loadRemembered, saveRemembered } from "../store/remembered.ts";
import type { CheckedFile } from "./check-batch.ts";
import { type CheckedFiles, checkFiles, collected } from "./checking.ts";
import type { Context } from "./command.ts";
import type { Target } from "./selection.ts";

/** Checks all files of a tree, and reads only those that have changed since that was done last. */
export async function recheckFiles(
  targets: readonly Target[],
  checks: Checks,
  context: Context,
): Promise<CheckedFiles> {
  const { io } = context;
  const dir = cacheDir(io.env);
  const base = { cwd: context.cwd };
  const key = keyOf(checks);
  const began = io.now();
  const before = loadRemembered<Finding[]>(dir, base, "findings", key);
  const facts = new Map(
    before ? loadFacts<Fact & StoredFact>(dir, base).map((fact) => [fact.path, fact] as const) : [],
  );
  const known: (CheckedFile | undefined)[] = [];
  for (const { path } of targets) {
    const wait = known.length % 64 === 0 ? io.breathe() : undefined;
    if (wait) await wait;
    const fact = facts.get(path);
    const kept = before?.files.get(path);
    // Two runs at once may have kept one each.
    const holds =
      before && fact && kept && fact.stamp === kept.stamp && isUnchanged(base, path, kept.stamp, before.began);
    known.push(holds ? { fact, stamp: kept.stamp, findings: [...kept.value] } : undefined);
  }
  const read = await checkFiles(
    targets.filter((_, at) => !known[at]),
    checks.wanted ? { ...checks, wanted: null } : checks,
    context,
  );
  let next = 0;
  const checked = known.map((one) => one ?? (read[next++] as CheckedFile));
  const all = collected(checked);
  if (read.length > 0 || targets.length !== before?.files.size) {
    const files = new Map<string, { stamp: string; value: Finding[] }>();
    checked.forEach(({ fact, stamp, findings }) => {
      if (fact) files.set(fact.path, { stamp, value: findings });
    });
    saveFacts(dir, base, all.facts);
    saveRemembered(dir, base, "findings", key, { began: read.length > 0 || !before ? began : before.began, files });
  }
  const { wanted } = checks;
  if (!wanted) return all;
  const isWanted = ({ rule }: Finding): boolean =>
    wanted.includes(rule) || wanted.includes(rule.split("/", 1)[0] as string);
  return { ...all, findings: all.findings.filter(isWanted) };
}

/** All that findings depend on but the files: the checks themselves (the bundle's names hold digests of what is in them), and how they are set. */
function keyOf({ severities, settings }: Checks): string {
  const sorted = Object.entries(severities).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([import.meta.url, sorted, settings]))
    .digest("hex");
}
