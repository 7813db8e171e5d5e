import { readFileSync } from "node:fs";
import { join } from "node:path";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { started } from "../cli/process.ts";
import { recctl, recordingText, tree } from "../run.ts";
import { RECORDINGS } from "../wire/wires.ts";
import { post, served, treeOf } from "./serving.ts";

const BODY = { model: "m", messages: [{ role: "user", content: "?" }] };
/** A streamed chat that ends well. */
const STREAMED = "0c02316e289bffcaf150973aeb8f142cd5e6f7c0ca58361088e81509c60f28d8.json";
const serve = (...args: string[]) => recctl(["serve", RECORDINGS, ...args]);
const ASK = `fetch(process.env.OPENAI_BASE_URL + "/chat/completions", { method: "POST", body: ${JSON.stringify(JSON.stringify(BODY))} })`;
const node = (program: string): string[] => ["--", process.execPath, "-e", program];

describe("with a command", () => {
  it("ends as it does", async () => {
    expect(await serve(...node("process.exit(0)"))).toMatchObject({ code: 0, stdout: "" });
    expect(await serve(...node("process.exit(7)"))).toMatchObject({ code: 7 });
    expect(await serve(...node("process.kill(process.pid, 'SIGKILL')"))).toMatchObject({ code: 137 });
    const none = await serve("--", "no-such-command-at-all");
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("no such command")]);
    expect((await serve("--")).code).toBe(2);
  });

  it("hands on its arguments, its output, and where the server is; keys stay where there are any", async () => {
    const program = "console.log(JSON.stringify([process.argv.slice(1), process.env]))";
    const { stdout } = await recctl(["serve", RECORDINGS, ...node(program), "--", "--mode", "a b", "--", "$x"], {
      env: { ANTHROPIC_API_KEY: "mine", HTTPS_PROXY: "http://proxy.invalid" },
    });
    const [args, env] = JSON.parse(stdout) as [string[], Record<string, string>];
    expect(args).toEqual(["--mode", "a b", "--", "$x"]);
    const url = env.RECCTL_URL as string;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(env).toMatchObject({
      OPENAI_BASE_URL: `${url}/v1`,
      OPENAI_API_BASE: `${url}/v1`,
      ANTHROPIC_BASE_URL: url,
      OLLAMA_HOST: url,
      GOOGLE_GEMINI_BASE_URL: url,
      GEMINI_BASE_URL: url,
      TAVILY_BASE_URL: url,
      ANTHROPIC_API_KEY: "mine",
      OPENAI_API_KEY: "recctl-dummy-key",
      NO_PROXY: "127.0.0.1,localhost,::1",
    });
  });

  it("--verbose tells each request as it comes, once; without it hits are counted alone", async () => {
    const asked = { model: "gpt-4o", messages: [{ role: "user", content: "When is high water?" }] };
    const once = `fetch(process.env.OPENAI_BASE_URL + "/chat/completions", { method: "POST", body: ${JSON.stringify(JSON.stringify(asked))} })`;
    const args = ["--test-id", "test_bar.py::test_tide[gpt-4o]", ...node(once)];
    const missed = (await recctl(["serve", ...args], { cwd: tree({ "recordings/a.json": recordingText() }) })).stderr;
    const name = /name ([0-9a-f]{64})/.exec(missed)?.[1] as string;
    const cwd = tree({ [`recordings/${name}.json`]: recordingText() });
    const hit = `hit      ${name.slice(0, 8)}  POST /v1/chat/completions gpt-4o  test_bar.py::test_tide[gpt-4o]`;
    const verbose = (await recctl(["serve", "--verbose", ...args], { cwd })).stderr;
    expect(verbose.split("\n")).toEqual([hit, "recctl serve: 1 hit, 0 misses", ""]);
    expect((await recctl(["serve", ...args], { cwd })).stderr).toBe("recctl serve: 1 hit, 0 misses\n");
  });

  it("a miss is told, and is an error with --strict, unless the command failed by itself", async () => {
    const lax = await serve(...node(ASK));
    expect(lax).toMatchObject({ code: 0, stdout: "" });
    expect(lax.stderr).toMatch(
      /^miss POST \/v1\/chat\/completions {2}m {2}no test id {2}name [0-9a-f]{64} {2}why \(likely\): request changed: differs from [0-9a-f]{8} in body\.\S.*[^:]$/m,
    );
    expect(lax.stderr).toContain("recctl serve: 0 hits, 1 miss\n");
    expect((await serve("--strict", ...node(ASK))).code).toBe(1);
    expect((await serve("--strict", ...node(`${ASK}.then(() => process.exit(5))`))).code).toBe(5);
    expect((await serve("--strict", ...node("0"))).code).toBe(0);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "%s goes to it: the status is its own where it exits by itself, else %i, as a shell tells it",
    async (signal, code) => {
      const own = `process.on("${signal}", () => process.exit(9));`;
      for (const [program, status] of [
        [own, 9],
        ["", code],
      ] as const) {
        const run = started([
          "serve",
          RECORDINGS,
          ...node(`${program} console.log(process.pid); setInterval(() => {}, 1000)`),
        ]);
        await run.read().until(() => run.stdout.includes("\n"));
        run.child.kill(signal);
        const { stdout, stderr, code } = await run.ended;
        expect([code, stderr]).toEqual([status, "recctl serve: 0 hits, 0 misses\n"]);
        expect(() => process.kill(Number(stdout), 0)).toThrow("ESRCH");
      }
    },
  );
});

