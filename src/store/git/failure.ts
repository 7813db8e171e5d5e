import { UserError } from "../../errors.ts";
import { forShell } from "../../text/escape.ts";

/** What recctl asks of git: `--end-of-options`. */
const LEAST = "2.24";

/** A complaint of git as people should read it. */
export function gitFailure(stderr: string, place: string): UserError {
  const line = /^(?:fatal|error): (.*)/m.exec(stderr)?.[1] ?? stderr.trim().split("\n")[0];
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    const folder = /repository (?:at )?\(?'([^']+)'/.exec(stderr)?.[1] ?? place;
    return new UserError("git does not trust this repository: it belongs to another user", {
      place: folder,
      remedy: `git config --global --add safe.directory ${forShell(folder)}`,
    });
  }
  if (/unknown option|unrecognized argument|unknown switch|^usage:/im.test(stderr)) {
    return new UserError(`git is too old: recctl needs ${LEAST}`, { place, remedy: "git --version" });
  }
  return new UserError(`git failed: ${line || "it does not say why"}`, { place });
}

/** Whether git stopped at an object that a partial clone left on its server. */
export const lacksObjects = (stderr: string): boolean =>
  /promisor|could not fetch|unable to read|bad object|lazy fetching disabled|transport '.*' not allowed/.test(stderr);
