import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Interrupted, UserError } from "../../src/errors.ts";
import { applyChange } from "../../src/store/transaction/apply.ts";
import { DISK } from "../../src/store/transaction/disk.ts";
import { recover } from "../../src/store/transaction/recover.ts";
import { listTransactions, undoLast } from "../../src/store/transaction/undo.ts";
import { temporary } from "../run.ts";
import {
  AFTER,
  BEFORE,
  changeOf,
  grown,
  LINKLESS,
  plant,
  portsFor,
  refused,
  SHORTS,
  type Short,
  sorted,
  type Tree,
  watched,
} from "./changes.ts";

function planted(tree: Tree = BEFORE): string {
  const dir = temporary();
  plant(dir, tree);
  return dir;
}

/** What a call that must be refused says. */
async function told(call: Promise<unknown>): Promise<UserError> {
  const error = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe("a change and its undoing", () => {
  const kinds: [string, Tree, Short[], Tree][] = [
    ["a rewrite", { "a.json": [0o640, "1"] }, [{ path: "a.json", after: "2" }], { "a.json": [0o640, "2"] }],
    ["a rename", { "a.json": [0o604, "1"] }, [{ path: "a.json", to: "b.json" }], { "b.json": [0o604, "1"] }],
    [
      "a rename with new bytes",
      { "a.json": [0o444, "1"] },
      [{ path: "a.json", to: "b.json", after: "2" }],
      { "b.json": [0o444, "2"] },
    ],
    ["a removal", { "a.json": [0o600, "1"], b: [0o644, ""] }, [{ path: "a.json" }], { b: [0o644, ""] }],
    [
      "a chain of names, told in the wrong order",
      { a: [0o644, "a"], b: [0o600, "b"], c: [0o640, "c"] },
      [
        { path: "a", to: "b" },
        { path: "b", to: "c", after: "B" },
        { path: "c", to: "d" },
      ],
      { b: [0o644, "a"], c: [0o600, "B"], d: [0o640, "c"] },
    ],
    ["a rewrite with the same bytes", { a: [0o644, "a"] }, [{ path: "a", after: "a" }], { a: [0o644, "a"] }],
    ["all of them", BEFORE, [...SHORTS], AFTER],
  ];
  for (const [disk, name] of [
    [DISK, ""],
    [LINKLESS, ", where there are no hard links"],
  ] as const) {
    it.each(kinds)(`%s gives the tree back byte for byte${name}`, async (_, before, shorts, after) => {
      const dir = planted(before);
      const ports = portsFor(dir, { disk });
      const { id, recovered } = await applyChange(changeOf(dir, shorts), ports);
      expect(grown(dir)).toEqual(after);
      expect(listTransactions(ports)).toMatchObject([{ id, command: "rekey", state: "done" }]);
      expect(await undoLast(ports)).toMatchObject({ id, state: "done", left: [], recovered: [] });
      expect({ recovered, tree: grown(dir) }).toEqual({ recovered: [], tree: sorted(before) });
      expect(readdirSync(join(dir, ".recctl")).sort()).toEqual([".gitignore", "transactions"]);
      expect((await told(undoLast(ports))).message).toContain("nothing to undo");
    });
  }

  it("go back one by one, or by id", async () => {
    const dir = planted({ a: [0o644, "0"], b: [0o644, "0"] });
    const ports = portsFor(dir);
    const ids: (string | null)[] = [];
    for (const [path, after] of [
      ["a", "1"],
      ["b", "1"],
      ["a", "2"],
    ] as const) {
      ids.push((await applyChange(changeOf(dir, [{ path, after }]), ports)).id);
    }
    expect([...ids].sort()).toEqual(ids);
    await undoLast(ports, ids[1] as string);
    expect(grown(dir)).toEqual({ a: [0o644, "2"], b: [0o644, "0"] });
    expect((await told(undoLast(ports, ids[1] as string))).message).toContain("undone already");
    expect((await told(undoLast(ports, ids[0] as string))).places).toEqual(["a: changed"]);
    expect((await told(undoLast(ports, "nosuch"))).message).toBe("no change is called nosuch");
    await undoLast(ports);
    await undoLast(ports);
    expect(grown(dir)).toEqual({ a: [0o644, "0"], b: [0o644, "0"] });
    expect(listTransactions(ports).map(({ state }) => state)).toEqual(["undone", "undone", "undone"]);
  });

  it("without steps leaves nothing behind", async () => {
    const dir = planted({});
    expect(await applyChange({ command: "fmt", steps: [] }, portsFor(dir))).toMatchObject({ id: null });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("keeps the last ten, in the order of their making even where the clock goes back", async () => {
    const dir = planted({ a: [0o644, "0"] });
    for (let count = 1; count <= 12; count++) {
      const ports = portsFor(dir, { now: () => 1_000_000 - count });
      await applyChange(changeOf(dir, [{ path: "a", after: String(count) }]), ports);
    }
    for (let count = 11; count >= 2; count--) {
      await undoLast(portsFor(dir));
      expect(grown(dir)).toEqual({ a: [0o644, String(count)] });
    }
    expect((await told(undoLast(portsFor(dir)))).message).toContain("nothing to undo");
  });
});

describe("a change is refused, with nothing changed,", () => {
  const refusals: [string, Short[], (dir: string) => void, string, string[]][] = [
    [
      "where files changed since",
      [...SHORTS],
      (dir) => writeFileSync(join(dir, "recordings/a.json"), "x"),
      "changed since the plan",
      ["recordings/a.json: changed"],
    ],
    [
      "where a file is gone",
      [...SHORTS],
      (dir) => rmSync(join(dir, "recordings/h.json")),
      "changed since the plan",
      ["recordings/h.json: gone"],
    ],
    [
      "where a name is taken",
      [...SHORTS],
      (dir) => writeFileSync(join(dir, "recordings/d.json"), ""),
      "cannot be changed",
      ["recordings/d.json: stands where c.json is to go"],
    ],
    [
      "where a link that leads nowhere has the name",
      [...SHORTS],
      (dir) => symlinkSync("no", join(dir, "recordings/d.json")),
      "cannot be changed",
      ["recordings/d.json: stands where c.json is to go"],
    ],
    [
      "where a file is a link",
      [{ path: "other/z.json" }],
      (dir) => {
        renameSync(join(dir, "other/z.json"), join(dir, "real"));
        symlinkSync("../real", join(dir, "other/z.json"));
      },
      "cannot be changed",
      ["other/z.json: a link to a file, not the file itself: change the file it leads to"],
    ],
    [
      "where a folder is missing",
      [{ path: "other/z.json", to: "no/z.json" }],
      () => undefined,
      "cannot be changed",
      ["no/z.json: its folder is not there"],
    ],
    [
      "where two get one name",
      [
        { path: "recordings/a.json", to: "x" },
        { path: "recordings/b.json", to: "x" },
      ],
      () => undefined,
      "the same name",
      ["x"],
    ],
    [
      "where a rewritten file has the name",
      [
        { path: "recordings/a.json", to: "recordings/b.json" },
        { path: "recordings/b.json", after: "" },
      ],
      () => undefined,
      "the same name",
      ["recordings/b.json"],
    ],
    [
      "where a file is named twice",
      [{ path: "recordings/a.json" }, { path: "recordings/a.json", after: "" }],
      () => undefined,
      "changed twice",
      ["recordings/a.json"],
    ],
    [
      "where names go in a circle",
      [
        { path: "recordings/a.json", to: "recordings/b.json" },
        { path: "recordings/b.json", to: "recordings/a.json" },
      ],
      () => undefined,
      "in a circle",
      ["recordings/a.json"],
    ],
    [
      "where a name stays the same",
      [{ path: "recordings/a.json", to: "recordings/a.json" }],
      () => undefined,
      "in a circle",
      ["recordings/a.json"],
    ],
  ];
  it.each(refusals)("%s", async (_, shorts, spoil, fact, places) => {
    const dir = planted();
    const change = changeOf(dir, shorts);
    spoil(dir);
    const before = grownWithLinks(dir);
    const error = await told(applyChange(change, portsFor(dir)));
    expect(error.message).toContain(fact);
    expect(error.message).toContain("nothing was changed");
    expect(error.places).toEqual(places);
    expect(grownWithLinks(dir)).toEqual(before);
    expect(listTransactions(portsFor(dir))).toEqual([]);
  });

  it("where a file is reached by two names of its folder", async () => {
    const dir = planted();
    symlinkSync("recordings", join(dir, "alias"));
    const change = changeOf(dir, [{ path: "recordings/a.json" }, { path: "alias/a.json", after: "x" }]);
    const error = await told(applyChange(change, portsFor(dir)));
    expect(error.places).toEqual(["alias/a.json: named twice, by way of a link to a folder"]);
  });
});

const grownWithLinks = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.startsWith(".recctl"))
    .sort();

describe("what happens meanwhile", () => {
  it("a file that appears where another is to go is not overwritten: all is taken back", async () => {
    const dir = planted();
    const target = join(dir, "other/g.json");
    const disk = watched((call, args) => {
      if (call === "link" && args[1] === target) writeFileSync(target, "theirs");
    });
    const error = await told(applyChange(changeOf(dir, SHORTS), portsFor(dir, { disk })));
    expect(error).toMatchObject({ message: expect.stringContaining("a file appeared"), place: "other/g.json" });
    expect(grown(dir)).toEqual(sorted({ ...BEFORE, "other/g.json": [expect.any(Number) as never, "theirs"] }));
  });

  it("a file that is written just before its turn is not lost", async () => {
    const dir = planted();
    const disk = watched((call, args) => {
      if (call === "link" && args[1] === join(dir, "other/g.json"))
        writeFileSync(join(dir, "recordings/h.json"), "theirs");
    });
    const error = await told(applyChange(changeOf(dir, SHORTS), portsFor(dir, { disk })));
    expect(error.message).toContain("changed since the plan was made");
    expect(grown(dir)).toEqual({ ...BEFORE, "recordings/h.json": [0o755, "theirs"] });
  });

  it("an interruption takes everything back, wherever it comes", async () => {
    for (let breaths = 1; ; breaths++) {
      const dir = planted();
      let drawn = 0;
      const breathe = () => (++drawn === breaths ? Promise.reject(new Interrupted("SIGINT")) : undefined);
      const result = await applyChange(changeOf(dir, SHORTS), portsFor(dir, { breathe })).catch((error) => error);
      if (drawn < breaths) break;
      expect(result).toBeInstanceOf(Interrupted);
      expect(grown(dir)).toEqual(BEFORE);
      expect(await recover(portsFor(dir))).toEqual([]);
      expect(listTransactions(portsFor(dir))).toEqual([]);
    }
  });

  it("a full disk is told with its place and what to look at", async () => {
    const dir = planted();
    const disk = watched((call, args) => {
      if (call === "create" && String(args[0]).includes("/recordings/")) throw refused("ENOSPC", "open", args[0]);
    });
    const error = await told(applyChange(changeOf(dir, SHORTS), portsFor(dir, { disk })));
    expect(error.message).toBe("no space left on the disk: all that was done is taken back");
    expect(error.place).toMatch(/^recordings\/\.recctl-/);
    expect(error.remedy).toEqual(["df -h recordings"]);
    expect(grown(dir)).toEqual(BEFORE);
  });

  it("two at once: one is told the process of the other", async () => {
    const dir = planted();
    const ports = portsFor(dir, { breathe: () => new Promise((done) => setImmediate(done)) });
    const results = await Promise.allSettled([1, 2].map(() => applyChange(changeOf(dir, SHORTS), ports)));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    const { reason } = results[1] as PromiseRejectedResult;
    expect(reason.message).toBe(`another recctl is changing files here (process ${process.pid})`);
    expect(grown(dir)).toEqual(AFTER);
  });

  it.each([
    ["of a dead process", () => `${spawnSync("true").pid}-0`],
    ["of a dead process that had our id", () => `${process.pid}-0`],
    ["that says nothing", () => ""],
    ["that makes no sense", () => "\u0000\u00ff"],
  ])("a lock %s is broken", async (_, token) => {
    const dir = planted();
    mkdirSync(join(dir, ".recctl/transactions"), { recursive: true });
    writeFileSync(join(dir, ".recctl/lock"), token());
    writeFileSync(join(dir, `.recctl/lock-${process.pid}-0`), token());
    await applyChange(changeOf(dir, SHORTS), portsFor(dir));
    expect(grown(dir)).toEqual(AFTER);
    expect(existsSync(join(dir, ".recctl/lock"))).toBe(false);
  });
});

describe("undoing is refused, with a full list and nothing changed,", () => {
  it("where files changed since, are gone, or stand in the way", async () => {
    const dir = planted();
    const ports = portsFor(dir);
    await applyChange(changeOf(dir, SHORTS), ports);
    writeFileSync(join(dir, "recordings/a.json"), "mine");
    rmSync(join(dir, "recordings/c.json"));
    for (const name of ["b", "h"]) writeFileSync(join(dir, `recordings/${name}.json`), "in the way");
    const before = grown(dir);
    const error = await told(undoLast(ports));
    expect(error.message).toBe("files changed since; nothing was undone (4 files)");
    expect(error.places.toSorted()).toEqual([
      "recordings/a.json: changed",
      "recordings/b.json: stands where c.json must return",
      "recordings/c.json: gone",
      "recordings/h.json: stands where a removed file must return",
    ]);
    expect(grown(dir)).toEqual(before);
    expect(listTransactions(ports)).toMatchObject([{ state: "done" }]);
  });

  it("where an original was lost", async () => {
    const dir = planted();
    const ports = portsFor(dir);
    const { id } = await applyChange(changeOf(dir, SHORTS), ports);
    rmSync(join(dir, `.recctl/transactions/${id}/0.original`));
    expect((await told(undoLast(ports))).places).toEqual(["recordings/a.json: its original is lost"]);
    expect(grown(dir)).toEqual(AFTER);
  });

  it("where a journal is damaged", async () => {
    const dir = planted();
    const ports = portsFor(dir);
    const { id } = await applyChange(changeOf(dir, SHORTS), ports);
    const path = `.recctl/transactions/${id}/journal`;
    writeFileSync(join(dir, path), "{");
    const change = changeOf(dir, [{ path: "other/z.json" }]);
    // What was done needs no recovery.
    expect(await recover(ports)).toEqual([]);
    for (const call of [() => undoLast(ports), () => applyChange(change, ports)]) {
      expect((await told(call())).message).toContain("damaged");
    }
    rmSync(join(dir, `.recctl/transactions/${id}/done`));
    expect((await told(recover(ports))).message).toContain("damaged");
    expect(grown(dir)).toEqual(AFTER);
  });
});

describe("journals lie", () => {
  it("in the git directory, also from a folder below, in a worktree or a submodule", async () => {
    for (const link of [null, "gitdir: ../real\n", `gitdir: ${temporary()}\n`]) {
      const root = temporary();
      const dir = join(root, "work");
      mkdirSync(join(root, "real"));
      mkdirSync(dir);
      if (link) writeFileSync(join(dir, ".git"), link);
      else mkdirSync(join(dir, ".git"));
      plant(dir, BEFORE);
      await applyChange(changeOf(dir, SHORTS), portsFor(join(dir, "recordings")));
      const home = link ? link.slice(8, -1) : ".git";
      expect(readdirSync(home.startsWith("/") ? join(home, "recctl") : join(dir, home, "recctl"))).toEqual([
        "transactions",
      ]);
      expect(await undoLast(portsFor(join(dir, "other")))).toMatchObject({ left: [] });
      expect(grown(dir)).toEqual(BEFORE);
    }
  });

  it("in .recctl, which git does not see, where .git leads nowhere", async () => {
    const dir = planted();
    writeFileSync(join(dir, ".git"), "gitdir: gone\n");
    await applyChange(changeOf(dir, SHORTS), portsFor(dir));
    expect(readdirSync(join(dir, ".recctl")).sort()).toEqual([".gitignore", "transactions"]);
    rmSync(join(dir, ".git"));
    spawnSync("git", ["init", "-q"], { cwd: dir });
    expect(spawnSync("git", ["status", "--porcelain", "-uall"], { cwd: dir }).stdout.toString()).not.toContain(
      "recctl",
    );
  });

  it.skipIf(!existsSync("/dev/shm"))("on another file system", async () => {
    const dir = planted();
    const git = mkdtempSync("/dev/shm/recctl-test-");
    onTestFinished(() => rmSync(git, { recursive: true }));
    writeFileSync(join(dir, ".git"), `gitdir: ${git}\n`);
    await applyChange(changeOf(dir, SHORTS), portsFor(dir));
    expect(grown(dir)).toEqual(AFTER);
    await undoLast(portsFor(dir));
    expect(grown(dir)).toEqual(BEFORE);
  });

  it("for a tree alone where there is no git: nothing beyond it is changed, nor taken back", async () => {
    const [dir, beyond] = [planted(), planted()];
    symlinkSync(beyond, join(dir, "beyond"));
    for (const at of [beyond, join(dir, "beyond")]) {
      const error = await told(applyChange(changeOf(at, SHORTS), portsFor(dir)));
      expect(error.message).toContain("outside of the tree");
    }
    const { id } = await applyChange(changeOf(dir, SHORTS), portsFor(dir));
    const journal = join(dir, `.recctl/transactions/${id}/journal`);
    const text = readFileSync(journal, "utf8");
    for (const at of [`${beyond}/`, "../x/", "beyond/"]) {
      writeFileSync(journal, text.replaceAll(/"(?=recordings\/|other\/)/g, `"${at}`));
      expect((await told(undoLast(portsFor(dir)))).message).toContain("not made by this recctl");
      const done = join(dir, `.recctl/transactions/${id}/done`);
      rmSync(done);
      expect((await told(recover(portsFor(dir)))).message).toContain("not made by this recctl");
      writeFileSync(done, "");
    }
    expect(grown(beyond)).toEqual(BEFORE);
    writeFileSync(journal, text);
    await undoLast(portsFor(dir));
  });

  it("in a tree that was copied: its undo touches the copy alone", async () => {
    const dir = planted();
    await applyChange(changeOf(dir, SHORTS), portsFor(dir));
    const copy = temporary();
    cpSync(dir, copy, { recursive: true, mode: 0 });
    await undoLast(portsFor(copy));
    expect(grown(dir)).toEqual(AFTER);
    expect(Object.keys(grown(copy))).toEqual(Object.keys(BEFORE));
  });
});

it("a mode that was changed since stays with a file that only changed its name", async () => {
  const dir = planted({ a: [0o644, "a"] });
  await applyChange(changeOf(dir, [{ path: "a", to: "b" }]), portsFor(dir));
  chmodSync(join(dir, "b"), 0o600);
  await undoLast(portsFor(dir));
  expect(grown(dir)).toEqual({ a: [0o600, "a"] });
});
