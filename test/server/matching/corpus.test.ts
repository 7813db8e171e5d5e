import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { headOf } from "../../../src/recording/head.ts";
import { parseJson } from "../../../src/recording/json/parse.ts";
import { STRICT, writeJson } from "../../../src/recording/json/write.ts";
import { sentFor } from "./clients.ts";
import { CORPUS, folderOf } from "./folder.ts";
import { askedFor, tally } from "./round.ts";
import { wiresOf } from "./wire.ts";

const ORACLE = process.env.RECCTL_ORACLE;
const ROOT = CORPUS ? join(CORPUS, "2026-05") : "";
const NEWEST = ["2026-06-17", "http-2026-04-09", "tool-2025-10-09"];

const MONTH =
  "May 2026, of the corpus (needs RECCTL_CORPUS: a folder of trees, and RECCTL_ORACLE: a program that names recordings)";

describe.skipIf(!CORPUS || !ORACLE)(MONTH, () => {
  const folder = CORPUS ? folderOf(ROOT) : { all: [], recordings: null as never };
  const verified = folder.all.filter((one) => one.verified);

  it("the oracle says the same of every name", () => {
    const paths = folder.all.map(({ path }) => join(ROOT, path));
    const lines = execFileSync("python3", [ORACLE as string, ...paths], { encoding: "utf8", maxBuffer: 1e8 });
    const theirs = lines.split("\n").filter((line) => NEWEST.includes(line.split("\t")[0] as string));
    expect(theirs.map((line) => line.split("\t")[1])).toEqual(verified.map(({ path }) => join(ROOT, path)));
    expect([folder.all.length, verified.length]).toEqual([1182, 1008]);
  });

  /** One test asked the same twice, with an empty extra_body and without: on the wire both are one. */
  const TWICE = "another recording of the same request on the wire";
  /** A list in the folder of other tests than those that find it: recorded outside of a test, and not in the shared folder. */
  const ELSEWHERE = "its name, in a folder that comes first";

  it("every request, as its library sends it, has the name of its recording again, where its base is given", () => {
    const outcomes = verified.flatMap((one) => wiresOf(one.request_).map((wire) => askedFor(one, wire, folder, true)));
    expect(tally(outcomes.map(({ is }) => is))).toEqual({ found: 1044, [TWICE]: 1, [ELSEWHERE]: 1 });
    expect(tally(outcomes.map(({ route }) => route))).toEqual({
      "anthropic-messages": 3,
      "gemini-interactions": 2,
      genai: 4,
      "genai-stream": 68,
      "ollama-ps": 10,
      "openai-chat": 903,
      "openai-completions": 2,
      "openai-embeddings": 26,
      "openai-models": 24,
      "tavily-search": 2,
      "tool-invoke": 2,
    });
  });

  it("and where it is not, unless the same was asked of two providers in one test", () => {
    const outcomes = verified.flatMap((one) => wiresOf(one.request_).map((wire) => askedFor(one, wire, folder, false)));
    const kinds = tally(outcomes.map(({ is, route }) => (is === "found" ? is : `${route}: ${is}`)));
    expect(kinds).toEqual({
      found: 1005,
      "openai-chat: ambiguous": 16,
      "openai-completions: another recording of the same request on the wire": 1,
      "openai-models: ambiguous": 24,
    });
  });

  it("so has what the JavaScript libraries send", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const outcomes: string[] = [];
    for (const one of verified) {
      const endpoint = headOf(one.root).endpoint ?? "";
      const args = JSON.parse(writeJson(one.request_.get("body") ?? one.request_.get("payload") ?? null, STRICT));
      for (const vertexai of endpoint.includes("generate_content") ? [true, false] : [true]) {
        const sent = await sentFor(endpoint, structuredClone(args), "", vertexai);
        const body = sent?.body == null ? null : parseJson(sent.body);
        outcomes.push(sent ? askedFor(one, { ...sent, body }, folder, true).is : "no library asks tools");
      }
    }
    expect(tally(outcomes)).toEqual({ found: 1040, [TWICE]: 1, [ELSEWHERE]: 1, "no library asks tools": 2 });
  });
});
