import { describe, expect, it } from "vitest";
import { at, sample } from "../cli/samples.ts";
import { tree } from "../run.ts";
import { AtPrompt, KINDS, nameOf } from "./shells.ts";

const FILES = {
  [at("aaaa")]: sample(),
  "my logs/one log.txt": "",
  "my logs/deep/x": "",
  "lo/run.log": "",
  "notes.json": "",
};

/** Lines as they are typed before Tab is pressed, and what recctl is given by the line that comes of it. */
const CASES: readonly (readonly [line: string, ...given: string[]])[] = [
  ["recctl why lo", "why", "lo/"],
  ["recctl why lo/", "why", "lo/run.log"],
  ["recctl why my\\ logs/o", "why", "my logs/one log.txt"],
  ["recctl why 'my logs/o", "why", "my logs/one log.txt"],
  ["recctl why lo/run.log lo/r", "why", "lo/run.log", "lo/run.log"],
  ["recctl why --request lo/", "why", "--request", "lo/run.log"],
  ["recctl prune --run lo/", "prune", "--run", "lo/run.log"],
  ["recctl prune --run=lo/", "prune", "--run=lo/run.log"],
  ["recctl prune --collected lo/", "prune", "--collected", "lo/run.log"],
  ["recctl serve --journal lo/", "serve", "--journal", "lo/run.log"],
  ["recctl serve --fallback l", "serve", "--fallback", "lo/"],
  ["recctl validate --baseline lo/", "validate", "--baseline", "lo/run.log"],
  ["recctl validate n", "validate", "notes.json"],
  ["recctl show n", "show", "notes.json"],
  ["recctl diff l", "diff", "lo/"],
  ["recctl -C l", "-C", "lo/"],
  ["recctl ls -C m", "ls", "-C", "my logs/"],
  // As -C sees them; a folder alone where a folder is wanted.
  ["recctl -C my\\ logs why o", "-C", "my logs", "why", "one log.txt"],
  ["recctl -C 'my logs' why --request=o", "-C", "my logs", "why", "--request=one log.txt"],
  ["recctl -C my\\ logs why d", "-C", "my logs", "why", "deep/"],
  ["recctl -C my\\ logs diff ", "-C", "my logs", "diff", "deep/"],
];

describe.each(Object.keys(KINDS))("%s", (name) => {
  it.skipIf(KINDS[name]?.missing)(nameOf(name, "names files and folders where a command takes them"), async () => {
    const shell = await AtPrompt.start(name, tree(FILES));
    for (const [line, ...given] of CASES) {
      const became = await shell.tab(line);
      expect({ line, became, given: shell.given(became) }).toEqual({ line, became, given });
    }
    // Behind a folder one may go on, without a blank.
    expect(await shell.tab("recctl why lo")).toBe("recctl why lo/");
    expect(await shell.tab("recctl -C my\\ logs why d")).toBe("recctl -C my\\ logs why deep/");
    expect(await shell.tab("recctl ls > lo/r")).toMatch(/^recctl ls > lo\/run\.log ?$/);
  });
});
