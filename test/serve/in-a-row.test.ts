import { expect, it } from "vitest";
import { chat, post, readJson, recordingsIn, type Served, served, treeOf, upstream } from "./serving.ts";

const BODY = { model: "m", messages: [{ role: "user", content: "?" }] };
const CHAT = "/v1/chat/completions";
const MODES = ["record", "record-if-missing"];
const FLAGS = ["--keep-failures", "--keep-partial"];

interface Entry {
  outcome: string;
  status: number;
  reason?: string;
}

/** A server that asks another one, `up`, what is asked in `ask`; what came of it. */
async function askedOf(up: string, mode: string, ask: (url: string) => Promise<Response>, flags = FLAGS) {
  const cwd = treeOf();
  const names = ["openai", "anthropic", "google"].flatMap((api) => ["--upstream", `${api}=${up}`]);
  const run = await served(["--mode", mode, ...flags, ...names], { cwd });
  const answer = await ask(run.url);
  const text = await answer.text();
  const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: Entry[] };
  await run.end();
  return { answer, text, entry: entries[0], recorded: recordingsIn(cwd), cwd };
}

/** What a server says by itself: how it is started, and what it is asked. */
const OWN: readonly [
  what: string,
  args: string[],
  ask: (url: string) => Promise<Response>,
  status: number,
  as: string,
][] = [
  ["a miss", [], (url) => post(url + CHAT, BODY), 404, "miss"],
  ["a miss with a status that looks good", ["--miss-status", "400"], (url) => post(url + CHAT, BODY), 400, "miss"],
  ["a refusal at the door", ["--token", "abc"], (url) => post(url + CHAT, BODY), 401, "refused"],
  [
    "a failure to ask",
    ["--mode", "live", "--upstream", "openai=http://127.0.0.1:9"],
    (url) => post(url + CHAT, BODY),
    502,
    "refused",
  ],
];

it.each(OWN.flatMap((one) => MODES.map((mode) => [...one, mode] as const)))(
  "what another recctl says by itself is passed on, told and not recorded: %s",
  async (_, args, ask, status, as, mode) => {
    const other: Served = await served(args, { cwd: treeOf() });
    const { answer, text, entry, recorded } = await askedOf(other.url, mode, ask);
    await other.end();
    expect([answer.status, recorded]).toEqual([status, []]);
    expect(text).toContain('"error"');
    expect(answer.headers.get("x-recctl-outcome")).toBe("refused");
    const { host } = new URL(other.url);
    expect(entry).toMatchObject({ outcome: "refused", status });
    expect(entry?.reason).toContain(`the upstream ${host} is a recctl serve, and its ${status} is its own (${as})`);
  },
);

it("in mode live it is told", async () => {
  const other = await served([], { cwd: treeOf() });
  const { entry } = await askedOf(other.url, "live", (url) => post(url + CHAT, BODY), []);
  await other.end();
  expect(entry).toMatchObject({ outcome: "live", reason: expect.stringContaining("is a recctl serve") });
});

it("behind two of them it is still known", async () => {
  const last = await served([], { cwd: treeOf() });
  const middle = await served(["--mode", "live", "--upstream", `openai=${last.url}`], { cwd: treeOf() });
  const { entry, recorded } = await askedOf(middle.url, "record", (url) => post(url + CHAT, BODY));
  for (const run of [middle, last]) await run.end();
  expect([entry?.outcome, recorded]).toEqual(["refused", []]);
});

it("what an API said to another recctl is recorded, failures too, and without a word of recctl's", async () => {
  const gemini = JSON.stringify({ candidates: [{ content: { parts: [{ text: "Hi" }] }, finishReason: "STOP" }] });
  const up = await upstream(({ url }, response) => {
    const isLimited = url.includes("limited");
    response.writeHead(isLimited ? 429 : 200, { "content-type": "application/json" });
    response.end(isLimited ? '{"error":{"message":"slow down"}}' : url.includes("gemini") ? gemini : chat("Hi."));
  });
  const names = ["openai", "google"].flatMap((api) => ["--upstream", `${api}=${up.url}`]);
  const other = await served(["--mode", "record-if-missing", ...names], { cwd: treeOf() });
  for (const path of [CHAT, "/v1beta/models/gemini:generateContent"]) {
    const { entry, recorded, cwd } = await askedOf(other.url, "record", (url) => post(url + path, BODY));
    expect(entry?.outcome).toBe("recorded");
    expect(JSON.stringify(readJson(`${cwd}/${recorded[0]}`))).not.toContain("x-recctl");
  }
  const limited = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/limited/v1`], {
    cwd: treeOf(),
  });
  const { entry } = await askedOf(`${limited.url}/v1`, "record", (url) => post(url + CHAT, BODY));
  for (const run of [other, limited]) await run.end();
  expect(entry).toMatchObject({ outcome: "recorded", status: 429, failure: true });
});
