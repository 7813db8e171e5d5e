import { execFile } from "node:child_process";
import type { Ran } from "../run.ts";

/** Runs a command to its end, with this environment and no other. */
export const command = (
  file: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Ran> =>
  new Promise((done, fail) => {
    execFile(file, args, { ...options, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const code = error ? (error.signal ?? error.code) : 0;
      // A program that is not there has a word for its code.
      if (code === undefined || (typeof code === "string" && !error?.signal)) fail(error);
      else done({ stdout, stderr, code: code as Ran["code"] });
    });
  });

/** The same, where nothing else will do than success. */
export async function succeed(...[file, args, options]: Parameters<typeof command>): Promise<Ran> {
  const ran = await command(file, args, options);
  if (ran.code !== 0) throw new Error(`${file} ${args.join(" ")}: ${ran.code}\n${ran.stdout}${ran.stderr}`);
  return ran;
}
