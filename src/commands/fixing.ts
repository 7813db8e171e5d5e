import { FIXABLE } from "../checks/fixable.ts";
import { fixed } from "../mend/fix.ts";
import { countText } from "../text/bytes.ts";
import type { Context } from "./command.ts";
import { applyPlan, NO_RECORDING, planFor } from "./mending.ts";
import { recoverFirst } from "./recovering.ts";
import { chooseFiles, type SelectionOptions } from "./selection.ts";
import { settingsOf } from "./settings.ts";

/** Mends what can be mended; tells what was. */
export async function fixFirst(
  args: readonly string[],
  options: SelectionOptions & { rule?: readonly string[] },
  context: Context,
): Promise<string[]> {
  await recoverFirst(context);
  const { targets } = await chooseFiles(args, options, context);
  const { rules: severities } = await settingsOf(context);
  const rules = new Set(FIXABLE.filter((rule) => severities[rule] !== "off" && (options.rule?.includes(rule) ?? true)));
  const plan = await planFor(targets, (subject) => fixed(subject, rules), context);
  const { id } = await applyPlan(plan, "validate --fix", context);
  const unmended = plan.left
    .filter(({ cause }) => cause !== NO_RECORDING)
    .map(({ path, why }) => `${path}: not mended: ${why}`);
  if (id === null) return [...unmended, "nothing to fix"];
  return [...unmended, `fixed ${countText(plan.steps.length, "file")}; ${context.recctl} undo takes it back`];
}
