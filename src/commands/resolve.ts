import { UsageError, UserError } from "../errors.ts";
import type { Entry } from "../listing/entry.ts";
import { byConversation } from "../listing/order.ts";
import { matchesId, readName } from "../recording/name.ts";
import { type Opened, openRecordings } from "../store/open.ts";
import { kindAt } from "../store/paths.ts";
import { forShell } from "../text/escape.ts";
import { nearest } from "../text/nearest.ts";
import type { Context } from "./command.ts";
import { findFiles } from "./finding.ts";
import { type SelectionOptions, select } from "./selection.ts";

/** A recording that was asked for by name. */
export interface Named {
  path: string;
  recording: Opened;
}

/** The shortest prefix of a hash that is taken for one. */
const SHORTEST = 4;
/** How many candidates are listed. */
const MOST = 10;

/**
 * Opens the recording that `ref` names: a path, `TEST_ID#N`, or a prefix of the hash in its name.
 * @throws UserError where none or several have that name, or where it is broken
 */
export async function openNamed(ref: string, options: SelectionOptions, context: Context): Promise<Named> {
  const path = await pathOf(ref, options, context);
  const recording = openRecordings({ cwd: context.cwd })(path);
  if (!("message" in recording)) return { path, recording };
  const { line, column, message, remedy } = recording;
  throw new UserError(message, {
    place: `${path}:${line}:${column}`,
    remedy: remedy ?? `git log --oneline -- ${forShell(path)}`,
  });
}

/** The path of the recording that `ref` names. @throws UserError as {@link openNamed} */
export async function pathOf(ref: string, options: SelectionOptions, context: Context): Promise<string> {
  if (kindAt({ cwd: context.cwd }, ref) === "file") return ref;
  if (ref.includes("::") || /#\d+$/.test(ref)) return pathOfTest(ref, options, context);
  return pathOfHash(ref, context);
}

async function pathOfHash(ref: string, context: Context): Promise<string> {
  const wanted = ref
    .replace(/^models-/, "")
    .replace(/\.json$/, "")
    .toLowerCase();
  if (ref.includes("/")) throw noFile(ref, context) ?? notThere(ref, [], "no such file", context);
  const { folders } = await findFiles([], false, context);
  const files = folders.flatMap((folder) =>
    folder.names.map((name) => ({
      path: folder.shown === "" ? name : `${folder.shown}/${name}`,
      id: readName(name).id,
    })),
  );
  const exact = files.filter(({ id }) => id.toLowerCase() === wanted);
  if (exact.length === 0 && wanted.length < SHORTEST) {
    throw new UsageError(`too short to name a recording: ${ref} (${SHORTEST} characters of its id at least)`, {
      remedy: `${context.recctl} ls`,
    });
  }
  const found = exact.length > 0 ? exact : files.filter(({ id }) => matchesId(id.toLowerCase(), wanted));
  if (found.length === 1) return (found[0] as { path: string }).path;
  if (found.length > 1)
    throw ambiguous(
      ref,
      found.map(({ path }) => path),
      context,
    );
  const ids = files.map(({ id }) => id);
  throw noFile(ref, context) ?? notThere(ref, nearest(wanted, ids), "no recording is called", context);
}

async function pathOfTest(ref: string, options: SelectionOptions, context: Context): Promise<string> {
  const numbered = /^(.*)#(\d+)$/s.exec(ref);
  const { entries } = await select([], { ...(options.index === undefined ? {} : { index: options.index }) }, context);
  // A test id may itself end in # and a number.
  const exact = entries.filter((entry) => entry.head.testId === ref);
  const testId = exact.length > 0 || !numbered ? ref : (numbered[1] as string);
  const own = entries.filter((entry) => entry.head.testId === testId);
  if (own.length === 0) {
    const known = entries.map((entry) => entry.head.testId).filter((id) => id !== null);
    throw notThere(testId, nearest(testId, known), "no recording belongs to test", context);
  }
  const requests = inOrder(own, context);
  if (exact.length > 0 || !numbered) {
    if (requests.length === 1) return (requests[0] as Entry).path;
    throw new UserError(`the test has ${requests.length} recordings: say which`, {
      remedy: requests.slice(0, MOST).map((_, index) => `${suggested(context)} ${forShell(`${testId}#${index + 1}`)}`),
    });
  }
  const number = Number(numbered[2]);
  const request = requests[number - 1];
  if (request) return request.path;
  throw new UserError(`the test has ${requests.length} recordings, no number ${number}`, {
    place: testId,
    remedy: `${context.recctl} ls --test ${forShell(testId)}`,
  });
}

/** The requests of a test in the order of its conversation. Broken ones are left out of the count. */
function inOrder(entries: readonly Entry[], context: Context): Entry[] {
  const open = openRecordings({ cwd: context.cwd });
  return byConversation(
    entries.flatMap((entry) => {
      const recording = open(entry.path);
      return "message" in recording ? [] : [{ entry, recording }];
    }),
  );
}

function ambiguous(ref: string, paths: readonly string[], context: Context): UserError {
  const more = paths.length > MOST ? [`and ${paths.length - MOST} more`] : [];
  return new UserError(`${paths.length} recordings begin with ${ref}`, {
    place: context.cwd,
    remedy: [...paths.slice(0, MOST).map((path) => `${suggested(context)} ${forShell(path)}`), ...more],
  });
}

/** The command that was typed, for another recording. */
const suggested = ({ recctl, verb }: Context): string => `${recctl} ${verb}`;

/** For a path that leads to a folder. */
function noFile(ref: string, context: Context): UserError | undefined {
  if (kindAt({ cwd: context.cwd }, ref) !== "folder") return undefined;
  return new UserError(`a folder, not a recording: ${ref}`, { remedy: `${context.recctl} ls ${forShell(ref)}` });
}

/** What lists the recordings that may be meant: a word that is no id may stand in a test id. */
const listing = (ref: string, { recctl }: Context): string =>
  /^\w+$/.test(ref) && !/^[0-9a-f]+$/i.test(ref) ? `${recctl} ls -t ${ref}` : `${recctl} ls`;

function notThere(ref: string, near: readonly string[], fact: string, context: Context): UserError {
  return new UserError(`${fact} ${ref}`, {
    place: context.cwd,
    remedy: near.length > 0 ? near.map((name) => `${suggested(context)} ${forShell(name)}`) : [listing(ref, context)],
  });
}
