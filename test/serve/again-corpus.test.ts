import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/recording/json/parse.ts";
import type { JsonObject } from "../../src/recording/json/value.ts";
import { PYTHON_INDENTED, STRICT, writeJson } from "../../src/recording/json/write.ts";
import { readName } from "../../src/recording/name.ts";
import { hashesOf, verifying } from "../../src/recording/names/schemes.ts";
import { splitUrl } from "../../src/recording/names/url.ts";
import { recordingFrom } from "../../src/recording/recording.ts";
import { recordingsOf } from "../../src/server/matching/store.ts";
import {
  AS_FLAGS,
  type ServePorts,
  type ServeSettings,
  type StorePort,
  serving,
} from "../../src/server/serve/index.ts";
import { askUpstream } from "../../src/server/upstream/ask.ts";
import type { Upstream } from "../../src/server/upstream/headers.ts";
import { DEFAULT_UPSTREAM_LIMITS } from "../../src/server/upstream/types.ts";
import { HAS_PYTHON } from "../python.ts";
import { temporary } from "../run.ts";
import { CORPUS, folderOf, type Kept } from "../server/matching/folder.ts";
import { tally } from "../server/matching/round.ts";
import { wireOf } from "../server/matching/wire.ts";
import { CAUSES, type Cause, causesOf } from "../server/recorded/causes.ts";
import { differences, type Played } from "../server/recorded/played.ts";
import { testHeaders } from "./asking.ts";
import { mountsOf, recordedBase } from "./every.ts";
import { PLAY, player } from "./player.ts";

const ORACLE = process.env.RECCTL_ORACLE;
const TREE = CORPUS ? join(CORPUS, "2026-05") : "";

const EMPTY = "an empty extra_body, of which nothing is on the wire";
const SCHEMA = "a schema that Google's library sends in other words";

const OLD_CHAT = "a chat that an old recorder stored as a text completion";

