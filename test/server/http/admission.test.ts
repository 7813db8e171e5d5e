import { describe, expect, it } from "vitest";
import type { TurnedAway } from "../../../src/server/http/types.ts";
import { connected, get, raw, received, serving, statusOf } from "./serving.ts";

const request = (head: string, ...headers: string[]): string =>
  [head, "Connection: close", ...headers, "", ""].join("\r\n");

describe("without a token, only requests for this machine are let in", () => {
  it.each([
    ["localhost", 200],
    ["LocalHost:8080", 200],
    ["127.0.0.1", 200],
    ["127.8.9.10:1", 200],
    ["[::1]:99999", 200],
    ["", 403],
    ["evil.example", 403],
    ["localhost.evil.example", 403],
    ["evil.example:127", 403],
    ["127.0.0.1.evil.example", 403],
    ["127.0.0.256", 403],
    ["localhost@evil.example", 403],
    ["localhost, evil.example", 403],
    ["0.0.0.0", 403],
    ["[::2]", 403],
  ])("Host: %s is answered %i", async (host, status) => {
    const { port } = await serving();
    const answer = await raw(port, request("GET /v1/x HTTP/1.1", `Host: ${host}`));
    expect(statusOf(answer)).toBe(status);
    if (status === 403) expect(answer).toContain('"path":"/v1/x"');
  });

  it("a second Host, none, and one that a whole URL speaks against are refused", async () => {
    const { port } = await serving();
    const hosts = async (target: string, ...all: string[]) =>
      statusOf(await raw(port, request(`GET ${target} HTTP/1.1`, ...all.map((host) => `Host: ${host}`))));
    expect(await hosts("/", "localhost", "localhost")).toBe(400);
    expect(await hosts("/")).toBe(400);
    expect(await hosts("http://localhost/a", "localhost")).toBe(200);
    expect(await hosts("http://evil.example/a", "localhost")).toBe(403);
    expect(await hosts("http://localhost/a", "evil.example")).toBe(403);
    expect(statusOf(await raw(port, "GET / HTTP/1.0\r\n\r\n"))).toBe(403);
  });
});

describe("pages of others are refused", () => {
  it.each([
    ["Origin: http://localhost:3000", 200],
    ["Origin: https://127.0.0.1", 200],
    ["Origin: http://[::1]:3", 200],
    ["Origin: null", 403],
    ["Origin: https://evil.example", 403],
    ["Origin: http://localhost.evil.example", 403],
    ["Origin: http://localhost, https://evil.example", 403],
    ["Origin: file://localhost", 403],
    ["Origin:", 403],
    ["Sec-Fetch-Site: cross-site", 403],
    ["Sec-Fetch-Site: Cross-Site", 403],
    ["Sec-Fetch-Site: same-origin", 200],
    ["Sec-Fetch-Site: none", 200],
  ])("%s is answered %i", async (header, status) => {
    const { port } = await serving();
    expect(statusOf(await raw(port, get("/", header)))).toBe(status);
  });

  it("a preflight gets no permission, and no answer carries one", async () => {
    const { port } = await serving(async () => ({
      status: 200,
      headers: { "Access-Control-Allow-Origin": "*" },
      body: "",
    }));
    const preflight = request(
      "OPTIONS /v1/x HTTP/1.1",
      "Host: localhost",
      "Origin: http://localhost:3000",
      "Access-Control-Request-Method: POST",
    );
    const answers = [await raw(port, preflight), await raw(port, get("/", "Origin: http://localhost:3000"))];
    expect(answers.map(statusOf)).toEqual([403, 200]);
    for (const answer of answers) expect(answer.toLowerCase()).not.toContain("access-control");
  });
});

describe("with a token", () => {
  const options = { host: "0.0.0.0", token: "s3cret" };

  it.each([
    [["X-Recctl-Token: s3cret"], 200],
    [["x-recctl-token: s3cret", "Origin: http://localhost"], 200],
    [["X-Recctl-Token: s3cret", "Origin: http://evil.example"], 403],
    [["X-Recctl-Token: s3cret", "Sec-Fetch-Site: cross-site"], 403],
    [[], 401],
    [["X-Recctl-Token: s3cre"], 401],
    [["X-Recctl-Token: s3cret2"], 401],
    [["X-Recctl-Token: s3cret", "X-Recctl-Token: s3cret"], 401],
    [["X-Recctl-Token:"], 401],
  ])("%j is answered %i, whatever the Host", async (headers, status) => {
    const { port } = await serving(undefined, {}, options);
    const answer = await raw(port, request("GET /p HTTP/1.1", "Host: box.example", ...headers));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toContain("s3cret");
  });

  it("is asked for wherever there is no loopback address, and must be one", async () => {
    for (const host of ["0.0.0.0", "::", "", "192.0.2.1", "localhost.example", "127.0.0.1.example"]) {
      await expect(serving(undefined, {}, { host })).rejects.toMatchObject({
        name: "Error",
        remedy: expect.arrayContaining([expect.stringContaining("--token")]),
      });
    }
    await expect(serving(undefined, {}, { token: "" })).rejects.toThrow("token");
    await expect(serving(undefined, {}, { token: "a\nb" })).rejects.toThrow("token");
  });
});

it("localhost is listened on at both of its addresses, where there are two", async () => {
  const { port, url } = await serving(undefined, {}, { host: "localhost" });
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`${url}/`)).status).toBe(200);
  const six = await connected(port, "::1").catch((error: NodeJS.ErrnoException) => String(error.code));
  if (typeof six === "string") return expect(six).toMatch(/EADDRNOTAVAIL|ENETUNREACH|EAFNOSUPPORT/);
  six.write(get("/"));
  return expect(statusOf(await received(six))).toBe(200);
});

it("a port that is taken, one that is none, and a host that is not here are told with what to do", async () => {
  const { port } = await serving();
  await expect(serving(undefined, {}, { port })).rejects.toMatchObject({
    message: "cannot listen: another program listens there",
    place: `127.0.0.1:${port}`,
    remedy: [expect.stringContaining("--port 0")],
  });
  await expect(serving(undefined, {}, { port: 70_000 })).rejects.toThrow("cannot listen: no such port");
  await expect(serving(undefined, {}, { host: "192.0.2.1", token: "t" })).rejects.toThrow("this machine has no such");
});

it("who connects and says nothing is sent away, and told of as no request; who has begun one is", async () => {
  const refused: TurnedAway[] = [];
  const { port } = await serving(undefined, { headersMs: 150 }, { onRefused: (early) => refused.push(early) });
  expect(statusOf(await raw(port, ""))).toBe(408);
  expect(refused).toEqual([]);
  expect(statusOf(await raw(port, "GET /v1/x?key=abc HTTP/1.1\r\nHost:"))).toBe(408);
  expect(refused).toEqual([{ method: "", path: "", status: 408, message: "the request took too long to arrive" }]);
});
