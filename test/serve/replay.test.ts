import { expect, it, vi } from "vitest";
import { asString } from "../../src/recording/json/value.ts";
import { STRICT, writeJson } from "../../src/recording/json/write.ts";
import { baseOf } from "../../src/server/matching/routes.ts";
import { sentFor } from "../server/matching/clients.ts";
import { folderOf, type Kept } from "../server/matching/folder.ts";
import { recordedRoute, wireOf } from "../server/matching/wire.ts";
import { anthropic } from "../wire/anthropic.ts";
import { type Client, difference } from "../wire/client.ts";
import { google } from "../wire/google.ts";
import { ollama } from "../wire/ollama.ts";
import { openai } from "../wire/openai.ts";
import { RECORDINGS, type Wire, wiresOf } from "../wire/wires.ts";
import { isOpenai } from "./asking.ts";
import { served } from "./serving.ts";

const CLIENTS: readonly Client[] = [openai, anthropic, ollama, google];
const folder = folderOf(RECORDINGS);

/** The request that the client library sends for a recording, or what is sent where it has none. */
async function requestFor(one: Kept, mount: string): Promise<{ method: string; target: string; body: string | null }> {
  const endpoint =
    one.head.url === null
      ? ""
      : (asString(one.request_.get("endpoint")) ?? one.head.url.replace(/^https?:\/\/[^/]+/, ""));
  const args = JSON.parse(writeJson(one.request_.get("body") ?? one.request_.get("payload") ?? null, STRICT));
  const sent = await sentFor(endpoint, args, mount + (isOpenai(endpoint) ? "/v1" : ""));
  if (sent) return sent;
  const wire = wireOf(one.request_);
  if (!wire) throw new Error(`nothing is sent for ${one.path}`);
  return { method: wire.method, target: wire.target, body: writeJson(wire.body, STRICT) };
}

/** Lists of one hash are united: the last that has a model stays, ordered by ids. */
function unitedWith(wire: Wire, one: Kept, wires: ReadonlyMap<string, Wire>): Wire {
  if (!one.path.startsWith("models-")) return wire;
  const ordered = <T>(models: readonly (readonly [string, T])[]): T[] =>
    [...new Map(models)].sort(([first], [second]) => (first < second ? -1 : 1)).map(([, model]) => model);
  if (wire.dialect === "ollama") {
    const { models } = wire.recorded[0] as { models: { model: string }[] };
    return { ...wire, recorded: [{ models: ordered(models.map((each) => [each.model, each])) }] };
  }
  const alike = folder.all
    .filter(({ hash }) => hash === one.hash)
    .flatMap(({ path }) => wires.get(path)?.recorded ?? []);
  return { ...wire, recorded: ordered((alike as { id: string }[]).map((model) => [model.id, model])) };
}

it("every recording is read by the API's own client library as it was recorded, asked as that library asks", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const wires = new Map([...wiresOf(RECORDINGS)].map((wire) => [wire.path, wire]));
  const bases = new Map<string, string>();
  for (const one of folder.all.filter(({ path }) => path.startsWith("models-"))) {
    const route = recordedRoute(one.request_);
    const base = route && baseOf(route, asString(one.request_.get("url")) ?? "");
    if (base && !bases.has(base)) bases.set(base, `base${bases.size}`);
  }
  const upstreams = [...bases].flatMap(([base, name]) => ["--upstream", `${name}=${base}`]);
  const { url, run, end } = await served([RECORDINGS, ...upstreams]);
  const counts: Record<string, number> = {};
  const differences: string[] = [];
  for (const one of folder.all.filter(({ verified }) => verified)) {
    const wire = unitedWith(wires.get(one.path) as Wire, one, wires);
    const route = recordedRoute(one.request_);
    const base = route && baseOf(route, asString(one.request_.get("url")) ?? "");
    const mount = one.path.startsWith("models-") && base ? `/${bases.get(base)}` : "";
    const sent = await requestFor(one, mount);
    const headers =
      one.head.testId === null ? {} : { "x-ogx-provider-data": JSON.stringify({ __test_id: one.head.testId }) };
    const ask = (): Promise<Response> =>
      globalThis.fetch(url + sent.target, { method: sent.method, headers, body: sent.body });
    const client = CLIENTS.find(({ dialects }) => dialects.includes(wire.dialect));
    if (!client || wire.frames.length === 0) {
      const response = await ask();
      const told = (await response.json()) as unknown;
      expect(response.headers.get("x-recctl-outcome"), one.path).toBe("hit");
      if (wire.frames.length > 0) expect(told).toEqual(wire.recorded[0]);
      else expect(response.status).toBeGreaterThanOrEqual(400);
      counts.plain = (counts.plain ?? 0) + 1;
      continue;
    }
    const found = await difference(client, wire, { baseUrl: "http://api.invalid", fetch: ask });
    if (found !== null) differences.push(found);
    counts[client.library] = (counts[client.library] ?? 0) + 1;
  }
  expect(differences).toEqual([]);
  expect(counts).toEqual({ "@anthropic-ai/sdk": 2, "@google/genai": 6, ollama: 8, openai: 29, plain: 6 });
  const { code, stderr } = await end();
  expect(code).toBe(130);
  expect(stderr).toContain("0 misses");
  expect(run.stdout.toString()).toContain("export OPENAI_BASE_URL=http://127.0.0.1:");
});
