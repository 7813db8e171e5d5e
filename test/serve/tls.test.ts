import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { certificateFor, HAS_OPENSSL, secured } from "./certificates.ts";
import { BODY, chat, post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const CHAT = chat("Hi.");

/** What one request to an upstream comes to: for the client, in the journal, on stderr, in the tree. */
async function asked(url: string, env: Record<string, string>, path = "/v1/chat/completions") {
  const cwd = treeOf();
  const upstreams = ["openai", "anthropic", "ollama"].flatMap((api) => ["--upstream", `${api}=${url}`]);
  const run = await served(["--mode", "record-if-missing", ...upstreams], { cwd, env });
  const answer = await post(run.url + path, BODY);
  const text = await answer.text();
  const { entries } = (await (await fetch(`${run.url}/__recctl/journal`)).json()) as { entries: { reason?: string }[] };
  const { stderr } = await run.end();
  return { status: answer.status, text, reason: entries[0]?.reason ?? "", stderr, recordings: recordingsIn(cwd) };
}

/** A port that hands each connection to `take`. */
async function listening(take: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    take(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const TRUST = "if you trust it, start again with NODE_EXTRA_CA_CERTS=FILE, which holds the one that signed it (PEM)";
const EXPIRED = "its certificate has expired; renew it there, or set this machine's clock (CERT_HAS_EXPIRED)";
const CASES = [
  ["self-signed", "IP:127.0.0.1", "20200101", "20991231", `its certificate is self-signed; ${TRUST}`, null],
  ["expired", "IP:127.0.0.1", "20200101", "20200102", EXPIRED, EXPIRED],
  ["not valid yet", "IP:127.0.0.1", "20980101", "20991231", "is not valid yet", "its certificate is not valid yet"],
  [
    "for another host",
    "DNS:other.invalid",
    "20200101",
    "20991231",
    "self-signed",
    "its certificate is for another host",
  ],
] as const;
const skipped = HAS_OPENSSL ? "" : " (skipped: no openssl, which makes the certificates)";

describe.runIf(HAS_OPENSSL)(`an upstream with a certificate${skipped}`, () => {
  it.each(CASES)("that is %s", async (_, name, from, until, untrusted, trusted) => {
    const certificate = certificateFor(name, from, until);
    const url = await secured(certificate, CHAT);
    for (const [why, env] of [
      [untrusted, {}],
      [trusted, { NODE_EXTRA_CA_CERTS: certificate.file }],
    ] as const) {
      const { status, text, reason, stderr, recordings } = await asked(`${url}/v1`, env);
      if (why === null) {
        expect([status, text, recordings.length]).toEqual([200, CHAT, 1]);
        continue;
      }
      expect(status).toBe(502);
      expect(JSON.parse(text).error.message).toContain(why);
      expect(reason).toContain(`upstream failed: the upstream ${new URL(url).host}: `);
      for (const told of [reason, stderr]) expect(told).toContain(why);
      expect(recordings).toEqual([]);
    }
  });

  it("that is not trusted is told in the words of each API", async () => {
    const url = await secured(certificateFor("IP:127.0.0.1", "20200101", "20991231"), CHAT);
    const anthropic = JSON.parse((await asked(url, {}, "/v1/messages")).text);
    expect(anthropic).toMatchObject({ type: "error", error: { message: expect.stringContaining("is self-signed") } });
    const ollama = JSON.parse((await asked(url, {}, "/api/chat")).text);
    expect(ollama).toEqual({ error: expect.stringContaining("NODE_EXTRA_CA_CERTS") });
  });
});

it("an upstream that speaks http is told as one where https is asked of it", async () => {
  const up = await upstream((_, response) => void response.end(CHAT));
  const { status, text, stderr } = await asked(up.url.replace("http:", "https:"), {});
  const { host } = new URL(up.url);
  const told = `the upstream ${host}: it speaks no https, and its URL begins with https://; if it speaks http, name it by http://${host} `;
  expect([status, JSON.parse(text).error.message]).toEqual([502, expect.stringContaining(told)]);
  expect(stderr).toContain(told);
});

it("so is one that closes the connection then", async () => {
  const url = await listening((socket) => void socket.once("data", () => socket.end()));
  const { status, reason } = await asked(url.replace("http:", "https:"), {});
  expect([status, reason]).toEqual([502, expect.stringContaining(`if it speaks http, name it by ${url} `)]);
});

it.runIf(HAS_OPENSSL)(`an upstream that speaks https is told as one where http is asked of it${skipped}`, async () => {
  const url = await secured(certificateFor("IP:127.0.0.1", "20200101", "20991231"), CHAT);
  const { status, text, reason, stderr, recordings } = await asked(url.replace("https:", "http:"), {});
  const told = `the upstream ${new URL(url).host}: it speaks https, and its URL begins with http://; name it by ${url}`;
  expect([status, JSON.parse(text).error.message, reason]).toEqual([502, told, `upstream failed: ${told}`]);
  expect([stderr, recordings]).toEqual([expect.stringContaining(told), []]);
});

it("one that closes every connection is none of them", async () => {
  const url = await listening((socket) => void socket.once("data", () => socket.destroy()));
  expect((await asked(url, {})).reason).toMatch(/: it closed the connection early \(ECONNRESET\)$/);
});
