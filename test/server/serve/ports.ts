import { parseJson } from "../../../src/recording/json/parse.ts";
import type { JsonObject } from "../../../src/recording/json/value.ts";
import { PYTHON_INDENTED, writeJson } from "../../../src/recording/json/write.ts";
import { type Recording, recordingFrom } from "../../../src/recording/recording.ts";
import { recordingsOf } from "../../../src/server/matching/store.ts";
import {
  AS_FLAGS,
  type Asked,
  type JournalEntry,
  type Reply,
  type ServePorts,
  type ServeSettings,
  type Serving,
  type StorePort,
  serving,
} from "../../../src/server/serve/index.ts";
import {
  DEFAULT_UPSTREAM_LIMITS,
  type UpstreamAnswer,
  type UpstreamAsked,
} from "../../../src/server/upstream/types.ts";
import { type Kept, keptOf } from "../matching/folder.ts";

/** A store in memory. */
export class MemoryStore implements StorePort {
  private readonly files = new Map<string, Kept>();
  readonly texts = new Map<string, string>();

  put(path: string, text: string): void {
    this.texts.set(path, text);
    this.files.set(path, keptOf(path, parseJson(text) as JsonObject));
  }

  get recordings() {
    return recordingsOf(this.files.values());
  }

  async refresh() {
    return false;
  }

  open(path: string): Recording | null {
    const text = this.texts.get(path);
    return text === undefined ? null : recordingFrom(parseJson(text) as JsonObject, text);
  }

  *heads() {
    for (const { path, root } of this.files.values()) {
      const { head } = recordingFrom(root, "");
      yield { path, ...head };
    }
  }

  async again() {}

  standing({ folder, name }: { folder: string; name: string }) {
    return this.texts.has(`${folder}/${name}`) ? `${folder}/${name}` : null;
  }

  whyNot() {
    return null;
  }

  async write({ folder, name }: { folder: string; name: string }, root: JsonObject) {
    const path = `${folder}/${name}`;
    const text = `${writeJson(root, PYTHON_INDENTED)}\n`;
    const before = this.texts.get(path);
    this.put(path, text);
    return { path, was: before === undefined ? "new" : before === text ? "same" : "replaced" } as const;
  }
}

export interface World {
  serve: Serving;
  store: MemoryStore;
  entries: JournalEntry[];
  /** What upstreams were asked. */
  asked: UpstreamAsked[];
  /** Milliseconds that were slept. */
  slept: number[];
}

/** An answer of an upstream, whole. */
export function answering(text: string, part: Partial<UpstreamAnswer> = {}): UpstreamAnswer {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    sent: { "Content-Type": "application/json" },
    frames: (async function* () {
      yield text;
    })(),
    rest: () => undefined,
    ended: Promise.resolve({ how: "whole", text }),
    ...part,
  };
}

/** The core in a world of its own. */
export function worldOf(
  settings: Partial<ServeSettings> = {},
  upstream: (asked: UpstreamAsked) => Promise<UpstreamAnswer> = async () => answering("{}"),
  store = new MemoryStore(),
): World {
  const world = { store, entries: [] as JournalEntry[], asked: [] as UpstreamAsked[], slept: [] as number[] };
  let now = 0;
  const ports: ServePorts = {
    store,
    upstream: async (asked) => {
      world.asked.push(asked);
      return upstream(asked);
    },
    env: {},
    now: () => 0,
    clock: () => now,
    sleep: async (ms) => {
      world.slept.push(Math.round(ms));
      now += ms;
    },
    journal: (entry) => world.entries.push(entry),
    secretsIn: null,
  };
  const serve = serving(ports, {
    mode: "replay",
    match: "name",
    testId: null,
    missStatus: 404,
    schemeOf: () => undefined,
    fallback: "tests/integration/common/recordings",
    pace: {},
    keepPartial: false,
    keepFailures: false,
    upstreams: [],
    limits: DEFAULT_UPSTREAM_LIMITS,
    recctl: "recctl",
    wording: AS_FLAGS,
    ...settings,
  });
  return { ...world, serve };
}

/** A request as an HTTP server would hand it on. */
export const request = (target: string, body: unknown, part: Partial<Asked> = {}): Asked => ({
  method: body === null ? "GET" : "POST",
  target,
  headers: {},
  body: body === null ? new Uint8Array() : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  gone: new AbortController().signal,
  ...part,
});

/** The frames of a reply, and whether they broke off. */
export async function framesIn({ body }: Reply): Promise<{ frames: string[]; broke: boolean }> {
  if (typeof body === "string") return { frames: [body], broke: false };
  const frames: string[] = [];
  try {
    for await (const frame of body) frames.push(frame);
    return { frames, broke: false };
  } catch {
    return { frames, broke: true };
  }
}
