import { type Command, InvalidArgumentError, Option } from "commander";
import { whyNotUpstream, withoutUser } from "../../config/upstream.ts";
import { UsageError } from "../../errors.ts";
import type { Pace } from "../../replay/pacing.ts";
import { MODES } from "../../server/serve/modes.ts";
import type { Mode } from "../../server/serve/types.ts";
import { paceOptions } from "../pace.ts";
import { type SelectionOptions, selectionOptions } from "../selection.ts";
import { schemeOption } from "../today.ts";

export interface ServeOptions extends SelectionOptions, Pace {
  mode: Mode;
  port?: number;
  host: string;
  token?: string;
  upstream?: readonly (readonly [name: string, url: string])[];
  match: "name" | "request";
  testId?: string;
  scheme?: string;
  journal?: string;
  strict?: boolean;
  verbose?: boolean;
  missStatus: number;
  fallback?: string;
  keepPartial?: boolean;
  keepFailures?: boolean;
  allowSecrets?: boolean;
}

const whole =
  (least: number, most: number, what: string) =>
  (value: string): number => {
    const read = Number(value);
    if (!/^\d+$/.test(value) || read < least || read > most) throw new InvalidArgumentError(what);
    return read;
  };

function upstream(value: string, before: readonly (readonly [string, string])[] = []): (readonly [string, string])[] {
  const found = /^([a-z0-9][a-z0-9._-]*)=(.+)$/.exec(value);
  // Not as commander tells it, which shows what was typed.
  const wrong = (why: string): UsageError =>
    new UsageError(`option '--upstream <name=url>' argument '${withoutUser(value)}' is invalid. ${why}`, {
      remedy: "recctl serve --help",
    });
  if (!found) throw wrong("An upstream is NAME=URL, such as openai=https://gateway.example.com/v1.");
  const [, name = "", url = ""] = found;
  const why = whyNotUpstream(url);
  if (why !== null) throw wrong(`${why}, such as https://gateway.example.com/v1.`);
  return [...before, [name, url]];
}

/** A folder below the store's root. */
function below(value: string): string {
  const path = value.replace(/\/+$/, "");
  if (path === "" || path.startsWith("/") || path.split("/").some((part) => part === "" || part === "..")) {
    throw new InvalidArgumentError("A folder below the one that test ids are relative to.");
  }
  return path
    .split("/")
    .filter((part) => part !== ".")
    .join("/");
}

/** A test id is one line of text. */
function testId(value: string): string {
  if (value === "" || /[\u0000-\u001f\u007f]/.test(value))
    throw new InvalidArgumentError("A test id has no control characters.");
  return value;
}

export function serveOptions(command: Command): void {
  const modes = Object.entries(MODES).map(([mode, { about }]) => `  ${mode.padEnd(17)} ${about}`);
  command.description(
    "Serves recordings over HTTP to any client: set its base url, and nothing else. What is not recorded can be asked of the API " +
      `itself, and recorded. Modes:\n${modes.join("\n")}`,
  );
  command.usage("[options] [path...] [-- COMMAND...]");
  command.argument(
    "[path...]",
    "folders, files or globs; behind -- a command that is run with the server, and ends it",
  );
  const add = (group: string, option: Option): void => {
    command.addOption(option.helpGroup(group));
  };
  const what = "What is served:";
  add(what, new Option("--mode <mode>", "what becomes of a request").choices(Object.keys(MODES)).default("replay"));
  add(
    what,
    new Option("--match <how>", "by name, or any test's recording of the same request")
      .choices(["name", "request"])
      .default("name"),
  );
  add(what, new Option("--test-id <id>", "the test of requests that name none in a header").argParser(testId));
  const scheme = schemeOption();
  scheme.description = "the scheme that names requests; auto: the newest";
  add(what, scheme);
  add(
    what,
    new Option("--miss-status <n>", "status of a miss")
      .argParser(whole(400, 599, "A status from 400 to 599."))
      .default(404),
  );
  add(what, new Option("--strict", "exit status 1 where anything missed or was refused"));
  add(what, new Option("--verbose", "tell each request as it comes, hits too"));
  add(what, new Option("--journal <file>", "append what each request came to: JSON lines"));
  const where = "Where it listens:";
  add(
    where,
    new Option("--port <n>", "8080; with a command, or 0, a free one").argParser(
      whole(0, 65_535, "A port from 0 to 65535."),
    ),
  );
  add(where, new Option("--host <host>", "another address needs --token").default("127.0.0.1"));
  add(
    where,
    new Option(
      "--token <token>",
      "what clients must send as X-Recctl-Token; default: RECCTL_TOKEN, where a command finds it too",
    ),
  );
  const recording = "What is recorded:";
  add(
    recording,
    new Option(
      "--upstream <name=url>",
      "what is asked: openai, anthropic, ollama, google, tavily, or any name, which is asked under /NAME; may be repeated",
    ).argParser(upstream as never),
  );
  add(recording, new Option("--fallback <dir>", "folder for what no test asked").argParser(below));
  add(recording, new Option("--keep-partial", "what broke off, as far as it came, where no recorder would keep it"));
  add(
    recording,
    new Option(
      "--keep-failures",
      "record-if-missing: also failures that may pass: 401, 403, 408, 409, 425, 429, 5xx, errors in streams, broken off",
    ),
  );
  add(
    recording,
    new Option("--allow-secrets", "write what holds keys or tokens, too; account data is written, and told"),
  );
  paceOptions(command);
  selectionOptions(command);
}
