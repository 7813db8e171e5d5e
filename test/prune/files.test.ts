import { describe, it } from "vitest";
import { BROKEN, LINKS, SHARED } from "./file-scenes.ts";
import { KEPT, NAMES } from "./name-scenes.ts";
import { mustBe } from "./scene.ts";

describe("verdicts by the file itself, and by what was said of it", () => {
  it.each([...SHARED, ...BROKEN, ...LINKS])("files: $what", async (scene) => {
    await mustBe(scene);
  });

  it.each(NAMES)("names: $what", async (scene) => {
    await mustBe(scene);
  });

  it.each(KEPT)("kept: $what", async (scene) => {
    await mustBe(scene);
  });
});
