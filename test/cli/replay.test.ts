import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { ROOT, tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, pythonText, sample } from "./samples.ts";

const RECORDINGS = {
  chat: "c021fd9664a10c45319a2bd4b882c3d5446f750e8709ef04d5fd1f3eb16deaff",
  completions: "007af299f5d65dd2e8d63e58800af412a352a6aba59a9bd130a3eaef4dbbc3b0",
  messages: "a31491a6d1b2a4b7bd79bc500cecf7502e583665afd532a484bf01487ea71c0e",
  telex: "0c02316e289bffcaf150973aeb8f142cd5e6f7c0ca58361088e81509c60f28d8",
  scripts: "babfb98e38cbd0e1a7dca03adfcce1b61d27d0b1bf7210e077270ef48cc3f703",
  generate: "76563ae5bc943f62cdbbeec868e457966f92364f2a0dcc843e1ddf9147825bfe",
};
/** The body of a recording. */
const bodyOf = (id: string): Record<string, Record<string, never>>[] & string[] =>
  JSON.parse(readFileSync(join(ROOT, `recordings/${id}.json`), "utf8")).response.body;
/** What a chunk says, by the ways of its API. */
type Chunk = { choices?: { text?: string; delta?: { content?: string } }[]; response?: string };
const said = ({ choices = [], response }: Chunk): string =>
  choices.map(({ text, delta }) => text ?? delta?.content ?? "").join("") + (response ?? "");
const answerOf = (id: string): string =>
  bodyOf(id)
    .map(({ __data__ }) => said(__data__ as Chunk))
    .join("");

async function replay(id: string, ...more: string[]): Promise<string> {
  const { stdout, stderr, code } = await inside(["replay", id, ...more]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return stdout;
}

describe("replay to a pipe", () => {
  it("is the recorded text and nothing else, whatever it holds", async () => {
    const ids = [RECORDINGS.completions, RECORDINGS.telex, RECORDINGS.scripts, RECORDINGS.generate];
    const texts = await forEach(ids, (id) => replay(id));
    expect(texts).toEqual(ids.map(answerOf));
    expect(texts[1]).toContain("\u001b]52;c;");
    expect(texts.every((text) => text.length > 100)).toBe(true);
  });

  it("tells reasoning, answer and tool calls apart where there is more than text", async () => {
    const text = await replay(RECORDINGS.chat);
    expect(text).toMatch(/^\[reasoning\]\n[^[]+\n\n\[answer\]\n[^[]+\n$/);
    expect(text).toContain(answerOf(RECORDINGS.chat));
    expect(await replay("c128ce2f")).not.toContain("[tool call]");
    expect(await replay("b61dddf3")).toMatch(/^\[tool call\] \w+ \{.*\}$/m);
  });

  it("does not end a line that the answer does not end, and does where it does", async () => {
    const cwd = tree({
      [at("aaaa")]: sample({ answered: "no end" }),
      [at("bbbb")]: sample({ answered: ["end", "\n"] }),
    });
    expect((await inside(["replay", "aaaa"], { cwd })).stdout).toBe("no end");
    expect((await inside(["replay", "bbbb"], { cwd })).stdout).toBe("end\n");
  });

  it("has no text for an answer that is empty", async () => {
    const cwd = tree({ [at("aaaa")]: sample({ answered: "" }), [at("bbbb")]: sample({ answered: [] }) });
    for (const id of ["aaaa", "bbbb"]) {
      expect(await inside(["replay", id], { cwd })).toEqual({ stdout: "", stderr: "", code: 0 });
    }
  });
});

describe("replay --as", () => {
  it("wire sends what the API sent: an event a chunk, and the end of the stream", async () => {
    const events = (await replay(RECORDINGS.completions, "--as", "wire")).split("\n\n");
    expect(events.splice(-2)).toEqual(["data: [DONE]", ""]);
    expect(events.map((event) => JSON.parse(event.replace(/^data: /, "")))).toEqual(
      bodyOf(RECORDINGS.completions).map(({ __data__ }) => __data__),
    );
    expect(events.every((event) => /^data: \{.*\}$/.test(event))).toBe(true);
  });

  it("wire sends recorded lines as they were, JSON lines where the API has those, and a body whole", async () => {
    expect(await replay(RECORDINGS.messages, "--as", "wire")).toBe(`${bodyOf(RECORDINGS.messages).join("\n")}\n`);
    const lines = (await replay(RECORDINGS.generate, "--as", "wire")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).response).join("")).toBe(answerOf(RECORDINGS.generate));
    const cwd = tree({ [at("aaaa")]: sample() });
    const { stdout } = await inside(["replay", "aaaa", "--as", "wire"], { cwd });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(sample()).response.body.__data__);
  });

  it("ndjson gives a chunk a line, without Python's type names", async () => {
    const lines = (await replay(RECORDINGS.completions, "--as", "ndjson")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      bodyOf(RECORDINGS.completions).map(({ __data__ }) => __data__),
    );
  });

  it("raw gives the body as it is stored", async () => {
    expect(await replay(RECORDINGS.telex, "--as", "raw")).toBe(pythonText(bodyOf(RECORDINGS.telex)));
    expect(await replay(RECORDINGS.messages, "--as", "raw")).toBe(pythonText(bodyOf(RECORDINGS.messages)));
  });

  it("text is what is given without it", async () => {
    expect(await replay(RECORDINGS.messages, "--as", "text")).toBe(await replay(RECORDINGS.messages));
  });
});
