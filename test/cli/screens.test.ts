import { describe, expect, it } from "vitest";
import { onTerminal } from "./terminal.ts";

/** What a person sees, line by line. After a change that is meant: `npm run golden`. */
const screen = async (columns: number, ...args: string[]): Promise<string> => {
  const terminal = await onTerminal(args, { columns });
  expect(terminal.code).toBe(0);
  return `${terminal.lines().join("\n")}\n`;
};

describe("the screen of", () => {
  it.each([80, 120])("ls on %i columns", async (columns) => {
    await expect(await screen(columns, "ls")).toMatchFileSnapshot(`__snapshots__/screens/ls-${columns}.txt`);
  });

  it("ls --group test on 100 columns", async () => {
    const grouped = await screen(100, "ls", "--group", "test");
    await expect(grouped).toMatchFileSnapshot("__snapshots__/screens/ls-group.txt");
  });

  it.each([
    ["a night watch with tools", "show-tools", "b61dddf3"],
    ["a failure in mid-stream", "show-failure", "3e34e251"],
    ["an answer in every script", "show-scripts", "babfb98e"],
  ])("show of %s, on 80 columns", async (_, name, id) => {
    await expect(await screen(80, "show", id)).toMatchFileSnapshot(`__snapshots__/screens/${name}.txt`);
  });
});
