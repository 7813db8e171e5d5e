import { expect, it } from "vitest";
import { proxyRemedy } from "../../../src/server/upstream/proxies.ts";
import { UpstreamError } from "../../../src/server/upstream/types.ts";

const API = "https://api.example.com/v1";
const error = new UpstreamError("refused", "no");

it.each([
  [{ HTTPS_PROXY: "p" }, API, "HTTPS_PROXY"],
  [{ https_proxy: "p" }, API, "https_proxy"],
  [{ ALL_PROXY: "p" }, "http://api.example.com", "ALL_PROXY"],
  [{ HTTP_PROXY: "p", HTTPS_PROXY: "q" }, "http://api.example.com", "HTTP_PROXY"],
  [{ HTTP_PROXY: "p" }, API, null],
  [{ HTTPS_PROXY: "" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "example.org, example.com:443" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "", no_proxy: ".Example.com" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "*" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "*.example.com" }, API, null],
  [{ HTTPS_PROXY: "p", NO_PROXY: "ample.com," }, API, "HTTPS_PROXY"],
  [{ HTTPS_PROXY: "p" }, "https://localhost:1/v1", null],
])("%j asked for %s", (env, url, told) => {
  const { fault, message } = proxyRemedy(error, url, env);
  expect([fault, message]).toEqual([
    "refused",
    told === null ? "no" : `no; ${told} is set, and recctl uses no proxy: it must reach the API itself`,
  ]);
});

it("what is wrong behind a connection is not the lack of a proxy", () => {
  const reset = new UpstreamError("tls", "no");
  expect(proxyRemedy(reset, API, { HTTPS_PROXY: "p" })).toBe(reset);
});
