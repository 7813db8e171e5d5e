import { causeOf, type Rename, remedyOf, sentence } from "../checks/explain/reading.ts";
import { explain } from "../checks/explain.ts";
import type { Fact, Finding, Subject } from "../checks/rule.ts";
import { readBlobs } from "../store/git/blobs.ts";
import { type History, historyOf } from "../store/git/history.ts";
import { type Git, openGit } from "../store/git/open.ts";
import { absolute } from "../store/paths.ts";
import { FileReader } from "../store/read.ts";
import type { Context } from "./command.ts";
import { readSubject } from "./mending.ts";
import { progress } from "./progress.ts";

/** Findings of the rule `name` with the reason why no scheme gives the name, sought in the file, the tree and git's history. */
export async function explained(
  findings: readonly Finding[],
  known: readonly Fact[],
  renames: readonly Rename[],
  context: Context,
): Promise<{ findings: Finding[]; notes: string[] }> {
  const sought = findings.filter(({ rule }) => rule === "name");
  if (sought.length === 0) return { findings: [...findings], notes: [] };
  const { git, history } = await pastOf(
    sought.map(({ path }) => absolute(context, path)),
    context,
  );
  const testIds = [...new Set(known.flatMap(({ testId }) => testId ?? []))];
  const queue = sought.map((finding) => ({ finding, earlier: history?.of.get(absolute(context, finding.path)) ?? [] }));
  const reasons = new Map<Finding, Finding>();
  const shown = progress(context.io, "explaining");
  const reader = new FileReader();
  // One process of git reads the past of all files; no more than one file's is held.
  let texts: (string | null)[] = [];
  const next = async (): Promise<void> => {
    for (let one = queue[reasons.size]; one && texts.length === one.earlier.length; one = queue[reasons.size]) {
      await shown.step(reasons.size, queue.length);
      const revisions = one.earlier.flatMap(({ until }, at) => {
        const text = texts[at];
        return typeof text === "string" ? [{ text, until }] : [];
      });
      texts = [];
      const { path } = one.finding;
      const subject = readSubject(reader, { path, place: absolute(context, path) });
      const told =
        "message" in subject ? one.finding : withReason(one.finding, subject, { testIds, renames, revisions }, context);
      reasons.set(one.finding, told);
    }
  };
  try {
    await next();
    const oids = queue.flatMap(({ earlier }) => earlier.map(({ oid }) => oid));
    if (git && oids.length > 0) {
      await readBlobs(git, oids, (_, bytes) => {
        texts.push(bytes ? bytes.toString("utf8") : null);
        return next();
      });
    }
  } finally {
    await shown.end();
  }
  return {
    findings: findings.map((finding) => reasons.get(finding) ?? finding),
    notes: history?.shallow
      ? ["the clone is shallow: edits before its first commit are not seen (git fetch --unshallow)"]
      : [],
  };
}

function withReason(
  finding: Finding,
  subject: Subject,
  world: Parameters<typeof explain>[1],
  { recctl }: Context,
): Finding {
  const reading = explain(subject, world);
  const remedy = remedyOf(reading, finding.path, recctl);
  const { remedy: _, ...rest } = finding;
  return {
    ...rest,
    message: `its name is the hash of no such request: ${sentence(reading)}`,
    cause: causeOf(reading),
    ...(remedy ? { remedy } : {}),
  };
}

/** The history of files, where there is a repository. */
async function pastOf(
  places: readonly string[],
  { cwd, io }: Context,
): Promise<{ git: Git | null; history: History | null }> {
  const git = await openGit(cwd, io.env);
  return { git, history: git ? await historyOf(git, places) : null };
}
