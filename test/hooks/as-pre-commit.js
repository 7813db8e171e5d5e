// Run by git as its pre-commit hook: runs the hooks of .pre-commit-hooks.yaml as pre-commit would, in order, from a folder of commands.
// Unlike pre-commit it puts nothing aside that is not staged.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const [, , bin, ...ids] = process.argv;

/** A list of mappings from words to plain text: all of YAML that the file uses. */
export const hooksIn = (text) =>
  text
    .split(/^- /m)
    .slice(1)
    .map((item) => Object.fromEntries([...item.matchAll(/^ *(\w+): (.*)$/gm)].map(([, key, value]) => [key, value])));

const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
const staged = ["diff", "--staged", "--name-only", "--no-ext-diff", "-z", "--diff-filter=ACMRTUXB"];
const names = spawnSync("git", staged, { encoding: "utf8" }).stdout.split("\0").slice(0, -1);

let failed = false;
for (const hook of hooksIn(readFileSync(join(import.meta.dirname, "../../.pre-commit-hooks.yaml"), "utf8"))) {
  const matching = names.filter((name) => new RegExp(hook.files ?? "").test(name));
  if (!ids.includes(hook.id) || (matching.length === 0 && hook.always_run !== "true")) continue;
  const [command, ...args] = hook.entry.split(" ");
  const passed = hook.pass_filenames === "false" ? [] : matching;
  const { status } = spawnSync(command, [...args, ...passed], { env, stdio: "inherit" });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
