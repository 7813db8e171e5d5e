import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { update } from "../../src/tui/state/update.ts";
import { sample } from "../cli/samples.ts";
import { tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

const at = (name: string): string => `tests/a/recordings/${name}.json`;
const FILES = { [at("aaaa")]: sample(), [at("bbbb")]: sample({ asked: "Who rows?" }), "tests/b/notes.txt": "" };

async function open(): Promise<{ browsing: Browsing; cwd: string }> {
  const cwd = tree(FILES);
  // So old that a change is told from what was read.
  await setTimeout(150);
  const browsing = new Browsing(cwd);
  await browsing.scan();
  return { browsing, cwd };
}

/** What happens underneath, and what is then there. */
const CHANGES: Record<string, readonly [happen: (cwd: string) => void, paths: string[], told: string]> = {
  "a file that comes": [
    (cwd) => writeFileSync(join(cwd, at("cccc")), sample()),
    [at("aaaa"), at("bbbb"), at("cccc")],
    "the tree changed: 1 new",
  ],
  "a file that goes": [(cwd) => rmSync(join(cwd, at("aaaa"))), [at("bbbb")], "the tree changed: 1 gone"],
  "a file with another name": [
    (cwd) => renameSync(join(cwd, at("aaaa")), join(cwd, at("dddd"))),
    [at("bbbb"), at("dddd")],
    "the tree changed: 1 new, 1 gone",
  ],
  "a folder that goes": [(cwd) => rmSync(join(cwd, "tests/a"), { recursive: true }), [], "the tree changed: 2 gone"],
  "a folder that comes, where none was": [
    (cwd) => {
      mkdirSync(join(cwd, "tests/b/recordings"));
      writeFileSync(join(cwd, "tests/b/recordings/eeee.json"), sample());
    },
    [at("aaaa"), at("bbbb"), "tests/b/recordings/eeee.json"],
    "the tree changed: 1 new",
  ],
  "a file that breaks": [
    (cwd) => {
      writeFileSync(join(cwd, "new"), "{");
      renameSync(join(cwd, "new"), join(cwd, at("aaaa")));
    },
    [at("bbbb")],
    "the file has changed: it is read again",
  ],
};

describe("what changes underneath is seen", () => {
  it.each(Object.entries(CHANGES))("%s", async (_, [happen, paths, told]) => {
    const { browsing, cwd } = await open();
    const before = browsing.state;
    const seen = browsing.next("scanned");
    happen(cwd);
    expect(update(before, await seen).state.message).toEqual({ tone: "plain", text: told });
    expect(browsing.paths()).toEqual(paths);
  });

  it("a file that is rewritten in place, where its body is kept", async () => {
    const { browsing, cwd } = await open();
    await browsing.does({ type: "open", path: at("aaaa") }, "opened");
    const changed = browsing.next("changed");
    writeFileSync(join(cwd, at("aaaa")), sample({ asked: "Another?" }));
    expect((await changed).paths).toEqual([at("aaaa")]);
  });

  it("the tree itself that goes: what was read stays, and browse goes on", async () => {
    const { browsing, cwd } = await open();
    const told = browsing.next("told");
    rmSync(cwd, { recursive: true });
    expect((await told).message).toMatchObject({ tone: "bad", text: expect.stringContaining("no such folder") });
    expect(browsing.paths()).toHaveLength(2);
    mkdirSync(join(cwd, "tests/a/recordings"), { recursive: true });
    const before = browsing.state;
    const again = browsing.next("scanned");
    writeFileSync(join(cwd, at("ffff")), sample());
    expect(update(before, await again).state.message?.text).toBe("the tree changed: 1 new, 2 gone");
  });

  it("and what does not change makes no work", async () => {
    const { browsing } = await open();
    const before = browsing.actions.length;
    await setTimeout(2500);
    expect(browsing.actions).toHaveLength(before);
  });

  it("nothing is seen any more once browse has ended", async () => {
    const { browsing, cwd } = await open();
    browsing.perform.end();
    const before = browsing.actions.length;
    writeFileSync(join(cwd, at("cccc")), sample());
    await setTimeout(2500);
    expect(browsing.actions).toHaveLength(before);
  });

  it("a filter holds for what comes", async () => {
    const { browsing, cwd } = await open();
    await browsing.does({ type: "filter", line: "--grep rows" }, "filtered");
    const again = browsing.next("filtered");
    writeFileSync(join(cwd, at("cccc")), sample({ asked: "Who rows still?" }));
    writeFileSync(join(cwd, at("dddd")), sample());
    expect([...((await again).filter?.kept ?? [])]).toEqual([at("bbbb"), at("cccc")]);
  });
});
