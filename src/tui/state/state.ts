import type { Finding } from "../../checks/rule.ts";
import type { Asked, Dialect } from "../../dialects/dialect.ts";
import type { Unit } from "../../dialects/units.ts";
import type { Broken, Entry } from "../../listing/entry.ts";
import type { Recording } from "../../recording/recording.ts";
import type { Evidence, Verdict } from "../../usage/verdicts/index.ts";
import type { Overlay } from "./overlay.ts";

/** Cells of the terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** The three levels, outermost first. */
export const LEVELS = ["tests", "requests", "chunks"] as const;
export type Level = (typeof LEVELS)[number];
/** What can have the keys: a level, or the answer beside them. */
export type Pane = Level | "answer";

/** What the answer pane shows of the recording at hand. */
export const TABS = ["conversation", "raw", "findings", "verdict"] as const;
export type Tab = (typeof TABS)[number];

/** Where a list stands: what its cursor is on ("" for the first), and the first row in its window. */
export interface Place<Key> {
  readonly cursor: Key;
  readonly top: number;
}

/** What is on disk, as last read. */
export interface Tree {
  readonly entries: readonly Entry[];
  readonly broken: readonly Broken[];
  /** False until all was read for the first time. */
  readonly isRead: boolean;
}

/** A recording that was read to be looked at; or what stands in its place. */
export type Body = OpenBody | FlawedBody;
export interface FlawedBody {
  readonly path: string;
  readonly flaw: Omit<Broken, "path">;
  /** The text around the flaw, where it is known. */
  readonly text?: string;
  /** The line of the file that `text` begins with, from 1, and how many characters of it are left out; not told for 1 and 0. */
  readonly from?: { readonly line: number; readonly column: number };
  /** How many characters of the file are left out behind the text. */
  readonly left?: number;
}
export interface OpenBody {
  readonly path: string;
  readonly bytes: number;
  readonly recording: Recording;
  readonly dialect: Dialect;
  readonly asked: Asked;
  readonly units: readonly Unit[];
}

/** What the list of requests tells of one that its head does not: read from its body, and small. */
export interface Peek {
  readonly turns: number;
  /** Characters of all turns: with their number it orders the requests of a conversation. */
  readonly length: number;
  /** How its last turn begins. */
  readonly opening: string;
  /** The tools that the answer called. */
  readonly tools: readonly string[];
}

/** What takes long to find out. */
export type Known<T> =
  | { readonly is: "unknown" }
  | { readonly is: "asked" }
  | { readonly is: "known"; readonly value: T }
  | { readonly is: "failed"; readonly why: string };

/** The verdict of `prune` on one recording. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly because: string;
  readonly evidence: readonly Evidence[];
  /** Whether `prune` would remove it. */
  readonly goes: boolean;
}

/** Recordings that the flags of `ls` choose. */
export interface Filter {
  /** As it was typed. */
  readonly line: string;
  readonly kept: ReadonlySet<string>;
  /** Where it wants something of test ids: the texts of which they hold one, and the line without them. */
  readonly tests?: { readonly texts: readonly string[]; readonly others: string };
}

/** A text that is looked for, and the paths of the recordings in which it was found so far. */
export interface Search {
  readonly text: string;
  readonly hits: ReadonlySet<string>;
  readonly isDone: boolean;
  /** Whether it goes on because files changed, and nobody waits for what it finds: nothing is said of that. */
  readonly isAgain?: boolean;
  /** Where the cursor was when it was asked for: only from there it goes to what is found later. */
  readonly from?: string;
  /** The recording that a jump into another test led to, before the order of that test's requests was known. */
  readonly landing?: { readonly path: string; readonly by: 1 | -1 } | null;
  /** The recording that was gone to, while the answer pane has not been scrolled to what was found in it. */
  readonly seek?: string | null;
}

/** A line that is being typed. `at` counts UTF-16 units from the start. */
export interface Prompt {
  readonly asks: "search" | "filter" | "export";
  readonly text: string;
  readonly at: number;
  readonly error: string | null;
  /** The path of the recording that is exported; the cursor may stand on another one by the time the name is typed. */
  readonly path: string | null;
  /** Where lines that were typed before are gone through: how far back, and what was begun with. */
  readonly recalls?: { readonly back: number; readonly begun: string };
}

