import { EXIT, UserError } from "../errors.ts";
import { diffReport } from "../report/diff.ts";
import { kindAt } from "../store/paths.ts";
import { forShell } from "../text/escape.ts";
import type { Context, Outcome } from "./command.ts";
import { type ComparedTwo, compareTwo } from "./comparing-two.ts";
import { clustersIn } from "./diffing.ts";
import { pathOf } from "./resolve.ts";

interface TwoOptions {
  only?: "request" | "response";
  ignore?: readonly string[];
  index?: boolean;
}

/** What an id looks like, which may be a revision of git too: recordings go first where both are there. */
const ID = /^(?:models-)?[0-9a-f]{4,}(?:-[0-9a-f]*)?$/i;

/** The two recordings that somebody named instead of sides; null where at least one is none. @throws UserError where one cannot be read */
export async function twoNamed(
  args: readonly (string | undefined)[],
  options: TwoOptions,
  context: Context,
): Promise<ComparedTwo | null> {
  const [old, now, third] = args;
  if (old === undefined || now === undefined || third !== undefined) return null;
  const { cwd } = context;
  const isNamed = (ref: string): boolean => {
    const kind = kindAt({ cwd }, ref);
    return kind === "file" || (kind === "nothing" && (ref.includes("::") || ID.test(ref)));
  };
  if (!isNamed(old) || !isNamed(now)) return null;
  const before = await found(old, options, context);
  const behind = before === null ? null : await found(now, options, context);
  if (before === null || behind === null) return null;
  return compareTwo(before, behind, cwd, { only: options.only ?? null, ignore: options.ignore ?? [] });
}

/** What is wrong where sides were not found, and one of them is a recording; null where none is. */
export async function halfNamed(
  [old, now]: readonly (string | undefined)[],
  options: TwoOptions,
  context: Context,
): Promise<UserError | null> {
  if (old === undefined || now === undefined) return null;
  const isRecording = async (ref: string): Promise<boolean> =>
    ID.test(ref) && (await found(ref, options, context)) !== null;
  const [before, behind] = [await isRecording(old), await isRecording(now)];
  if (before === behind) return null;
  const [is, none] = before ? [old, now] : [now, old];
  return new UserError(`${is} is a recording, and ${none} is none`, {
    remedy: [
      `${context.recctl} diff ${forShell(is)} ID   # two recordings`,
      `${context.recctl} diff OLD NEW ${forShell(is)}   # what it came after, between two revisions or folders`,
    ],
  });
}

/** The path of a recording; null where an id is of none, and may be a revision. */
async function found(ref: string, { index }: TwoOptions, context: Context): Promise<string | null> {
  try {
    return await pathOf(ref, index === undefined ? {} : { index }, context);
  } catch (error) {
    if (error instanceof UserError && ID.test(ref)) return null;
    throw error;
  }
}

/** Two recordings beside each other, in the forms that a run's changes have. */
export function outcomeOfTwo({ pair, sides, apis }: ComparedTwo, { only }: TwoOptions): Outcome {
  const report = diffReport({
    old: pair.old.path,
    now: pair.now.path,
    pairs: [pair],
    clusters: clustersIn([pair]),
    added: [],
    removed: [],
    superseded: [],
    moved: [],
    same: 0,
    unchosen: 0,
    each: Number.POSITIVE_INFINITY,
    only: only ?? null,
    list: false,
    whole: true,
    sides,
    broken: [],
    leftOut: [],
  });
  const changed = pair.request === "changed" || pair.response?.kind === "changed";
  const notes = apis ? [`different APIs: ${apis.join(" and ")}`] : [];
  return { exit: changed ? EXIT.no : EXIT.ok, report, notes };
}