const ALLOWED: readonly Cause[] = [
  ["key order in the body", (difference) => /^\.request\.(?:body|payload|kwargs)\S* order$/.test(difference)],
  ["provider_metadata", (difference) => difference.startsWith(".request.provider_metadata ")],
  // Text completions have no messages, so they count as what was added to the body.
  [OLD_CHAT, (difference) => /^\.request\.body\.(?:extra_body - made \{"messages"|messages )/.test(difference)],
];

/** A store that writes into a folder and knows of nothing that is there. */
const into = (root: string): StorePort => ({
  recordings: recordingsOf([]),
  refresh: async () => false,
  again: async () => undefined,
  standing: () => null,
  whyNot: () => null,
  open: () => null,
  *heads() {},
  async write({ folder, name }, document) {
    mkdirSync(join(root, folder), { recursive: true });
    const path = `${folder}/${name}`;
    writeFileSync(join(root, path), `${writeJson(document, PYTHON_INDENTED)}\n`);
    return { path, was: "new" };
  },
});

/** Records again what an upstream plays: the core, with every base url of the recordings as a mount. */
class Again {
  readonly root = temporary();
  private readonly upstreams: readonly Upstream[];

  constructor(
    private readonly url: string,
    private readonly mounts: ReadonlyMap<string, string>,
    providers: readonly string[],
  ) {
    const flags = [...mounts].map(([base, name]): Upstream => ({ api: name, url: base, from: "flag" }));
    const plain = ["google", ...providers].map((api): Upstream => ({ api, url, from: "flag" }));
    this.upstreams = [...flags, ...plain];
  }

  /** The path of what was recorded; or why nothing was. */
  async record(one: Kept, at: number, scheme: string | undefined): Promise<{ path: string } | { why: string }> {
    const wire = wireOf(one.request_);
    if (!wire) return { why: "nothing asks it" };
    let why = "";
    let path: string | null = null;
    const ports: ServePorts = {
      store: into(this.root),
      // Whoever it is that is asked, this one answers.
      upstream: (asked) => askUpstream({ ...asked, url: this.url + new URL(asked.url).pathname }),
      env: {},
      now: Date.now,
      clock: () => performance.now(),
      sleep: async () => undefined,
      journal: (entry) => {
        path = entry.outcome === "recorded" ? entry.path : null;
        why = entry.reason ?? entry.outcome;
      },
      secretsIn: null,
    };
    const settings: ServeSettings = {
      mode: "record",
      match: "name",
      testId: null,
      missStatus: 404,
      schemeOf: () => scheme,
      fallback: "tests/integration/common/recordings",
      pace: {},
      keepPartial: false,
      keepFailures: false,
      upstreams: this.upstreams,
      limits: DEFAULT_UPSTREAM_LIMITS,
      recctl: "recctl",
      wording: AS_FLAGS,
    };
    const serve = serving(ports, settings);
    const reply = await serve({
      method: wire.method,
      target: this.targetFor(one, wire.target),
      headers: { ...wire.headers, ...testHeaders(one.head.testId), [PLAY]: String(at) },
      body: wire.body === null ? new Uint8Array() : Buffer.from(writeJson(wire.body, STRICT)),
      gone: new AbortController().signal,
    });
    if (typeof reply.body !== "string") for await (const _ of reply.body);
    await serve.settled();
    return path === null ? { why } : { path };
  }

  /** The mount stands for the whole base url, whose path the target has, too. */
  private targetFor(one: Kept, target: string): string {
    if (one.head.kind === "tool") return `/${one.provider}${target}`;
    const base = recordedBase(one);
    return base === null ? target : `/${this.mounts.get(base)}${target.slice(splitUrl(base).path.length)}`;
  }
}

/** Why a request on the wire tells less than was asked. */
const UNTOLD: readonly (readonly [string, RegExp])[] = [
  [EMPTY, /^\.body\.extra_body \{\} made -$/],
  [SCHEMA, /^\.body\.config\.response_schema\./],
];

const whyOther = (found: readonly string[]): string | undefined =>
  UNTOLD.find(([, is]) => found.some((difference) => is.test(difference)))?.[0];

describe.skipIf(!CORPUS || !ORACLE)("May 2026, of the corpus (needs RECCTL_CORPUS, RECCTL_ORACLE)", () => {
  it("what clients ask and an upstream plays is recorded under the same names, with the same bytes, but for what is counted here", async () => {
    const { all } = folderOf(TREE);
    const providers = [...new Set(all.flatMap(({ provider }) => (provider === null ? [] : [provider])))];
    const again = new Again(await player(all), mountsOf(all), providers);
    const names: string[] = [];
    const played: Played[] = [];
    const paths: string[] = [];
    for (const [at, one] of all.entries()) {
      const hashes = hashesOf({ kind: one.head.kind, request: one.request_, testId: one.root.get("test_id") ?? null });
      const scheme = verifying(one.hash, hashes).at(-1);
      const came = await again.record(one, at, scheme);
      const text = readFileSync(join(TREE, one.path), "utf8");
      const recording = recordingFrom(one.root, text);
      if ("why" in came) {
        names.push(came.why);
        continue;
      }
      const made = readFileSync(join(again.root, came.path), "utf8");
      const root = parseJson(made) as JsonObject;
      const [was, is] = [readName(one.path), readName(came.path)];
      const isSame = is.hash.startsWith(was.hash) && is.digest === was.digest;
      if (scheme === undefined) names.push(isSame ? "same, though it verifies under none" : "verifies under no scheme");
      else if (isSame) names.push("same");
      else {
        const body = differences(one.root.get("request"), root.get("request"));
        // Of another name, it has other ids; it is not compared.
        names.push(whyOther(body) ?? `other: ${one.path}: ${body.join("; ")}`);
      }
      if (isSame || scheme === undefined) {
        played.push({ file: one.path, text, recording, scheme, again: { name: came.path, root }, made });
      }
      if (one.verified && isSame) paths.push(join(again.root, came.path));
    }
    expect(tally(names)).toEqual({ [EMPTY]: 1, [SCHEMA]: 5, same: 1127, "verifies under no scheme": 49 });
    const same = played.filter(({ text, made }) => text === made).length;
    expect(causesOf(played, [...ALLOWED, ...CAUSES])).toEqual({
      [OLD_CHAT]: 1,
      provider_metadata: 239,
      "its name verifies under no scheme, so another hash is in its ids": 38,
      "renamed after it was recorded: the ids tell the hash of its former name": 2,
      "written before the key id_normalization_mapping (2025-10-09)": 66,
      "written before the key test_id (2025-10-04)": 8,
    });
    expect(same).toBe(852);
    if (!HAS_PYTHON) return;
    const oracle = spawnSync("python3", [resolve(ORACLE as string), ...paths], { encoding: "utf8", maxBuffer: 1e8 });
    const lines = oracle.stdout.trim().split("\n");
    expect(tally(lines.map((line) => line.split("\t")[0] as string))).toEqual({
      "2026-06-17": 995,
      "http-2026-04-09": 5,
      "tool-2025-10-09": 2,
    });
  }, 180_000);
});
