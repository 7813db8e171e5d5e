import { describe, expect, it } from "vitest";
import { alternate, shown } from "./browsing.ts";
import { opened, script } from "./open.ts";

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
    expect(terminal.planes().text.join("\n")).not.toContain("✗ $PAGER");
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
    expect(terminal.planes().text.join("\n")).not.toContain("✗ $PAGER");
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0 });
  });
});
