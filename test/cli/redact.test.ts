import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/recording/json/parse.ts";
import { asObject } from "../../src/recording/json/value.ts";
import { hashesOf } from "../../src/recording/names/schemes.ts";
import { inside } from "../inside.ts";
import { recordingText, tree } from "../run.ts";

// Put together here, so that no scanner takes this file for a leak.
const KEY = ["sk-", "ant-", "api03-", "q7Zt".repeat(6), "Xw4Lk9Rb2Mv8Ns3Pd6Fh1Jc5Gy0Tu", "AA"].join("");
const SCHEME = ["--scheme", "2026-06-17"];

/** A recording whose question is `asked`, under its right name. */
function named(asked: string, answer = "At 22:14."): [path: string, text: string] {
  const draft = recordingText();
  const document = JSON.parse(draft);
  document.request.body.messages[0].content = asked;
  document.response.body.__data__.choices[0].message.content = answer;
  const hash = hashOf(`${JSON.stringify(document, null, 2)}\n`);
  document.response.body.__data__.id = `rec-${hash.slice(0, 12)}`;
  return [`recordings/${hash}.json`, `${JSON.stringify(document, null, 2)}\n`];
}

/** The name that the newest scheme gives a recording. */
function hashOf(text: string): string {
  const root = asObject(parseJson(text));
  const request = asObject(root?.get("request"));
  if (!root || !request) throw new Error("no recording");
  return hashesOf({ kind: "inference", request, testId: root.get("test_id") ?? null }).get("2026-06-17") as string;
}

const filesIn = (cwd: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(cwd, "recordings")).map((name) => [name, readFileSync(join(cwd, "recordings", name), "utf8")]),
  );

