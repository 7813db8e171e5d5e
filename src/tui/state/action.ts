import type { Finding } from "../../checks/rule.ts";
import type { Verb } from "../keys.ts";
import type { RemovalPlan } from "./overlay.ts";
import type { Body, Filter, Judgement, Known, Message, Peek, Size, Tree } from "./state.ts";

/** All that can happen: people, the terminal, and what effects found out. */
export type Action =
  | { type: "do"; verb: Verb }
  /** Text for the line that is being typed. */
  | { type: "input"; text: string }
  | { type: "resize"; size: Size }
  /** The mouse wheel, in lines (down is more), over a cell from 0. */
  | { type: "wheel"; by: number; column: number; row: number }
  | { type: "click"; column: number; row: number }
  | { type: "scanned"; tree: Tree }
  | { type: "opened"; body: Body }
  | { type: "peeked"; peeks: ReadonlyMap<string, Peek> }
  | { type: "checked"; findings: Known<ReadonlyMap<string, readonly Finding[]>> }
  | { type: "judged"; verdicts: Known<ReadonlyMap<string, Judgement>> }
  /** `text` tells which search it is of. */
  | { type: "found"; text: string; hits: ReadonlySet<string>; isDone: boolean }
  | { type: "filtered"; filter: Filter | null }
  | { type: "unfiltered"; line: string; why: string }
  | { type: "compared"; old: string; now: string; columns: number; lines: readonly string[] }
  /** What was to be written could not be, under the name that was typed. */
  | { type: "unexported"; path: string; file: string; why: string }
  | { type: "planned"; plan: RemovalPlan }
  /** A plan could not be carried out: nothing was done. */
  | { type: "refused"; plan: RemovalPlan; refusals: readonly string[]; told: string }
  | { type: "removed"; paths: readonly string[]; told: string }
  | { type: "tick"; turn: number }
  | { type: "told"; message: Message }
  /** Paths under which another file lies than was read; `isNews`: the tree was not read since. */
  | { type: "changed"; paths: readonly string[]; isNews?: boolean };
