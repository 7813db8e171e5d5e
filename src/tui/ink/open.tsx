import { type Instance, render } from "ink";
import type { Terminal } from "../../io.ts";
import type { Machine } from "../machine.ts";
import { sizeOf } from "../size.ts";
import { screenOf } from "../views/screen.ts";
import { App, type Lend } from "./app.tsx";
import type { Heard } from "./decode.ts";
import { tell } from "./hear.ts";
import { Keyboard } from "./keyboard.ts";
import { BLANK, LEAVE, modesOf } from "./modes.ts";
import "./with-resolvers.ts";

/** A screen that is shown until it is closed. */
export interface Shown {
  /** Settles when it has been left; rejects with what went wrong while it was shown. */
  ended: Promise<unknown>;
  /** Gives the terminal back as it was. */
  close(): void;
  /** Leaves the terminal to `work`, and comes back. What `work` does before it waits is done at once. */
  lend(work: () => void | Promise<void>): Promise<void>;
  /** Draws everything anew, whatever the terminal shows. */
  redraw(): void;
  /** Tells the terminal something that leaves no trace on the screen. */
  send(text: string): void;
}

/** Ink draws from where the cursor stands, which may be behind a prompt or the `^C` that a terminal shows. */
const AT_MARGIN = "\r";

/** How long a frame may wait for the one before it, at most: 8 ms. */
const FRAMES = 120;

/** Shows a machine's state on the alternate screen, and tells it what people do. */
export function showOn(terminal: Terminal, machine: Machine, { hasMouse }: { hasMouse: boolean }): Shown {
  const { input, output } = terminal;
  const modes = modesOf(hasMouse);
  const hear = (heard: readonly Heard[]): void => {
    for (const one of heard) if (isOpen) tell(machine, one);
  };
  const keyboard = new Keyboard(input, terminal.isOurs, hear);
  let isOpen = true;
  let isLent = false;
  let isResized = false;
  let suspend: Lend = async (work) => work();
  let fail: (error: unknown) => void = () => undefined;

  const send = (text: string): void => void output.write(text);
  const onShown = (lend: Lend): (() => void) => {
    suspend = lend;
    send(modes.on);
    return () => send(modes.off);
  };
  const giveBack = (): void => {
    keyboard.setRawMode(false);
    send(modes.off + LEAVE);
  };
  const draw = () => <App lines={screenOf(machine.state)} onShown={onShown} />;
  terminal.watch({
    failed: (error) => fail(error),
    stopping: (stop) => {
      if (isLent || !isOpen) void stop();
      else void lend(stop);
    },
    continued: () => {
      if (isLent || !isOpen) return;
      if (!terminal.isOurs()) return void lend(terminal.waitForTerminal);
      keyboard.restore();
      measure();
      redraw();
    },
    // Of a size that is the same again the stream tells nothing.
    resized: () => {
      if (!isResized) redraw();
      isResized = false;
    },
  });
  // Before the first frame: who sees one types, and Ink would listen only behind it. Nobody is heard before this is done.
  keyboard.setRawMode(true);
  send(modes.on + AT_MARGIN);
  const heardBefore = output.listeners("resize");
  let instance: Instance;
  try {
    instance = render(draw(), {
      // What Ink uses of stdin is there.
      stdin: keyboard as unknown as NodeJS.ReadStream,
      stdout: output,
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
      // In CI too: the terminal is one that people look at.
      interactive: true,
      isScreenReaderEnabled: false,
      maxFps: FRAMES,
    });
  } catch (error) {
    giveBack();
    keyboard.close();
    throw error;
  }

  /** Takes the size that the terminal has now: it may have got it while another job had the terminal. */
  const measure = (): void => {
    terminal.measure();
    // No signal comes behind this.
    isResized = false;
  };
  const redraw = (): void => {
    if (!isOpen || isLent) return;
    send(BLANK + modes.on);
    instance.clear();
    instance.rerender(draw());
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    output.off("resize", resized);
    try {
      instance.unmount();
    } catch {
      giveBack();
    }
    keyboard.close();
  };
  const lend = async (work: () => void | Promise<void>): Promise<void> => {
    if (isLent) return work();
    isLent = true;
    const { size } = machine.state;
    send(modes.off);
    try {
      await suspend(async () => {
        await work();
        measure();
        send(AT_MARGIN);
      });
    } finally {
      isLent = false;
      // Ink has drawn what was shown before.
      if (machine.state.size !== size) redraw();
      else if (isOpen) {
        send(modes.on);
        instance.rerender(draw());
      }
    }
  };
  const resized = (): void => {
    machine.dispatch({ type: "resize", size: sizeOf(output) });
    redraw();
    isResized = true;
  };
  // Ink would clear what is drawn here, and draw it once more.
  for (const listener of output.listeners("resize")) {
    if (!heardBefore.includes(listener)) output.off("resize", listener as () => void);
  }
  output.on("resize", resized);

  let isWaiting = false;
  machine.subscribe(() => {
    if (isWaiting) return;
    isWaiting = true;
    // Keys that came together are drawn together.
    setImmediate(() => {
      isWaiting = false;
      if (isOpen && !isLent) instance.rerender(draw());
    });
  });

  const ended = new Promise<unknown>((resolve, reject) => {
    fail = (error) => {
      if (!isOpen) return;
      close();
      reject(error);
    };
    instance.waitUntilExit().then(resolve, (error: unknown) => {
      close();
      reject(error);
    });
  });
  const redrawAnew = (): void => {
    measure();
    redraw();
  };
  return { ended, close, lend, redraw: redrawAnew, send };
}
