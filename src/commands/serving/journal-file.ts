import { UserError } from "../../errors.ts";
import { type JournalEntry, journalLine, lossLine } from "../../server/serve/index.ts";
import { appendLines, type Lines, lastOf } from "../../store/lines.ts";
import { isJournalLine } from "../../usage/runs/journal.ts";
import type { Context } from "../command.ts";

const FACTS = {
  cut: "was emptied, or cut short, while it was written: lines are missing in it",
  elsewhere: "was moved, removed or replaced while it was written: lines are missing in it",
} as const;

/**
 * Opens a file that lines of a journal are appended to: a new one, or a journal. `other` is how another file is named.
 * @throws UserError where something else stands there, or it cannot be written
 */
export function openJournal(context: Context, path: string, other: string): JournalFile {
  run ??= `${context.io.pid.toString(36).padStart(5, "0")}-${context.io.now().toString(36)}`;
  return new JournalFile(path, () => openLines(context, path, other), context.io.now, run);
}

/** What this process is called in journals, however many it writes. */
let run: string | undefined;

/** `isOpen`: its last line has no newline, and is whole: whoever wrote it could not write another. */
interface Opened {
  readonly lines: Lines;
  readonly isOpen: boolean;
}

function openLines(context: Context, path: string, other: string): Opened {
  const { kind, lines } = lastOf(context, path);
  const refused = (fact: string): UserError => new UserError(fact, { place: path, remedy: other });
  if (kind !== null) throw refused(`a journal is a file, and this is ${kind}`);
  const isOurs = (line: string, at: number): boolean =>
    line.trim() === "" || isJournalLine(line) || (at === lines.length - 1 && CUT.test(line));
  if (!lines.every(isOurs)) throw refused("this file is no journal of recctl: nothing is appended to it");
  const last = lines.at(-1) ?? "";
  return { lines: appendLines(context, path), isOpen: last.trim() !== "" && isJournalLine(last) };
}

/** How a line begins that a run which was killed left behind the last newline. */
const CUT = /^\{"time":"\d{4}-/;

/**
 * A journal that is written. Where lines are missing in it, the next one that gets through has a mark before it, and until then the
 * file ends without a newline: who reads it must not take silence for an answer.
 */
export class JournalFile {
  private lines: Lines;
  private lost = 0;
  /** What was written since it was opened. */
  private written = 0;
  /** What stands before the next line. */
  private lead = "";
  private isClosed = false;

  constructor(
    private readonly path: string,
    private readonly open: () => Opened,
    private readonly now: () => number,
    private readonly run: string,
  ) {
    this.lines = this.opened();
  }

  /** @throws UserError where the line, or one that was written before, is not there */
  add(entry: JournalEntry): void {
    const line = journalLine(entry, this.run);
    let gone: keyof typeof FACTS | null;
    try {
      gone = this.lines.gone();
      if (gone !== null) this.miss();
      if (gone === "elsewhere") this.again();
      this.lines.add(this.lost > 0 ? `${this.lead}${this.mark()}\n${line}` : line);
    } catch (error) {
      this.lost++;
      this.lead = this.lines.unend() ? "\n" : "";
      throw error;
    }
    this.lost = 0;
    this.lead = "";
    this.written++;
    if (gone !== null) throw this.told(gone);
  }

  /** @throws UserError where lines are missing of which nobody was told */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const gone = this.lines.gone();
    if (gone !== null) this.miss();
    try {
      if (this.lost > 0) this.lines.add(this.lead + this.mark());
    } catch (error) {
      // It ends without a newline, and that was told.
      if (!(error instanceof UserError)) throw error;
    } finally {
      this.lines.close();
    }
    if (gone !== null) throw this.told(gone);
  }

  private mark(): string {
    return lossLine(this.lost, this.now());
  }

  private told(gone: keyof typeof FACTS): UserError {
    return new UserError(FACTS[gone], { place: this.path });
  }

  /** What was written, or what was there before, is not in the file that has the name. */
  private miss(): void {
    this.lost += Math.max(1, this.written);
    this.written = 0;
    this.lead = "";
  }

  private opened(): Lines {
    const { lines, isOpen } = this.open();
    if (isOpen) {
      this.lost++;
      this.lead = "\n";
    }
    return lines;
  }

  /** Goes on in the file that has the name now. What has another name by now lacks all that comes. */
  private again(): void {
    const next = this.opened();
    try {
      this.lines.add(lossLine(1, this.now()));
    } catch {
      // Nobody may ever look at it again.
    }
    this.lines.close();
    this.lines = next;
  }
}
