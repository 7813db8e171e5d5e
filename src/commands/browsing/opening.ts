import { fileBytes, openRecordings } from "../../store/open.ts";
import { flawedBody } from "../../tui/content/excerpt.ts";
import { openBody, peekOf } from "../../tui/state/body.ts";
import type { Body, Peek } from "../../tui/state/state.ts";
import { recordings } from "../../tui/state/tree.ts";
import type { Scanning } from "./scanning.ts";
import { errorLine } from "./told.ts";
import type { World } from "./world.ts";

/** How long the cursor rests before what it is on is read, in milliseconds: a key that is held down comes again sooner. */
const REST = 40;
/** The same for a file of more than so many bytes: reading it keeps keys waiting. */
const REST_BIG = 300;
const BIG = 1_000_000;
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
  private restingBig: NodeJS.Timeout | undefined;
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
    const rest = this.isBig(path) ? REST_BIG : isCalm ? 0 : REST;
    this.resting = setTimeout(() => this.world.dispatch({ type: "opened", body: this.body(path) }), rest);
    this.resting.unref();
  }

  /** Reads what lists tell of recordings, between keys. What is left of those asked for before is let go. */
  peek(paths: readonly string[]): void {
    const now = this.world.context.io.clock();
    const wanted = paths.filter((path) => !this.peeks.has(path));
    const big = new Set(wanted.filter((path) => this.isBig(path)));
    this.left = wanted.filter((path) => !big.has(path)).reverse();
    clearTimeout(this.restingBig);
    // Behind the one that is opened: what was read of it needs not be read again.
    if (big.size > 0) this.restingBig = setTimeout(() => this.peekBig([...big]), REST_BIG + REST).unref();
    if (this.isPeeking || this.left.length === 0) return;
    this.isPeeking = true;
    this.handed = now;
    setImmediate(() => this.peekSome());
  }

  end(): void {
    clearTimeout(this.resting);
    clearTimeout(this.restingBig);
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

  private isBig(path: string): boolean {
    const { at, order } = recordings(this.world.state());
    return (order[at.get(path) ?? -1]?.bytes ?? 0) > BIG;
  }

  /** One big file, and the others each after a rest: a key that comes meanwhile asks anew. */
  private peekBig([path, ...others]: readonly string[]): void {
    if (path === undefined) return;
    this.world.dispatch({ type: "peeked", peeks: new Map([[path, this.peekAt(path)]]) });
    if (others.length > 0) this.restingBig = setTimeout(() => this.peekBig(others), REST).unref();
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
      const body = this.world.state().bodies.get(path);
      if (body) return "recording" in body ? peekOf(body.recording, body) : NOTHING;
      const found = this.read(path);
      return "message" in found ? NOTHING : peekOf(found);
    } catch {
      return NOTHING;
    }
  }
}
