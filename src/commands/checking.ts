import { type Checked, type Checks, checkFile, unreadable } from "../checks/check.ts";
import type { Fact, Finding } from "../checks/rule.ts";
import type { Flaw } from "../recording/document.ts";
import type { StoredFact } from "../store/facts.ts";
import { FileReader, ReadError } from "../store/read.ts";
import { stampOf } from "../store/stamp.ts";
import type { Target } from "./selection.ts";

/** What checking files gave. */
export interface CheckedFiles {
  findings: Finding[];
  facts: (Fact & StoredFact)[];
}

/** Reads files and checks each by itself. `pause` is told how many are done. */
export async function checkFiles(
  targets: readonly Target[],
  checks: Checks,
  pause: (done: number) => Promise<void> | undefined,
): Promise<CheckedFiles> {
  const reader = new FileReader();
  const all: CheckedFiles = { findings: [], facts: [] };
  for (const [done, target] of targets.entries()) {
    const wait = pause(done);
    if (wait) await wait;
    const { findings, fact, stamp } = checkTarget(reader, target, checks);
    all.findings.push(...findings);
    if (fact) all.facts.push({ ...fact, stamp });
  }
  return all;
}

function checkTarget(reader: FileReader, target: Target, checks: Checks): Checked & { stamp: string } {
  try {
    const { bytes, stat } = reader.read(target.place);
    return { ...checkFile({ ...target, bytes }, checks), stamp: stampOf(stat) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { message, remedy } = error;
    const flaw: Flaw = { line: 1, column: 1, message, ...(remedy ? { remedy } : {}) };
    return { ...unreadable(target.path, flaw, checks), stamp: "" };
  }
}
