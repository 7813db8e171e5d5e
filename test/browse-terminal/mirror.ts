import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { performer } from "../../src/commands/browsing/perform.ts";
import { programs } from "../../src/commands/browsing/programs.ts";
import type { Context } from "../../src/commands/command.ts";
import { type Io, processIo, type Terminal } from "../../src/io.ts";
import { decode, decodeLate } from "../../src/tui/ink/decode.ts";
import { tell } from "../../src/tui/ink/hear.ts";
import type { Shown } from "../../src/tui/ink/open.tsx";
import { pinned } from "../../src/tui/ink/row.ts";
import { Machine } from "../../src/tui/machine.ts";
import type { Action } from "../../src/tui/state/action.ts";
import { needsOf } from "../../src/tui/state/needs.ts";
import { initial, type Size, type State } from "../../src/tui/state/state.ts";
import { screenOf } from "../../src/tui/views/screen.ts";
import { drawn, type Planes } from "../cli/planes.ts";
import { ROOT, temporary } from "../run.ts";

/** As the command has it beside itself. */
const THREAD = pathToFileURL(join(ROOT, "dist/browse-thread.js"));

/** A terminal on which nothing is shown, and from which every program comes back at once. */
const NOWHERE = { run: async () => 0, stop: () => undefined } as unknown as Terminal;
const UNSEEN: Shown = {
  ended: new Promise(() => undefined),
  close: () => undefined,
  lend: async (work) => work(),
  redraw: () => undefined,
  send: () => undefined,
};

/** How it is begun: with which arguments, and with which filter as a line. */
interface Begun {
  args?: string[];
  filtering?: string | null;
  hasColour?: boolean;
}

/**
 * The same machine as in the command, here, where its state can be seen: given the same keys, it tells when there is
 * nothing left to wait for, and what the screen must then show.
 */
export class Mirror {
  readonly machine: Machine;
  private readonly start: State;
  /** For how many columns a comparison is being made: what is shown meanwhile is of other ones. */
  private comparing: number | null = null;

  constructor(cwd: string, size: Size, { args = [], filtering = null, hasColour = true }: Begun = {}) {
    const env = { RECCTL_CACHE_DIR: temporary() };
    const io: Io = Object.defineProperty(Object.create(processIo()) as Io, "env", { value: env });
    const context: Context = { io, cwd, recctl: "recctl", verb: "browse" };
    const dispatch = (action: Action): void => {
      if (action.type === "compared" && action.columns === this.comparing) this.comparing = null;
      this.machine.dispatch(action);
    };
    const perform = performer(args, {} as never, context, dispatch, () => this.machine.state, THREAD);
    const onTerminal = programs(NOWHERE, UNSEEN, context, dispatch);
    this.start = initial({ size, folder: args.join(" ") || cwd, filtering, recctl: "recctl", hasColour });
    this.machine = new Machine(this.start, (effect, state) => {
      if (effect.type === "compare") this.comparing = effect.columns;
      if (!onTerminal(effect, state)) perform(effect, state);
    });
    perform({ type: "scan" }, this.start);
  }

  /** Keys as a terminal sends them, together. */
  type(text: string): void {
    const { heard, rest } = decode(text);
    for (const one of [...heard, ...decodeLate(rest)]) tell(this.machine, one);
  }

  resize(columns: number, rows: number): void {
    this.machine.dispatch({ type: "resize", size: { columns, rows } });
  }

  /** Resolves when `holds`, and nothing more is about to come from the disk. */
  settled(holds: (state: State) => boolean = () => true): Promise<void> {
    return new Promise((done) => {
      const check = (): void => {
        if (this.isSettled() && holds(this.machine.state)) done();
      };
      this.machine.subscribe(check);
      check();
    });
  }

  private isSettled(): boolean {
    const { state } = this.machine;
    const { tree, findings, verdicts, search, filtering, overlay } = state;
    if (overlay?.shows === "compare" && this.comparing !== null) return false;
    if (!tree.isRead || needsOf(this.start, state).effects.length > 0) return false;
    if (findings.is === "asked" || verdicts.is === "asked" || search?.isDone === false || filtering !== null)
      return false;
    return !(overlay && (("lines" in overlay && !overlay.lines) || ("plan" in overlay && !overlay.plan)));
  }

  /** What the screen must show. */
  planes(): Promise<Planes> {
    const { size } = this.machine.state;
    return drawn(screenOf(this.machine.state).map(pinned), size);
  }
}
