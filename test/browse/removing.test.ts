import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RemovalPlan } from "../../src/tui/state/overlay.ts";
import { made, wholes } from "../prune/gone.ts";
import { recctl, tree } from "../run.ts";
import { HAS_GIT, repository } from "../store/repository.ts";
import { Browsing } from "./browsing.ts";

const { files, gone, kept } = made(2, 3);
const [first = "", second = ""] = Object.keys(gone);
const [used = ""] = Object.keys(kept);

async function planned(cwd: string, paths: readonly string[]): Promise<{ browsing: Browsing; plan: RemovalPlan }> {
  const browsing = new Browsing(cwd);
  await browsing.scan();
  return { browsing, plan: (await browsing.does({ type: "plan", paths }, "planned")).plan };
}

describe("plan", () => {
  it("is made from the disk", async () => {
    const { plan } = await planned(tree(files), [first, second]);
    expect(plan.items.map(({ path, bytes }) => [path, bytes])).toEqual(
      [first, second].map((path) => [path, Buffer.byteLength(files[path] as string)]),
    );
    expect(plan.items[0]?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(plan.refusals).toEqual([]);
    expect(plan.notes[0]).toBe("2 of 2 are in no git repository: git cannot give back what recctl undo can");
    expect(plan.notes[1]).toMatch(/was not looked at/);
  });

  it("lets a frame be drawn first, and keys come in between", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1500 }, (_, at) => [`recordings/${at}.json`, files[first] as string]),
    );
    const browsing = new Browsing(tree(many));
    await browsing.scan();
    let turns = 0;
    const turn = (): void => {
      turns++;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);
    const { plan } = await browsing.does({ type: "plan", paths: Object.keys(many) }, "planned");
    clearImmediate(waiting);
    expect(plan.items).toHaveLength(1500);
    expect(plan.notes[0]).toMatch(/^1,500 of 1,500 are/);
    expect(turns).toBeGreaterThan(5);
  });

  it("says what speaks for them, once that is known", async () => {
    const browsing = new Browsing(tree(files));
    await browsing.scan();
    await browsing.does({ type: "judge" }, "judged", ({ verdicts: { is } }) => is === "known");
    const { plan } = await browsing.does({ type: "plan", paths: [first, used] }, "planned");
    expect(plan.notes).toContain("prune finds 1 of them used: tests may miss it");
  });

  it.skipIf(!HAS_GIT)("says what git could not give back", async () => {
    const { root, write, commit } = repository();
    write({ [first]: files[first] as string, [used]: files[used] as string });
    commit("some");
    write({ [second]: files[second] as string, [used]: `${files[used]}\n` });
    const { plan } = await planned(root, [first, second, used]);
    expect(plan.notes.slice(0, 2)).toEqual([
      "1 of 3 is not in git: git cannot give back what recctl undo can",
      "1 of 3 is changed since the last commit: git cannot give back what recctl undo can",
    ]);
  });

  it("is refused where a file has gone or broken, and for links and what they lead to", async () => {
    const cwd = tree(files);
    symlinkSync(join(cwd, first), join(cwd, "tests/a/recordings/aaaa.json"));
    const browsing = new Browsing(cwd);
    await browsing.scan();
    const target = await browsing.does({ type: "plan", paths: [first] }, "planned");
    expect(target.plan.refusals).toEqual([`${first}: the link tests/a/recordings/aaaa.json leads to it`]);
    const link = await browsing.does({ type: "plan", paths: ["tests/a/recordings/aaaa.json"] }, "planned");
    expect(link.plan.refusals[0]).toMatch(/aaaa\.json: a link/);
    writeFileSync(join(cwd, second), "{");
    const broken = await browsing.does({ type: "plan", paths: [second, "recordings/none.json"] }, "planned");
    expect(broken.plan.refusals.join("\n")).toMatch(/2 files changed since[\s\S]*none\.json/);
    const told = browsing.does({ type: "remove", plan: broken.plan }, "told");
    expect((await told).message.tone).toBe("bad");
    expect(readFileSync(join(cwd, second), "utf8")).toBe("{");
  });
});

describe("remove", () => {
  it("takes the files away, and undo brings them back as they were", async () => {
    const cwd = tree(files);
    const before = wholes(cwd);
    const { browsing, plan } = await planned(cwd, [first, second]);
    const scanned = browsing.next("scanned");
    const removed = await browsing.does({ type: "remove", plan }, "removed");
    expect(removed).toMatchObject({
      paths: [first, second],
      told: "2 recordings removed: recctl undo brings them back",
    });
    await scanned;
    // What it reads afterwards nobody asked for.
    expect(browsing.actions.filter(({ type }) => type === "told")).toEqual([]);
    expect(browsing.paths()).toEqual(Object.keys(kept).sort());
    expect(
      Object.keys(before)
        .filter((path) => !(path in wholes(cwd)))
        .sort(),
    ).toEqual([first, second].sort());
    const undone = await recctl(["undo"], { cwd });
    expect(undone.stdout).toMatch(/^browse of .* is undone: 2 brought back/);
    expect(wholes(cwd)).toEqual(before);
  });

  it("removes nothing where a file has changed since the plan", async () => {
    const cwd = tree(files);
    const { browsing, plan } = await planned(cwd, [first, second]);
    writeFileSync(join(cwd, second), `${files[second]} `);
    const before = wholes(cwd);
    const refused = await browsing.does({ type: "remove", plan }, "refused");
    const id = second.replace(/^.*\//, "").slice(0, 8);
    expect(refused.told).toMatch(new RegExp(`^nothing was removed: ${id}[0-9a-f]* has changed: D plans anew$`));
    expect(refused).toMatchObject({ plan, refusals: [`${second}: changed`] });
    expect(wholes(cwd)).toEqual(before);
    rmSync(join(cwd, first));
    const both = await browsing.does({ type: "remove", plan }, "refused");
    expect(both.told).toMatch(/ is gone, and 1 more file: D plans anew$/);
    expect([...both.refusals].sort()).toEqual([`${first}: gone`, `${second}: changed`].sort());
  });

  it("waits for no other recctl: it says so", async () => {
    const cwd = tree(files);
    const { browsing, plan } = await planned(cwd, [first]);
    mkdirSync(join(cwd, ".recctl"), { recursive: true });
    writeFileSync(join(cwd, ".recctl/lock"), "1-11111111-1111-1111-1111-111111111111");
    const { told } = await browsing.does({ type: "remove", plan }, "refused");
    expect(told).toContain("another recctl is changing files");
    expect(wholes(cwd)).toHaveProperty([first]);
  });

  it("takes hostile names as they are, and shows none of them raw", async () => {
    const odd = "recordings/\u001b[31m\u202e.json";
    const cwd = tree({ ...files, [odd]: files[first] as string });
    const { browsing, plan } = await planned(cwd, [odd]);
    expect(plan.items[0]?.path).toBe(odd);
    writeFileSync(join(cwd, odd), "{");
    const { told, refusals } = await browsing.does({ type: "remove", plan }, "refused");
    expect([told, ...refusals].join()).not.toMatch(/[\u001b\u202e]/);
    writeFileSync(join(cwd, odd), files[first] as string);
    await browsing.does({ type: "remove", plan }, "removed");
    expect(wholes(cwd)).not.toHaveProperty([odd]);
  });
});
