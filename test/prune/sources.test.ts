import { describe, it } from "vitest";
import { HAS_GIT } from "../store/repository.ts";
import { DEFINITIONS } from "./definition-scenes.ts";
import { INDEX } from "./index-scenes.ts";
import { ROOTS } from "./root-scenes.ts";
import { mustBe } from "./scene.ts";
import { NAMES } from "./source-scenes.ts";

describe("verdicts by test sources", () => {
  it.each([...NAMES, ...DEFINITIONS, ...ROOTS])("$what", async (scene) => {
    await mustBe(scene);
  });

  it.skipIf(!HAS_GIT).each(INDEX)("$what (needs git)", async (scene) => {
    await mustBe(scene);
  });
});
