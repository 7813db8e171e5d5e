import { describe, expect, it } from "vitest";
import { isDummyKey } from "../../../src/server/upstream/dummy.ts";
import { headersFor, queryFor, type Upstream } from "../../../src/server/upstream/headers.ts";

const REAL = "sk-proj-Zq83hfKs02LmVbQ7Tt5xYw1RkN";
const ENV = {
  OPENAI_API_KEY: REAL,
  ANTHROPIC_API_KEY: "sk-ant-api03-8fJw0zKq",
  GEMINI_API_KEY: "AIzaSyGemini7Q",
  TAVILY_API_KEY: "tvly-9sKw03hZ",
  GROQ_API_KEY: "gsk_8Vb2nQpL",
};
const up = (api: string, url: string, from: Upstream["from"]): Upstream => ({ api, url, from });

describe("keys that are none", () => {
  it.each(
    `|x|xxx|xxxxxxxx|sk-|sk-...|sk-x|sk-xxxx|sk-xxxxxxxxxxxxxxxxxxxxxxxx|dummy|DUMMY|sk-dummy|dummy-key|dummy_api_key|test|test-key|sk-test|
sk-test-key-1234|fake|fake-key|none|None|null|undefined|ollama|recctl|recctl-replay|placeholder|not-needed|no-key-required|
your-api-key|your_api_key_here|<your key>|[KEY]|{{key}}|\${OPENAI_API_KEY}|$OPENAI_API_KEY|%OPENAI_API_KEY%|123|1234567890|0|***|EMPTY|changeme|
Bearer dummy|Bearer|bearer x|sk-ant-dummy|tvly-test|sk-1234|unused|this is a test key|sk-…`
      .replaceAll("\n", "")
      .split("|"),
  )("%j", (key) => expect(isDummyKey(key)).toBe(true));

  it.each([
    REAL,
    `Bearer ${REAL}`,
    ...Object.values(ENV),
    "token-abc123",
    "my-secret-token",
    "secret",
    "local",
    "hunter2",
    "98237498",
    "testify",
    "sk-test-a8f7",
    "sk-1234abcd",
    "Basic dXNlcjpwYXNz",
    "xy",
    "abc",
    "openai-proxy-key",
  ])("but not %j", (key) => expect(isDummyKey(key)).toBe(false));
});

describe("which headers go up", () => {
  it("those of the client but for the connection's, the page's, and recctl's own", () => {
    const { headers } = headersFor(
      up("openai", "http://127.0.0.1:1", "flag"),
      {
        Connection: "keep-alive, X-Hop",
        "x-hop": "1",
        host: "localhost",
        "content-length": "5",
        "transfer-encoding": "chunked",
        te: "trailers",
        expect: "100-continue",
        "accept-encoding": "zstd",
        origin: "http://localhost",
        referer: "http://localhost/",
        cookie: "a=b",
        "sec-fetch-site": "same-origin",
        "x-forwarded-for": "1.2.3.4",
        "x-recctl-token": "t",
        "x-recctl-mode": "record",
        "X-OGX-Provider-Data": "{}",
        "x-llamastack-provider-data": "{}",
        "x-test-id": "t",
        "proxy-authorization": "Basic x",
        accept: "*/*",
        "content-type": "application/json",
        "user-agent": "u",
        "openai-organization": "o",
        "anthropic-version": "2023-06-01",
        "x-stainless-lang": "js",
        __proto__x: "p",
      },
      {},
    );
    expect({ ...headers }).toEqual({
      "accept-encoding": "identity",
      accept: "*/*",
      "content-type": "application/json",
      "user-agent": "u",
      "openai-organization": "o",
      "anthropic-version": "2023-06-01",
      "x-stainless-lang": "js",
      __proto__x: "p",
    });
  });
});

