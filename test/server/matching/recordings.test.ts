import { describe, expect, it, vi } from "vitest";
import { headOf } from "../../../src/recording/head.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { STRICT, writeJson } from "../../../src/recording/json/write.ts";
import { isOpenai } from "../../serve/asking.ts";
import { type Sent, sentFor } from "./clients.ts";
import { folderOf, type Kept, RECORDINGS } from "./folder.ts";
import { askedFor, tally } from "./round.ts";
import { wiresOf } from "./wire.ts";

const folder = folderOf(RECORDINGS);
/** But for the one whose kind no scheme names. */
const verified = folder.all.filter((one) => one.verified);
const endpointOf = ({ root }: Kept): string => headOf(root).endpoint ?? "";
const isList = (one: Kept): boolean => one.path.startsWith("models-");

it("all but one have the name of their request", () => {
  expect(folder.all.length - verified.length).toBe(1);
});

describe("every recording of this repository is found by what is sent for it", () => {
  it.each([true, false])("its base given: %s", (given) => {
    for (const one of verified) {
      for (const wire of wiresOf(one.request_)) {
        // Lists of several providers are several answers.
        const wanted = !given && endpointOf(one).endsWith("/v1/models") ? "ambiguous" : "found";
        expect(askedFor(one, wire, folder, given).is, `${one.path} ${wire.target}`).toBe(wanted);
      }
    }
  });
});

describe("every recording of this repository is found by what the client libraries send for it", () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});

  it.each([
    ["", true],
    ["/v1", true],
    ["/openai/v1", false],
  ])("with the base url http://host%s, and Vertex AI: %s", async (path, vertexai) => {
    const outcomes: string[] = [];
    for (const one of verified) {
      const endpoint = endpointOf(one);
      const args = JSON.parse(writeJson(one.request_.get("body") ?? one.request_.get("payload") ?? null, STRICT));
      const asked = sentFor(endpoint, args, isOpenai(endpoint) ? path : path.replace("/v1", ""), vertexai);
      if (!asked) {
        outcomes.push(`no library asks ${endpoint || one.head.kind}`);
        continue;
      }
      const { method, target, body } = await asked;
      const sent = { method, target, body: body === null ? null : parseJson(body) };
      const { is, matched } = askedFor(one, sent, folder, isList(one));
      expect(matched?.kind, `${one.path} ${method} ${target}`).toBe("hit");
      outcomes.push(is);
    }
    expect(tally(outcomes)).toEqual({ found: 48, "no library asks /rerank": 1, "no library asks tool": 2 });
  });

  it("with their own defaults: embeddings as base64, streams that nobody asked for", async () => {
    const of = async (endpoint: string, leftOut: string) => {
      const one = verified.find(
        (each) => endpointOf(each) === endpoint && headOf(each.root).streaming === false,
      ) as Kept;
      const { [leftOut]: _, ...args } = JSON.parse(
        writeJson(one.request_.get("body") ?? one.request_.get("payload") ?? null, STRICT),
      );
      const sent = (await sentFor(endpoint, args, "")) as Sent;
      expect(sent.body?.includes(`"${leftOut}"`), endpoint).toBe(/^\/api|embeddings/.test(endpoint));
      return askedFor(one, { ...sent, body: parseJson(sent.body as string) }, folder, false).is;
    };
    expect(await of("/v1/embeddings", "encoding_format")).toBe("found");
    for (const endpoint of ["/api/chat", "/api/generate", "/v1/chat/completions", "/v1/completions", "/v1/responses"]) {
      expect(await of(endpoint, "stream"), endpoint).toBe("found");
    }
    for (const endpoint of ["/v1/messages", "/v1beta/interactions"]) expect(await of(endpoint, "stream")).toBe("found");
  });
});
