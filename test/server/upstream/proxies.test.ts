import { expect, it } from "vitest";
import { proxyFor, proxyRemedy } from "../../../src/server/upstream/proxies.ts";
import { UpstreamError } from "../../../src/server/upstream/types.ts";

const API = "https://api.example.com/v1";
const error = new UpstreamError("refused", "no");

it.each([
  [{ HTTPS_PROXY: "http://p:3128" }, API, "HTTPS_PROXY http://p:3128/"],
  [{ https_proxy: "p:3128" }, API, "https_proxy http://p:3128/"],
  [{ ALL_PROXY: "https://u:w@p" }, API, "ALL_PROXY https://u:w@p/"],
  [{ HTTPS_PROXY: "socks5://p:1080" }, API, null],
  [{ HTTPS_PROXY: "http://" }, API, null],
  [{ HTTPS_PROXY: "" }, API, null],
  [{ HTTP_PROXY: "p" }, API, null],
  [{ HTTP_PROXY: "p", ALL_PROXY: "p" }, "http://api.example.com", null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "example.org, example.com:443" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "", no_proxy: ".Example.com" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "*" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "*.example.com" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "ample.com," }, API, "HTTPS_PROXY http://p/"],
  [{ HTTPS_PROXY: "p" }, "https://localhost:1/v1", null],
])("%j asked for %s", (env, url, through) => {
  const proxy = proxyFor(url, env);
  expect(proxy && `${proxy.variable} ${proxy.url.href}`).toBe(through);
});

const HTTPS_ALONE = "recctl asks a proxy for https alone: it must reach the API itself";
it.each([
  [{ HTTP_PROXY: "p", HTTPS_PROXY: "q" }, "http://api.example.com", `no; HTTP_PROXY is set, and ${HTTPS_ALONE}`],
  [{ ALL_PROXY: "p" }, "http://api.example.com", `no; ALL_PROXY is set, and ${HTTPS_ALONE}`],
  [{ HTTP_PROXY: "p", NO_PROXY: "*" }, "http://api.example.com", "no"],
  [{ ALL_PROXY: "socks5://p" }, API, "no; ALL_PROXY is set, and names no http or https proxy: recctl knows no other"],
  [{ HTTPS_PROXY: "p" }, API, "no"],
  [{}, API, "no"],
])("%j where %s is not reached", (env, url, told) => {
  const { fault, message } = proxyRemedy(error, url, env);
  expect([fault, message]).toEqual(["refused", told]);
});

it("what is wrong behind a connection is not the lack of a proxy", () => {
  const tls = new UpstreamError("tls", "no");
  expect(proxyRemedy(tls, "http://api.example.com", { HTTP_PROXY: "p" })).toBe(tls);
});
