import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporary } from "../run.ts";
import { HAS_GIT } from "../store/repository.ts";
import { DEFINITIONS } from "./definition-scenes.ts";
import { INDEX } from "./index-scenes.ts";
import { ROOTS } from "./root-scenes.ts";
import { type Document, F, mustBe, pathOf, prune, type Scene, stage } from "./scene.ts";
import { NAMES } from "./source-scenes.ts";

describe("verdicts by test sources", () => {
  it.each([...NAMES, ...DEFINITIONS, ...ROOTS])("$what", async (scene) => {
    await mustBe(scene);
  });

  it("an id without a root is told why, and what is gone where it is missed", async () => {
    const { document } = await mustBe(ROOTS[0] as Scene);
    const says = document.verdicts.map(({ verdict, evidence }) => `${verdict}: ${evidence.map((one) => one.says)}`);
    expect(says).toContainEqual(expect.stringMatching(/^unknown: its test cannot be looked for: no other test under/));
    expect(says).toContain(`test gone: ${F} has no test_z`);
    expect(says).toContain(`used: ${F}:1 has test_y`);
  });

  it("what was remembered of a source holds as long as the source stands as it was", async () => {
    const [first, second] = [`${F}::test_y`, `${F}::test_z`];
    const scene: Scene = {
      what: "",
      files: { [F]: "def test_y(): pass\n" },
      goes: [[second, "test gone"]],
      stays: [[first, "used"]],
    };
    const root = stage(scene);
    const cache = temporary();
    const goes = async (): Promise<string[]> => {
      const { stdout } = await prune(root, ["--json"], { cache });
      return (JSON.parse(stdout) as Document).plan.remove;
    };
    expect([await goes(), await goes()]).toEqual([[pathOf(second)], [pathOf(second)]]);
    writeFileSync(join(root, F), "def test_z(): pass\n");
    expect([await goes(), await goes()]).toEqual([[pathOf(first)], [pathOf(first)]]);
    rmSync(join(root, F));
    expect((await goes()).sort()).toEqual([pathOf(first), pathOf(second)].sort());
    writeFileSync(join(root, F), "def test_y(): pass\n");
    expect(await goes()).toEqual([pathOf(second)]);
  });

  it.skipIf(!HAS_GIT).each(INDEX)("$what (needs git)", async (scene) => {
    await mustBe(scene);
  });
});
