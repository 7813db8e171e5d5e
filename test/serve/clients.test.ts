import { execFile, spawnSync } from "node:child_process";
import { isDeepStrictEqual, promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { STRICT, writeJson } from "../../src/recording/json/write.ts";
import { forEach } from "../cli/process.ts";
import { folderOf, type Kept, RECORDINGS } from "../server/matching/folder.ts";
import { tally } from "../server/matching/round.ts";
import { recordedRoute, wireOf } from "../server/matching/wire.ts";
import { type Wire, wiresOf } from "../wire/wires.ts";
import { testHeaders } from "./asking.ts";
import { Every, mounted, mountsOf, recordedBase } from "./every.ts";
import { served } from "./serving.ts";

const HAS_CURL = spawnSync("curl", ["--version"]).status === 0;

const folder = folderOf(RECORDINGS);
const wires = new Map([...wiresOf(RECORDINGS)].map((wire) => [wire.path, wire]));
/** But for the one whose kind no scheme names. */
const asked = folder.all.filter(({ verified }) => verified);
/** Lists of several providers are several answers, so it is said who is asked. */
const mounts = mountsOf(asked.filter(({ path }) => path.startsWith("models-")));
const mountOf = (one: Kept): string =>
  one.path.startsWith("models-") ? `/${mounts.get(recordedBase(one) as string)}` : "";

describe("every recording of this repository, asked of the command", () => {
  it("by the API's own client library, with its own defaults, is what was recorded: chunk by chunk", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { url, end } = await served([RECORDINGS, ...mounted(mounts)]);
    const every = new Every(folder, wires);
    const came: string[] = [];
    for (const one of asked) came.push(await every.ask(one, url + mountOf(one)));
    expect(every.differences).toEqual([]);
    expect(tally(came)).toEqual({
      "@anthropic-ai/sdk": 2,
      "@google/genai": 6,
      "fetch, rerank": 1,
      "fetch, tool": 2,
      ollama: 8,
      openai: 29,
      "openai: the recorded failure": 3,
    });
    expect((await end()).stderr).toContain("0 misses");
  });

  it.skipIf(!HAS_CURL)("by curl, is the recorded frames (needs curl)", async () => {
    const { url, end } = await served([RECORDINGS, ...mounted(mounts)]);
    const came = await forEach(asked, (one) => curled(one, url + mountOf(one)));
    expect(tally(came)).toEqual({
      "a failure, 400": 1,
      "a failure, 404": 1,
      "a failure, 504": 1,
      "a list, united": 4,
      "a stream, 200": 22,
      "a stream, and an error behind it": 1,
      "whole, 200": 21,
    });
    expect((await end()).stderr).toContain("0 misses");
  });
});

/** What curl makes of one, in a few words: its exit status 18 is a connection that broke off before the end. */
async function curled(one: Kept, url: string): Promise<string> {
  const wire = wireOf(one.request_);
  if (!wire) return "nothing asks it";
  const { frames, streamed } = wires.get(one.path) as Wire;
  const headers = Object.entries({ "content-type": "application/json", ...testHeaders(one.head.testId) });
  const body = wire.body === null ? [] : ["--data-binary", writeJson(wire.body, STRICT)];
  const { stdout, code } = await promisify(execFile)(
    "curl",
    [
      ...["--silent", "--no-buffer", "--globoff", "--write-out", "\n%{http_code}", "--request", wire.method],
      ...headers.flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
      // The mount stands for the whole base url, which the target has, too.
      ...[...body, url + (one.path.startsWith("models-") ? recordedRoute(one.request_)?.endpoint : wire.target)],
    ],
    { maxBuffer: 1 << 26 },
  ).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  const [, text = "", status] = /^([\s\S]*)\n(\d+)$/.exec(stdout) ?? [];
  const told = frames.join("");
  const kind = streamed ? "a stream" : "whole";
  if (one.path.startsWith("models-")) {
    const listOf = (json: string): object[] => JSON.parse(json).data ?? JSON.parse(json).models;
    const has = (model: object): boolean => listOf(text).some((own) => isDeepStrictEqual(own, model));
    return listOf(told).every(has) ? "a list, united" : `models are missing: ${one.path}`;
  }
  if (text === told) return `${kind}, ${code === 0 ? status : `curl ends with ${code}`}`;
  if (frames.length === 0) return `a failure, ${status}`;
  return code === 0 && text.startsWith(told) ? `${kind}, and an error behind it` : `otherwise: ${one.path} ${code}`;
}
