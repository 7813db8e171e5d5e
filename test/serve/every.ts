import { isDeepStrictEqual } from "node:util";
import { headOf } from "../../src/recording/head.ts";
import { asString } from "../../src/recording/json/value.ts";
import { STRICT, writeJson } from "../../src/recording/json/write.ts";
import { recordingFrom } from "../../src/recording/recording.ts";
import { FALLBACK, unitedOf } from "../../src/server/matching/nearness.ts";
import { baseOf } from "../../src/server/matching/routes.ts";
import type { Folder, Kept } from "../server/matching/folder.ts";
import { recordedRoute, wireOf } from "../server/matching/wire.ts";
import { anthropic } from "../wire/anthropic.ts";
import { type Client, difference } from "../wire/client.ts";
import { google } from "../wire/google.ts";
import { ollama } from "../wire/ollama.ts";
import { openai } from "../wire/openai.ts";
import type { Wire } from "../wire/wires.ts";
import { callFor, isOpenai, testHeaders, yielded } from "./asking.ts";

const CLIENTS: readonly Client[] = [openai, anthropic, ollama, google];

/** The base url under which a recording was made; null for what has none. */
export function recordedBase(one: Kept): string | null {
  const route = recordedRoute(one.request_);
  return (route && route.dialect !== "genai" && baseOf(route, asString(one.request_.get("url")) ?? "")) || null;
}

/** A name for each base url of some recordings, to be asked under. */
export function mountsOf(all: readonly Kept[]): ReadonlyMap<string, string> {
  const bases = new Set(all.map(recordedBase).filter((base) => base !== null));
  return new Map([...bases].sort().map((base, at) => [base, `base${at}`]));
}

/** What a server is told of them. */
export const mounted = (mounts: ReadonlyMap<string, string>): string[] =>
  [...mounts].flatMap(([base, name]) => ["--upstream", `${name}=${base}`]);

/** Asks a server for recordings with the API's own client libraries, and compares what they yield with what was recorded. */
export class Every {
  readonly differences: string[] = [];

  constructor(
    private readonly folder: Folder,
    private readonly wires: ReadonlyMap<string, Wire>,
  ) {}

  /** What came of one, in a few words. `url` has the mount behind it, where there is one. */
  async ask(one: Kept, url: string): Promise<string> {
    const wire = this.united(one, this.wires.get(one.path) as Wire);
    const client = CLIENTS.find(({ dialects }) => dialects.includes(wire.dialect));
    const endpoint = headOf(one.root).endpoint ?? "";
    const call = callFor(endpoint);
    if (!client || !call) return this.fetched(one, wire, url);
    const args = JSON.parse(writeJson(one.request_.get("body") ?? one.request_.get("payload") ?? null, STRICT));
    let told: Headers | null = null;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await globalThis.fetch(input, init);
      told = response.headers;
      return response;
    };
    const base = isOpenai(endpoint) ? `${url}/v1` : url;
    const asked = (): AsyncIterable<unknown> =>
      yielded(call({ url: base, headers: testHeaders(one.head.testId), fetch }, structuredClone(args)));
    const nothing = wire.frames.length === 0;
    const found = nothing
      ? await refused(asked(), one)
      : await difference({ ...client, read: asked }, wire, { baseUrl: url, fetch });
    const headers = told as Headers | null;
    const outcome = headers?.get("x-recctl-outcome");
    if (outcome !== "hit") return outcome ?? "no answer";
    if (found === null) return nothing ? `${client.library}: the recorded failure` : client.library;
    if (await this.isRounded(wire, args, asked)) return `${client.library}: equal as floats of 32 bits`;
    if (headers?.get("x-recctl-name") !== one.hash) return "another recording of the same request on the wire";
    this.differences.push(found);
    return "otherwise";
  }

  /** No library asks tools, nor rerank. */
  private async fetched(one: Kept, wire: Wire, url: string): Promise<string> {
    const sent = wireOf(one.request_);
    if (!sent) return `nothing asks ${wire.dialect}`;
    const headers = { "content-type": "application/json", ...testHeaders(one.head.testId) };
    const body = writeJson(sent.body, STRICT);
    const response = await fetch(url + sent.target, { method: sent.method, headers, body });
    if (isDeepStrictEqual(await response.json(), wire.recorded[0])) return `fetch, ${wire.dialect}`;
    this.differences.push(one.path);
    return "otherwise";
  }

  /** Whoever says nothing gets embeddings as floats of 32 bits, and the recording may have longer ones. */
  private async isRounded(wire: Wire, args: { encoding_format?: string }, asked: () => AsyncIterable<unknown>) {
    if (wire.dialect !== "openai-embeddings" || args.encoding_format !== undefined) return false;
    const rounded = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_, member) => (typeof member === "number" ? Math.fround(member) : member));
    const answers: unknown[] = [];
    for await (const answer of asked()) answers.push(answer);
    return isDeepStrictEqual(rounded(answers), rounded(wire.recorded));
  }

  /** Lists of models of one hash are one list, as the recorder has it: each model once, the last that has its id, ordered by ids. */
  private united(one: Kept, wire: Wire): Wire {
    if (!one.path.includes("models-")) return wire;
    const named = this.folder.recordings.byName(one.hash).filter(({ id }) => id.includes("-"));
    const alike = unitedOf(named, one.head.testId, FALLBACK).map(({ path }) => this.wires.get(path) as Wire);
    if (wire.dialect === "ollama") {
      const all = alike.flatMap(({ recorded }) => (recorded[0] as { models: { model: string }[] }).models);
      return { ...wire, recorded: [{ models: distinct(all, ({ model }) => model) }] };
    }
    const all = alike.flatMap(({ recorded }) => recorded as { id: string }[]);
    return { ...wire, recorded: distinct(all, ({ id }) => id) };
  }
}

/** As CPython sorts texts: by their code points, which is the order of their bytes. */
const distinct = <T>(all: readonly T[], key: (one: T) => string): T[] =>
  [...new Map(all.map((one) => [key(one), one]))]
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([, one]) => one);

/** Whether a library raises what was recorded as a failure at once; else what it did instead. */
async function refused(asked: AsyncIterable<unknown>, one: Kept): Promise<string | null> {
  try {
    for await (const answer of asked) return `${one.path}: answered with ${JSON.stringify(answer).slice(0, 200)}`;
    return `${one.path}: an empty answer`;
  } catch (error) {
    const { status, status_code = status, error: told } = error as Partial<Record<string, unknown>>;
    const { failure } = recordingFrom(one.root, "");
    const body = failure?.body == null ? told : JSON.parse(writeJson(failure.body, STRICT));
    // A client that waited too long has no status.
    const is = failure && status_code === (failure.status ?? 504) && isDeepStrictEqual(told, body);
    return is ? null : `${one.path}: ${error} ${JSON.stringify(told)}`;
  }
}
