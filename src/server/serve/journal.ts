import type { Jsonable } from "../../recording/json/write.ts";
import { STRICT, writeJson } from "../../recording/json/write.ts";
import type { JournalEntry } from "./types.ts";

/**
 * An entry as the journal has it: JSON on one line, without its end. A request keeps its order and its digits. `run` is the process
 * that writes it, of which several append to one file.
 */
export const journalLine = (entry: JournalEntry, run?: string): string =>
  writeJson({ ...entry, ...(run !== undefined && { run }) } as unknown as Jsonable, STRICT);

/** What stands in a journal where lines are missing that could not be written, or are gone: about how many. */
export const lossLine = (lost: number, time: number): string =>
  JSON.stringify({ time: new Date(time).toISOString(), lost });

/** How many lines are kept in memory. */
const MOST = 5_000;

/** The last lines of the journal, for who asks the server. */
export class Memory {
  private entries: JournalEntry[] = [];
  private forgotten = 0;

  add(entry: JournalEntry): void {
    this.entries.push(entry);
    if (this.entries.length < 2 * MOST) return;
    this.forgotten += this.entries.length - MOST;
    this.entries = this.entries.slice(-MOST);
  }

  /** How many came before those that are told. */
  told(): { entries: readonly JournalEntry[]; forgotten: number } {
    const over = Math.max(0, this.entries.length - MOST);
    return { entries: this.entries.slice(over), forgotten: this.forgotten + over };
  }

  reset(): void {
    this.entries = [];
    this.forgotten = 0;
  }
}
