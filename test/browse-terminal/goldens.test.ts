import { describe, it } from "vitest";
import { Browsing } from "./browsing.ts";
import { golden } from "./golden.ts";
import { SCENES, SIZES } from "./scenes.ts";
import { seaside } from "./seaside.ts";

describe.each(SIZES)("on %i by %i cells", (columns, rows) => {
  it.each(SCENES)("$name", async ({ name, keys }) => {
    const browsing = new Browsing(seaside(), { columns, rows });
    await browsing.agree();
    for (const one of keys) {
      if (typeof one === "string") await browsing.type(one);
      else await browsing.type(one.keys, one.until);
    }
    await golden(name, browsing.terminal);
  });
});

it("too small for anything: it says so", async () => {
  const browsing = new Browsing(seaside(), { columns: 39, rows: 9 });
  await browsing.agree();
  await golden("too-small", browsing.terminal);
});
