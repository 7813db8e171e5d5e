import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { headOf } from "../../src/recording/head.ts";
import { asObject, asString, type JsonObject } from "../../src/recording/json/value.ts";
import { STRICT, writeJson } from "../../src/recording/json/write.ts";
import { recordingFrom } from "../../src/recording/recording.ts";
import { recctl } from "../run.ts";
import { folderOf, type Kept } from "../server/matching/folder.ts";
import { recordedRoute, wireOf } from "../server/matching/wire.ts";
import { answeredOf } from "../server/recorded/played.ts";
import { RECORDINGS } from "../wire/wires.ts";
import { served, treeOf, type Upstream, upstream } from "./serving.ts";

/** But for a failure that is no answer: a client that waited too long. */
const isAnswer = ({ root }: Kept): boolean => {
  const { failure, body } = recordingFrom(root, "");
  return failure === null || failure.status !== null || body !== null;
};
const folder = { all: folderOf(RECORDINGS).all.filter(isAnswer) };

/** An upstream that plays the recording that a header names, frame by frame. */
const playing = (): Promise<Upstream> =>
  upstream(async ({ headers }, response) => {
    const one = folder.all.find(({ path }) => path === headers["x-play"]) as Kept;
    const { status, frames, streamed, headers: sent } = answeredOf(recordingFrom(one.root, ""));
    const isLines = headOf(one.root).endpoint?.startsWith("/api/");
    const type =
      !streamed || status >= 400 ? "application/json" : isLines ? "application/x-ndjson" : "text/event-stream";
    const {
      "content-type": _,
      "content-length": __,
      "transfer-encoding": ___,
      "content-encoding": ____,
      ...own
    } = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
    response.writeHead(status, { ...own, "content-type": type });
    for (const frame of frames) {
      response.write(frame);
      await new Promise((done) => setImmediate(done));
    }
    response.end();
  });

const upstreamsAt = (url: string, providers: readonly string[]): string[] =>
  [
    `openai=${url}/v1`,
    ...["anthropic", "ollama", "google", "rerank", ...providers].map((name) => `${name}=${url}`),
  ].flatMap((one) => ["--upstream", one]);

interface Answer {
  path: string;
  status: number;
  type: string | null;
  text: string;
}

async function askAll(url: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const one of folder.all) {
    const wire = wireOf(one.request_);
    if (!wire) continue;
    const provider = one.head.kind === "tool" ? `/${one.provider}` : "";
    // One upstream stands for all providers of OpenAI's API, whatever their base urls were.
    const route = recordedRoute(one.request_);
    const query = /\?.*$/.exec(wire.target)?.[0] ?? "";
    const target = route?.api === "openai" ? route.endpoint + query : wire.target;
    const response = await fetch(url + provider + target, {
      method: wire.method,
      headers: {
        "x-play": one.path,
        ...(one.head.testId !== null && {
          "x-ogx-provider-data": JSON.stringify({ __test_id: `tests/${one.head.testId}` }),
        }),
      },
      body: wire.body === null ? null : writeJson(wire.body, STRICT),
    });
    const text = await response.text().catch((error) => `broken off: ${error}`);
    answers.push({ path: one.path, status: response.status, type: response.headers.get("content-type"), text });
  }
  return answers;
}

const filesIn = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json") && !path.startsWith(".recctl"))
      .sort()
      .map((path) => [path, readFileSync(join(dir, path), "utf8")]),
  );

/** What was answered: headers are those of whoever played it, ids are made of names, and newer libraries print more that is null. */
const responseOf = (root: JsonObject): string =>
  writeJson(asObject(root.get("response")) ?? null, STRICT)
    .replaceAll(/"sdk_http_response":\{"headers":\{[^{}]*\}\}/g, "")
    .replaceAll(/rec-[0-9a-f]{12}/g, "rec-ID")
    .replaceAll(/,"\w+":null/g, "")
    .replaceAll("llama_stack_api.", "ogx_api.");

it("what every API answers is recorded, replayed without it, found sound, and taken back", async () => {
  const { url, asked } = await playing();
  const providers = [...new Set(folder.all.flatMap(({ provider }) => (provider === null ? [] : [provider])))];
  const ups = upstreamsAt(url, providers);
  const cwd = treeOf();
  const recording = await served(["--mode", "record", "--allow-secrets", "--journal", "run.jsonl", ...ups], { cwd });
  const live = await askAll(recording.url);
  const { stderr } = await recording.end();
  expect(stderr).not.toContain("refused");
  const files = filesIn(cwd);
  const entries = readFileSync(join(cwd, "run.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.map(({ outcome }) => outcome)).toEqual(live.map(() => "recorded"));
  expect(Object.keys(files).sort()).toEqual([...new Set(entries.map(({ path }) => path as string))].sort());

  const validated = await recctl(["validate"], { cwd });
  // Two tests ask the same of two providers, which are one here.
  expect(validated.stdout).toMatch(/^\S+\twarning\tduplicate\/copies\t[^\n]+\n$/);
  expect(validated.code).toBe(0);

  const before = asked.length;
  for (const mode of ["replay", "record-if-missing"]) {
    const replaying = await served(["--mode", mode, ...ups], { cwd });
    const again = await askAll(replaying.url);
    const ended = await replaying.end();
    expect(ended.stderr).toContain(`${live.length} hits, 0 misses`);
    expect(again.map(({ path, status }) => ({ path, status }))).toEqual(
      live.map(({ path, status }) => ({ path, status })),
    );
    const third = await served(["--mode", "replay", ...ups], { cwd });
    expect(await askAll(third.url)).toEqual(again);
    await third.end();
    expect(asked.length).toBe(before);
    expect(filesIn(cwd)).toEqual(files);
  }
  // What was played was recorded already, so it comes out as it went in.
  const stored = new Map(folderOf(cwd).all.map((one) => [one.path, one]));
  for (const [at, { path }] of live.entries()) {
    const one = folder.all.find((each) => each.path === path) as Kept;
    const made = stored.get(entries[at].path) as Kept;
    // What newer libraries print otherwise is for the tests of recorded/ to tell.
    if (
      /failed|generate_content|responses|models/.test(
        `${headOf(one.root).failed ? "failed" : ""} ${headOf(one.root).endpoint}`,
      )
    ) {
      continue;
    }
    expect(responseOf(made.root), path).toBe(responseOf(one.root));
    expect(asString(made.root.get("test_id")) ?? null).toBe(
      one.head.testId === null ? null : `tests/${one.head.testId}`,
    );
  }

  const undone = await recctl(["undo"], { cwd });
  expect(undone.stdout).toContain(`${Object.keys(files).length} removed again`);
  expect(filesIn(cwd)).toEqual({});
});
