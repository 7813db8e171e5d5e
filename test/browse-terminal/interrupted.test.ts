import { describe, expect, it } from "vitest";
import type { OnTerminal } from "../cli/terminal.ts";
import { alternate, shown } from "./browsing.ts";
import { opened, script } from "./open.ts";

/** That no pager is said to have failed: a message would stand in every frame until the next key, so in one that a resize made. */
async function isSilent(terminal: OnTerminal): Promise<void> {
  terminal.resize(60, 20);
  await terminal.until(() => {
    const { text } = terminal.planes();
    // The last row is drawn last.
    return text.every((line) => !line.includes("│")) && (text.at(-1) ?? "").trim() !== "";
  });
  expect(terminal.planes().text.join("\n")).not.toContain("✗ $PAGER");
}

describe("a pager", () => {
  it.each([
    ["alone", (pager: string) => pager],
    ["with arguments", (pager: string) => `${pager} -R 'a b' "c"`],
    ["with a variable", (pager: string) => `LESS=R ${pager}`],
    ["behind a pipe", (pager: string) => `sed 's/(/[/' | ${pager}`],
    ["in a shell of its own", (pager: string) => `sh -c '${pager}; exit 0'`],
  ])("that goes on at Ctrl-C and is left as usual is none that failed: %s", async (_, typed) => {
    const pager = script(
      "trap 'echo caught' INT; echo in the pager; while :; do read -r key </dev/tty && test -n \"$key\" && exit 0; done",
    );
    const terminal = await opened({ env: { PAGER: typed(pager) } });
    terminal.type("o");
    await shown(terminal, "in the pager");
    terminal.type("\u0003");
    await shown(terminal, "caught");
    terminal.type("q\r");
    await alternate(terminal, true);
    await shown(terminal, "7 recordings");
    await isSilent(terminal);
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
  });

  it("that Ctrl-C ends is none that failed", async () => {
    const terminal = await opened({ env: { PAGER: script("echo in the pager; exec sleep 60") } });
    terminal.type("o");
    await shown(terminal, "in the pager");
    terminal.type("\u0003");
    await alternate(terminal, true);
    await shown(terminal, "7 recordings");
    await isSilent(terminal);
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
  });
});
