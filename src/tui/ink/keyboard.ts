import { Readable } from "node:stream";
import { decode, decodeLate, type Heard, isPasting } from "./decode.ts";

/** How long the rest of a sequence may onText to come, in milliseconds: behind that, Escape was pressed. */
const LATE = 20;
/** The same for a text that is pasted. */
const LATE_PASTE = 1000;

/**
 * The stdin that Ink is given: it sets the raw mode and reads nothing. What people do is read from the terminal while the
 * raw mode is set, mouse and all, and told to `hear`: Ink knows no mouse, and takes keys that came together for a text.
 */
export class Keyboard extends Readable {
  readonly isTTY = true;
  private rest = "";
  private late: NodeJS.Timeout | undefined;
  private isRaw = false;
  private isClosed = false;

  constructor(
    private readonly terminal: NodeJS.ReadStream,
    /** Whether the modes of the terminal may be set: a job in the background would be stopped. */
    private readonly isOurs: () => boolean,
    private readonly hear: (heard: readonly Heard[]) => void,
  ) {
    super({ read: () => undefined });
    terminal.setEncoding("utf8");
  }

  setRawMode(isRaw: boolean): this {
    if (isRaw === this.isRaw || (isRaw && this.isClosed)) return this;
    this.isRaw = isRaw;
    if (isRaw) {
      this.restore();
      this.terminal.on("data", this.onText).resume();
      return this;
    }
    clearTimeout(this.late);
    this.rest = "";
    this.terminal.off("data", this.onText).pause();
    // Else it is for whoever has the terminal, and for Node, which puts back what was there when it ends.
    if (this.isOurs()) this.terminal.setRawMode(false);
    return this;
  }

  /** Listens no more, whatever Ink asks for when a terminal that it lent comes back: that would keep the process alive. */
  close(): void {
    this.setRawMode(false);
    this.isClosed = true;
    this.terminal.unref();
  }

  /** Sets the raw mode where another program may have taken it back. */
  restore(): void {
    if (!this.isRaw || !this.isOurs()) return;
    // Node sets it only where it believes that it is not set.
    this.terminal.setRawMode(false);
    this.terminal.setRawMode(true);
  }

  ref(): this {
    if (!this.isClosed) this.terminal.ref();
    return this;
  }

  unref(): this {
    this.terminal.unref();
    return this;
  }

  private readonly onText = (text: string): void => {
    clearTimeout(this.late);
    const { heard, rest } = decode(this.rest + text);
    this.rest = rest;
    if (rest !== "") {
      const wait = isPasting(rest) ? LATE_PASTE : LATE;
      // What has come in the meantime is read before anything is late.
      this.late = setTimeout(() => setImmediate(() => this.giveUp(rest)), wait);
    }
    this.hear(heard);
  };

  private giveUp(rest: string): void {
    if (this.rest !== rest || !this.isRaw) return;
    this.rest = "";
    this.hear(decodeLate(rest));
  }
}
