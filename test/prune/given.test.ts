import { describe, it } from "vitest";
import { HAS_GIT } from "../store/repository.ts";
import { PROJECTS_ALIKE, WRITTEN } from "./alike-scenes.ts";
import { COLLECTIONS, OTHERWISE } from "./collected-scenes.ts";
import { LISTS, RUNS } from "./run-scenes.ts";
import { mustBe, type Scene } from "./scene.ts";

const where = (scenes: readonly Scene[], git: boolean): Scene[] =>
  scenes.filter((scene) => (scene.git !== undefined) === git);
const BY_COLLECTIONS = [...COLLECTIONS, ...OTHERWISE, ...WRITTEN];

describe("verdicts by what is given", () => {
  it.each(where(BY_COLLECTIONS, false))("collections: $what", async (scene) => {
    await mustBe(scene);
  });

  it.skipIf(!HAS_GIT).each(where(BY_COLLECTIONS, true))("collections: $what (needs git)", async (scene) => {
    await mustBe(scene);
  });

  it.each(where(PROJECTS_ALIKE, false))("projects alike: $what", async (scene) => {
    await mustBe(scene);
  });

  it.skipIf(!HAS_GIT).each(where(PROJECTS_ALIKE, true))("projects alike: $what (needs git)", async (scene) => {
    await mustBe(scene);
  });

  it.each([...RUNS, ...LISTS])("runs: $what", async (scene) => {
    await mustBe(scene);
  });
});
