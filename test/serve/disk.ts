import { spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { temporary } from "../run.ts";

/** A disk of 300 KB of its own; null where none may be had. */
export function smallDisk(): string | null {
  const dir = temporary();
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", dir], { stdio: "ignore" }).status !== 0)
    return null;
  onTestFinished(() => void spawnSync("umount", [dir], { stdio: "ignore" }));
  return dir;
}
