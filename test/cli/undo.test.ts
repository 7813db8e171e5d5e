import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { applyChange } from "../../src/store/transaction/apply.ts";
import { inside } from "../inside.ts";
import { recctl, temporary } from "../run.ts";
import {
  AFTER,
  BEFORE,
  changeOf,
  grown,
  Killed,
  plant,
  portsFor,
  SHORTS,
  type Short,
  sorted,
  watched,
} from "../store/changes.ts";
import { harmful } from "./harmful.ts";
import { asWhom, POWERLESS, started } from "./process.ts";
import { onTerminal } from "./terminal.ts";

/** A tree, and the change that was made in it. */
async function changed(shorts: readonly Short[] = SHORTS): Promise<{ cwd: string; id: string }> {
  const cwd = temporary();
  plant(cwd, BEFORE);
  const { id } = await applyChange(changeOf(cwd, shorts), portsFor(cwd));
  return { cwd, id: id as string };
}

const COUNTS = { renamed: 4, rewritten: 1, removed: 2, added: 0 };
const TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";

describe("recctl undo", () => {
  it("takes the last change back, and then has nothing to do", async () => {
    const { cwd, id } = await changed();
    const { stdout, stderr, code } = await inside(["undo"], { cwd });
    expect(stdout).toMatch(
      new RegExp(
        `^rekey of ${TIME} is undone: 4 renamed back, 1 rewritten back, 2 brought back\nevery file is as it was before\n$`,
      ),
    );
    expect({ stderr, code, tree: grown(cwd) }).toEqual({ stderr: "", code: 0, tree: BEFORE });
    const again = await inside(["undo"], { cwd });
    expect(again).toEqual({
      stdout: "",
      stderr: `error: nothing to undo here\n  in   ${cwd}\n  try  recctl undo --list\n`,
      code: 2,
    });
    expect((await inside(["undo", id], { cwd })).stderr).toBe(
      `error: ${id} (rekey) is undone already\n  try  recctl undo --list\n`,
    );
  });

  it("goes back change by change, or to one by its id", async () => {
    const { cwd, id } = await changed();
    await applyChange(changeOf(cwd, [{ path: "other/z.json", after: "Z" }], "fmt"), portsFor(cwd));
    expect((await inside(["undo", id], { cwd })).stdout).toContain("rekey of");
    expect(grown(cwd)).toEqual({ ...BEFORE, "other/z.json": [0o644, "Z"] });
    expect((await inside(["-C", cwd, "undo"])).stdout).toContain("fmt of");
    expect(grown(cwd)).toEqual(BEFORE);
    const unknown = await inside(["-C", cwd, "undo", "nosuch"]);
    expect(unknown.stderr).toBe(
      `error: no change is called nosuch\n  in   ${cwd}\n  try  recctl -C ${cwd} undo --list\n`,
    );
    expect(unknown.code).toBe(2);
  });

  it("lists the changes, newest first", async () => {
    const { cwd, id } = await changed();
    const second = await applyChange(changeOf(cwd, [{ path: "other/z.json", after: "Z" }], "fmt"), portsFor(cwd));
    await inside(["undo"], { cwd });
    const { stdout, code } = await inside(["undo", "--list"], { cwd });
    expect(stdout).toMatch(
      new RegExp(`^${second.id}\t${TIME}\tfmt\t0\t1\t0\t0\tundone\n${id}\t${TIME}\trekey\t4\t1\t2\t0\tdone\n$`),
    );
    expect(code).toBe(0);
    const { changes } = JSON.parse((await inside(["undo", "--list", "--json"], { cwd })).stdout);
    expect(changes).toEqual([
      {
        id: second.id,
        command: "fmt",
        state: "undone",
        renamed: 0,
        rewritten: 1,
        removed: 0,
        added: 0,
        time: expect.any(String),
      },
      { id, command: "rekey", state: "done", ...COUNTS, time: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
    expect(await inside(["undo", "--list"], { cwd: temporary() })).toEqual({ stdout: "", stderr: "", code: 0 });
    expect((await inside(["undo", "--list", id], { cwd })).code).toBe(2);
  });

  it("tells what it did as JSON", async () => {
    const { cwd, id } = await changed();
    const { stdout } = await inside(["undo", "--json"], { cwd });
    const told = { id, command: "rekey", time: expect.any(String), state: "done", ...COUNTS, left: [], recovered: [] };
    expect(JSON.parse(stdout)).toEqual(told);
  });

  it("is refused where files changed since: each is named, none is touched", async () => {
    const { cwd } = await changed();
    writeFileSync(join(cwd, "recordings/a.json"), "mine");
    writeFileSync(join(cwd, "recordings/h.json"), "in the way");
    const before = grown(cwd);
    expect(await inside(["undo"], { cwd })).toEqual({
      stdout: "",
      stderr: [
        "error: files changed since; nothing was undone (2 files)",
        "  in   recordings/a.json: changed",
        "       recordings/h.json: stands where a removed file must return",
        "  try  recctl undo --list",
        "",
      ].join("\n"),
      code: 2,
    });
    expect(grown(cwd)).toEqual(before);
  });

  it("takes back what was cut short, but for what others changed meanwhile", async () => {
    const cwd = temporary();
    plant(cwd, BEFORE);
    let dead = false;
    const disk = watched((call, args) => {
      dead ||= call === "rename" && String(args[1]).endsWith("/done");
      if (dead) throw new Killed(call);
    });
    await expect(
      applyChange(changeOf(cwd, SHORTS), portsFor(cwd, { disk, pid: spawnSync("true").pid })),
    ).rejects.toThrow(Killed);
    writeFileSync(join(cwd, "recordings/a.json"), "mine");
    expect((await inside(["undo", "--list"], { cwd })).stdout).toMatch(/\tunfinished\n$/);
    const { stdout, code } = await inside(["undo"], { cwd });
    expect(stdout).toMatch(
      /had been cut short.*\n1 file left as found:\n {2}recordings\/a.json: changed since; its original is (.*)\n$/,
    );
    expect(code).toBe(1);
    expect(grown(cwd)).toEqual({ ...BEFORE, "recordings/a.json": [0o640, "mine"] });
    const kept = / original is (.*)\n/.exec(stdout)?.[1] as string;
    expect(readFileSync(join(cwd, kept), "utf8")).toBe("a");
  });

  it("waits for no other process: it names the one that is at it", async () => {
    const { cwd } = await changed();
    writeFileSync(join(cwd, ".recctl/lock"), `${process.pid}-other`);
    const { stderr, code } = await recctl(["undo"], { cwd });
    expect(stderr).toContain(`error: another recctl is changing files here (process ${process.pid})`);
    expect({ code, tree: grown(cwd) }).toEqual({ code: 2, tree: AFTER });
    writeFileSync(join(cwd, ".recctl/lock"), `${spawnSync("true").pid}-dead`);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(grown(cwd)).toEqual(BEFORE);
  });

  it.skipIf(!POWERLESS)(`is refused where a folder is read-only${asWhom}`, async () => {
    const { cwd } = await changed();
    const { uid, gid } = POWERLESS ?? {};
    chmodSync(cwd, 0o755);
    for (const path of [".", ...readdirSync(cwd, { recursive: true, encoding: "utf8" })]) {
      if (uid !== undefined && gid !== undefined) chownSync(join(cwd, path), uid, gid);
    }
    chmodSync(join(cwd, "recordings"), 0o555);
    const { stderr, code } = await started(["undo"], { cwd, ...POWERLESS }).read().ended;
    expect(stderr).toContain("recordings/a.json: its folder cannot be written to");
    expect({ code, tree: grown(cwd) }).toEqual({ code: 2, tree: AFTER });
    chmodSync(join(cwd, "recordings"), 0o755);
    expect((await started(["undo"], { cwd, ...POWERLESS }).read().ended).code).toBe(0);
    expect(grown(cwd)).toEqual(BEFORE);
  });
});

describe("on a terminal", () => {
  const EVIL = "recordings/\u001b]52;c;AAAA\u0007\u202e\n.json";

  it("nothing from the disk is seen raw", async () => {
    const cwd = temporary();
    plant(cwd, sorted({ ...BEFORE, [EVIL]: [0o644, "evil"] }));
    await applyChange(changeOf(cwd, [{ path: EVIL, after: "changed" }], "evil\u001b[2J"), portsFor(cwd));
    writeFileSync(join(cwd, EVIL), "mine");
    const refused = await onTerminal(["undo"], { cwd });
    expect({ code: refused.code, harmful: harmful(refused.raw) }).toEqual({ code: 2, harmful: [] });
    writeFileSync(join(cwd, EVIL), "changed");
    for (const args of [["undo", "--list"], ["undo"]]) {
      const { raw, code } = await onTerminal(args, { cwd, columns: 100 });
      expect({ code, harmful: harmful(raw) }).toEqual({ code: 0, harmful: [] });
      expect(raw).toContain("evil\\u001b[2J");
    }
    const empty = await onTerminal(["undo", "--list"], { cwd: temporary() });
    expect(empty.raw).toContain("no changes: nothing to undo");
  });
});

it("a full disk takes a change back (a tiny tmpfs, where one may be mounted)", async ({ skip }) => {
  const cwd = temporary();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", cwd]);
  if (mounted.status !== 0) skip("only root may mount a tmpfs");
  onTestFinished(() => {
    spawnSync("umount", [cwd]);
  });
  plant(cwd, BEFORE);
  mkdirSync(join(cwd, ".recctl"));
  const large = "x".repeat(50_000);
  const change = changeOf(cwd, [
    { path: "recordings/a.json", after: large },
    { path: "recordings/b.json", to: "recordings/b2.json", after: large },
    { path: "recordings/h.json" },
  ]);
  await expect(applyChange(change, portsFor(cwd))).rejects.toThrow(
    "no space left on the disk: all that was done is taken back",
  );
  expect(grown(cwd)).toEqual(BEFORE);
});
