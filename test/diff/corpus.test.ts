import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { HAS_GIT } from "../store/repository.ts";
import { type DiffJson, diffJson } from "./world.ts";

const { RECCTL_CORPUS: CORPUS } = process.env;
const runs = resolve(CORPUS ?? "", "runs");
const isThere = Boolean(CORPUS) && existsSync(runs);

const overlaid = async (run: string) => (await diffJson(join(runs, run), "--overlay", "./old", "./new")).json;

/** How many of the items each key has. */
function counted<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

const isList = (path: string): boolean => /models-[^/]+$/.test(path) || /-[0-9a-f]{8}\.json$/.test(path);

describe.skipIf(!isThere || !HAS_GIT)("two real runs (needs RECCTL_CORPUS, with runs/ in it)", () => {
  it("service-tier: all 68 paired, what was added told once, two others told apart", async () => {
    const { pairs, clusters, added, removed, superseded, summary } = await overlaid("service-tier");
    expect([pairs.length, added, removed, superseded.length]).toEqual([68, [], [], 68]);
    expect(counted(pairs, ({ via }: DiffJson) => via)).toEqual({ test: 68 });
    const [tier, ...others] = clusters;
    expect(tier.change).toMatchObject({ op: "add", path: "body.service_tier", old: null, new: "default" });
    // The plan says 46 tests. The 66 recordings name 48: each of the 68 tells its own test id, and these are all of them.
    expect([tier.pairs.length, tier.tests.length, summary.tests]).toEqual([66, 48, 48]);
    const [apart] = others.filter(({ change }: DiffJson) => change.volatile === null);
    expect(apart).toMatchObject({ pairs: expect.any(Array), change: { op: "replace" } });
    expect(apart.pairs).toHaveLength(2);
    expect(apart.pairs.some((at: number) => tier.pairs.includes(at))).toBe(false);
    expect(apart.change.new).toContain("in Celsius is");
    // All else changes with every run.
    expect(
      others
        .filter((one: DiffJson) => one !== apart)
        .map(({ change }: DiffJson) => change.volatile)
        .sort(),
    ).toEqual(["call id", "score"]);
  });

  it("reasoning: chat, model lists and what runs on a server", async () => {
    const { pairs, added, removed, summary } = await overlaid("reasoning");
    const chat = pairs.filter(({ new: path }: DiffJson) => !isList(path));
    expect(counted(chat, ({ request }: DiffJson) => request)).toEqual({ same: 7, changed: 3 });
    const lists = pairs.filter(({ new: path }: DiffJson) => isList(path));
    expect(lists.map(({ request, response }: DiffJson) => [request, response.kind])).toEqual(
      Array(3).fill(["same", "changed"]),
    );
    expect(counted(added, ({ endpoint }: DiffJson) => endpoint)).toEqual({
      "/v1/chat/completions": 14,
      "/v1/models": 45,
      "/api/ps": 1,
    });
    expect([removed, summary.pairs, summary.added]).toEqual([[], 13, 60]);
  });
});
