import type { JsonPath } from "../recording/json/locate.ts";
import type { JsonValue } from "../recording/json/value.ts";

/** What changes with every run, whatever anyone asked. */
export type Volatile = "call id" | "uuid" | "date" | "time" | "score" | "path" | "host" | "id";

/** A piece of a text that was recorded, that is asked now, or that is in both. */
export interface WordPiece {
  op: "same" | "add" | "remove";
  text: string;
}

/** A place in the recorded value and in the one that is asked now; null where it is in one of them alone. */
export interface Place {
  from: JsonPath | null;
  to: JsonPath | null;
}

/** One change of a value. All changes of a value together, applied to the recorded one, give the one that is asked now. */
export interface Change extends Place {
  op: "add" | "remove" | "replace" | "move";
  /** What was recorded; undefined for what is added. */
  old: JsonValue | undefined;
  /** What is asked now; undefined for what is removed. */
  now: JsonValue | undefined;
  /** For what it is known; null where it is none of these. */
  volatile: Volatile | null;
  /** Whether names made under today's scheme do not see it. */
  evened: boolean;
  /** Of a text that changed: its words, in order; null where both are no texts, or too long to be compared. */
  words: readonly WordPiece[] | null;
  /** Where the same change is found again: an id and what refers to it later. */
  also: readonly Place[];
}
