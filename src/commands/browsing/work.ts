import type { Finding } from "../../checks/rule.ts";
import type { Judgement } from "../../tui/state/state.ts";
import type { SelectionOptions } from "../selection.ts";

/** The recordings that browse shows, as it was told to choose them. */
export interface Chosen {
  args: readonly string[];
  options: SelectionOptions;
}

/** What threads do: what each is asked, what it tells on its way, and what it gives in the end. */
export interface Work {
  check: { asks: Chosen; tells: never; gives: ReadonlyMap<string, readonly Finding[]> };
  judge: { asks: Chosen; tells: never; gives: ReadonlyMap<string, Judgement> };
  search: Searched;
  compare: { asks: Comparing; tells: never; gives: readonly string[] };
}
export type Kind = keyof Work;

/** In which of the paths any of the texts was asked or answered. */
interface Searched {
  asks: { texts: readonly string[]; paths: readonly string[] };
  tells: readonly string[];
  gives: null;
}

/** Two recordings by path, and where what changed between them is shown. */
export interface Comparing {
  old: string;
  now: string;
  columns: number;
  hasColour: boolean;
}

/** What a thread is started with. */
export interface Started<K extends Kind = Kind> {
  does: K;
  asks: Work[K]["asks"];
  /** Absolute. */
  cwd: string;
  recctl: string;
}

/** What a thread tells. */
export type Told<K extends Kind = Kind> =
  | { tells: Work[K]["tells"] }
  | { gives: Work[K]["gives"] }
  /** In one line, for people. */
  | { failed: string };
