/** Where a key holds: what has the keys at the moment. */
export type Where = "lists" | "answer" | "prompt" | "help" | "compare" | "plan" | "play";

/** One thing that people can do, and how: footer, help and README are made from this table. */
export interface Key {
  /** As {@link keyName} gives them; the first is the one that is shown. */
  readonly keys: readonly string[];
  readonly where: readonly Where[];
  /** For the help. */
  readonly does: string;
  /** For the footer, where it is shown there: in few words. */
  readonly short?: string;
  /** Under which heading of the help. */
  readonly group: "move" | "look" | "find" | "play" | "act" | "leave" | "type";
}

const LISTS = ["lists", "answer", "play"] as const;
const COVERS = ["help", "compare", "plan"] as const;

const TABLE = {
  down: { keys: ["j", "down"], where: [...LISTS, ...COVERS], does: "down", group: "move" },
  up: { keys: ["k", "up"], where: [...LISTS, ...COVERS], does: "up", group: "move" },
  halfDown: { keys: ["ctrl-d"], where: [...LISTS, ...COVERS], does: "half a page down", group: "move" },
  halfUp: { keys: ["ctrl-u"], where: [...LISTS, ...COVERS], does: "half a page up", group: "move" },
  pageDown: { keys: ["pagedown", "ctrl-f"], where: [...LISTS, ...COVERS], does: "a page down", group: "move" },
  pageUp: { keys: ["pageup", "ctrl-b"], where: [...LISTS, ...COVERS], does: "a page up", group: "move" },
  first: { keys: ["g", "home"], where: [...LISTS, ...COVERS], does: "to the first", group: "move" },
  last: { keys: ["G", "end"], where: [...LISTS, ...COVERS], does: "to the last", group: "move" },
  deeper: {
    keys: ["enter", "l", "right"],
    where: ["lists"],
    does: "open: test, request, chunk, answer",
    short: "open",
    group: "move",
  },
  back: {
    keys: ["esc", "h", "left"],
    where: ["lists", "answer"],
    does: "back, towards the tests; at their outermost it takes the search back",
    short: "back",
    group: "move",
  },
  fold: {
    keys: ["space"],
    where: ["lists", "answer"],
    does: "fold or unfold a group, or a part of the JSON",
    short: "fold",
    group: "look",
  },
  foldAll: { keys: ["Z"], where: ["lists", "answer"], does: "fold or unfold all", group: "look" },
  nextTab: { keys: ["tab"], where: LISTS, does: "next tab of the answer", short: "tab", group: "look" },
  previousTab: { keys: ["shift-tab"], where: LISTS, does: "tab before", group: "look" },
  tab1: { keys: ["1"], where: LISTS, does: "conversation", group: "look" },
  tab2: { keys: ["2"], where: LISTS, does: "raw JSON: of the chunk, elsewhere of the file", group: "look" },
  tab3: { keys: ["3"], where: LISTS, does: "findings of validate", group: "look" },
  tab4: { keys: ["4"], where: LISTS, does: "verdict of prune, with its evidence", group: "look" },
  zoom: { keys: ["z"], where: LISTS, does: "give this pane the whole screen, and take it back", group: "look" },
  search: {
    keys: ["/"],
    where: LISTS,
    does: "search test ids, and what was asked and answered",
    short: "search",
    group: "find",
  },
  next: { keys: ["n"], where: LISTS, does: "next that was found", short: "next", group: "find" },
  previous: { keys: ["N"], where: LISTS, does: "the one found before", group: "find" },
  filter: { keys: ["f"], where: LISTS, does: "filter with the flags of ls", short: "filter", group: "find" },
  unfilter: { keys: ["F"], where: LISTS, does: "no filter", short: "no filter", group: "find" },
  reload: { keys: ["r"], where: LISTS, does: "read the tree anew", short: "read again", group: "find" },
  play: { keys: ["p"], where: ["lists", "answer"], does: "play the stream in place", short: "play", group: "play" },
  pause: { keys: ["space"], where: ["play"], does: "pause, and go on", short: "pause", group: "play" },
  stepForward: { keys: ["right", "l", "."], where: ["play"], does: "a chunk forward", short: "step", group: "play" },
  stepBack: { keys: ["left", "h", ","], where: ["play"], does: "a chunk back", group: "play" },
  faster: { keys: ["+", "="], where: ["play"], does: "twice as fast", short: "faster", group: "play" },
  slower: { keys: ["-", "_"], where: ["play"], does: "half as fast", short: "slower", group: "play" },
  stop: {
    keys: ["esc", "p", "enter"],
    where: ["play"],
    does: "stop, and show the whole answer",
    short: "stop",
    group: "play",
  },
  compare: {
    keys: ["c"],
    where: LISTS,
    does: "mark for comparison; on another one: compare; on the marked one: drop the mark",
    short: "compare",
    group: "act",
  },
  copyId: { keys: ["y"], where: LISTS, does: "copy the id", short: "copy id", group: "act" },
  copyTest: {
    keys: ["Y"],
    where: LISTS,
    does: "copy the test id; of a folder or a file of tests its path",
    group: "act",
  },
  pager: { keys: ["o"], where: LISTS, does: "open what is shown in $PAGER", group: "act" },
  editor: { keys: ["e"], where: LISTS, does: "open the file in $EDITOR", group: "act" },
  command: {
    keys: ["s"],
    where: [...LISTS, "compare"],
    does: "the shell command that shows the same; printed at the end, too",
    group: "act",
  },
  export: { keys: ["w"], where: LISTS, does: "write the wire form to a file", group: "act" },
  remove: { keys: ["d"], where: LISTS, does: "mark for removal, or take the mark back", group: "act" },
  plan: {
    keys: ["D"],
    where: [...LISTS, "plan"],
    does: "review what is marked, then remove it",
    short: "review",
    group: "act",
  },
  confirm: {
    keys: ["y"],
    where: ["plan"],
    does: "remove them; recctl undo brings them back",
    short: "remove",
    group: "act",
  },
  unmark: { keys: ["u"], where: ["plan"], does: "take all marks back", short: "unmark all", group: "act" },
  help: { keys: ["?"], where: LISTS, does: "all keys", short: "help", group: "leave" },
  close: { keys: ["esc", "q"], where: COVERS, does: "back", short: "back", group: "leave" },
  quit: { keys: ["q"], where: LISTS, does: "quit", short: "quit", group: "leave" },
  interrupt: { keys: ["ctrl-c"], where: [...LISTS, ...COVERS], does: "quit, from anywhere", group: "leave" },
  suspend: { keys: ["ctrl-z"], where: [...LISTS, ...COVERS], does: "back to the shell; fg returns", group: "leave" },
  redraw: { keys: ["ctrl-l"], where: [...LISTS, ...COVERS], does: "draw the screen anew", group: "leave" },
  submit: { keys: ["enter"], where: ["prompt"], does: "do it", short: "do it", group: "type" },
  cancel: { keys: ["esc", "ctrl-c"], where: ["prompt"], does: "leave it", short: "leave it", group: "type" },
  erase: { keys: ["backspace"], where: ["prompt"], does: "erase the character before", group: "type" },
  eraseWord: { keys: ["ctrl-w"], where: ["prompt"], does: "erase the word before", group: "type" },
  eraseAll: { keys: ["ctrl-u"], where: ["prompt"], does: "erase all before", group: "type" },
  delete: { keys: ["delete", "ctrl-d"], where: ["prompt"], does: "erase the character behind", group: "type" },
  toStart: { keys: ["ctrl-a", "home"], where: ["prompt"], does: "to the start", group: "type" },
  toEnd: { keys: ["ctrl-e", "end"], where: ["prompt"], does: "to the end", group: "type" },
  left: { keys: ["left", "ctrl-b"], where: ["prompt"], does: "left", group: "type" },
  right: { keys: ["right", "ctrl-f"], where: ["prompt"], does: "right", group: "type" },
  older: { keys: ["up", "ctrl-p"], where: ["prompt"], does: "what was searched or filtered for before", group: "type" },
  newer: { keys: ["down", "ctrl-n"], where: ["prompt"], does: "what came behind it", group: "type" },
} as const satisfies Record<string, Key>;

/** What people do with a key. */
export type Verb = keyof typeof TABLE;

export const KEYS: Readonly<Record<Verb, Key>> = TABLE;

const BY_KEY = new Map<string, Verb>();
for (const [verb, { keys, where }] of Object.entries(KEYS) as [Verb, Key][]) {
  for (const place of where) for (const key of keys) BY_KEY.set(`${place} ${key}`, verb);
}

/** What a key does where it is pressed; undefined for one that does nothing there. */
export const verbOf = (where: Where, key: string): Verb | undefined => BY_KEY.get(`${where} ${key}`);

const TEXTS: Readonly<Record<string, string>> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  pageup: "PgUp",
  pagedown: "PgDn",
  "shift-tab": "Shift-Tab",
};

/** A key as people read it: `↓`, `Ctrl-D`, `Enter`. */
export function keyText(name: string): string {
  if (name.length === 1) return name;
  if (name.startsWith("ctrl-")) return `Ctrl-${name.slice(5).toUpperCase()}`;
  return TEXTS[name] ?? name.slice(0, 1).toUpperCase() + name.slice(1);
}
