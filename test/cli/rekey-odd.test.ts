import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Context } from "../../src/commands/command.ts";
import { applyPlan, planFor } from "../../src/commands/mending.ts";
import { rekeyed } from "../../src/mend/rekey.ts";
import { inside } from "../inside.ts";
import { chat, filesOf, type Named, NEWEST, RAW } from "../mend/named.ts";
import { type Ran, temporary, tree } from "../run.ts";
import { grown } from "../store/changes.ts";
import { HAS_GIT, repository } from "../store/repository.ts";
import { asWhom, POWERLESS, shell, started } from "./process.ts";
import { onTerminal } from "./terminal.ts";

const asks = ["How high is", "How low is", "When was", "Why is"];
const OLD = asks.map((asked) => chat(RAW, { asked }));
const YOUNG = asks.map((asked) => chat(NEWEST, { asked }));
const path = ({ name }: Named, folder = "recordings"): string => `${folder}/${name}.json`;
const SET = ["rekey", "--scheme", NEWEST];
const apply = (cwd: string, ...args: string[]): Promise<Ran> => inside([...SET, "--apply", ...args], { cwd });

const names = (cwd: string, folder = "recordings"): string[] => readdirSync(join(cwd, folder)).sort();
const namesOf = (...recordings: readonly Named[]): string[] => recordings.map(({ name }) => `${name}.json`).sort();

describe("what is no file of its own is left alone, and the others get their names", () => {
  it("a link to a recording, and the recording that it leads to", async () => {
    const [a, b] = OLD as [Named, Named];
    const cwd = tree(filesOf([a, b]));
    mkdirSync(join(cwd, "other/recordings"), { recursive: true });
    symlinkSync(`../../${path(a)}`, join(cwd, path(a, "other/recordings")));
    const { stdout, code } = await apply(cwd);
    expect(stdout).toContain(`left\t${path(a, "other/recordings")}\t\ta link: the file it leads to is what counts\n`);
    expect(stdout).toContain(`left\t${path(a)}\t\tthe link ${path(a, "other/recordings")} leads to it\n`);
    expect({ code, names: names(cwd) }).toEqual({ code: 0, names: namesOf(a, YOUNG[1] as Named) });
    expect(readFileSync(join(cwd, path(a, "other/recordings")), "utf8")).toBe(a.text);
  });

  it("a link under the new name that leads to the file itself: its only content is not removed", async () => {
    const [a] = OLD as [Named];
    const bare = { ...a, text: a.text.replace(/"rec-\w*"/, '"rec-ffffffffffff"') };
    const cwd = tree(filesOf([bare]));
    symlinkSync(`${a.name}.json`, join(cwd, path(YOUNG[0] as Named)));
    await apply(cwd, path(bare));
    expect(grown(cwd)[path(bare)]?.[1]).toBe(bare.text);
    await apply(cwd);
    expect(grown(cwd)[path(bare)]?.[1]).toBe(bare.text);
  });

  it("a second name of the same file (a hard link) under the new name: one stays", async () => {
    const [a] = OLD as [Named];
    const bare = { ...a, text: a.text.replace(/"rec-\w*"/, '"rec-ffffffffffff"') };
    const cwd = tree(filesOf([bare]));
    linkSync(join(cwd, path(bare)), join(cwd, path(YOUNG[0] as Named)));
    expect((await apply(cwd)).code).toBe(0);
    expect(names(cwd)).toEqual(namesOf(YOUNG[0] as Named));
    expect(readFileSync(join(cwd, path(YOUNG[0] as Named)), "utf8")).toBe(bare.text);
  });

  it("a folder that has the new name", async () => {
    const cwd = tree({ ...filesOf(OLD), [`${path(YOUNG[0] as Named)}/x`]: "x" });
    expect((await apply(cwd)).code).toBe(0);
    expect(names(cwd)).toEqual(namesOf(OLD[0] as Named, ...YOUNG));
  });
});

