import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { harmful } from "./harmful.ts";
import { forEach } from "./process.ts";
import { at, pythonText, sample } from "./samples.ts";
import { onTerminal } from "./terminal.ts";

const EVIL =
  "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202etxt\u200b\u2066\r\u007f\u2060\ufeff\u00ad\u2028\u180e\ufff9\u{e0041}";
const NAME = `recordings/evil\u001b[31m\n\u202e::error::x.json`;

/** Every text of a recording that people are shown, hostile. */
function hostile(): string {
  const document = JSON.parse(sample({ test: `t.py::${EVIL}\n\tx`, model: `m${EVIL}`, asked: EVIL, answered: EVIL }));
  document.request.endpoint = `/v1/${EVIL}/chat/completions`;
  document.request.url = `https://x/${EVIL}`;
  document.request.method = `GET${EVIL}`;
  document.request.body[`key${EVIL}`] = EVIL;
  document.request.body.tools = [{ type: "function", function: { name: EVIL, description: EVIL } }];
  document.request.body.messages.push({ role: `role${EVIL}`, content: [{ type: EVIL, x: EVIL }] });
  const { choices } = document.response.body.__data__;
  choices[0].finish_reason = EVIL;
  choices[0].message.reasoning_content = EVIL;
  choices[0].message.tool_calls = [{ id: EVIL, function: { name: EVIL, arguments: EVIL } }];
  document.response.body.__data__.usage = { [`tokens${EVIL}`]: EVIL };
  return pythonText(document);
}

function hostileTree(): string {
  const failed = JSON.parse(sample({ test: "t.py::failed", failure: EVIL, answered: ["x"] }));
  Object.assign(failed.response.exception_data, { type: EVIL, category: EVIL });
  const cwd = tree({
    [at("aaaa")]: hostile(),
    [at("bbbb")]: pythonText(failed),
    [NAME]: "{ broken",
    [at("cccc")]: EVIL,
  });
  mkdirSync(join(cwd, "odd\u001b[7m\nfolder/recordings"), { recursive: true });
  writeFileSync(join(cwd, "odd\u001b[7m\nfolder/recordings/dddd.json"), sample());
  return cwd;
}

const COMMANDS: readonly (readonly [code: number, ...args: string[]])[] = [
  [0, "ls"],
  [0, "ls", "--json"],
  [0, "ls", "--ndjson"],
  ...["test", "dir", "model", "endpoint", "dialect"].map((key) => [0, "ls", "--group", key] as const),
  [0, "ls", "--limit", "1"],
  [0, "show", "aaaa"],
  [0, "show", "aaaa", "--json"],
  [0, "show", "aaaa", "--raw", "--request"],
  [0, "show", "bbbb"],
  [0, "show", "dddd"],
  [0, "show", "--raw", NAME],
  [0, "replay", "aaaa"],
  [1, "replay", "bbbb"],
  // Errors about what recordings hold, and about what was typed.
  [2, "show", NAME],
  [2, "show", "cccc"],
  [2, "show", EVIL],
  [2, "show", `t.py::${EVIL}`],
  [2, "show", `t.py::${EVIL}\n\tx#7`],
  [2, "replay", `recordings/${EVIL}`],
  [2, "ls", EVIL],
  [2, "ls", `*${EVIL}`],
  [2, "ls", "--sort", EVIL],
  [2, "ls", "--limit", EVIL],
  [2, `--${EVIL}`],
  [2, EVIL],
  [2, "-C", EVIL, "ls"],
];

describe("hostile names and ids", () => {
  it("never reach a terminal raw, in lists, conversations, replays or errors", async () => {
    const cwd = hostileTree();
    await forEach(COMMANDS, async ([code, ...args]) => {
      const terminal = await onTerminal(args, { columns: 100, cwd });
      expect({ args, code: terminal.code, harmful: harmful(terminal.raw) }).toEqual({ args, code, harmful: [] });
      expect(terminal.raw.length, args.join(" ")).toBeGreaterThan(5);
    });
  });

  it("keep a row a row and a message a line", async () => {
    const cwd = hostileTree();
    const listed = await onTerminal(["ls"], { columns: 200, cwd });
    // Header, three rows, the summary; two broken files.
    expect(listed.raw.trimEnd().split("\n")).toHaveLength(1 + 3 + 1 + 2);
    const { stdout, stderr } = await inside(["ls"], { cwd });
    expect(
      stdout
        .split("\n")
        .slice(0, -1)
        .map((row) => row.split("\t").length),
    ).toEqual([8, 8, 8]);
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(/^recordings\/cccc0*\.json:1:1: /),
      expect.stringMatching(/^recordings\/evil\\u001b\[31m\\n\\u202e::error::x\.json:1:3: expected a key/),
      "",
    ]);
    expect(harmful(stderr)).toEqual([]);
  });

  it("cannot forge a line of an error", async () => {
    const cwd = tree({});
    const { stderr } = await inside(["show", "x\nerror: forged\n  try  rm -rf"], { cwd });
    const fact = "error: no recording is called x\\nerror: forged\\n  try  rm -rf";
    expect(stderr).toBe(`${fact}\n  in   ${cwd}\n  try  recctl ls\n`);
    const failed = tree({ "recordings/a\nrecorded failure: forged.json": sample({ failure: "x" }) });
    const replayed = await inside(["replay", "recordings/a\nrecorded failure: forged.json"], { cwd: failed });
    expect(replayed.stderr.split("\n")).toHaveLength(3);
  });
});
