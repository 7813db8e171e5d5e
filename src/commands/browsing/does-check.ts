import { type Checks, checkTree, unreadable } from "../../checks/check.ts";
import type { Finding } from "../../checks/rule.ts";
import { checkFiles, collected } from "../checking.ts";
import { recheckFiles } from "../rechecking.ts";
import { chooseFiles } from "../selection.ts";
import { settingsOf } from "../settings.ts";
import { todayOf } from "../today.ts";
import { treeFacts } from "../tree-facts.ts";
import type { Does } from "./thread.ts";

/** What `validate` finds, by path. */
export const check: Does<"check"> = async ({ args, options }, context) => {
  const { rules: severities, size, allow, fallback } = await settingsOf(context);
  const checks: Checks = { wanted: null, severities, settings: { recctl: context.recctl, size, allow, fallback } };
  const { targets, unreadable: closed, whole } = await chooseFiles(args, options, context);
  const kept = whole && options.index !== false;
  const checked = kept
    ? await recheckFiles(targets, checks, context)
    : collected(await checkFiles(targets, checks, context));
  const facts = treeFacts(checked.facts, { whole, kept }, context);
  const today = await todayOf(undefined, () => facts.known, context);
  const own = new Set(targets.map(({ path }) => path));
  const byPath = new Map<string, Finding[]>();
  for (const finding of [
    ...checked.findings,
    ...closed.flatMap((folder) => unreadable(folder.path, folder, checks).findings),
    ...checkTree(facts.told, today, (path) => own.has(path), checks),
  ]) {
    const known = byPath.get(finding.path);
    if (known) known.push(finding);
    else byPath.set(finding.path, [finding]);
  }
  return byPath;
};
