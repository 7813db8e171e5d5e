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
import { fetchIn, piecesOf } from "./made.ts";

const CLIENTS: readonly Client[] = [openai, anthropic, ollama, google];
const folder = folderOf(RECORDINGS);
const wires = new Map([...wiresOf(RECORDINGS)].map((wire) => [wire.path, wire]));

/** Where the recorder's base url is for clients. */
const hostOf = (base: string): URL =>
  new URL(/^https?:/.test(base) ? base : base.replace(/^(?:__databricks__|vertexai:\/\/)?/, DATABRICKS));
const DATABRICKS = "https://adb-1.2.azuredatabricks.net";

/** At the end of a base url as the recorder has it; Google's library has it in its paths. */
const GOOGLES_VERSION = /(?:\/v1beta)?\/?$/;

/** What the client library sends for a recording, where it was told the base url that the recorder had. */
async function requestFor(one: Kept): Promise<[url: string, init: RequestInit]> {
  const { request_, head } = one;
  const route = recordedRoute(request_);
  const { origin, pathname } = hostOf((route && baseOf(route, asString(request_.get("url")) ?? "")) ?? "");
  const endpoint = asString(request_.get("endpoint")) ?? route?.endpoint ?? "";
  const args = JSON.parse(writeJson(request_.get("body") ?? request_.get("payload") ?? null, STRICT));
  const wire = wireOf(request_);
  const sent = (await sentFor(endpoint, args, pathname.replace(GOOGLES_VERSION, ""))) ?? {
    method: wire?.method ?? "",
    target: wire?.target ?? "",
    body: writeJson(wire?.body ?? null, STRICT),
  };
  const headers: Record<string, string> =
    head.testId === null ? {} : { "x-ogx-provider-data": JSON.stringify({ __test_id: head.testId }) };
  return [origin + sent.target, { method: sent.method, headers, body: sent.body }];
}

/** Lists of one hash are united in the order of their ids, as the recorder does; the last that has a model stays. */
function unitedWith(wire: Wire, one: Kept): Wire {
  if (!one.path.startsWith("models-")) return wire;
  const alike = folder.all.filter(({ hash }) => hash === one.hash).sort((a, b) => (a.path < b.path ? -1 : 1));
  const idOf = (model: Listed): string => model.id ?? model.model ?? "";
  const lists = alike.map(({ path }) => listIn(wires.get(path)?.recorded ?? []));
  const models = new Map(lists.flat().map((model) => [idOf(model), model]));
  const united = [...models.values()].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const isBare = wire.dialect === "openai-models";
  return { ...wire, recorded: isBare ? united : [{ ...(wire.recorded[0] as object), models: united }] };
}

type Listed = { id?: string; model?: string };

/** OpenAI's are recorded one by one, Ollama's in one answer. */
const listIn = (recorded: readonly unknown[]): Listed[] =>
  recorded.flatMap((one) => (one as { models?: Listed[] }).models ?? [one as Listed]);

it("every recording is read by the API's own client library as it was recorded", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const fetch = fetchIn(RECORDINGS, { recordings: ".", strict: true });
  const differences: string[] = [];
  const counts: Record<string, number> = {};
  const asked = folder.all.filter(({ verified }) => verified);
  for (const one of asked) {
    const wire = unitedWith(wires.get(one.path) as Wire, one);
    const request = await requestFor(one);
    const ask = (): Promise<Response> => fetch(...request);
    const client = CLIENTS.find(({ dialects }) => dialects.includes(wire.dialect));
    if (!client || wire.frames.length === 0) {
      const response = await ask();
      const told = await response.json();
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
  expect(fetch.counts).toMatchObject({ miss: 0, refused: 0, hit: asked.length });
  await fetch.close();
});

it("streams come in the recorded pieces, each when it is asked for", async () => {
  const fetch = fetchIn(RECORDINGS, { recordings: "." });
  const streams = folder.all.filter(({ path, verified }) => {
    const wire = wires.get(path) as Wire;
    return verified && wire.streamed && !wire.failed;
  });
  expect(streams.length).toBeGreaterThan(5);
  for (const one of streams) {
    const response = await fetch(...(await requestFor(one)));
    expect(await piecesOf(response), one.path).toEqual(
      (wires.get(one.path) as Wire).frames.filter((frame) => frame !== ""),
    );
  }
});
