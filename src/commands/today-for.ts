import type { Fact } from "../checks/rule.ts";
import type { Today } from "../checks/today.ts";
import { loadFacts, type StoredFact } from "../store/facts.ts";
import { cacheDir } from "../store/paths.ts";
import { checkFiles, collected } from "./checking.ts";
import type { Context } from "./command.ts";
import type { Target } from "./selection.ts";
import { isSchemeSet, todayOf } from "./today.ts";

/** The scheme of today, for files that no rule has looked at yet: they are read where nobody says it. */
export function todayFor(targets: readonly Target[], asked: string | undefined, context: Context): Promise<Today> {
  const facts = async () => {
    if (await isSchemeSet(asked, context)) return [];
    const checks = {
      wanted: [],
      severities: {},
      settings: { recctl: context.recctl, size: 0, allow: [], fallback: "" },
    };
    const { facts: own } = collected(await checkFiles(targets, checks, context));
    // Of some files no scheme can be told: what the last validate saw of the whole tree counts, too.
    const paths = new Set(own.map(({ path }) => path));
    const stored: (Fact & StoredFact)[] = loadFacts(cacheDir(context.io.env), context);
    return [...own, ...stored.filter(({ path }) => !paths.has(path))];
  };
  return todayOf(asked, facts, context);
}
