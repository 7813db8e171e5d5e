import { describe, expect, it } from "vitest";
import { certificateFor, HAS_OPENSSL, secured } from "./certificates.ts";
import { proxyTo } from "./proxy.ts";
import { BODY, chat, post, recordingsIn, served, treeOf } from "./serving.ts";

const CHAT = chat("Hi.");
const HOST = "api.of-nobody.invalid";
const skipped = HAS_OPENSSL ? "" : " (skipped: no openssl, which makes the certificates)";

/** What two requests to an API that only a proxy reaches come to. */
async function asked(env: Record<string, string>, url = `https://${HOST}/v1`) {
  const cwd = treeOf();
  const run = await served(["--mode", "record", "--upstream", `openai=${url}`], { cwd, env });
  const answers = [
    await post(`${run.url}/v1/chat/completions`, BODY),
    await post(`${run.url}/v1/chat/completions`, BODY),
  ];
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  const { stderr } = await run.end();
  const told = run.run.stdout.toString() + stderr;
  return { status: answers[0]?.status, texts, told, recordings: recordingsIn(cwd) };
}

describe.runIf(HAS_OPENSSL)(`a proxy of the environment${skipped}`, () => {
  it("leads to an https API, gets no more of it than its host, and its password is told nowhere", async () => {
    const certificate = certificateFor(`DNS:${HOST}`, "20200101", "20991231");
    const api = await secured(certificate, CHAT);
    const proxy = await proxyTo(Number(new URL(api).port));
    const env = { HTTPS_PROXY: `http://us%40er:se%3Acret@${proxy.host}`, NODE_EXTRA_CA_CERTS: certificate.file };
    const { status, texts, told, recordings } = await asked(env);
    expect([status, ...texts]).toEqual([200, CHAT, CHAT]);
    const authorization = `Basic ${Buffer.from("us@er:se:cret").toString("base64")}`;
    expect(proxy.asked).toEqual(Array(2).fill({ target: `${HOST}:443`, authorization }));
    expect(told).toContain(`asks through the proxy ${proxy.host} (HTTPS_PROXY)`);
    expect(told).not.toMatch(/se(?:%3A|:)cret/);
    expect(recordings).toHaveLength(1);
  });

  it("cannot stand for the API: the certificate is looked at behind it", async () => {
    const certificate = certificateFor("DNS:other.invalid", "20200101", "20991231");
    const proxy = await proxyTo(Number(new URL(await secured(certificate, CHAT)).port));
    const { status, texts, recordings } = await asked({
      HTTPS_PROXY: proxy.host,
      NODE_EXTRA_CA_CERTS: certificate.file,
    });
    expect([status, recordings]).toEqual([502, []]);
    expect(texts[0]).toContain(`the upstream ${HOST}: its certificate is for another host`);
  });
});

const REFUSED = [
  ["HTTP/1.1 407 Proxy Authentication Required", "it wants a user and a password: HTTPS_PROXY=http://USER:PASSWORD@"],
  ["HTTP/1.1 403 Forbidden", `it does not connect to ${HOST}:443 (status 403); NO_PROXY=${HOST} asks it directly`],
  ["SSH-2.0-OpenSSH", "what it sent is no HTTP/1.1"],
] as const;

it.each(REFUSED)("a proxy that answers %s is told, and nothing is recorded", async (head, why) => {
  const proxy = await proxyTo(1, (socket) => socket.end(`${head}\r\nContent-Length: 2\r\n\r\nno`));
  const { status, texts, told, recordings } = await asked({ HTTPS_PROXY: `http://u:hidden@${proxy.host}` });
  expect([status, recordings]).toEqual([502, []]);
  for (const text of [JSON.parse(texts[0] as string).error.message, told]) {
    expect(text).toContain(`the proxy of HTTPS_PROXY ${proxy.host}: ${why}`);
    expect(text).not.toContain("hidden");
  }
});

it("a proxy that is not there is told; one that stalls keeps no server from its end", async () => {
  const nowhere = await asked({ https_proxy: "http://127.0.0.1:9" });
  expect(JSON.parse(nowhere.texts[0] as string).error.message).toContain(
    "the proxy of https_proxy 127.0.0.1:9: nothing listens there",
  );
  const proxy = await proxyTo(1, () => undefined);
  const env = { HTTPS_PROXY: proxy.host };
  const run = await served(["--mode", "record", "--upstream", `openai=https://${HOST}/v1`], { cwd: treeOf(), env });
  const left = new AbortController();
  const answer = fetch(`${run.url}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify(BODY),
    signal: left.signal,
  });
  await expect.poll(() => proxy.asked.length).toBe(1);
  left.abort();
  await expect(answer).rejects.toThrow();
  expect((await run.end()).code).toBe(130);
});

it("http is asked directly, and so is what NO_PROXY names", async () => {
  const proxy = await proxyTo(1);
  const plain = await asked({ HTTP_PROXY: proxy.host }, `http://${HOST}/v1`);
  expect(plain.told).toContain("HTTP_PROXY is set, and recctl asks a proxy for https alone");
  await asked({ HTTPS_PROXY: proxy.host, NO_PROXY: "of-nobody.invalid" });
  expect(proxy.asked).toEqual([]);
});
