import { appendFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recctl } from "../run.ts";
import { shown } from "./browsing.ts";
import { opened } from "./open.ts";
import { seaside } from "./seaside.ts";

const B1 = "recordings/b1";

it("what the answer shows is marked, a change before y is told whole, and what came back afterwards, too", async () => {
  const cwd = seaside();
  const file = readdirSync(join(cwd, "recordings"))
    .map((name) => `recordings/${name}`)
    .find((path) => path.startsWith(B1));
  const terminal = await opened({ cwd, columns: 120 });
  terminal.type("\r\r\rd");
  await shown(terminal, "1 recording marked: D reviews");
  terminal.type("D");
  await shown(terminal, "y removes them");
  appendFileSync(join(cwd, file ?? ""), " ");
  terminal.type("y");
  await shown(terminal, "has changed: D plans anew");
  await shown(terminal, `cannot be done: ${file}: changed`);
  terminal.type("D");
  await shown(terminal, "y removes them");
  terminal.type("y");
  await shown(terminal, "1 recording removed: ");
  await shown(terminal, "6 recordings");
  expect((await recctl(["undo"], { cwd })).stdout).toContain("1 brought back");
  await shown(terminal, "the tree changed: 1 new");
  expect(terminal.planes().text.join("\n")).not.toContain("removed");
  terminal.type("q");
  await terminal.ended;
});

it("a file that is gone before y is told to be gone", async () => {
  const cwd = seaside();
  const file = readdirSync(join(cwd, "recordings")).find((name) => `recordings/${name}`.startsWith(B1)) ?? "";
  const terminal = await opened({ cwd, columns: 120 });
  terminal.type("d");
  await shown(terminal, "1 recording marked");
  terminal.type("D");
  await shown(terminal, "y removes them");
  rmSync(join(cwd, "recordings", file));
  terminal.type("y");
  await shown(terminal, "is gone: D plans anew");
  await shown(terminal, `cannot be done: recordings/${file}: gone`);
  terminal.type("D");
  await shown(terminal, "nothing is marked for removal");
  terminal.type("q");
  await terminal.ended;
});
