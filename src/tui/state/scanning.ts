import { type Broken, type Entry, isBroken } from "../../listing/entry.ts";
import { numberText } from "../../text/bytes.ts";
import { forgetting } from "./bodies.ts";
import type { Effect } from "./effect.ts";
import { searchedAgain } from "./finding.ts";
import { remembering } from "./memo.ts";
import { planning } from "./removing.ts";
import { shownPath } from "./requests.ts";
import type { State, Tree } from "./state.ts";
import { does, type Made, stepOf, told, toldUnasked } from "./step.ts";

/** What is said until the tree was read, and of the file that is shown. */
const READING = "reading the tree…";
const REREAD = "the file has changed: it is read again";

/** Reads the tree anew; what failed before is tried again. */
export function rescanned(state: State): Made {
  const findings = state.findings.is === "failed" ? ({ is: "unknown" } as const) : state.findings;
  const verdicts = state.verdicts.is === "failed" ? ({ is: "unknown" } as const) : state.verdicts;
  return does(told({ ...state, findings, verdicts }, READING), { type: "scan" });
}

/** The tree was read: whatever rests on files that are gone or otherwise than before goes, or is asked for again. */
export function scanned(state: State, tree: Tree): Made {
  if (!state.tree.isRead) return filteredAgain({ ...state, tree });
  const { fresh, gone, changed } = between(state.tree, tree);
  const message = state.message?.text === READING ? null : state.message;
  // The same tree stays the same, and with it all that was made of it.
  if (fresh.length + gone.length + changed.length === 0) return { ...state, message };
  const isGone = new Set(gone);
  const leaving = new Set([...state.leaving].filter((path) => !isGone.has(path)));
  const after: State = forgetting(
    {
      ...state,
      message: message?.isOfTree ? null : message,
      tree: tree.isRead ? tree : { ...tree, isRead: true },
      leaving: leaving.size === state.leaving.size ? state.leaving : leaving,
      compareWith: state.compareWith !== null && isGone.has(state.compareWith) ? null : state.compareWith,
    },
    // What was read of a new file is of one that lay there before.
    new Set([...gone, ...changed, ...fresh]),
  );
  const counts = [
    [fresh.length, "new"],
    [gone.length, "gone"],
    [changed.length, "changed"],
  ] as const;
  const says = counts.flatMap(([count, what]) => (count > 0 ? [`${numberText(count)} ${what}`] : []));
  const isShownAlone = says.length === 1 && changed.length === 1 && changed[0] === shownPath(state);
  return inTurn(
    toldUnasked(after, isShownAlone ? REREAD : `the tree changed: ${says.join(", ")}`),
    (one) => searchedAgain(one, new Set([...fresh, ...changed])),
    filteredAgain,
    (one) => replanned(one, leaving.size !== state.leaving.size),
    askedAgain,
  );
}

/** Other files lie under these paths than were read. */
export function changedOnDisk(state: State, paths: readonly string[], isNews = false): Made {
  const after = forgetting(state, new Set(paths));
  const isShown = paths.includes(shownPath(state) ?? "");
  const saying = isShown ? toldUnasked(after, REREAD) : after;
  return inTurn(saying, (one) => (isNews ? does(one, { type: "scan", isUnasked: true }) : one), askedAgain);
}

/** One after another, with all that they want done. */
function inTurn(state: State, ...parts: readonly ((state: State) => Made)[]): Made {
  let now = state;
  const effects: Effect[] = [];
  for (const part of parts) {
    const step = stepOf(part(now));
    now = step.state;
    effects.push(...step.effects);
  }
  return does(now, ...effects);
}

function filteredAgain(state: State): Made {
  const line = state.filtering ?? state.filter?.line;
  return line === undefined ? state : does({ ...state, filtering: line }, { type: "filter", line });
}

function replanned(state: State, areOthers: boolean): Made {
  // One that was refused says why until people plan anew.
  if (state.overlay?.shows !== "plan" || !areOthers || state.overlay.isRefused) return state;
  return state.leaving.size === 0 ? { ...state, overlay: null } : planning(state);
}

/** Findings and verdicts that were asked for are asked for again; until then those before are shown. */
function askedAgain(state: State): Made {
  const effects: Effect[] = [];
  if (state.findings.is !== "unknown") effects.push({ type: "check" });
  if (state.verdicts.is !== "unknown") effects.push({ type: "judge" });
  return does(state, ...effects);
}

type File = Entry | Broken;

const filesOf = remembering(
  (entries: readonly Entry[], broken: readonly Broken[]): ReadonlyMap<string, File> =>
    new Map([...entries, ...broken].map((file) => [file.path, file])),
);

/** The paths that came, went, or tell something else. */
function between(old: Tree, now: Tree): Record<"fresh" | "gone" | "changed", string[]> {
  const before = filesOf(old.entries, old.broken);
  const after = filesOf(now.entries, now.broken);
  const fresh: string[] = [];
  const changed: string[] = [];
  for (const [path, file] of after) {
    const known = before.get(path);
    if (known === undefined) fresh.push(path);
    else if (!alike(known, file)) changed.push(path);
  }
  return { fresh, changed, gone: [...before.keys()].filter((path) => !after.has(path)) };
}

function alike(a: File, b: File): boolean {
  if (isBroken(a) || isBroken(b)) {
    return isBroken(a) && isBroken(b) && a.message === b.message && a.line === b.line && a.column === b.column;
  }
  const keys = Object.keys(a.head) as (keyof Entry["head"])[];
  return a.bytes === b.bytes && a.id === b.id && keys.every((key) => a.head[key] === b.head[key]);
}
