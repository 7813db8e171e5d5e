import { symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { started } from "../cli/process.ts";
import { BROKEN, LINKS, SHARED } from "./file-scenes.ts";
import { KEPT, NAMES } from "./name-scenes.ts";
import { type Document, mustBe, pathOf, rowsOf, type Scene, stage } from "./scene.ts";

describe("verdicts by the file itself, and by what was said of it", () => {
  it.each([...SHARED, ...BROKEN, ...LINKS])("files: $what", async (scene) => {
    await mustBe(scene);
  });

  it("of a link it says what it is, of what it leads to that it does", async () => {
    const { document } = await mustBe(LINKS[0] as Scene);
    const says = document.verdicts.flatMap(({ evidence }) => evidence.map((one) => one.says));
    expect(says).toContain("a link: the file it leads to is what counts");
    expect(says).toContainEqual(expect.stringMatching(/^the link tests\/a\/recordings\/1{64}\.json leads to it$/));
  });

  it("the same where the tree is reached by a link", async () => {
    const root = stage(LINKS[0] as Scene);
    const alias = `${root}-alias`;
    symlinkSync(root, alias);
    const { stdout, code } = await started(["-C", alias, "prune", "--json"]).read().ended;
    const { plan, verdicts } = JSON.parse(stdout) as Document;
    const rows = rowsOf(LINKS[0] as Scene).map(([row, verdict]) => [pathOf(row), verdict]);
    expect(Object.fromEntries(verdicts.map(({ path, verdict }) => [path, verdict]))).toEqual(Object.fromEntries(rows));
    expect([plan.remove.length, code]).toEqual([1, 1]);
  });

  it.each(NAMES)("names: $what", async (scene) => {
    await mustBe(scene);
  });

  it.each(KEPT)("kept: $what", async (scene) => {
    await mustBe(scene);
  });
});
