import { expect, it } from "vitest";
import { shown } from "./browsing.ts";
import { opened } from "./open.ts";
import { DOWN, ENTER, ESCAPE, UP } from "./scenes.ts";

it("what was searched for comes back with ↑, and Esc at the outermost takes the search back", async () => {
  const terminal = await opened();
  terminal.type(`/water${ENTER}`);
  await shown(terminal, "/water");
  terminal.type(`/fog${ENTER}`);
  await shown(terminal, "/fog");
  expect(terminal.planes().text[0]).not.toContain("/water");
  terminal.type(`/tide${UP}${UP}${DOWN}${UP}${ENTER}`);
  await shown(terminal, "/water");
  terminal.type(`g${ESCAPE}`);
  await shown(terminal, "▸");
  terminal.type(ESCAPE);
  await shown(terminal, "the search is taken back");
  expect(terminal.planes().text.join("\n")).not.toContain("/water");
  terminal.type("q");
  expect(await terminal.ended).toEqual({ code: 0 });
});
