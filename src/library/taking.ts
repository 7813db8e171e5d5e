import type { JournalFile } from "../commands/serving/journal-file.ts";
import { type JournalEntry, journalLine } from "../server/serve/index.ts";
import type * as Public from "./public.d.ts";

type Take = (entry: Public.JournalEntry) => unknown;

/** Hands entries to the journal that a caller wants. What fails there keeps no request from its answer: it is told at the end. */
export class Taking {
  private failed: { readonly first: unknown; count: number } | null = null;
  private readonly pending = new Set<Promise<unknown>>();

  constructor(
    private readonly file: JournalFile | null,
    private readonly told: Take | null,
  ) {}

  take(entry: JournalEntry): void {
    try {
      this.file?.add(entry);
      if (this.told) this.later(this.told(JSON.parse(journalLine(entry))));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends the file, and waits for functions that are not done yet. @throws Error with the first thing that failed as its cause */
  async settled(): Promise<void> {
    try {
      this.file?.close();
    } catch (error) {
      this.fail(error);
    }
    await Promise.all(this.pending);
    if (!this.failed) return;
    const { first, count } = this.failed;
    const of = count === 1 ? "for one request" : `for ${count} requests`;
    const why = first instanceof Error ? first.message : String(first);
    const what = this.told ? `the journal function threw ${of}: ${why}` : `the journal ${why} (${of})`;
    throw new Error(`recctl: ${what}`, { cause: first });
  }

  private later(given: unknown): void {
    if (typeof (given as PromiseLike<unknown> | null | undefined)?.then !== "function") return;
    const done: Promise<unknown> = Promise.resolve(given)
      .catch((error) => this.fail(error))
      .finally(() => this.pending.delete(done));
    this.pending.add(done);
  }

  private fail(error: unknown): void {
    if (this.failed) this.failed.count++;
    else this.failed = { first: error, count: 1 };
  }
}
