import { dirname, join } from "node:path";
import type { Change } from "../compare/change.ts";
import { applied } from "../compare/changes/applied.ts";
import { same } from "../compare/changes/same.ts";
import { placeOf } from "../compare/diff.ts";
import { changesText, seenByNames, type Variant } from "../compare/why/index.ts";
import { UserError } from "../errors.ts";
import { pathText } from "../recording/json/locate.ts";
import { asObject, JsonObject, type JsonValue } from "../recording/json/value.ts";
import { COMPACT, writeJson } from "../recording/json/write.ts";
import { differenceOf } from "../store/sides/difference.ts";
import { sidesOf } from "../store/sides/index.ts";
import { countText } from "../text/bytes.ts";
import type { Context } from "./command.ts";
import { type Diffed, diffed } from "./diffing.ts";
import { settingsOf } from "./settings.ts";

/** More recordings than these are not read, of those that changed and of those they may have come after. */
const MOST_CHANGED = 200;
const MOST_BEFORE = 2000;
/** How many changes are tried. */
const MOST_VARIANTS = 24;

/** Where the recordings of other tests may show what changed. */
const RANGES = [
  { args: [], where: "in the working tree" },
  { args: ["HEAD~1..HEAD"], where: "in the last commit" },
] as const;

/** How requests of recordings changed in the working tree, else in the last commit; nothing where that cannot be told, or not soon. */
export async function recentChanges(context: Context): Promise<Variant[]> {
  const variants: Variant[] = [];
  for (const { args, where } of RANGES) {
    try {
      if (await isFew(args, context)) variants.push(...variantsOf(await diffed(args, OPTIONS, context), where));
    } catch (error) {
      // No git, no commit before this one, or nothing that git can tell.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return variants.slice(0, MOST_VARIANTS);
}

const OPTIONS = {
  staged: false,
  overlay: false,
  renames: [],
  only: "request",
  ignore: [],
  wants: () => true,
} as const;

async function isFew(args: readonly string[], context: Context): Promise<boolean> {
  const { io, cwd } = context;
  const { roots, folder } = await settingsOf(context);
  const below = roots.map((root) => join(folder, root));
  const { old, now } = await sidesOf(args, { staged: false, cwd, env: io.env, ...(below.length > 0 ? { below } : {}) });
  const { added, changed } = await differenceOf(old, now, io.breathe);
  const run = [...added, ...changed.map(([, file]) => file)];
  if (run.length === 0 || run.length > MOST_CHANGED) return false;
  const folders = new Set(run.map(({ path }) => dirname(path)));
  return old.files.filter(({ path }) => folders.has(dirname(path))).length <= MOST_BEFORE;
}

/** What each recording's request changed in as a whole, and each change alone; what most recordings have first. */
function variantsOf({ pairs }: Diffed, where: string): Variant[] {
  const found = new Map<string, { changes: readonly Change[]; count: number }>();
  for (const pair of pairs) {
    const plain = seenByNames(pair.changes).filter(isPlain);
    const whole = plain.length === seenByNames(pair.changes).length;
    const sets = [...plain.map((one) => [one]), ...(whole && plain.length > 1 ? [plain] : [])];
    for (const changes of sets) {
      const key = JSON.stringify(changes.map((one) => [one.op, placeOf(one), textOf(one.old), textOf(one.now)]));
      const before = found.get(key);
      found.set(key, { changes, count: (before?.count ?? 0) + 1 });
    }
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ changes, count }) => ({
      title: changesText(changes),
      seen: `${countText(count, "recording")} ${where}`,
      apply: (request) => withChanges(request, changes),
    }));
}

const textOf = (value: JsonValue | undefined): string => (value === undefined ? "" : writeJson(value, COMPACT));

/** Whether a change can be made elsewhere: a value at a place that others have, and not another one with every run. */
const isPlain = (change: Change): boolean =>
  change.op !== "move" &&
  change.volatile === null &&
  change.also.length === 0 &&
  typeof placeOf(change).at(-1) === "string" &&
  pathText(change.from ?? placeOf(change)) === pathText(placeOf(change));

/** The request with changes made; null where one does not fit: there is what would be added, or not what was there. */
function withChanges(request: JsonObject, changes: readonly Change[]): JsonObject | null {
  for (const change of changes) {
    const path = placeOf(change);
    const parent = valueAt(request, path.slice(0, -1));
    if (!(parent instanceof JsonObject)) return null;
    const own = parent.get(path.at(-1) as string);
    if (change.op === "add" ? own !== undefined : own === undefined || !same(own, change.old as JsonValue)) return null;
  }
  return asObject(applied(request, changes)) ?? null;
}

function valueAt(root: JsonValue, path: readonly (string | number)[]): JsonValue | undefined {
  let here: JsonValue | undefined = root;
  for (const step of path) {
    if (Array.isArray(here)) here = here[step as number];
    else if (here instanceof JsonObject) here = here.get(String(step));
    else return undefined;
  }
  return here;
}