describe("whose key goes up", () => {
  const own = "https://api.openai.com/v1";
  const elsewhere = "https://gateway.example/v1";
  const other = { authorization: "Bearer a-key-of-the-client-0815" };

  it.each([
    ["own host, none sent", up("openai", own, "default"), {}, "environment", `Bearer ${REAL}`],
    [
      "own host, a dummy sent",
      up("openai", own, "config"),
      { authorization: "Bearer sk-dummy" },
      "environment",
      `Bearer ${REAL}`,
    ],
    ["own host, one sent", up("openai", own, "config"), other, "client", other.authorization],
    ["by flag, none sent", up("openai", elsewhere, "flag"), {}, "environment", `Bearer ${REAL}`],
    ["by flag, one sent", up("openai", elsewhere, "flag"), other, "client", other.authorization],
    ["by configuration, none sent", up("openai", elsewhere, "config"), {}, "withheld", undefined],
    ["by configuration, one sent", up("openai", elsewhere, "config"), other, "client", other.authorization],
    [
      "by configuration, the environment's sent",
      up("openai", elsewhere, "config"),
      { authorization: `Bearer ${REAL}` },
      "withheld",
      undefined,
    ],
    ["own host without TLS", up("openai", "http://api.openai.com/v1", "config"), {}, "withheld", undefined],
    ["own host, another port", up("openai", "https://api.openai.com:8443/v1", "config"), {}, "withheld", undefined],
    [
      "a host that ends alike",
      up("openai", "https://api.openai.com.evil.example", "config"),
      {},
      "withheld",
      undefined,
    ],
    ["a host that begins alike", up("openai", "https://evil-api.openai.com", "config"), {}, "withheld", undefined],
    [
      "a user called like the host",
      up("openai", "https://api.openai.com@evil.example/", "config"),
      {},
      "withheld",
      undefined,
    ],
    [
      "another API's host under this name",
      up("openai", "https://api.groq.com/openai/v1", "config"),
      {},
      "environment",
      "Bearer gsk_8Vb2nQpL",
    ],
    ["a name that has no key", up("mine", elsewhere, "flag"), {}, "none", undefined],
    ["a name of objects", up("constructor", elsewhere, "flag"), {}, "none", undefined],
    [
      "one API's key on its way to another",
      up("groq", "https://api.groq.com", "config"),
      { authorization: `Bearer ${REAL}` },
      "withheld",
      undefined,
    ],
  ] as const)("%s", (_what, upstream, client, key, authorization) => {
    const told = headersFor(upstream, client, ENV);
    expect([told.key, told.headers.authorization]).toEqual([key, authorization]);
  });

  it("each API has its own header, and a dummy in another goes", () => {
    const sent = { authorization: "Bearer dummy", "x-api-key": "x", "x-goog-api-key": "test" };
    const keys = (api: string, url: string) => {
      const { headers } = headersFor(up(api, url, "default"), sent, ENV);
      return ["authorization", "x-api-key", "x-goog-api-key"].map((name) => headers[name]);
    };
    expect(keys("anthropic", "https://api.anthropic.com")).toEqual([undefined, ENV.ANTHROPIC_API_KEY, undefined]);
    expect(keys("google", "https://generativelanguage.googleapis.com")).toEqual([
      undefined,
      undefined,
      ENV.GEMINI_API_KEY,
    ]);
    expect(keys("tavily", "https://api.tavily.com")).toEqual([`Bearer ${ENV.TAVILY_API_KEY}`, undefined, undefined]);
  });

  it("without one in the environment, or with a dummy there, the client's dummy stays: it may be somebody's key after all", () => {
    const dummy = { authorization: "Bearer test" };
    for (const env of [{}, { OPENAI_API_KEY: "" }, { OPENAI_API_KEY: "dummy" }, { OPENAI_API_KEY: "a\nb" }]) {
      const { key, headers, variables } = headersFor(up("openai", elsewhere, "flag"), dummy, env);
      expect([key, headers.authorization, variables]).toEqual(["none", dummy.authorization, ["OPENAI_API_KEY"]]);
    }
  });

  it("any header that carries a key of the environment is held back where that key must not go", () => {
    const client = { "x-custom": `{"key":"${ENV.TAVILY_API_KEY}"}`, accept: "*/*" };
    expect({ ...headersFor(up("mine", elsewhere, "config"), client, ENV).headers }).toEqual({
      accept: "*/*",
      "accept-encoding": "identity",
    });
  });

  it("a key in the query counts as the client's, a dummy there goes, and so does the environment's", () => {
    const google = up("google", "https://generativelanguage.googleapis.com/v1beta", "default");
    const stranger = up("google", "https://evil.example/v1beta", "config");
    const key = (upstream: Upstream, query: string) => [
      headersFor(upstream, {}, ENV, query).key,
      queryFor(upstream, query, ENV),
    ];
    expect(key(google, "alt=sse&key=AIzaReal77")).toEqual(["client", "alt=sse&key=AIzaReal77"]);
    expect(key(google, "key=dummy&alt=sse")).toEqual(["environment", "alt=sse"]);
    expect(key(google, "k%65y=dummy&a")).toEqual(["environment", "a"]);
    expect(key(stranger, `alt=sse&key=${ENV.GEMINI_API_KEY}`)).toEqual(["withheld", "alt=sse"]);
    expect(key(stranger, "alt=sse&key=AIzaReal77")).toEqual(["client", "alt=sse&key=AIzaReal77"]);
    expect(key(google, "a=%zz&b")).toEqual(["environment", "a=%zz&b"]);
  });
});
