import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { doesText, GROUPS } from "../../src/tui/content/help.ts";
import { KEYS, type Key, keyText } from "../../src/tui/keys.ts";
import { ROOT } from "../run.ts";
import { Browsing } from "./browsing.ts";
import { svgOf } from "./picture.ts";
import { ENTER, type Keys } from "./scenes.ts";

const SIZE = { columns: 150, rows: 40 };

/** The pictures of README, of the project's own recordings: how people get there. */
const PICTURES: Record<string, readonly Keys[]> = {
  browse: ["/night_watch", ENTER, ENTER, "jjj", ENTER, "jjjjj"],
  "browse-play": ["/night_watch", ENTER, ENTER, "jjjj", ENTER, "p ", "llllllllllllllllllllllllllllllllllllllll"],
};

describe("README", () => {
  it.each(Object.entries(PICTURES))("shows real screens: docs/%s.svg", async (name, keys) => {
    const browsing = new Browsing(ROOT, SIZE, { args: ["recordings"] });
    await browsing.agree();
    for (const one of keys) await browsing.type(one as string);
    const picture = svgOf(browsing.terminal.planes(), SIZE);
    await expect(picture).toMatchFileSnapshot(join(ROOT, "docs", `${name}.svg`));
  });

  it("lists every key as the table has it", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [, listed = ""] = /<!-- keys: [^>]*-->\n([\s\S]*?)<!-- \/keys -->/.exec(readme) ?? [];
    expect(listed.trim()).toBe(keysTable());
  });
});

/** The keys as README lists them: a row for each heading of the help. */
function keysTable(): string {
  const rows = Object.entries(GROUPS).map(([group, heading]) => {
    const keys = (Object.values(KEYS) as Key[]).filter((key) => key.group === group);
    const told = keys.map((key) => `${key.keys.map((name) => code(keyText(name))).join(" ")} ${doesText(key)}`);
    return `| ${heading} | ${told.join(" · ").replaceAll("|", "\\|")} |`;
  });
  return ["| | keys |", "|---|---|", ...rows].join("\n");
}

const code = (text: string): string => `\`${text}\``;
