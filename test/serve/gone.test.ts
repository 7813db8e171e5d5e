import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { asWhom, POWERLESS, started } from "../cli/process.ts";
import { temporary } from "../run.ts";
import { BODY, chat, post, recordingsIn, served, treeOf, upstream } from "./serving.ts";

const OTHER = { ...BODY, messages: [{ role: "user", content: "another" }] };

/** A tree in which the chat is recorded, and an API that says something else by now. */
async function recorded() {
  const cwd = treeOf();
  let says = "recorded at first";
  const up = await upstream((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(chat(says));
  });
  const args = ["--upstream", `openai=${up.url}/v1`];
  const run = await served(["--mode", "record", ...args], { cwd });
  for (const body of [BODY, OTHER]) await post(`${run.url}/v1/chat/completions`, body);
  await run.end();
  says = "asked anew";
  up.asked.length = 0;
  const [path = ""] = recordingsIn(cwd).filter((one) => readFileSync(join(cwd, one), "utf8").includes('"?"'));
  return { cwd, up, args, path };
}

const told = async (answer: Response) => [answer.status, answer.headers.get("x-recctl-outcome")];

it("a recording that was deleted is a miss at once, and a hit when it is back", async () => {
  const { cwd, path } = await recorded();
  const text = readFileSync(join(cwd, path), "utf8");
  const run = await served([], { cwd });
  const ask = () => post(`${run.url}/v1/chat/completions`, BODY);
  expect(await told(await ask())).toEqual([200, "hit"]);
  rmSync(join(cwd, path));
  expect(await told(await ask())).toEqual([404, "miss"]);
  writeFileSync(join(cwd, path), text);
  expect(await told(await ask())).toEqual([200, "hit"]);
  // With its folder, which is then a file.
  rmSync(join(cwd, dirname(path)), { recursive: true });
  writeFileSync(join(cwd, dirname(path)), "");
  expect(await told(await ask())).toEqual([404, "miss"]);
  await run.end();
});

it("where what is missing is recorded, it is asked for anew; where another folder has it too, that one answers", async () => {
  const { cwd, up, args, path } = await recorded();
  const run = await served(["--mode", "record-if-missing", ...args], { cwd });
  const ask = () => post(`${run.url}/v1/chat/completions`, BODY);
  expect(await told(await ask())).toEqual([200, "hit"]);
  const copy = join(cwd, "other/recordings", basename(path));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(cwd, path), copy);
  rmSync(join(cwd, path));
  expect(await told(await ask())).toEqual([200, "hit"]);
  expect(up.asked).toEqual([]);
  rmSync(copy);
  expect(await told(await ask())).toEqual([200, "recorded"]);
  expect(up.asked.length).toBe(1);
  await run.end();
});

it.skipIf(POWERLESS === null)(`a folder that may not be read is told, with what was asked${asWhom}`, async () => {
  const { cwd, path } = await recorded();
  const folder = dirname(path);
  onTestFinished(() => chmodSync(join(cwd, folder), 0o755));
  for (const at of ["", "tests", dirname(folder), folder]) chmodSync(join(cwd, at), 0o755);
  const home = temporary();
  chmodSync(home, 0o777);
  const run = started(["serve", "--port", "0"], { cwd, ...POWERLESS, env: { HOME: home } }).read();
  const url = (): string | undefined => /RECCTL_URL=(\S+)\n/.exec(run.stdout.toString())?.[1];
  await run.until(() => url() !== undefined);
  const ask = () => post(`${url()}/v1/chat/completions`, BODY, { "X-Test-Id": "tests/a.py::t" });
  const shared = () => post(`${url()}/v1/chat/completions`, BODY);
  expect(await told(await shared())).toEqual([200, "hit"]);
  chmodSync(join(cwd, folder), 0);
  for (const answer of [await shared(), await shared(), await ask()]) {
    const { error } = (await answer.json()) as { error: { message: string } };
    expect([answer.status, error.message]).toEqual([
      500,
      `a folder of recordings cannot be read: ${folder}: permission denied; ls -ld ${folder}`,
    ]);
  }
  expect(run.stderr.toString()).toMatch(
    /^refused {2}recctl failed {2}- 500 {2}POST \/v1\/chat\/completions m\n {2}a folder of recordings cannot be read: /m,
  );
  chmodSync(join(cwd, folder), 0o755);
  expect(await told(await shared())).toEqual([200, "hit"]);
  run.child.kill("SIGINT");
  expect((await run.ended).stderr).not.toContain("bug");
});
