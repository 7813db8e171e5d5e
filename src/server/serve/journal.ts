import type { JournalEntry } from "./types.ts";

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
