import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { ROOT } from "../run.ts";

it("an installed recctl that was never built says so", () => {
  const dir = mkdtempSync(join(tmpdir(), "recctl-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  cpSync(join(ROOT, "bin"), join(dir, "bin"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(dir, "package.json"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dir, "bin/recctl.js"), "ls"], {
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(`error: recctl is not built\n  in   ${dir}/\n  try  npm run build, there\n`);
});
