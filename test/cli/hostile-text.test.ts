import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../run.ts";
import { harmful } from "./harmful.ts";
import { forEach, started } from "./process.ts";
import { onTerminal } from "./terminal.ts";

/** The model printed escape codes, a clipboard write, a lone carriage return, bidi and zero-width characters. */
const ID = "0c02316e289bffcaf150973aeb8f142cd5e6f7c0ca58361088e81509c60f28d8";
const TEST = "test_guest_book.py::test_prints_what_the_telex_sent[txt=bedrock/openai.gpt-oss-20b-1:0]";
const { body } = JSON.parse(readFileSync(join(ROOT, `recordings/${ID}.json`), "utf8")).response;
const recorded: string = body
  .map(
    (chunk: { __data__: { choices: { delta: { content?: string } }[] } }) => chunk.__data__.choices[0]?.delta.content,
  )
  .join("");

describe("what a model printed to take over a terminal", () => {
  it("is in the recording", () => {
    expect(harmful(recorded)).toEqual(
      expect.arrayContaining(["\u001b", "\u0007", "\r", "\u009b", "\u202e", "\u200b", "\u2066", "\u2069"]),
    );
  });

  const commands: string[][] = [
    ["ls", "--test", "telex"],
    ["ls", "--test", "telex", "--json"],
    ["ls", "--group", "test"],
    ["show", ID],
    ["show", TEST],
    ["show", ID, "--response"],
    ["show", ID, "--raw"],
    ["show", ID, "--raw", "--response"],
    ["show", ID, "--json"],
    ["show", ID, "--ndjson"],
    ["show", ID, "--raw", "--json"],
    ...body.map((_: unknown, index: number) => ["show", ID, "--chunk", String(index + 1)]).slice(4, 8),
    ["show", ID, "--chunk", "6", "--json"],
    ["replay", ID],
    ["replay", ID, "--as", "wire"],
    ["replay", ID, "--as", "ndjson"],
    ["replay", ID, "--as", "raw"],
    ["replay", ID, "--plan"],
  ];

  it("never reaches one raw, by whatever command", async () => {
    await forEach(commands, async (args) => {
      const terminal = await onTerminal(args, { columns: 100 });
      expect({ args, code: terminal.code, harmful: harmful(terminal.raw) }).toEqual({ args, code: 0, harmful: [] });
      expect(terminal.lines().length, args.join(" ")).toBeGreaterThan(0);
    });
  });

  it("is written out, so that it can be seen", async () => {
    for (const command of ["show", "replay"]) {
      const screen = (await onTerminal([command, ID], { columns: 200 })).lines().join("\n");
      expect(screen.replace("TELEX 0412 \n", "TELEX 0412 ")).toContain(
        "TELEX 0412 \\u001b[31;1mGALE WARNING\\u001b[0m\\u0007 for the Skerrick",
      );
      expect(screen).toContain("\\u001b]52;c;c2FsdG1hcnNo\\u0007Whoever printed that line raw");
      expect(screen).toContain("Wind south-east nine\\rWind calm");
      expect(screen).toContain("chart\\u202egnp.exe, for Salt\\u200bmarsh \\u2066Point\\u2069.");
      expect(screen).toContain("\\u009b0mEnd of message.");
    }
  });

  it("stays JSON on a terminal, and the same JSON", async () => {
    const terminal = await onTerminal(["show", ID, "--ndjson"], { columns: 200, rows: 400 });
    const piped = await started(["show", ID, "--ndjson"]).read().ended;
    expect(JSON.parse(terminal.raw)).toEqual(JSON.parse(piped.stdout));
    const planned = await onTerminal(["replay", ID, "--plan"], { columns: 200 });
    const texts = planned.raw.trimEnd().split("\n");
    expect(texts.map((line) => JSON.parse(line).text).join("")).toBe(recorded);
  });

  it("reaches a pipe untouched, from replay", async () => {
    const run = started(["replay", ID]).read();
    await run.ended;
    expect(run.stdout.equals(Buffer.from(recorded))).toBe(true);
  });
});
