import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { environment } from "../cli/process.ts";
import { sample } from "../cli/samples.ts";
import { recctl, tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

const at = (name: string): string => `tests/recordings/${name}.json`;
const FILES = {
  [at("aaaa")]: sample({ asked: "When is high water?" }),
  [at("bbbb")]: sample({ asked: "Who rows?", failure: "no boat" }),
  [at("cccc")]: "{",
};

describe("scan", () => {
  it("reads what arguments choose, broken files too", async () => {
    const all = await new Browsing(tree(FILES)).scan();
    expect(all.tree).toMatchObject({ isRead: true, broken: [{ path: at("cccc"), line: 1 }] });
    expect(all.tree.entries.map(({ path }) => path)).toEqual([at("aaaa"), at("bbbb")]);
    const one = await new Browsing(tree(FILES), [at("aaaa")]).scan();
    expect(one.tree.entries.map(({ path }) => path)).toEqual([at("aaaa")]);
  });

  it("lets keys come in between", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1500 }, (_, n) => [at(`${n}`), sample({ answered: Array(20).fill(`wave ${n}`) })]),
    );
    const browsing = new Browsing(tree(many));
    let turns = 0;
    const turn = (): void => {
      turns++;
      if (!browsing.state.tree.isRead) setImmediate(turn);
    };
    setImmediate(turn);
    const { tree: found } = await browsing.scan();
    expect(found.entries).toHaveLength(1500);
    // Equal texts are one string, wherever they were read.
    expect(new Set(found.entries.map(({ head }) => head.url)).size).toBe(1);
    expect(turns).toBeGreaterThan(5);
  });

  it("says so where there is nothing to show", async () => {
    const nowhere = new Browsing(tree({}), ["nowhere"]);
    nowhere.perform({ type: "scan" }, nowhere.state);
    await expect(nowhere.perform.failed).rejects.toThrow("no such file or folder: nowhere");
    const wrong = new Browsing(tree({ ...FILES, "recctl.config.json": '{"rots": []}' }));
    wrong.perform({ type: "scan" }, wrong.state);
    await expect(wrong.perform.failed).rejects.toThrow(/rots/);
  });

  it("once more says that nothing has changed, or gives what there is now", async () => {
    const cwd = tree(FILES);
    const browsing = new Browsing(cwd);
    await browsing.scan();
    const same = await browsing.does({ type: "scan" }, "told");
    expect(same.message).toEqual({ tone: "plain", text: "nothing has changed" });
    rmSync(join(cwd, at("aaaa")));
    await browsing.scan();
    expect(browsing.paths()).toEqual([at("bbbb")]);
  });
});

it("what a scan finds out is kept for the next one, and little that changes afterwards is not", async () => {
  const cwd = tree(FILES);
  await setTimeout(150);
  const env = environment();
  const ls = async (): Promise<string> => (await recctl(["index", "--json"], { cwd, env })).stdout;
  const browsing = new Browsing(cwd, [], {}, env);
  await browsing.scan();
  const kept = await ls();
  expect(JSON.parse(kept)).toMatchObject({ shards: 1 });
  writeFileSync(join(cwd, at("aaaa")), sample({ asked: "Who sails now?" }));
  const changed = browsing.next("changed");
  await browsing.scan();
  expect((await changed).paths).toEqual([at("aaaa")]);
});

it("a file that comes back is new, and not rewritten as well", async () => {
  const cwd = tree(FILES);
  const browsing = new Browsing(cwd);
  await browsing.scan();
  rmSync(join(cwd, at("aaaa")));
  await browsing.scan();
  writeFileSync(join(cwd, at("aaaa")), sample({ asked: "Who sails now?" }));
  await browsing.scan();
  expect(browsing.paths()).toEqual([at("aaaa"), at("bbbb")]);
  expect(browsing.actions.filter(({ type }) => type === "changed" || type === "told")).toEqual([]);
});