/** A stream that plays in place. */
export interface Play {
  readonly path: string;
  /** How many of its units have come. */
  readonly shown: number;
  readonly isPaused: boolean;
  /** Units with content a second. */
  readonly pace: number;
  /** The number of the timer that it waits for: earlier ones tell nothing any more. */
  readonly turn: number;
}

/** A line for people, until the next key. */
export interface Message {
  readonly text: string;
  readonly tone: "good" | "bad" | "plain";
  /** Whether it says how the tree is: it goes once that changes. */
  readonly isOfTree?: boolean;
}

/** All that is on the screen follows from this, and nothing in it follows from the rest of it. */
export interface State {
  readonly size: Size;
  readonly tree: Tree;
  readonly focus: Pane;
  /** The level that had the keys last. */
  readonly level: Level;
  /** Whether the pane with the keys has the whole screen. */
  readonly isZoomed: boolean;
  /** The key of a row; groups that are closed, by key. */
  readonly tests: Place<string> & { readonly closed: ReadonlySet<string> };
  /** A path. */
  readonly requests: Place<string>;
  /** A unit, from 0. */
  readonly chunks: Place<number>;
  readonly answer: {
    readonly tab: Tab;
    readonly top: number;
    /** The line the cursor is on in the raw tab. */
    readonly line: number;
    /** Places in the raw JSON that are folded otherwise than at first. */
    readonly folds: ReadonlySet<string>;
  };
  readonly filter: Filter | null;
  /** The line of the filter that was asked for last, and has not come yet. */
  readonly filtering: string | null;
  readonly search: Search | null;
  readonly prompt: Prompt | null;
  /** Lines that were typed in this run, the last one last: a bounded number. */
  readonly typed: Readonly<Record<"search" | "filter", readonly string[]>>;
  readonly overlay: Overlay | null;
  readonly play: Play | null;
  /** How many timers were set: each has its own number. */
  readonly turns: number;
  /** The path of the recording that the next one is compared with. */
  readonly compareWith: string | null;
  /** Paths that are marked for removal. */
  readonly leaving: ReadonlySet<string>;
  /** A bounded number, the last looked at last. */
  readonly bodies: ReadonlyMap<string, Body>;
  readonly peeks: ReadonlyMap<string, Peek>;
  readonly findings: Known<ReadonlyMap<string, readonly Finding[]>>;
  readonly verdicts: Known<ReadonlyMap<string, Judgement>>;
  readonly message: Message | null;
  /** Shell commands that were asked for: printed when the screen is left. */
  readonly commands: readonly string[];
  /** What is browsed, as people know it: the arguments, else the folder; "" where that is not told. */
  readonly folder: string;
  /** The paths and flags that say where recordings are looked for, as they were given. */
  readonly places: readonly string[];
  /** How commands that recctl suggests begin. */
  readonly recctl: string;
  readonly hasColour: boolean;
}

/** What is known from the start. */
export type Start = Pick<State, "size" | "recctl" | "hasColour"> &
  Partial<Pick<State, "folder" | "places" | "filtering">>;

/** Before anything was read. */
export function initial(start: Start): State {
  return {
    folder: "",
    places: [],
    filtering: null,
    ...start,
    tree: { entries: [], broken: [], isRead: false },
    focus: "tests",
    level: "tests",
    isZoomed: false,
    tests: { cursor: "", top: 0, closed: new Set() },
    requests: { cursor: "", top: 0 },
    chunks: { cursor: 0, top: 0 },
    answer: { tab: "conversation", top: 0, line: 0, folds: new Set() },
    filter: null,
    search: null,
    prompt: null,
    typed: { search: [], filter: [] },
    overlay: null,
    play: null,
    turns: 0,
    compareWith: null,
    leaving: new Set(),
    bodies: new Map(),
    peeks: new Map(),
    findings: { is: "unknown" },
    verdicts: { is: "unknown" },
    message: null,
    commands: [],
  };
}
