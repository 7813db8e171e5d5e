import { expect } from "vitest";
import type { OnTerminal } from "../cli/terminal.ts";

/** Holds what a terminal shows, text and looks, against `__goldens__/`. After a change that is meant: `npm run golden`. */
export async function golden(name: string, terminal: OnTerminal): Promise<void> {
  const { text, looks } = terminal.planes();
  const rule = "=".repeat(terminal.columns);
  const told = [rule, ...text, rule, ...looks, ""].join("\n");
  await expect(told).toMatchFileSnapshot(`__goldens__/${name}-${terminal.columns}x${terminal.rows}.txt`);
}
