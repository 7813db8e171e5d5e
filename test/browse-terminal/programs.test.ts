import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clipboardText } from "../../src/commands/browsing/clipboard.ts";
import { temporary } from "../run.ts";
import { alternate, eventually, shown } from "./browsing.ts";
import { opened, script } from "./open.ts";
import { seaside } from "./seaside.ts";

const MODES = ["?1049", "?1000", "?1006", "?2004"];

describe("the pager", () => {
  it("has the terminal as it was, gets what is shown, and browse comes back behind it", async () => {
    const read = join(temporary(), "read");
    const pager = script(
      `cat >${read}; stty -a </dev/tty | grep -o -- '-*icanon'; echo in the pager; read -r _ </dev/tty`,
    );
    const terminal = await opened({ env: { PAGER: pager } });
    const before = terminal.planes();
    terminal.type("o");
    await shown(terminal, "in the pager");
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.lines()).toContain("icanon");
    expect(MODES.map((mode) => terminal.mode(mode))).toEqual(MODES.map(() => false));
    // What is typed now is the pager's.
    terminal.type("q\r");
    const isSet = (): boolean => MODES.every((mode) => terminal.mode(mode));
    await terminal.until(() => isSet() && JSON.stringify(terminal.planes()) === JSON.stringify(before));
    expect(readFileSync(read, "utf8")).toMatch(/──.*user[\s\S]*Hafen/);
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
    expect(terminal.lines().join("\n")).toContain("in the pager");
  });

  it.each([
    ["a file", "2", (chunk: unknown) => expect(chunk).toHaveProperty("response.body")],
    ["a chunk", "\r\r2", (chunk: unknown) => expect(chunk).toHaveProperty("__data__.choices")],
  ])("gets the JSON of %s whole, with nothing folded", async (_, keys, holds) => {
    const read = join(temporary(), "read");
    const pager = script(`cat >${read}; echo in the pager; read -r _ </dev/tty`);
    const terminal = await opened({ env: { PAGER: pager } });
    terminal.type(`${keys}o`);
    await shown(terminal, "in the pager");
    holds(JSON.parse(readFileSync(read, "utf8").replace(/^data: /, "")));
    terminal.kill("SIGTERM");
    await terminal.ended;
  });

  it("shows colours where it is less, and nobody told less what to do", async () => {
    for (const [given, wanted] of [
      [undefined, "R"],
      ["FX", "FX"],
    ] as const) {
      const pager = script('cat > /dev/null; printf "LESS is %s " "$LESS"; read -r _ </dev/tty');
      const terminal = await opened({ env: { PAGER: pager, ...(given && { LESS: given }) } });
      terminal.type("o");
      await shown(terminal, `LESS is ${wanted} `);
      terminal.kill("SIGTERM");
      await terminal.ended;
    }
  });

  it("draws whole rows wherever it left the cursor", async () => {
    const pager = script('cat > /dev/null; printf "^C"');
    const terminal = await opened({ env: { PAGER: pager } });
    const before = terminal.planes();
    terminal.type("o");
    await eventually(
      terminal,
      () => terminal.raw.includes("^C") && JSON.stringify(terminal.planes()) === JSON.stringify(before),
      () => expect(terminal.planes()).toEqual(before),
    );
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
  });

  it("may be left before it has read everything, and Ctrl-C is its own", async () => {
    const pager = script("trap 'echo caught; exit 0' INT; echo in the pager; while :; do sleep 1; done");
    const terminal = await opened({ env: { PAGER: pager } });
    terminal.type("o");
    await shown(terminal, "in the pager");
    terminal.type("\u0003");
    await alternate(terminal, true);
    await shown(terminal, "7 recordings");
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
    expect(terminal.lines().join("\n")).toContain("caught");
  });

  it.each([
    ["is not there", "no-such-pager -R", "no such program"],
    ["fails", "sh -c 'exit 3'", "it ended with status 3"],
  ])("that %s is told", async (_, pager, told) => {
    const terminal = await opened({ env: { PAGER: pager } });
    terminal.type("o");
    await shown(terminal, `$PAGER (${pager}): ${told}`);
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
  });

  it("is ended with browse", async () => {
    const pager = script("trap 'echo ended; exit' TERM; echo in the pager; while :; do sleep 0.1; done");
    const terminal = await opened({ env: { PAGER: pager } });
    terminal.type("o");
    await shown(terminal, "in the pager");
    terminal.kill("SIGTERM");
    expect(await terminal.ended).toEqual({ code: 143 });
    expect(terminal.mode("?1049")).toBe(false);
  });
});

