import { dirname } from "node:path";
import { type Baseline, baselineOf, withBaseline } from "../checks/baseline.ts";
import type { Finding } from "../checks/rule.ts";
import { UserError } from "../errors.ts";
import { parseDocument } from "../recording/document.ts";
import { asArray, asNumber, asObject, asString } from "../recording/json/value.ts";
import { realPlace } from "../store/links.ts";
import { fileBytes } from "../store/open.ts";
import { absolute, kindAt, shown } from "../store/paths.ts";
import { replaceFile } from "../store/replace.ts";
import { forShell } from "../text/escape.ts";
import type { Context } from "./command.ts";

/** The form of the file. */
const VERSION = 1;

/** Paths from the baseline's own folder: it means the same wherever recctl runs. */
function fromBaseline(file: string, { cwd }: Context): (path: string) => string {
  // A link on the way to one of them makes no difference.
  const base = { cwd: realPlace(dirname(absolute({ cwd }, file))).real };
  const here = { cwd: realPlace(cwd).real };
  return (path) => shown(base, absolute(here, path));
}

/**
 * Which findings the baseline in `file` does not accept. `looked`: the files that were looked at for every
 * rule; null: all there are.
 * @throws UserError where it cannot be read
 */
export function newFindings(
  findings: readonly Finding[],
  file: string,
  looked: readonly string[] | null,
  context: Context,
): { fresh: Finding[]; accepted: number; stale: number } {
  const from = fromBaseline(file, context);
  const relative = findings.map((finding) => ({ ...finding, path: from(finding.path) }));
  const paths = looked && new Set(looked.map(from));
  const { fresh, ...counts } = withBaseline(
    relative,
    readBaseline(file, context),
    (path) => paths === null || paths.has(path),
  );
  const kept = new Set(fresh);
  return { fresh: findings.filter((_, at) => kept.has(relative[at] as Finding)), ...counts };
}

/** Writes the baseline that accepts all of these findings, in one step. */
export function writeBaseline(findings: readonly Finding[], file: string, context: Context): void {
  // Whatever else lies there is not ours to write over: what was in it could not be had back.
  if (kindAt(context, file) !== "nothing" && !isBaseline(file, context)) {
    throw new UserError("not written: what is there is no baseline", {
      place: file,
      remedy: "give another file, or remove this one",
    });
  }
  const from = fromBaseline(file, context);
  const accepted = baselineOf(findings.map((finding) => ({ ...finding, path: from(finding.path) })));
  const { real, isLink } = realPlace(absolute(context, file));
  replaceFile(context, isLink ? real : file, `${JSON.stringify({ version: VERSION, accepted }, null, 2)}\n`);
}

function readBaseline(file: string, context: Context): Baseline {
  const write = `${context.recctl} validate --baseline ${forShell(file)} --write-baseline`;
  if (kindAt(context, file) === "nothing") throw new UserError("no such baseline", { place: file, remedy: write });
  const remedy = [`rm ${forShell(file)}`, write];
  const parsed = parseDocument(fileBytes({ cwd: context.cwd }, file));
  if ("message" in parsed) {
    throw new UserError(`no baseline: ${parsed.message}`, { place: `${file}:${parsed.line}:${parsed.column}`, remedy });
  }
  const root = asObject(parsed.root);
  const accepted = asObject(root?.get("accepted"));
  if (asNumber(root?.get("version")) !== VERSION || !accepted) {
    throw new UserError("no baseline that this recctl knows", { place: file, remedy });
  }
  return Object.fromEntries(
    [...accepted.entries()].map(([path, ids]) => [path, (asArray(ids) ?? []).flatMap((id) => asString(id) ?? [])]),
  );
}

function isBaseline(file: string, context: Context): boolean {
  try {
    return readBaseline(file, context) !== null;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
