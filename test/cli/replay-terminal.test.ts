import { describe, expect, it } from "vitest";
import { recctl, tree } from "../run.ts";
import { forEach } from "./process.ts";
import { at, sample } from "./samples.ts";
import { onTerminal } from "./terminal.ts";

const FAMILY = "👩\u200d👩\u200d👧";

/** The bytes of a replay on a terminal, of an answer that streamed in these pieces. */
async function replayed(...answered: string[]): Promise<string> {
  const { raw, code } = await onTerminal(["replay", "aaaa"], { cwd: tree({ [at("aaaa")]: sample({ answered }) }) });
  expect(code).toBe(0);
  return raw.replaceAll("\r\n", "\n");
}

describe("replay on a terminal", () => {
  it("ends the last line, so that the prompt stands below, and does not end it twice", async () => {
    expect(await replayed("one\n", "two")).toBe("one\ntwo\n");
    expect(await replayed("one\n", "two\n")).toBe("one\ntwo\n");
  });

  it("keeps whole what is one character to people and came in pieces", async () => {
    expect(await replayed("👩", "\u200d", "👩\u200d", "👧", "!")).toBe(`${FAMILY}!\n`);
    expect(await replayed("half \ud83d", "\ude00 and ", "\ud83d", "\ude00")).toBe("half 😀 and 😀\n");
  });

  it("writes out a joiner that joins nothing, wherever the pieces end", async () => {
    const answers = [["a\u200d", "b"], ["a", "\u200db"], ["👩\u200d", "b"], ["👩\u200d"]];
    const shown = await forEach(answers, (pieces) => replayed(...pieces));
    expect(shown).toEqual(["a\\u200db\n", "a\\u200db\n", "👩\\u200db\n", "👩\\u200d\n"]);
  });

  it("sends a pipe the same pieces as they are", async () => {
    const answered = ["👩", "\u200d", "👩\u200d", "👧", "a\u200d"];
    const { stdout } = await recctl(["replay", "aaaa"], { cwd: tree({ [at("aaaa")]: sample({ answered }) }) });
    expect(stdout).toBe(answered.join(""));
  });

  it("tells a recorded failure below what came before it", async () => {
    const cwd = tree({ [at("aaaa")]: sample({ answered: ["Never"], failure: "connection lost" }) });
    const terminal = await onTerminal(["replay", "aaaa"], { cwd, columns: 120 });
    expect(terminal.lines()).toEqual([
      "Never",
      "recorded failure: TimeoutError: connection lost",
      `  in   ${at("aaaa")}`,
    ]);
    expect(terminal.code).toBe(1);
  });
});
