import type { Paint } from "../../text/style.ts";
import { width } from "../../text/width.ts";
import { KEYS, type Key, keyText, type Verb } from "../keys.ts";
import { hitCount } from "../state/marks.ts";
import { back } from "../state/moving.ts";
import { isOver } from "../state/playing.ts";
import { whyNot } from "../state/removing.ts";
import { openBodyOf, requestOf, shownPath } from "../state/requests.ts";
import type { State } from "../state/state.ts";
import { isOnGroup, recordings, testRow } from "../state/tree.ts";
import { whereOf } from "../state/update.ts";
import { fitted } from "./line.ts";

/** Whether there is anything to move in. */
const isBrowsable = (state: State): boolean => recordings(state).rows.length > 0;

/** What a key is for now, where that is not always the same. */
const SHORTS: Partial<Record<Verb, (state: State) => string | undefined>> = {
  pause: (state) => (isOver(state) ? "play again" : state.play?.isPaused ? "go on" : undefined),
  plan: ({ overlay }) => (overlay ? "plan anew" : undefined),
};

export const shortOf = (verb: Verb, state: State): string => SHORTS[verb]?.(state) ?? KEYS[verb].short ?? "";

/** Where a key that has its place in the footer matters; those of whole groups are below. */
const MATTERS: Partial<Record<Verb, (state: State) => boolean>> = {
  fold: ({ focus, answer }) => (focus === "answer" ? answer.tab === "raw" : focus === "tests"),
  search: isBrowsable,
  next: (state) => hitCount(state) > 0,
  filter: (state) => isBrowsable(state) || state.filter !== null,
  unfilter: ({ filter }) => filter !== null,
  reload: (state) => state.tree.isRead && !isBrowsable(state),
  compare: (state) => requestOf(state) !== null && !testRow(state)?.flaw,
  copyId: (state) => shownPath(state) !== null && !isOnGroup(state),
  play: (state) => !isOnGroup(state) && (openBodyOf(state)?.units.length ?? 0) > 0,
  back: (state) => back(state) !== state,
  stepForward: (state) => !isOver(state),
  faster: (state) => !isOver(state),
  slower: (state) => !isOver(state),
  plan: ({ leaving, overlay }) => leaving.size > 0 && (overlay?.shows !== "plan" || overlay.isRefused === true),
  confirm: ({ overlay }) => overlay?.shows === "plan" && whyNot(overlay.plan) === null,
};

/** Groups of keys that do nothing where there is nothing to browse. */
const OF_RECORDINGS: ReadonlySet<Key["group"]> = new Set(["move", "look", "act", "play"]);

/**
 * What comes before others, and what behind them, where there is no room for all: first what a stream that plays asks for,
 * then what leads out.
 */
const URGENCY: Partial<Record<Verb, number>> = {
  pause: 0,
  stop: 0,
  stepForward: 2,
  faster: 2,
  slower: 2,
  next: 3,
  unfilter: 3,
  plan: 3,
  reload: 3,
  fold: 5,
};
/** Folding in the JSON, where it is all that a line can do; a group of tests is opened and closed by Enter and Esc, too. */
const FOLDS_JSON = 2;
const LEADS_OUT = 1;
const USUAL = 4;

/** What the footer of a state can tell, the most important first. */
function footerVerbs(state: State): Verb[] {
  const where = whereOf(state);
  const matters = ([verb, key]: [Verb, Key]): boolean =>
    key.short !== undefined &&
    key.where.includes(where) &&
    (MATTERS[verb]?.(state) ?? true) &&
    (state.overlay !== null || isBrowsable(state) || !OF_RECORDINGS.has(key.group));
  const urgency = ([verb, { group }]: [Verb, Key]): number => {
    if (verb === "fold" && where === "answer") return FOLDS_JSON;
    return group === "leave" ? LEADS_OUT : (URGENCY[verb] ?? USUAL);
  };
  // What is equally urgent stays in the order of the table.
  return (Object.entries(KEYS) as [Verb, Key][])
    .filter(matters)
    .sort((a, b) => urgency(a) - urgency(b))
    .map(([verb]) => verb);
}

const isPlaying = (where: string, group: Key["group"]): boolean => where === "play" && group === "play";

const GAP = "  ";

/** As many keys as fit, in the order of the table: those of a stream that plays first, those that lead out last. */
export function keysLine(state: State, columns: number, paint: Paint): string {
  const texts = new Map<Verb, string>();
  let left = columns + GAP.length;
  for (const verb of footerVerbs(state)) {
    const { keys } = KEYS[verb];
    const short = shortOf(verb, state);
    const key = keyText(keys[0] as string);
    left -= width(`${key} ${short}`) + GAP.length;
    if (left < 0) break;
    texts.set(verb, `${paint("heading", key)} ${paint("faint", short)}`);
  }
  const where = whereOf(state);
  const order = (Object.entries(KEYS) as [Verb, Key][]).sort(
    (a, b) => Number(isPlaying(where, b[1].group)) - Number(isPlaying(where, a[1].group)),
  );
  const line = order.flatMap(([verb]) => texts.get(verb) ?? []);
  return fitted(line.join(GAP), columns);
}