describe("redact", () => {
  it("takes a key out of a request: the name and the rec- ids follow, undo brings it back", async () => {
    const cwd = tree(Object.fromEntries([named(`Use ${KEY}, please`)]));
    const before = filesIn(cwd);
    expect((await inside(["validate", "--rule", "secret"], { cwd })).code).toBe(1);
    const plan = await inside(["redact", "secret"], { cwd });
    expect(plan.code).toBe(1);
    expect(plan.stdout + plan.stderr).not.toContain(KEY.slice(8, 20));
    expect(filesIn(cwd)).toEqual(before);

    const guessed = await inside(["redact", "secret", "--apply"], { cwd });
    expect(guessed).toMatchObject({ code: 2, stdout: "" });
    expect(guessed.stderr).toContain("--scheme 2026-06-17 --apply");
    expect(filesIn(cwd)).toEqual(before);

    const done = await inside(["redact", "secret", ...SCHEME, "--apply"], { cwd });
    expect(done.code).toBe(0);
    expect(done.stderr).toContain("revoke");
    const [[name = "", text = ""] = []] = Object.entries(filesIn(cwd));
    expect(text).toContain("Use REDACTED, please");
    expect(name).toBe(`${hashOf(text)}.json`);
    expect(text).toContain(`"id": "rec-${name.slice(0, 12)}"`);
    expect((await inside(["validate", "--rule", "secret", "--rule", "name"], { cwd })).code).toBe(0);
    expect((await inside(["undo"], { cwd })).code).toBe(0);
    expect(filesIn(cwd)).toEqual(before);
  });

  it("leaves the name where the request stays, or hashes to the same", async () => {
    const [path, text] = named("When is high water?", `Ask with ${KEY}`);
    const host = text.replace("https://api.openai.com", "https://saltmarsh-lab.openai.azure.com");
    const cwd = tree({ [path]: host });
    // Hosts are no part of the name of an inference request, so nothing has to be known of schemes.
    expect((await inside(["redact", "secret", "--apply"], { cwd })).code).toBe(0);
    const after = filesIn(cwd);
    expect(Object.keys(after)).toEqual([path.slice("recordings/".length)]);
    expect(Object.values(after)[0]).toBe(host.replace(KEY, "REDACTED").replace("saltmarsh-lab", "redacted"));
  });

  it("tells first what could no longer be told apart, and leaves it", async () => {
    const cwd = tree(Object.fromEntries([named(`Tide at ${KEY}?`, "High."), named(`Tide at ${KEY}B?`, "Low.")]));
    const before = filesIn(cwd);
    const plan = await inside(["redact", "/sk-ant[\\w-]+/", ...SCHEME, "--apply", "--json"], { cwd });
    expect(JSON.parse(plan.stdout)).toMatchObject({ steps: [], summary: { left: 2, applied: null } });
    expect(filesIn(cwd)).toEqual(before);
  });

  it("does not repeat what was typed", async () => {
    const cwd = tree(Object.fromEntries([named("Ask Jane Doe", "Jane Doe knows")]));
    const plan = await inside(["redact", "Jane Doe", "--with", "A. N."], { cwd });
    expect(plan.code).toBe(1);
    expect(plan.stdout + plan.stderr).not.toContain("Jane");
    await inside(["redact", "Jane Doe", "--with", "A. N.", ...SCHEME, "--apply"], { cwd });
    expect(Object.values(filesIn(cwd)).join("")).toMatch(/Ask A\. N\.[\s\S]*A\. N\. knows/);
  });

  it("keeps events readable, and tells what it cannot take out", async () => {
    const lines = [`data: {"type": "message_start", "text": "${KEY}"}`, ""];
    const sse = recordingText({ response: { body: lines, is_streaming: true } });
    const inKey = recordingText({ request: { [KEY]: 1, method: "POST", url: "https://a/v1/messages", body: {} } });
    const cwd = tree({ "recordings/events.json": sse, "recordings/key.json": inKey });
    const plan = await inside(["redact", "secret", "--apply", "--json"], { cwd });
    expect(JSON.parse(plan.stdout).left).toMatchObject([{ path: "recordings/key.json", cause: "in a key" }]);
    const event = JSON.parse(filesIn(cwd)["events.json"] as string).response.body[0];
    expect(JSON.parse(event.slice("data: ".length))).toEqual({ type: "message_start", text: "REDACTED" });
  });

  it("stops an expression that would search for ever", async () => {
    const cwd = tree(Object.fromEntries([named("a".repeat(60))]));
    const { code, stderr } = await inside(["redact", "/(a|aa)+b/", "--apply"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("searches for more than 5 seconds");
    expect((await inside(["redact", "/a{60}/"], { cwd })).code).toBe(1);
  });

  it("refuses what would break a text within a text, or stands everywhere", async () => {
    const cwd = tree(Object.fromEntries([named("When?")]));
    for (const args of [["x", "--with", 'a"b'], ["", "."], ["secret/keys"], ["/(/"]]) {
      expect(await inside(["redact", ...args], { cwd }), args.join(" ")).toMatchObject({ code: 2, stdout: "" });
    }
  });
});

describe("what is told of a secret", () => {
  it("never holds it: in a key, in a test id, in an address, in the baseline", async () => {
    const draft = JSON.parse(recordingText());
    draft.test_id = `tests/${KEY}/x.py::t[${KEY}]`;
    draft.request.url = `https://tide.example/v1/${KEY}/chat/completions`;
    draft.request.body[KEY] = 1;
    draft[KEY] = 2;
    const cwd = tree({ "recordings/a.json": `${JSON.stringify(draft, null, 2)}\n` });
    for (const format of ["text", "json", "ndjson", "github", "sarif", "junit"]) {
      const { stdout, stderr } = await inside(["validate", "--all", "--format", format], { cwd });
      expect(stdout + stderr, format).not.toContain(KEY.slice(15, 30));
      expect(stdout, format).toContain("Anthropic");
    }
    await inside(["validate", "--baseline", "known.json", "--write-baseline"], { cwd });
    expect(readFileSync(join(cwd, "known.json"), "utf8")).not.toContain(KEY.slice(15, 30));
    const { stdout } = await inside(["validate", "--json", "--rule", "secret"], { cwd });
    // In the test id and in the url, behind a slash each; in two keys.
    expect(JSON.parse(stdout).findings[0].message).toMatch(/more places?$/);
  });

  it("is no file to be written over by a baseline", async () => {
    const cwd = tree(Object.fromEntries([named("When?")]));
    const before = filesIn(cwd);
    const [name = ""] = Object.keys(before);
    const { code } = await inside(["validate", "--baseline", `recordings/${name}`, "--write-baseline"], { cwd });
    expect(code).toBe(2);
    expect(filesIn(cwd)).toEqual(before);
  });
});
