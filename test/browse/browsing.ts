import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished } from "vitest";
import { type Performer, performer } from "../../src/commands/browsing/perform.ts";
import type { SelectionOptions } from "../../src/commands/selection.ts";
import type { Io } from "../../src/io.ts";
import type { Action } from "../../src/tui/state/action.ts";
import type { Effect } from "../../src/tui/state/effect.ts";
import { initial, type State } from "../../src/tui/state/state.ts";
import { environment } from "../cli/process.ts";
import { ROOT } from "../run.ts";

type Of<Type extends Action["type"]> = Extract<Action, { type: Type }>;

/** Threads are those of the bundle. */
const THREAD = pathToFileURL(join(ROOT, "dist/browse-thread.js"));

/** A performer on real files, and what it dispatches. The state keeps what effects look at, and no more. */
export class Browsing {
  readonly actions: Action[] = [];
  state: State = initial({ size: { columns: 120, rows: 40 }, recctl: "recctl", hasColour: false });
  /** What was written to the terminal past the screen. */
  written = "";
  readonly perform: Performer;
  private readonly waiting = new Set<() => void>();

  constructor(cwd: string, args: readonly string[] = [], options: SelectionOptions = {}, env = environment()) {
    const context = { io: this.io(cwd, env), cwd, recctl: "recctl", verb: "browse" };
    this.perform = performer(
      args,
      options,
      context,
      (action) => this.dispatch(action),
      () => this.state,
      THREAD,
    );
    onTestFinished(() => {
      this.perform.end();
      expect(this.written).toBe("");
    });
  }

  /** Carries out an effect, and waits for what it leads to: the next action of a type that fits. */
  async does<Type extends Action["type"]>(
    effect: Effect,
    type: Type,
    fits: (action: Of<Type>) => boolean = () => true,
  ): Promise<Of<Type>> {
    const next = this.next(type, fits);
    this.perform(effect, this.state);
    return next;
  }

  /** The next action of a type that fits. */
  next<Type extends Action["type"]>(type: Type, fits: (action: Of<Type>) => boolean = () => true): Promise<Of<Type>> {
    let from = this.actions.length;
    return new Promise((done) => {
      const look = (): void => {
        for (; from < this.actions.length; from++) {
          const action = this.actions[from] as Action;
          if (action.type !== type || !fits(action as Of<Type>)) continue;
          this.waiting.delete(look);
          done(action as Of<Type>);
          return;
        }
      };
      this.waiting.add(look);
    });
  }

  /** The tree as it is read now. */
  scan = (): Promise<Of<"scanned">> => this.does({ type: "scan" }, "scanned");

  paths = (): string[] => this.state.tree.entries.map(({ path }) => path).sort();

  private dispatch(action: Action): void {
    this.actions.push(action);
    if (action.type === "scanned") this.state = { ...this.state, tree: action.tree };
    if (action.type === "filtered") this.state = { ...this.state, filter: action.filter };
    if (action.type === "judged") this.state = { ...this.state, verdicts: action.verdicts };
    if (action.type === "opened") {
      this.state = { ...this.state, bodies: new Map([...this.state.bodies, [action.body.path, action.body]]) };
    }
    for (const look of [...this.waiting]) look();
  }

  private io(cwd: string, env: Record<string, string>): Io {
    const out = {
      terminal: true,
      colour: true,
      columns: 80,
      write: async (text: string | Uint8Array) => {
        this.written += text;
      },
    };
    return {
      argv: [],
      env,
      cwd,
      pid: process.pid,
      stdout: out,
      stderr: out,
      stdin: async () => Buffer.alloc(0),
      terminal: async () => null,
      now: () => Date.now(),
      clock: () => performance.now(),
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      until: (work) => work,
      run: () => Promise.reject(new Error("nothing is run here")),
      breathe: () => undefined,
      hearHangup: () => undefined,
      isAlive: () => true,
    };
  }
}
