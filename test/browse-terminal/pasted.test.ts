import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { sample } from "../cli/samples.ts";
import { BIN, temporary, tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

it("the command of a recording with an odd name shows it where it is pasted into a shell", async () => {
  const cwd = tree({ "recordings/new\nline\u202e it's \\x41\t$(x).json": sample({ test: "t.py::test_odd" }) });
  const browsing = new Browsing(cwd, { columns: 200, rows: 20 });
  await browsing.agree();
  await browsing.type("G\r");
  await browsing.type("s");
  browsing.terminal.type("q");
  expect(await browsing.terminal.ended).toEqual({ code: 0 });
  const [command = ""] = browsing.terminal.lines();
  expect(command).toMatch(/^recctl show \$'recordings\/new\\nline\\xe2\\x80\\xae it\\'s /);
  const script = `recctl() { "$NODE" "$BIN" "$@"; }; ${command}`;
  const env = { PATH: process.env.PATH, NODE: process.execPath, BIN, RECCTL_CACHE_DIR: temporary() };
  expect(execFileSync("/bin/bash", ["--norc", "-c", script], { cwd, env, encoding: "utf8" })).toContain(
    "t.py::test_odd",
  );
});
