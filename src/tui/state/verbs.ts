import type { Verb } from "../keys.ts";
import { copiedId, copiedTest, exported, exporting, opened, paged } from "./acting.ts";
import { commanded } from "./command.ts";
import { closed, compared } from "./comparing.ts";
import { filteredBy, unfiltered } from "./filtering.ts";
import { nextHit, searched, unsearch } from "./finding.ts";
import { folded, foldedAll, showTab, tabBy, zoomed } from "./looking.ts";
import { back, deeper, MOVES } from "./moving.ts";
import { paced, paused, played, stepped, stopped } from "./playing.ts";
import { EDITS, edited, prompting, recalled, withTyped } from "./prompt.ts";
import { confirmed, marked, planning, unmarked } from "./removing.ts";
import { rescanned } from "./scanning.ts";
import type { Prompt, State } from "./state.ts";
import { does, type Made, told } from "./step.ts";

/** What every verb makes of a state. */
export const VERBS: Readonly<Record<Verb, (state: State) => Made>> = {
  ...MOVES,
  deeper,
  back: (state) => {
    const after = back(state);
    if (after !== state) return after;
    return state.search ? unsearch(state) : told(state, "nothing is further out than this: q quits");
  },
  fold: folded,
  foldAll: foldedAll,
  nextTab: (state) => tabBy(state, 1),
  previousTab: (state) => tabBy(state, -1),
  tab1: (state) => showTab(state, "conversation"),
  tab2: (state) => showTab(state, "raw"),
  tab3: (state) => showTab(state, "findings"),
  tab4: (state) => showTab(state, "verdict"),
  zoom: zoomed,
  search: (state) => prompting(state, "search"),
  next: (state) => nextHit(state, 1),
  previous: (state) => nextHit(state, -1),
  filter: (state) => prompting(state, "filter", state.filtering ?? state.filter?.line),
  unfilter: (state) =>
    state.filter || state.filtering !== null ? unfiltered(state) : told(state, "no filter holds: f filters"),
  reload: rescanned,
  play: played,
  pause: paused,
  stepForward: (state) => stepped(state, 1),
  stepBack: (state) => stepped(state, -1),
  faster: (state) => paced(state, 2),
  slower: (state) => paced(state, 0.5),
  stop: stopped,
  compare: compared,
  copyId: copiedId,
  copyTest: copiedTest,
  pager: paged,
  editor: opened,
  command: commanded,
  export: exporting,
  remove: marked,
  plan: planning,
  confirm: confirmed,
  unmark: unmarked,
  help: (state) => ({ ...state, overlay: { shows: "help", top: 0 } }),
  close: closed,
  quit: (state) => does(state, { type: "quit" }),
  interrupt: (state) => does(state, { type: "quit" }),
  suspend: (state) => does(state, { type: "suspend" }),
  redraw: (state) => does(state, { type: "redraw" }),
  submit: ({ prompt, ...state }) =>
    prompt ? SUBMITS[prompt.asks](withTyped({ ...state, prompt: null }, prompt), prompt) : { ...state, prompt },
  cancel: (state) => ({ ...state, prompt: null }),
  erase: (state) => edited(state, EDITS.erase),
  eraseWord: (state) => edited(state, EDITS.eraseWord),
  eraseAll: (state) => edited(state, EDITS.eraseAll),
  delete: (state) => edited(state, EDITS.delete),
  toStart: (state) => edited(state, EDITS.toStart),
  toEnd: (state) => edited(state, EDITS.toEnd),
  left: (state) => edited(state, EDITS.left),
  right: (state) => edited(state, EDITS.right),
  older: (state) => recalled(state, 1),
  newer: (state) => recalled(state, -1),
};

/** What is done with a line that was typed. */
const SUBMITS: Readonly<Record<Prompt["asks"], (state: State, prompt: Prompt) => Made>> = {
  search: (state, { text }) => searched(state, text),
  filter: (state, { text }) => filteredBy(state, text),
  export: exported,
};
