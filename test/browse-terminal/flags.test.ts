import { expect, it } from "vitest";
import { Browsing } from "./browsing.ts";
import { seaside } from "./seaside.ts";

const SIZE = { columns: 100, rows: 20 };

/** browse with flags, once nothing more is about to come. */
async function begun(flags: string[], args: string[] = []): Promise<Browsing> {
  const browsing = new Browsing(seaside(), SIZE, { args, flags });
  await browsing.agree();
  return browsing;
}

const text = ({ terminal }: Browsing): string => terminal.planes().text.join("\n");

it("flags of the command line are the filter: it is shown, changed and taken away", async () => {
  const browsing = await begun(["-t", "high water"]);
  expect(text(browsing)).toContain("no recording fits the filter -t 'high water'");
  expect(text(browsing)).toContain("It hides 7 recordings, and 1 file that cannot be read.");
  await browsing.type("f\u007f\u007f\u007f\u007f\u007f\u007f\u007f*water'\r");
  expect(text(browsing)).toContain("2 of 7 recordings");
  expect(text(browsing)).toContain("filter -t 'high*water'");
  await browsing.type("F");
  expect(text(browsing)).toContain("7 recordings");
  expect(text(browsing)).toContain("✗ 1 broken");
});

it("a text that is looked for in all of them is a filter, too, and paths stay what they are", async () => {
  const browsing = await begun(["--grep", "Which ships"], ["recordings"]);
  expect(text(browsing)).toContain("1 of 7 recordings");
  expect(text(browsing)).toContain("filter --grep 'Which ships'");
  await browsing.type("F");
  expect(text(browsing)).toContain("recctl  recordings  7 recordings");
});
