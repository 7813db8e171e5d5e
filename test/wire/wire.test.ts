import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anthropic } from "./anthropic.ts";
import { type Client, difference } from "./client.ts";
import { google } from "./google.ts";
import { ollama } from "./ollama.ts";
import { openai } from "./openai.ts";
import { type Api, apiOf, byFrame, inPieces, LocalApi } from "./serve.ts";
import { CORPUS, RECORDINGS, type Wire, wiresOf } from "./wires.ts";

const CLIENTS: readonly Client[] = [openai, anthropic, ollama, google];

/** Dialects whose API has no client library in JavaScript. */
const NO_CLIENT = ["rerank", "tool", "unknown"];

/** Dialects whose streams say where they end well. */
const SAY_DONE = ["openai-chat", "openai-completions"];

interface Account {
  /** How many recordings went which way; each went one. */
  counts: Record<string, number>;
  /** What a client read otherwise than it was recorded. */
  differences: string[];
}

/** Has the clients read every recording below `folder`, once from each of the APIs that `apisOf` gives. */
async function readAll(folder: string, apisOf: (wire: Wire) => Api[]): Promise<Account> {
  const account: Account = { counts: {}, differences: [] };
  const { counts, differences } = account;
  for (const wire of wiresOf(folder)) {
    const client = CLIENTS.find(({ dialects }) => dialects.includes(wire.dialect));
    const way = wayOf(wire, client);
    counts[way] = (counts[way] ?? 0) + 1;
    const { done } = wire;
    if (done !== (SAY_DONE.includes(wire.dialect) && wire.streamed && !wire.failed)) {
      differences.push(`${wire.path}: ${done ? "says" : "does not say"} [DONE]`);
    }
    if (!client || wire.frames.length === 0) continue;
    for (const api of apisOf(wire)) {
      const found = await difference(client, wire, api);
      if (found !== null) differences.push(found);
    }
  }
  return account;
}

function wayOf(wire: Wire, client: Client | undefined): string {
  if (!client) return NO_CLIENT.includes(wire.dialect) ? `no client: ${wire.dialect}` : `unread: ${wire.path}`;
  if (wire.frames.length === 0) return wire.failed ? "nothing sent: a failure" : `unread: ${wire.path}`;
  const kind = `${wire.streamed ? ", streamed" : ""}${wire.failed ? ", failed on the way" : ""}`;
  return `${client.library} ${client.call(wire)}${kind}`;
}

/** Of the recordings in this repository. */
const COUNTS = {
  "openai chat.completions.create": 7,
  "openai chat.completions.create, streamed": 13,
  "openai chat.completions.create, streamed, failed on the way": 1,
  "openai completions.create": 1,
  "openai completions.create, streamed": 1,
  "openai embeddings.create": 1,
  "openai models.list": 3,
  "openai responses.create": 1,
  "openai responses.create, streamed": 1,
  "@anthropic-ai/sdk messages.create": 1,
  "@anthropic-ai/sdk messages.create, streamed": 1,
  "ollama chat": 1,
  "ollama chat, streamed": 1,
  "ollama embed": 1,
  "ollama generate": 1,
  "ollama generate, streamed": 1,
  "ollama list": 1,
  "ollama ps": 1,
  "ollama pull, streamed": 1,
  "@google/genai interactions.create": 1,
  "@google/genai interactions.create, streamed": 1,
  "@google/genai models.embedContent": 1,
  "@google/genai models.generateContent": 1,
  "@google/genai models.generateContentStream, streamed": 2,
  "no client: rerank": 1,
  "no client: tool": 2,
  "no client: unknown": 1,
  "nothing sent: a failure": 3,
};

describe("replay --as wire is what the API's own client library reads", () => {
  it("in pieces of 7 bytes, and frame by frame", async () => {
    const account = await readAll(RECORDINGS, (wire) => [apiOf(wire, inPieces(7)), apiOf(wire, byFrame)]);
    expect(account).toEqual({ counts: COUNTS, differences: [] });
  });

  describe("over HTTP", () => {
    const local = new LocalApi(inPieces(509));
    beforeAll(() => local.listen());
    afterAll(() => local.close());

    it("from a server on 127.0.0.1", async () => {
      const account = await readAll(RECORDINGS, (wire) => [local.answerWith(wire)]);
      expect(account).toEqual({ counts: COUNTS, differences: [] });
    });
  });

  const corpus = CORPUS === null ? "for the corpus (RECCTL_CORPUS is unset)" : `for every recording below ${CORPUS}`;
  it.skipIf(CORPUS === null)(
    corpus,
    async ({ annotate }) => {
      const { counts, differences } = await readAll(CORPUS as string, (wire) => [
        apiOf(wire, inPieces(7)),
        apiOf(wire, byFrame),
      ]);
      await annotate(JSON.stringify(counts));
      expect(differences).toEqual([]);
      expect(Object.keys(counts).filter((way) => way.startsWith("unread"))).toEqual([]);
      expect(Object.keys(counts)).not.toEqual([]);
    },
    300_000,
  );
});