describe("without one", () => {
  it("finishes a running stream when it is interrupted, and then stops", async () => {
    const cwd = treeOf({ "recordings/x.json": readFileSync(join(RECORDINGS, STREAMED), "utf8") });
    const { request, test_id } = JSON.parse(readFileSync(join(cwd, "recordings/x.json"), "utf8"));
    const run = await served(["--ttft", "100", "--tps", "40", "--match", "request"], { cwd });
    const response = await post(`${run.url}/v1/chat/completions`, request.body, { "x-test-id": test_id });
    expect(response.status).toBe(200);
    const text = response.text();
    const ended = run.end();
    expect(await text).toContain("[DONE]");
    expect((await ended).code).toBe(130);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s ends it too, with all that it has to tell", async (signal, status) => {
    const run = await served([RECORDINGS]);
    expect(await run.end(signal)).toEqual({ code: status, stderr: expect.stringContaining("0 hits, 0 misses\n") });
  });

  it("with --strict a miss is its exit status", async () => {
    const run = await served([RECORDINGS, "--strict"]);
    await post(`${run.url}/v1/chat/completions`, BODY);
    expect((await run.end()).code).toBe(1);
  });

  it("a port that is taken is told with what to do", async () => {
    const run = await served([RECORDINGS]);
    const second = await recctl(["serve", RECORDINGS, "--port", new URL(run.url).port]);
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining("another program listens there")]);
    await run.end();
  });
});

describe("misses", () => {
  it("have the status that is wanted, and say what recctl why says, in the words of the API", async () => {
    const run = await served([RECORDINGS, "--miss-status", "418"]);
    const paths = {
      "/v1/chat/completions": (told: never) => (told as { error: { message: string } }).error.message,
      "/v1/messages": (told: never) => (told as { error: { message: string } }).error.message,
      "/api/chat": (told: never) => (told as { error: string }).error,
      "/v1beta/models/m:generateContent": (told: never) => (told as { error: { message: string } }).error.message,
    };
    for (const [path, messageOf] of Object.entries(paths)) {
      const answer = await post(run.url + path, { ...BODY, contents: [] });
      const message = messageOf((await answer.json()) as never);
      expect(answer.status, path).toBe(418);
      expect(message, path).toMatch(/no recording of this request: [0-9a-f]{64}\n/);
      expect(message, path).toContain("nearest recordings:");
      expect(message, path).toContain("recctl serve --mode record-if-missing");
    }
    await run.end();
  });

  it("are not asked again by a library", async () => {
    const run = await served([RECORDINGS, "--miss-status", "500"]);
    const client = new OpenAI({ apiKey: "none", baseURL: `${run.url}/v1` });
    await expect(client.chat.completions.create({ model: "m", messages: [] })).rejects.toThrow("no recording");
    const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: object[] };
    expect(entries).toHaveLength(1);
    await run.end();
  });

  it("and what is no request is told as such", async () => {
    const run = await served([RECORDINGS]);
    const statuses: [string, number][] = [];
    for (const [path, body] of [
      ["/v1/chat/completions", "{"],
      ["/v1/chat/completions", "[]"],
      ["/v1/chat/completions", '"\u0000"'],
      ["/v1/nothing", "{}"],
      ["/", "{}"],
      ["/__recctl/nothing", "{}"],
    ] as const) {
      statuses.push([path, (await post(run.url + path, body)).status]);
    }
    expect(statuses.map(([, status]) => status)).toEqual([400, 400, 400, 501, 501, 404]);
    await run.end();
  });
});

