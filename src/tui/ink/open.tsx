import { type Instance, render } from "ink";
import type { Terminal } from "../../io.ts";
import type { Machine } from "../machine.ts";
import { screenOf } from "../views/screen.ts";
import { App } from "./app.tsx";
import "./with-resolvers.ts";

/** A screen that is shown until it is closed. */
export interface Shown {
  /** Settles when it has been left; rejects with what went wrong in it. */
  ended: Promise<unknown>;
  close(): void;
  /** Leaves the terminal to `work`, and comes back. */
  lend(work: () => Promise<void>): Promise<void>;
}

/** How long a frame may wait for the one before it, at most: 8 ms. */
const FRAMES = 120;

/** Shows a machine's state on the alternate screen, and gives it the keys. */
export function showOn(terminal: Terminal, machine: Machine): Shown {
  const draw = () => (
    <App
      lines={screenOf(machine.state)}
      onKey={(key) => machine.key(key)}
      onPaste={(text) => machine.dispatch({ type: "input", text })}
    />
  );
  const instance: Instance = render(draw(), {
    stdin: terminal.input,
    stdout: terminal.output,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    maxFps: FRAMES,
  });
  let isWaiting = false;
  machine.subscribe(() => {
    if (isWaiting) return;
    isWaiting = true;
    // Keys that came together are drawn together.
    setImmediate(() => {
      isWaiting = false;
      instance.rerender(draw());
    });
  });
  terminal.output.on("resize", () => {
    const { columns, rows } = terminal.output;
    machine.dispatch({ type: "resize", size: { columns, rows } });
  });
  return { ended: instance.waitUntilExit(), close: () => instance.unmount(), lend: async (work) => work() };
}
