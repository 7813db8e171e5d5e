import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { started } from "../cli/process.ts";
import { temporary } from "../run.ts";
import { HAS_GIT, repository } from "../store/repository.ts";
import { type Document, prune } from "./scene.ts";
import { leftOut, nameOf, seeded, sourcesOf, type Test, testOf } from "./sources-made.ts";

const { RECCTL_CORPUS: CORPUS } = process.env;
const PART = "2026-05";

/** Every file below a folder with all that undo must bring back; the journals and git's own are no part of it. */
function all(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (/^\.(?:git|recctl)(?:\/|$)/.test(path) || entry.isDirectory()) continue;
    const { mode, mtimeNs, size } = statSync(join(root, path), { bigint: true });
    const digest = createHash("sha256")
      .update(readFileSync(join(root, path)))
      .digest("hex");
    found.set(path, [mode, mtimeNs, size, digest].join(" "));
  }
  return found;
}

/** A recording's test, and whether other tests find it as well. */
interface Known {
  path: string;
  test: Test | null;
  isAnyones: boolean;
}

function knownIn(root: string): Known[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => {
      const { test_id: id, request } = JSON.parse(readFileSync(join(root, path), "utf8"));
      const isAnyones = basename(path).startsWith("models-") || "tool_name" in request;
      return { path, test: typeof id === "string" ? testOf(id) : null, isAnyones };
    });
}

function plant(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const TREE = CORPUS ? join(resolve(CORPUS), PART) : "";

/** How the sources are kept, and the seed that chooses which are left out. */
const ROUNDS = [
  { what: "without git", seed: 1, inGit: false },
  { what: "in git (needs git)", seed: 2, inGit: true },
  { what: "in git, another choice (needs git)", seed: 3, inGit: true },
];

describe.skipIf(!existsSync(TREE))(`prune on real recordings (needs RECCTL_CORPUS, with ${PART} in it)`, () => {
  for (const { what, seed, inGit } of ROUNDS)
    it.skipIf(inGit && !HAS_GIT)(
      `${what}: exactly the recordings of tests that were left out go, and undo brings them back`,
      async () => {
        const root = join(realpathSync(temporary()), PART);
        cpSync(TREE, root, { recursive: true, preserveTimestamps: true });
        const known = knownIn(root);
        const tests = [...new Map(known.flatMap(({ test }) => (test ? [[nameOf(test), test]] : []))).values()];
        const random = seeded(seed);
        const out = leftOut(tests, random);
        const kept = tests.filter((test) => !out.names.has(nameOf(test)));
        if (inGit) {
          // Once all were there; of those that are left, two are in the index alone.
          const repo = repository(root);
          const before = sourcesOf(tests, seeded(seed));
          plant(root, before);
          repo.commit("all tests");
          for (const path of Object.keys(before)) rmSync(join(root, path));
          plant(root, sourcesOf(kept, random));
          repo.commit("some tests");
          const files = [...new Set(kept.map(({ file }) => file))];
          for (const file of [files[0], files.at(-1)]) rmSync(join(root, file as string));
        } else plant(root, sourcesOf(kept, random));

        const verdictOf = ({ test, isAnyones }: Known): string => {
          if (test === null) return "shared";
          if (!out.names.has(nameOf(test))) return "used";
          return isAnyones ? "shared" : "test gone";
        };
        const wanted = new Map(known.map((one) => [one.path, verdictOf(one)]));
        const goes = [...wanted].filter(([, verdict]) => verdict === "test gone").map(([path]) => path);
        const ofFiles = known.filter(({ test }) => test && out.files.has(test.file)).length;
        expect(Math.min(goes.length, ofFiles, goes.length - ofFiles), "too little to go").toBeGreaterThan(5);
        expect(known.some((one) => one.isAnyones && one.test && out.names.has(nameOf(one.test)))).toBe(true);

        const before = all(root);
        const looked = await prune(root, ["--json"]);
        const { verdicts, plan } = JSON.parse(looked.stdout) as Document;
        const odd = verdicts.filter(({ path, verdict }) => wanted.get(path) !== verdict);
        expect(odd.map(({ path, verdict, evidence }) => ({ path, verdict, evidence }))).toEqual([]);
        expect(verdicts.length).toBe(known.length);
        expect(plan.remove.toSorted()).toEqual(goes.toSorted());
        expect(looked.code).toBe(1);
        expect(all(root)).toEqual(before);

        expect((await prune(root, ["--apply"])).code).toBe(0);
        const left = all(root);
        expect([...before.keys()].filter((path) => !left.has(path)).sort()).toEqual(goes.toSorted());
        for (const [path, told] of left) if (before.get(path) !== told) expect.fail(`${path} is otherwise`);
        expect((await prune(root, ["--check"])).code).toBe(0);
        expect((await started(["undo"], { cwd: root }).read().ended).code).toBe(0);
        expect(all(root)).toEqual(before);
      },
      120_000,
    );
});