it("the journal is a file and an answer, and can be forgotten", async () => {
  const cwd = treeOf({ "recordings/x.json": recordingText() });
  const run = await served(["--journal", "run.jsonl", "--match", "request", "--test-id", "t.py::z"], { cwd });
  const hit = await post(`${run.url}/v1/chat/completions`, {
    model: "gpt-4o",
    messages: [{ role: "user", content: "When is high water?" }],
  });
  expect([hit.status, hit.headers.get("content-type")]).toEqual([200, "application/json"]);
  await post(`${run.url}/v1/chat/completions`, BODY);
  const lines = readFileSync(join(cwd, "run.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      test_id: "t.py::z",
      name: expect.stringMatching(/^[0-9a-f]{64}$/),
      outcome: "hit",
      path: "recordings/x.json",
      method: "POST",
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
      status: 200,
      run: expect.stringMatching(/^\w{5}-\w+$/),
    },
    expect.objectContaining({ outcome: "miss", path: null, model: "m", status: 404, reason: expect.any(String) }),
  ]);
  const asked = async (path: string, method = "GET") => (await fetch(run.url + path, { method })).json();
  expect(await asked("/__recctl/journal")).toEqual({
    entries: lines.map(({ request, run, ...rest }) => rest),
    forgotten: 0,
  });
  expect(await asked("/__recctl/health")).toMatchObject({ status: "ok", mode: "replay", counts: { hit: 1, miss: 1 } });
  await asked("/__recctl/reset", "POST");
  expect(await asked("/__recctl/journal")).toEqual({ entries: [], forgotten: 0 });
  expect(await asked("/__recctl/health")).toMatchObject({ counts: { hit: 0, miss: 0 } });
  await run.end();
});

it("a password in a URL that is typed where it must not be is told to nobody", async () => {
  for (const args of [
    ["--upstream", "openai=https://me:hunter22@x/v1"],
    ["--upstream=openai=htp://me:hunter22@x"],
    ["--upstream", "openai=https://me:hun@ter22@x y"],
    ["--upstream", "openai=https://me:hun/ter22?a=b@x"],
    ["--upstream", "openai=me:hunter22@x"],
    ["--upstream", "OPENAI=https://hunter22@x"],
    ["--upstream", "https://me:hunter22@x"],
    ["--upstrean=openai=https://me:hunter22@x"],
  ]) {
    const { code, stdout, stderr } = await serve(...args, "--", "true");
    expect([code, stdout, stderr], args.join(" ")).toEqual([2, "", expect.stringMatching(/^error: .*…@x.*\n {2}try /)]);
    expect(stderr).not.toMatch(/hun|ter22|\bme\b/);
  }
});

it("wrong options are told with what is right", async () => {
  for (const args of [
    ["--mode", "other"],
    ["--upstream", "openai"],
    ["--upstream", "openai=ftp://x"],
    ["--upstream", "openai=https://user:pass@x/v1"],
    ["--host", "0.0.0.0"],
    ["--miss-status", "200"],
    ["--fallback", "../x"],
    ["--port", "99999"],
    ["--journal", "/nowhere/at/all"],
  ]) {
    const { code, stderr } = await serve(...args);
    expect([code, stderr.startsWith("error:")], args.join(" ")).toEqual([2, true]);
  }
});
