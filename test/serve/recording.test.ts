import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import OpenAI from "openai";
import { expect, it } from "vitest";
import { recctl, recordingText, temporary } from "../run.ts";
import { BODY, chat, chunk, post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

/** An upstream that answers every chat with this. */
const saying = (text: () => string) =>
  upstream((_asked, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(chat(text()));
  });

const test = (id: string): Record<string, string> => ({ "x-test-id": id });

it("embeddings that a library asks for as base64 are recorded as its callers see them, and answered either way", async () => {
  const numbers = [0.5, -0.25, 2];
  const base64 = Buffer.from(new Float32Array(numbers).buffer).toString("base64");
  const up = await upstream(({ body }, response) => {
    const embedding = body.includes("base64") ? base64 : numbers;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        object: "list",
        model: "e",
        data: [{ object: "embedding", index: 0, embedding }],
        usage: { prompt_tokens: 1, total_tokens: 1 },
      }),
    );
  });
  const cwd = treeOf();
  const run = await served(["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`], { cwd });
  const client = new OpenAI({ apiKey: "none", baseURL: `${run.url}/v1` });
  for (let turn = 0; turn < 2; turn++) {
    const { data } = await client.embeddings.create({ model: "e", input: "?" });
    expect(data[0]?.embedding).toEqual(numbers);
  }
  const plain = await client.embeddings.create({ model: "e", input: "?", encoding_format: "float" });
  expect(plain.data[0]?.embedding).toEqual(numbers);
  await run.end();
  const [path = ""] = recordingsIn(cwd);
  const { request, response } = JSON.parse(readFileSync(join(cwd, path), "utf8"));
  expect(request.body).toEqual({ input: "?", model: "e" });
  expect(response.body.__data__.data[0].embedding).toEqual(numbers);
});

it("a second request for what was recorded asks the upstream nothing, in the same run and in the next", async () => {
  const up = await saying(() => "Hi.");
  const cwd = treeOf();
  const args = ["--mode", "record-if-missing", "--upstream", `openai=${up.url}/v1`];
  const first = await served(args, { cwd });
  const one = await post(`${first.url}/v1/chat/completions`, BODY, test("tests/a/test_x.py::test_y"));
  expect(one.headers.get("x-recctl-outcome")).toBe("recorded");
  const two = await post(`${first.url}/v1/chat/completions`, BODY, test("tests/a/test_x.py::test_y"));
  expect(two.headers.get("x-recctl-outcome")).toBe("hit");
  await first.end();
  const second = await served(args, { cwd });
  const three = await post(`${second.url}/v1/chat/completions`, BODY, test("tests/a/test_x.py::test_y"));
  expect(await three.text()).toBe(await two.text());
  expect(up.asked.map(({ url }) => url)).toEqual(["/v1/chat/completions"]);
  const [path = ""] = recordingsIn(cwd);
  expect(path).toMatch(/^tests\/a\/recordings\/[0-9a-f]{64}\.json$/);
  const { test_id, request, response } = JSON.parse(readFileSync(join(cwd, path), "utf8"));
  expect(test_id).toBe("tests/a/test_x.py::test_y");
  expect(request).toEqual({
    method: "POST",
    url: `${up.url}/v1/v1/chat/completions`,
    headers: {},
    body: BODY,
    endpoint: "/v1/chat/completions",
    model: "m",
  });
  expect(response.body.__data__.id).toMatch(/^rec-/);
  await second.end();
});

it("what a run wrote over comes back with one undo, also after kill -9", async () => {
  let says = "old";
  const up = await saying(() => says);
  const cwd = treeOf();
  const args = ["--mode", "record", "--upstream", `openai=${up.url}/v1`];
  const ask = async (url: string, ids: readonly string[]) => {
    for (const id of ids) expect((await post(`${url}/v1/chat/completions`, BODY, test(id))).status).toBe(200);
  };
  const first = await served(args, { cwd });
  await ask(first.url, ["tests/t.py::a", "tests/t.py::b"]);
  await first.end();
  const texts = () => recordingsIn(cwd).map((path) => readFileSync(join(cwd, path), "utf8"));
  const before = texts();
  expect(before).toHaveLength(2);
  const second = await served(args, { cwd });
  says = "new";
  await ask(second.url, ["tests/t.py::a", "tests/t.py::c"]);
  says = "newer";
  await ask(second.url, ["tests/t.py::a", "tests/t.py::b"]);
  await second.end("SIGKILL");
  expect(texts()).toHaveLength(3);
  expect(texts().filter((text) => text.includes('"newer"'))).toHaveLength(2);
  expect((await recctl(["validate"], { cwd })).code).toBe(0);
  const listed = await recctl(["undo", "--list"], { cwd });
  expect(listed.stdout.split("\n")[0]).toMatch(/\tserve\t0\t2\t0\t1\tdone$/);
  const undone = await recctl(["undo"], { cwd });
  expect(undone.stdout).toContain("2 rewritten back, 1 removed again");
  expect(texts()).toEqual(before);
  const all = await recctl(["undo"], { cwd });
  expect(all.stdout).toContain("2 removed again");
  expect(recordingsIn(cwd)).toEqual([]);
});