describe("a tree that is not what the plan saw", () => {
  /** As much of a run as plans need. */
  const contextOf = (cwd: string): Context => {
    const out = { terminal: false, colour: false, columns: 80, write: async () => undefined };
    const io = {
      stdout: out,
      stderr: out,
      pid: process.pid,
      now: Date.now,
      clock: Date.now,
      breathe: () => undefined,
      isAlive: () => true,
    };
    return { io: io as never, cwd, recctl: "recctl", verb: "rekey" };
  };
  it.each<[what: string, change: (cwd: string) => void, told: RegExp]>([
    ["a file that changed", (cwd) => writeFileSync(join(cwd, path(OLD[1] as Named)), "{}"), /changed since the plan/],
    ["a name that was taken", (cwd) => writeFileSync(join(cwd, path(YOUNG[2] as Named)), "{}"), /cannot be changed/],
  ])("%s between the plan and its doing: nothing is done", async (_, change, told) => {
    const cwd = tree(filesOf(OLD));
    const targets = OLD.map((one) => ({ path: path(one), place: join(cwd, path(one)) }));
    const plan = await planFor(targets, (one) => rekeyed(one, { today: { date: NEWEST } }), contextOf(cwd));
    expect(plan.steps.length).toBe(OLD.length);
    change(cwd);
    const before = grown(cwd);
    await expect(applyPlan(plan, "rekey", contextOf(cwd))).rejects.toThrow(told);
    expect(grown(cwd)).toEqual(before);
  });

  it("two at once: every file is renamed once, and one undo takes it back", async () => {
    for (let round = 0; round < 3; round++) {
      const cwd = tree(filesOf(OLD));
      const before = grown(cwd);
      const both = await Promise.all([apply(cwd), apply(cwd)]);
      const codes = both.map(({ code }) => code);
      expect(codes).toContain(0);
      for (const { code, stderr } of both) {
        if (code !== 0) expect(stderr).toMatch(/another recctl is changing files here|files changed since the plan/);
      }
      expect(names(cwd)).toEqual(namesOf(...YOUNG));
      expect((await inside(["undo"], { cwd })).code).toBe(0);
      expect(grown(cwd)).toEqual(before);
      expect((await inside(["undo"], { cwd })).stderr).toContain("nothing to undo");
    }
  });

  it("undo after further edits is refused with the file that was edited, which stays", async () => {
    const cwd = tree(filesOf(OLD));
    await apply(cwd);
    writeFileSync(join(cwd, path(YOUNG[0] as Named)), "mine");
    const before = grown(cwd);
    const { stderr, code } = await inside(["undo"], { cwd });
    expect(stderr).toContain(`${path(YOUNG[0] as Named)}: changed`);
    expect({ code, tree: grown(cwd) }).toEqual({ code: 2, tree: before });
  });

  it.skipIf(!POWERLESS)(`a read-only folder: refused, nothing changed${asWhom}`, async () => {
    const cwd = tree({ ...filesOf(OLD.slice(0, 2), "a/recordings"), ...filesOf(OLD.slice(2), "b/recordings") });
    chmodSync(cwd, 0o755);
    const { uid, gid } = POWERLESS ?? {};
    for (const one of [".", ...readdirSync(cwd, { recursive: true, encoding: "utf8" })]) {
      if (uid !== undefined && gid !== undefined) chownSync(join(cwd, one), uid, gid);
    }
    chmodSync(join(cwd, "b/recordings"), 0o555);
    const before = grown(cwd);
    const { stderr, code } = await started([...SET, "--apply"], { cwd, ...POWERLESS }).read().ended;
    expect(stderr).toContain("its folder cannot be written to");
    expect({ code, tree: grown(cwd) }).toEqual({ code: 2, tree: before });
    chmodSync(join(cwd, "b/recordings"), 0o755);
  });
});