describe("the editor", () => {
  it("gets the file, quoted, before $EDITOR is asked the one that $VISUAL names", async () => {
    const cwd = seaside();
    const editor = script('printf "%s|" "$@" >args; pwd >>args');
    const env = { VISUAL: `${editor} --wait`, EDITOR: "false" };
    const terminal = await opened({ cwd, env, columns: 120 });
    terminal.type("e");
    await terminal.until(() => /\?1049l[\s\S]*\?1049h/.test(terminal.raw));
    await shown(terminal, "7 recordings");
    const [given = "", where = ""] = readFileSync(join(cwd, "args"), "utf8").split(/(?<=\|)(?=[^|]*$)/);
    expect(given).toMatch(/^--wait\|\/.*\/recordings\/[0-9a-f]{64}\.json\|$/);
    expect(where.trim()).toBe(given.split("|")[1]?.replace(/\/recordings\/.*/, ""));
    terminal.type("q");
    await terminal.ended;
  });

  it("may change the file, which is then read again", async () => {
    const editor = script("sed -i 's/Hafen/Leuchtturm/' \"$1\"");
    const terminal = await opened({ env: { EDITOR: editor } });
    terminal.type("e");
    await shown(terminal, "Wie heißt der Leuchtturm?");
    await shown(terminal, "the file has changed: it is read again");
    terminal.type("q");
    await terminal.ended;
  });

  it("may give the file another test, or break it: the tree is right at once", async () => {
    const editor = script(
      'if grep -q test_renamed "$1"; then echo "{" >"$1"; else sed -i "s/::test_names/::test_renamed/" "$1"; fi',
    );
    const terminal = await opened({ env: { EDITOR: editor } });
    await shown(terminal, "✗ 1 broken");
    terminal.type("e");
    await shown(terminal, "  test_renamed[港]");
    await shown(terminal, "the file has changed: it is read again");
    expect(terminal.planes().text.join("\n")).not.toContain("test_names");
    terminal.type("e");
    await shown(terminal, "✗ 2 broken");
    expect(terminal.planes().text.join("\n")).not.toContain("test_renamed");
    terminal.type("q");
    await terminal.ended;
  });

  it("that is not there is told", async () => {
    const terminal = await opened({ env: { EDITOR: "no-such-editor" } });
    terminal.type("e");
    await shown(terminal, "$EDITOR (no-such-editor): no such program");
    terminal.type("q");
    await terminal.ended;
  });
});

describe("copying", () => {
  it("tells the terminal, and leaves no trace on the screen", async () => {
    const terminal = await opened();
    terminal.type("Y");
    await terminal.until(() => terminal.raw.includes("\u001b]52;"));
    const copied = /\u001b\]52;c;([\w+/=]*)\u0007/.exec(terminal.raw)?.[1] ?? "";
    expect(Buffer.from(copied, "base64").toString()).toMatch(/^tests\/.*::test_/);
    terminal.type("q");
    await terminal.ended;
  });

  it("goes through tmux, and has a bound", () => {
    expect(clipboardText("é", false)).toBe("\u001b]52;c;w6k=\u0007");
    expect(clipboardText("é", true)).toBe("\u001b]52;c;w6k=\u0007\u001bPtmux;\u001b\u001b]52;c;w6k=\u0007\u001b\\");
    expect(clipboardText("a".repeat(56_250), false)).not.toBeNull();
    expect(clipboardText("a".repeat(56_251), false)).toBeNull();
  });
});

it("commands that were asked for stand below, when the screen is left", async () => {
  const terminal = await opened();
  terminal.type("\rs");
  terminal.type("q");
  expect(await terminal.ended).toEqual({ code: 0 });
  expect(terminal.lines()).toEqual([expect.stringMatching(/^recctl show /)]);
});