/** How often it is killed. */
const KILLS = Number(process.env.RECCTL_KILLS ?? 4);

it("killed at any moment while it records, no recording is half written, none is lost, and undo brings all back", {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  let count = 0;
  const up = await saying(() => `${"x".repeat(20_000)}${count++}`);
  const cwd = treeOf();
  const args = ["--mode", "record", "--upstream", `openai=${up.url}/v1`];
  const all = () => Object.fromEntries(recordingsIn(cwd).map((path) => [path, readFileSync(join(cwd, path), "utf8")]));
  const last = async () => (await recctl(["undo", "--list"], { cwd })).stdout.split("\t")[0];
  for (let kill = 0; kill < KILLS; kill++) {
    const before = all();
    const earlier = await last();
    const run = await served(args, { cwd });
    const answered = new Set<string>();
    const asking = Array.from({ length: 4 }, async (_, worker) => {
      for (let turn = 0; turn < 50; turn++) {
        const id = `tests/t${worker}.py::test_${turn % 7}`;
        const response = await post(`${run.url}/v1/chat/completions`, BODY, test(id)).catch(() => null);
        if (!response) return;
        if ((await response.text().catch(() => null)) !== null) answered.add(id);
      }
    });
    setTimeout(() => run.run.child.kill("SIGKILL"), 30 + Math.random() * 400);
    await Promise.all(asking);
    await run.run.ended;
    const ids = new Set(
      Object.values(all()).map((text) => {
        expect(text.endsWith("}\n")).toBe(true);
        return (JSON.parse(text) as { test_id: string }).test_id;
      }),
    );
    for (const id of answered) expect(ids).toContain(id);
    expect((await recctl(["validate", "--rule", "name", "--allow-empty"], { cwd })).code).toBe(0);
    // Killed before it wrote anything, it left nothing to take back.
    if ((await last()) !== earlier) expect(await recctl(["undo"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    else expect(answered.size).toBe(0);
    expect(all()).toEqual(before);
    // The next is to write over something.
    const again = await served(args, { cwd });
    await post(`${again.url}/v1/chat/completions`, BODY, test(`tests/t0.py::test_${kill % 7}`));
    await again.end();
  }
  const hidden = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((path) => path.includes(".tmp"));
  expect(hidden).toEqual([]);
});

it("failures are recorded as what they were, at once and in mid-stream", async () => {
  const up = await upstream(({ body }, response) => {
    if (!body.includes('"stream"')) {
      response.writeHead(429, { "content-type": "application/json" });
      return void response.end(
        '{"error": {"message": "slow down", "type": "rate_limit", "param": null, "code": null}}',
      );
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk("Half"));
    setTimeout(() => response.destroy(), 50);
  });
  const cwd = treeOf();
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  const at = await post(`${run.url}/v1/chat/completions`, BODY);
  expect(at.status).toBe(429);
  const broken = await post(`${run.url}/v1/chat/completions`, { ...BODY, stream: true });
  await expect(broken.text()).rejects.toThrow();
  await run.end();
  expect(recordingsIn(cwd)).toHaveLength(2);
  const replaying = await served([], { cwd });
  const again = await post(`${replaying.url}/v1/chat/completions`, BODY);
  expect([again.status, await again.json()]).toEqual([429, await at.json()]);
  const half = await post(`${replaying.url}/v1/chat/completions`, { ...BODY, stream: true });
  const reader = half.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("Half");
  await expect(reader?.read()).rejects.toThrow();
  await replaying.end();
});

it("what broke off that no recorder keeps is not written, but with --keep-partial", async () => {
  const up = await upstream((_asked, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('event: message_start\ndata: {"type":"message_start"}\n\n');
    setTimeout(() => response.destroy(), 30);
  });
  const cwd = treeOf();
  for (const more of [[], ["--keep-partial"]]) {
    const run = await served(["--mode", "record", "--upstream", `anthropic=${up.url}`, ...more], { cwd });
    const body = { model: "c", max_tokens: 1, stream: true, messages: [{ role: "user", content: "?" }] };
    await (await post(`${run.url}/v1/messages`, body)).text().catch(() => null);
    const { stderr } = await run.end();
    expect(recordingsIn(cwd)).toHaveLength(more.length);
    if (more.length === 0) expect(stderr).toMatch(/not recorded .*\n {2}the recorder would keep what broke off/);
  }
});

it("secrets are not written, and told with their place; the answer comes all the same", async () => {
  const key = `sk-ant-api03-${"Ab3dE5fG7h".repeat(9)}AA`;
  const up = await saying(() => `the key is ${key}`);
  const cwd = treeOf();
  const args = ["--mode", "record", "--upstream", `openai=${up.url}/v1`];
  const run = await served(args, { cwd });
  const answer = await post(`${run.url}/v1/chat/completions`, BODY);
  expect(await answer.text()).toContain(key);
  expect(answer.headers.get("x-recctl-outcome")).toBe("refused");
  const { stderr } = await run.end();
  expect(stderr).toContain("response.body.__data__.choices[0].message.content");
  expect(stderr).not.toContain(key);
  expect(recordingsIn(cwd)).toEqual([]);
  const allowed = await served([...args, "--allow-secrets"], { cwd });
  await post(`${allowed.url}/v1/chat/completions`, BODY);
  await allowed.end();
  expect(recordingsIn(cwd)).toHaveLength(1);
});

it("no test id leads out of the tree, nor through a link; nothing is asked then", async () => {
  const up = await saying(() => "Hi.");
  const cwd = treeOf({ "tests/file": "" });
  const outside = temporary();
  symlinkSync(outside, join(cwd, "link"));
  mkdirSync(join(cwd, "tests/linked"));
  symlinkSync(outside, join(cwd, "tests/linked/recordings"));
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  for (const id of [
    "../x.py::t",
    "/etc/x.py::t",
    "a/../../x.py::t",
    "a//x.py::t",
    "./x.py::t",
    ".git/x.py::t",
    "a\\..\\x.py::t",
    "C:/x.py::t",
    `${"a".repeat(300)}/x.py::t`,
    "node_modules/a/x.py::t",
  ]) {
    const refused = await post(`${run.url}/v1/chat/completions`, BODY, test(id));
    expect(refused.status, id).toBe(400);
  }
  for (const id of ["link/x.py::t", "tests/linked/x.py::t", "tests/file/x.py::t"]) {
    const answered = await post(`${run.url}/v1/chat/completions`, BODY, test(id));
    expect([id, answered.status, answered.headers.get("x-recctl-outcome")]).toEqual([id, 400, "refused"]);
    expect(await answered.text()).toMatch(
      /this would not be recorded, so it is not asked: .+ in .+ is (?:a link|no folder)/,
    );
  }
  expect(up.asked).toHaveLength(0);
  const control = { "x-ogx-provider-data": JSON.stringify({ __test_id: "a/x.py\u0000::t" }) };
  expect((await post(`${run.url}/v1/chat/completions`, BODY, control)).status).toBe(400);
  await run.end();
  expect(readdirSync(outside)).toEqual([]);
  expect(recordingsIn(cwd)).toEqual([]);
});

it.each<[mode: string, what: string, make: (place: string) => void]>([
  // Where recordings are looked for, a link that leads somewhere is read as one.
  ["record-if-missing", "link", (place) => symlinkSync("nowhere", place)],
  ["record", "link", (place) => symlinkSync("nowhere", place)],
  ["record", "link", (place) => symlinkSync(import.meta.filename, place)],
  ["record", "folder", (place) => mkdirSync(place)],
])("%s asks nothing where a %s stands at the very place", async (mode, what, make) => {
  const up = await saying(() => "Hi.");
  const cwd = treeOf();
  const run = await served(["--mode", mode, "--upstream", `openai=${up.url}/v1`], { cwd });
  const ask = () => post(`${run.url}/v1/chat/completions`, BODY, test("tests/test_x.py::test_y"));
  await ask();
  const [path = ""] = recordingsIn(cwd);
  rmSync(join(cwd, path));
  make(join(cwd, path));
  const refused = await ask();
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining(`it is not asked: ${path}: a ${what} stands where a file is to be written`),
  ]);
  await run.end();
  expect(up.asked).toHaveLength(1);
});

it.skipIf(process.getuid?.() === 0)("nothing is asked for a tree that may not be written to", async () => {
  const up = await saying(() => "Hi.");
  const cwd = treeOf();
  mkdirSync(join(cwd, "tests/recordings"), { recursive: true });
  chmodSync(join(cwd, "tests/recordings"), 0o555);
  const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
  const answered = await post(`${run.url}/v1/chat/completions`, BODY, test("tests/x.py::t"));
  expect([answered.status, await answered.text()]).toEqual([
    400,
    expect.stringContaining("it is not asked: tests/recordings may not be written to (EACCES)"),
  ]);
  expect((await post(`${run.url}/v1/chat/completions`, BODY, test("other/x.py::t"))).status).toBe(200);
  await run.end();
  expect(up.asked).toHaveLength(1);
});

it("live writes nothing, and keys of the environment go to upstreams of a flag alone", async () => {
  const up = await saying(() => "Hi.");
  const cwd = treeOf({ "recctl.config.json": JSON.stringify({ upstreams: { openai: `${up.url}/v1` } }) });
  const env = { OPENAI_API_KEY: "sk-proj-Zr4Tq8Lw2Nv6Xy1Bc5Md9Kf3" };
  const dummy = { authorization: "Bearer dummy" };
  for (const [args, sent] of [
    [[], "Bearer dummy"],
    [["--upstream", `openai=${up.url}/v1`], `Bearer ${env.OPENAI_API_KEY}`],
  ] as const) {
    const run = await served(["--mode", "live", ...args], { cwd, env });
    const answer = await post(`${run.url}/v1/chat/completions`, BODY, dummy);
    expect(answer.headers.get("x-recctl-outcome")).toBe("live");
    expect(up.asked.at(-1)?.headers.authorization).toBe(sent);
    await run.end();
  }
  expect(existsSync(join(cwd, "tests"))).toBe(false);
});

it("an upstream that is not there is told as 502, in the words of the API", async () => {
  const run = await served(["--mode", "live", "--upstream", "anthropic=http://127.0.0.1:9"], { cwd: treeOf() });
  const answer = await post(`${run.url}/v1/messages`, { model: "c", messages: [] });
  expect([answer.status, await answer.json()]).toEqual([
    502,
    { type: "error", error: { type: "api_error", message: expect.stringContaining("127.0.0.1:9") } },
  ]);
  expect((await post(`${run.url}/nowhere/v1/chat/completions`, BODY)).status).toBe(502);
  await run.end();
});

it("files that come, change and go are seen without a restart", async () => {
  const cwd = treeOf();
  const run = await served(["--test-id", "test_bar.py::test_tide[gpt-4o]"], { cwd });
  const ask = () =>
    post(`${run.url}/v1/chat/completions`, {
      model: "gpt-4o",
      messages: [{ role: "user", content: "When is high water?" }],
    });
  const miss = await ask();
  const name = miss.headers.get("x-recctl-name");
  expect([miss.status, name]).toEqual([404, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  const path = join(cwd, `deep/down/recordings/${name}.json`);
  mkdirSync(join(cwd, "deep/down/recordings"), { recursive: true });
  writeFileSync(path, recordingText());
  await expect.poll(async () => (await ask()).status).toBe(200);
  writeFileSync(path, recordingText().replace("At 22:14.", "At 23:00."));
  expect(await (await ask()).text()).toContain("At 23:00.");
  writeFileSync(path, "{");
  expect((await ask()).status).toBeGreaterThanOrEqual(404);
  await run.end();
});

it("a record that changed nothing offers no undo; another's change is not taken back for it", async () => {
  const up = await upstream((_, response) => void response.end(chat("Hi.")));
  const cwd = treeOf();
  const recordedBy = async (): Promise<string> => {
    const run = await served(["--mode", "record", "--upstream", `openai=${up.url}/v1`], { cwd });
    await (await post(`${run.url}/v1/chat/completions`, BODY)).text();
    return (await run.end()).stderr;
  };
  const [, id = ""] = /\(to take it back: recctl undo (\w+)\)/.exec(await recordedBy()) ?? [];
  const again = await recordedBy();
  expect(again).toContain("1 recorded");
  expect(again).toContain("(all of it as it was before)");
  expect(recordingsIn(cwd)).toHaveLength(1);
  expect((await recctl(["undo", id], { cwd })).stdout).toContain("1 removed again");
});
