import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { at, sample } from "../cli/samples.ts";
import { tree } from "../run.ts";
import { AtPrompt, KINDS, nameOf } from "./shells.ts";

/** Each would change the folder if it, or a part of it, were run. */
const LINES = [
  "recctl ls --model gpt-4o > precious.txt --",
  "recctl ls >precious.txt --mo",
  "recctl ls >>precious.txt --mo",
  "recctl ls 2>precious.txt --mo",
  "recctl ls &>precious.txt --mo",
  "recctl ls >|precious.txt --mo",
  'recctl ls --grep "$(touch pwned)" --mo',
  "recctl ls --grep $(touch pwned) --mo",
  "recctl ls --grep '$(touch pwned)' --mo",
  "recctl ls --grep `touch pwned` --mo",
  'recctl ls --grep "`touch pwned`" --mo',
  "recctl ls --grep $((x=$(touch pwned))) --mo",
  "recctl ls --grep <(touch pwned) --mo",
  "recctl ls --grep =(touch pwned) --mo",
  "recctl ls *(e:'touch pwned':) --mo",
  "recctl ls x; touch pwned; recctl ls --mo",
  "recctl ls x & touch pwned & recctl ls --mo",
  "recctl ls x | tee pwned | recctl ls --mo",
  "recctl ls it's; touch pwned; ' --mo",
  "recctl ls it\\'s; touch pwned --mo",
  'recctl ls "; touch pwned; " --mo',
  "recctl ls -t it's --mo",
  'recctl ls -t "it --mo',
  "recctl ls ~ * ? [a-z]* {a,b} ! # --mo",
  "recctl ls --mo\\",
  "recctl ls -- $(touch pwned); --mo",
  "recctl -C $(touch pwned) ls --mo",
  "recctl -C ';touch pwned' ls --mo",
  "recctl $(touch pwned) --mo",
  "recctl ls '--x;:>pwned;=",
  'recctl ls "--x;:>pwned;=',
  "recctl ls '--x>precious.txt;=",
  "recctl show test_x.py::t",
  "recctl show 'test_x.py::t",
  'recctl show "test_x.py::t',
];

/** With what would be run in the word under the cursor, which zsh itself expands at Tab, for any command. */
const UNDER_CURSOR = [
  "recctl ls $(touch pwned)",
  'recctl ls "$(touch pwned)"',
  'recctl ls "$(touch pwned)',
  "recctl ls `touch pwned`",
  "recctl ls --model=$(touch pwned)",
  "recctl ls --x$(touch pwned)=",
  'recctl why "$(touch pwned)/p',
  "recctl why `touch pwned`/p",
  "recctl prune --run=$(touch pwned)/p",
  "recctl -C $(touch pwned)/p",
];

const FILES = {
  "precious.txt": "kept\n",
  [at("aaaa")]: sample({ test: "test_x.py::test_$(touch pwned)" }),
  [at("bbbb")]: sample({ test: "test_x.py::test_`touch pwned`" }),
  [at("cccc")]: sample({ test: "test_x.py::test_;touch pwned;" }),
  [at("dddd")]: sample({ test: "test_x.py::test_'\"$(touch pwned)" }),
};

/** Names, texts and times of all that is there. */
const everything = (cwd: string): unknown[] =>
  readdirSync(cwd, { recursive: true, encoding: "utf8" })
    .sort()
    .map((path) => {
      const { mtimeMs, size } = statSync(join(cwd, path));
      return path === "precious.txt" ? [path, readFileSync(join(cwd, path), "utf8"), mtimeMs] : [path, size];
    });

describe.each(Object.keys(KINDS))("%s", (name) => {
  it.skipIf(KINDS[name]?.missing)(nameOf(name, "runs nothing that is typed at the press of Tab"), async () => {
    const cwd = tree(FILES);
    const before = everything(cwd);
    const shell = await AtPrompt.start(name, cwd);
    for (const line of name === "zsh" ? LINES : [...LINES, ...UNDER_CURSOR]) {
      const became = await shell.tab(line);
      expect({ line, after: everything(cwd) }).toEqual({ line, after: before });
      // What is typed stays.
      if (!line.includes("*"))
        expect({ line, became }).toEqual({ line, became: expect.stringContaining(line.slice(0, 9)) });
    }
    const shown = shell.terminal.lines().join("\n");
    expect(shown).not.toMatch(/unexpected|syntax|no matches|not found|No such file|Error|readonly/);
  });

  it.skipIf(KINDS[name]?.missing)(nameOf(name, "takes the script again and says nothing"), async () => {
    const shell = await AtPrompt.start(name, tree(FILES), 2);
    expect(await shell.tab("recctl ls --mo")).toBe("recctl ls --model ");
    expect(shell.terminal.lines()[0]).toMatch(/^> recctl ls --model *$/);
  });

  it.skipIf(KINDS[name]?.missing)(
    nameOf(name, "goes on behind redirections, other commands and substitutions"),
    async () => {
      const shell = await AtPrompt.start(name, tree(FILES));
      for (const line of [
        "recctl ls > precious.txt --mo",
        'recctl ls --grep "$(touch pwned)" --mo',
        "recctl ls x; recctl ls --mo",
        "recctl ls x | recctl ls --mo",
      ]) {
        expect(await shell.tab(line)).toBe(`${line}del `);
      }
      expect(await shell.tab("recctl ls -t it's --mo")).toBe("recctl ls -t it's --mo");
    },
  );
});
