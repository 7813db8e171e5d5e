import { fileBytes, openRecordings } from "../../store/open.ts";
import { flawedBody } from "../../tui/content/excerpt.ts";
import { openBody, peekOf } from "../../tui/state/body.ts";
import type { Body, Peek } from "../../tui/state/state.ts";
import type { Scanning } from "./scanning.ts";
import { errorLine } from "./told.ts";
import type { World } from "./world.ts";

/** How long the cursor rests before what it is on is read, in milliseconds: a key that is held down comes again sooner. */
const REST = 40;
/** How long nothing was asked for before the next is read at once. */
const CALM = 150;
/** How long reading may keep a key waiting, and how often what was read is handed on. */
const SLICE = 5;
const EVERY = 60;

/** What is told of a recording that cannot be read: it is not asked for again and again. */
const NOTHING: Peek = { turns: 0, length: 0, opening: "", tools: [] };

/** Reads recordings that are looked at. */
export class Opening {
  private readonly read: ReturnType<typeof openRecordings>;
  private resting: NodeJS.Timeout | undefined;
  private asked = Number.NEGATIVE_INFINITY;
  private left: string[] = [];
  private isPeeking = false;
  /** What was read and is not handed on yet. */
  private peeks = new Map<string, Peek>();
  private handed = 0;

  constructor(
    private readonly world: World,
    private readonly scanning: Scanning,
  ) {
    this.read = openRecordings(world.context);
  }

  /** Reads a recording: at once after a while without any, else once the cursor rests. */
  open(path: string): void {
    const now = this.world.context.io.clock();
    const isCalm = now - this.asked > CALM;
    this.asked = now;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.world.dispatch({ type: "opened", body: this.body(path) }), isCalm ? 0 : REST);
    this.resting.unref();
  }

  /** Reads what lists tell of recordings, between keys. What is left of those asked for before is let go. */
  peek(paths: readonly string[]): void {
    this.left = paths.filter((path) => !this.peeks.has(path)).reverse();
    if (this.isPeeking) return;
    this.isPeeking = true;
    this.handed = this.world.context.io.clock();
    setImmediate(() => this.peekSome());
  }

  end(): void {
    clearTimeout(this.resting);
    this.left = [];
  }

  private body(path: string): Body {
    this.scanning.opening(path);
    try {
      const found = this.read(path);
      if (!("message" in found)) return openBody(path, found, found.bytes);
      return flawedBody(path, found, this.textOf(path));
    } catch (error) {
      return { path, flaw: { line: 1, column: 1, message: errorLine(error) } };
    }
  }

  /** The text of a file that is no recording; of one that cannot be read at all, none. */
  private textOf(path: string): string {
    try {
      return fileBytes(this.world.context, path).toString("utf8");
    } catch {
      return "";
    }
  }

  private peekSome(): void {
    const { io } = this.world.context;
    const began = io.clock();
    do {
      const path = this.left.pop();
      if (path !== undefined) this.peeks.set(path, this.peekAt(path));
    } while (this.left.length > 0 && io.clock() - began < SLICE);
    this.isPeeking = this.left.length > 0;
    if (this.isPeeking) setImmediate(() => this.peekSome());
    if (this.isPeeking && io.clock() - this.handed < EVERY) return;
    const { peeks } = this;
    this.peeks = new Map();
    this.handed = io.clock();
    // What this makes the machine ask for comes in its turn.
    if (peeks.size > 0) this.world.dispatch({ type: "peeked", peeks });
  }

  private peekAt(path: string): Peek {
    try {
      const found = this.read(path);
      return "message" in found ? NOTHING : peekOf(found);
    } catch {
      return NOTHING;
    }
  }
}
