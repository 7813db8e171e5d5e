import { dirname, join } from "node:path";
import { type ComparedPair, compared, type Looking } from "../compare/diff.ts";
import { candidatesFor } from "../compare/pairs/candidates.ts";
import type { Pair } from "../compare/pairs/pair.ts";
import { type Known, type Subject, subjectOf } from "../compare/pairs/subject.ts";
import type { TestNames } from "../compare/pairs/tests.ts";
import type { Broken } from "../listing/entry.ts";
import { readDocument } from "../recording/document.ts";
import { readName } from "../recording/name.ts";
import { type Recording, recordingFrom } from "../recording/recording.ts";
import { readHead } from "../store/read.ts";
import type { Difference } from "../store/sides/difference.ts";
import type { Sides } from "../store/sides/index.ts";
import type { Got, Side, SideFile } from "../store/sides/side.ts";
import type { Context } from "./command.ts";
import { progress } from "./progress.ts";

/** Whether a recording is looked at. */
export type Wants = (recording: Recording, file: { path: string; bytes: number }) => boolean;

/** How many pairs are held at once, both documents of each. */
const BATCH = 32;

/** The files of OLD among which predecessors are looked for: those of the run's folders, and of folders that they came from. */
function neighbours(
  { files }: Side,
  nows: readonly SideFile[],
  { moved, changed }: Difference,
  names: TestNames,
): SideFile[] {
  if (nows.length === 0) return [];
  if (names.renames.length > 0) return [...files];
  const folders = new Set([...nows, ...[...moved, ...changed].map(([file]) => file)].map(({ path }) => dirname(path)));
  // Where test files lay is told from the top of the repository.
  const left = new Set([...names.moved.keys()].map((from) => join(dirname(from), "recordings")));
  return files.filter(({ path, key }) => folders.has(dirname(path)) || left.has(dirname(key)));
}

const byPath = (a: Subject, b: Subject): number => (a.path < b.path ? -1 : 1);

/** Those files of OLD that NEW has as they are, each with NEW's. */
function unchanged(files: readonly SideFile[], own: ReadonlySet<SideFile>, now: Side): Map<SideFile, SideFile> {
  const here = new Map(now.files.map((file) => [file.path, file]));
  return new Map(
    files.flatMap((file): [SideFile, SideFile][] => {
      const other = own.has(file) ? undefined : here.get(file.path);
      return other && other.digest !== null && other.digest === file.digest ? [[file, other]] : [];
    }),
  );
}

/** Reads recordings of sides, each whole, and a few at a time. */
export class Reading {
  readonly broken: Broken[] = [];
  /** Those subjects that are wanted. */
  readonly chosen = new Set<Subject>();
  /** The files of the run, as its side has them. */
  private run: readonly SideFile[] = [];
  constructor(
    private readonly context: Context,
    private readonly wants: Wants,
  ) {}

  /** What pairing needs of a run's files that are recordings. */
  async subjects(side: Side, files: readonly SideFile[], known: Known): Promise<Subject[]> {
    this.run = files;
    return this.read(side, files, known, () => true);
  }

  /** The same of what they may have come after, and of what is gone. Of most others no more than the head is read. */
  async predecessors(
    { old, now }: Sides,
    difference: Difference,
    nows: readonly Subject[],
    names: TestNames,
    overlay: boolean,
    known: Known,
  ): Promise<Subject[]> {
    const own = new Set(difference.changed.map(([file]) => file));
    if (!overlay) for (const file of difference.removed) own.add(file);
    const isCandidate = candidatesFor(nows, names);
    const around = overlay ? difference.removed : [];
    const files = [...new Set([...own, ...around, ...neighbours(old, this.run, difference, names)])];
    const isMeant = (file: SideFile, got: Got): boolean => {
      if (own.has(file)) return true;
      const head = "flaw" in got ? got.flaw : readHead(got.bytes);
      return !("message" in head) && isCandidate(head, file.path);
    };
    // What is the same on both sides is had sooner from the disk than out of git.
    const onDisk = now.origin.kind === "work tree" ? unchanged(files, own, now) : new Map<SideFile, SideFile>();
    const fromOld = files.filter((file) => !onDisk.has(file));
    const found = await this.read(old, fromOld, known, isMeant);
    return [...found, ...(await this.read(now, [...onDisk.values()], known, isMeant))].sort(byPath);
  }

  private async read(
    side: Side,
    files: readonly SideFile[],
    known: Known,
    isMeant: (file: SideFile, got: Got) => boolean,
  ): Promise<Subject[]> {
    const subjects: Subject[] = [];
    const shown = progress(this.context.io, `reading ${side.title}`);
    let done = 0;
    await side
      .read(files, async (file, got) => {
        await shown.step(done++, files.length);
        if (!isMeant(file, got)) return;
        const { path } = file;
        const recording = this.recording(side, path, got);
        if (!recording) return;
        const bytes = "bytes" in got ? got.bytes.length : 0;
        const subject = subjectOf(path, readName(path).id, recording, { bytes }, known);
        subjects.push(subject);
        if (this.wants(recording, { path, bytes })) this.chosen.add(subject);
      })
      .finally(shown.end);
    return subjects.sort(byPath);
  }

  /** What changed in each pair, in their order. */
  async pairs(pairs: readonly Pair[], { old, now }: Sides, looking: Looking): Promise<ComparedPair[]> {
    const shown = progress(this.context.io, "comparing");
    const filesOf = (side: Side): Map<string, SideFile> => new Map(side.files.map((file) => [file.path, file]));
    const [before, behind] = [filesOf(old), filesOf(now)];
    const all: ComparedPair[] = [];
    try {
      for (let at = 0; at < pairs.length; at += BATCH) {
        const batch = pairs.slice(at, at + BATCH);
        const olds = await this.recordings(
          old,
          batch.map((pair) => before.get(pair.old.path) as SideFile),
        );
        const nows = await this.recordings(
          now,
          batch.map((pair) => behind.get(pair.now.path) as SideFile),
        );
        for (const pair of batch) {
          await shown.step(all.length, pairs.length);
          const [one, other] = [olds.get(pair.old.path), nows.get(pair.now.path)];
          if (one && other) all.push(compared(pair, one, other, looking));
        }
      }
    } finally {
      await shown.end();
    }
    return all;
  }

  private async recordings(side: Side, files: readonly SideFile[]): Promise<Map<string, Recording>> {
    const found = new Map<string, Recording>();
    await side.read(files, ({ path }, got) => {
      const recording = this.recording(side, path, got);
      if (recording) found.set(path, recording);
    });
    return found;
  }

  private recording({ title }: Side, path: string, got: Got): Recording | null {
    const document = "flaw" in got ? got.flaw : readDocument(got.bytes, true);
    if (!("message" in document)) return recordingFrom(document.root, document.text);
    const flaw = { path, ...document, message: `${document.message} (in ${title})` };
    if (!this.broken.some((one) => one.path === path && one.message === flaw.message)) this.broken.push(flaw);
    return null;
  }
}
