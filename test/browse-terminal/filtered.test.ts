import { expect, it } from "vitest";
import { recctlOnTerminal } from "../cli/terminal.ts";
import { shown } from "./browsing.ts";
import { seaside } from "./seaside.ts";

it.each([[["-t", "high"]], [["--failed"]], [["--streaming"]]])("what browse %s shows first is read", async (args) => {
  const terminal = recctlOnTerminal(["browse", ...args], { cwd: seaside(), columns: 160, rows: 48 });
  await shown(terminal, `filter ${args.join(" ")}`);
  terminal.type("l");
  await shown(terminal, "── user");
  terminal.type("q");
  expect(await terminal.ended).toEqual({ code: 0 });
});
