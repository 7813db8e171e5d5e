import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { hashesOf, verifying } from "../../src/recording/names/schemes.ts";
import { CORPUS, folderOf, type Kept } from "../server/matching/folder.ts";
import { tally } from "../server/matching/round.ts";
import { wiresOf } from "../wire/wires.ts";
import { Every, mounted, mountsOf, recordedBase } from "./every.ts";
import { served } from "./serving.ts";

/** The newest scheme under which a name verifies. */
const schemeOf = ({ head, root, request_, hash }: Kept): string | undefined =>
  verifying(hash, hashesOf({ kind: head.kind, request: request_, testId: root.get("test_id") ?? null })).at(-1);

const ANOTHER = "another recording of the same request on the wire";

const TREE = CORPUS ? join(CORPUS, "2026-05") : "";

describe.skipIf(!CORPUS)("May 2026, of the corpus (needs RECCTL_CORPUS: a folder of trees)", () => {
  it("every recording, asked by its API's client library, is what was recorded, but for what is counted here", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const folder = folderOf(TREE);
    const every = new Every(folder, new Map([...wiresOf(TREE)].map((wire) => [wire.path, wire])));
    const mounts = mountsOf(folder.all);
    const said = mounted(mounts);
    const servers = new Map<string, string>();
    const ends: (() => Promise<unknown>)[] = [];
    const serverFor = async (...args: string[]): Promise<string> => {
      const key = args.join(" ");
      if (!servers.has(key)) {
        const { url, end } = await served([...args, ...said], { cwd: TREE });
        servers.set(key, url);
        ends.push(end);
      }
      return servers.get(key) as string;
    };
    const mountOf = (one: Kept): string => {
      const name = mounts.get(recordedBase(one) ?? "");
      return name === undefined ? "" : `/${name}`;
    };
    const came = { today: [] as string[], saidWhere: [] as string[], older: [] as string[], byRequest: [] as string[] };
    for (const one of folder.all) {
      const scheme = schemeOf(one);
      if (one.verified) {
        const url = await serverFor();
        const is = await every.ask(one, url);
        came.today.push(is);
        if (is === "refused") came.saidWhere.push(await every.ask(one, url + mountOf(one)));
      } else if (scheme) came.older.push(await every.ask(one, (await serverFor("--scheme", scheme)) + mountOf(one)));
      else came.byRequest.push(await every.ask(one, (await serverFor("--match", "request")) + mountOf(one)));
    }
    for (const end of ends) await end();
    expect(every.differences).toEqual([]);
    expect(tally(came.today)).toEqual({
      "@anthropic-ai/sdk": 3,
      "@google/genai": 38,
      // One test asked the same with an empty extra_body and without: on the wire both are one.
      [ANOTHER]: 1,
      "fetch, tool": 2,
      ollama: 10,
      openai: 912,
      "openai: the recorded failure": 2,
      // The same was asked of several providers: it must be said of which.
      refused: 40,
    });
    expect(tally(came.saidWhere)).toEqual({ openai: 40 });
    expect(tally(came.older)).toEqual({ openai: 125 });
    // Their stored requests were edited: others are nearer to what they are now, or the same is there twice.
    expect(tally(came.byRequest)).toEqual({ [ANOTHER]: 22, openai: 27 });
    expect(folder.all.length).toBe(1182);
  }, 120_000);
});