describe("where originals are kept", () => {
  it("a .recctl that is there already, with what it holds", async () => {
    const cwd = tree({ ...filesOf(OLD), ".recctl/mine": "mine" });
    const before = grown(cwd);
    expect((await apply(cwd)).code).toBe(0);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(grown(cwd)).toEqual(before);
    expect(readFileSync(join(cwd, ".recctl/mine"), "utf8")).toBe("mine");
  });

  it.skipIf(!HAS_GIT)(
    "in a worktree of git, in its own git directory: git sees renames alone (needs git)",
    async () => {
      const { root, git, write, commit } = repository();
      write(filesOf(OLD));
      commit("recordings");
      const cwd = join(temporary(), "worktree");
      git("worktree", "add", "-q", cwd);
      expect((await apply(cwd)).code).toBe(0);
      expect(names(cwd)).toEqual(namesOf(...YOUNG));
      git("-C", cwd, "add", "--all");
      const status = git("-C", cwd, "status", "--porcelain");
      expect(
        status
          .trim()
          .split("\n")
          .map((line) => line[0]),
      ).toEqual(["R", "R", "R", "R"]);
      expect((await inside(["undo"], { cwd: root })).code).toBe(2);
      expect((await inside(["undo"], { cwd: join(cwd, "recordings") })).code).toBe(0);
      expect(names(cwd)).toEqual(namesOf(...OLD));
      expect(git("status", "--porcelain")).toBe("");
    },
  );
});

describe("the command that is suggested works when it is pasted", () => {
  const FOLDER = "a 'b' $(c)/recordings";
  /** So many that the newest scheme is likely. */
  const NEW = ["1", "2", "3", "4"].map((asked) => chat(NEWEST, { asked }));
  it.each<[string, (cwd: string) => string[], within?: string]>([
    ["paths with spaces and quotes", () => [FOLDER]],
    ["-C", (cwd) => ["-C", cwd], "/"],
    ["-C behind the command", (cwd) => ["rekey", "-C", join(cwd, "a 'b' $(c)")], "/"],
    ["filters", () => ["-t", "test_bar.py::* x", "-t", "*tide", "--no-streaming"]],
    ["what begins with a dash", () => ["--", `./${FOLDER}`]],
  ])("%s", async (_, argsOf, within) => {
    const cwd = tree(filesOf([...OLD, ...NEW], FOLDER));
    const args = argsOf(cwd);
    const asked = args.includes("rekey") ? args : args[0] === "-C" ? [...args, "rekey"] : ["rekey", ...args];
    const plan = await inside(asked, { cwd: within ?? cwd });
    const next = /to do it:\n {2}(recctl .*)\n/.exec(plan.stderr)?.[1];
    expect([plan.code, next === undefined]).toEqual([1, false]);
    const done = await shell((next as string).replace("recctl", "$recctl"), { cwd: within ?? cwd });
    expect([done.code, names(cwd, FOLDER)]).toEqual([0, namesOf(...YOUNG, ...NEW)]);
    const back = /take it back:\n {2}(recctl .*)\n/.exec(done.stderr)?.[1] as string;
    expect((await shell(back.replace("recctl", "$recctl"), { cwd: within ?? cwd })).code).toBe(0);
    expect(names(cwd, FOLDER)).toEqual(namesOf(...OLD, ...NEW));
  });

  it("on a terminal it is one line, however narrow; nothing of a name is raw", async () => {
    const evil = "a\u001b]52;c;AAAA\u0007\n";
    const cwd = tree({
      ...filesOf(OLD.slice(0, 2), `${evil}/recordings`),
      [`${evil}/recordings/broken\u001b[2J.json`]: "{",
    });
    const { raw, code } = await onTerminal([...SET, "--all"], { cwd, columns: 40 });
    expect(code).toBe(1);
    expect(raw).toContain(`  recctl rekey --scheme ${NEWEST} --all --apply\r\n`);
    expect(raw).not.toContain("\u001b]52");
    expect(raw).not.toContain("\u001b[2J");
  });
});
