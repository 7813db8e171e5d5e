import { dirname, join } from "node:path";
import { placeholder } from "../compare/changes/placeholder.ts";
import { type Cluster, clustersOf } from "../compare/clusters.ts";
import { type ComparedPair, compared, type Looking } from "../compare/diff.ts";
import { type Pair, pairUp } from "../compare/pairs/pair.ts";
import { Known, type Subject, subjectOf } from "../compare/pairs/subject.ts";
import type { Broken } from "../listing/entry.ts";
import { readDocument } from "../recording/document.ts";
import { readName } from "../recording/name.ts";
import { type Recording, recordingFrom } from "../recording/recording.ts";
import { type Difference, differenceOf } from "../store/sides/difference.ts";
import { type Sides, sidesOf } from "../store/sides/index.ts";
import { movedTests } from "../store/sides/moved.ts";
import type { Got, LeftOut, Side, SideFile } from "../store/sides/side.ts";
import type { Context } from "./command.ts";
import { progress } from "./progress.ts";
import { settingsOf } from "./settings.ts";

export interface DiffOptions extends Looking {
  staged: boolean;
  overlay: boolean;
  /** NEW, an overlay, was brought into OLD already: all of it is of the run, and none of it comes before. */
  brought?: boolean;
  renames: readonly (readonly [old: string, now: string])[];
  /** Which recordings of the run are looked at. */
  wants: (recording: Recording, file: { path: string; bytes: number }) => boolean;
}

/** What a run changed. */
export interface Diffed {
  old: string;
  now: string;
  pairs: ComparedPair[];
  clusters: Cluster[];
  added: Subject[];
  removed: Subject[];
  /** Indexes of the pairs whose predecessor still lies beside its successor. */
  superseded: number[];
  moved: { old: string; now: string }[];
  /** Files that are as they were. */
  same: number;
  broken: Broken[];
  leftOut: readonly LeftOut[];
  /** How many files of OLD are not in NEW, and how many there are. */
  missing: { count: number; of: number };
}

/** How many pairs are held at once, both documents of each. */
const BATCH = 32;

/** Compares two sides: what the run wrote, what each came after, and what changed. Reads, and changes nothing. */
export async function diffed(args: readonly string[], options: DiffOptions, context: Context): Promise<Diffed> {
  const { io, cwd, recctl } = context;
  const { roots, folder } = await settingsOf(context);
  const below = roots.map((root) => join(folder, root));
  const sides = await sidesOf(args, {
    staged: options.staged,
    cwd,
    env: io.env,
    recctl,
    ...(below.length > 0 ? { below } : {}),
  });
  const difference = await differenceOf(sides.old, sides.now, io.breathe);
  const reading = new Reading(context);
  const run = options.brought ? sides.now.files : [...difference.added, ...difference.changed.map(([, now]) => now)];
  const known = new Known(placeholder);
  const nows = await reading.subjects(sides.now, run, known, options.wants);
  const olds = await reading.subjects(
    sides.old,
    await predecessors(nows, difference, options, sides),
    known,
    () => true,
  );
  const here = new Set(sides.now.files.map(({ path }) => path));
  const pairing = pairUp(olds, nows, {
    renames: options.renames,
    moved: await movedTests(sides.old, sides.now),
    lies: ({ path }) => here.has(path),
    overlay: options.overlay,
  });
  const pairs = await reading.pairs(pairing.pairs, sides, options);
  const superseded = new Set(pairing.superseded.map(({ now }) => now));
  return {
    old: sides.old.title,
    now: sides.now.title,
    pairs,
    clusters: clustersOf(
      pairs.map(({ changes, now }) => ({ changes, testId: now.testId })),
      placeholder,
    ),
    added: pairing.added,
    removed: pairing.removed,
    superseded: pairs.flatMap(({ now }, at) => (superseded.has(now) ? [at] : [])),
    moved: difference.moved.map(([old, now]) => ({ old: old.path, now: now.path })),
    same: difference.same,
    broken: reading.broken,
    leftOut: difference.leftOut,
    missing: { count: difference.removed.length, of: sides.old.files.length },
  };
}

/** The files of OLD that may be what the run's came after: those of their folders, of folders that they came from, and what is gone. */
async function predecessors(
  nows: readonly Subject[],
  { changed, moved, removed }: Difference,
  { renames, brought }: DiffOptions,
  { old, now }: Sides,
): Promise<SideFile[]> {
  const here = new Set(brought ? now.files.map(({ path }) => path) : []);
  const folders = new Set([...nows.map(({ path }) => dirname(path)), ...moved.map(([file]) => dirname(file.path))]);
  for (const from of (await movedTests(old, now)).keys()) folders.add(join(dirname(from), "recordings"));
  const own = new Set([...removed, ...changed.map(([file]) => file)]);
  const everywhere = renames.length > 0;
  return old.files.filter(
    (file) => !here.has(file.path) && (everywhere || own.has(file) || folders.has(dirname(file.path))),
  );
}

/** Reads recordings of sides, each whole, and a few at a time. */
class Reading {
  readonly broken: Broken[] = [];
  constructor(private readonly context: Context) {}

  /** What pairing needs of those files that are recordings. */
  async subjects(
    side: Side,
    files: readonly SideFile[],
    known: Known,
    wants: DiffOptions["wants"],
  ): Promise<Subject[]> {
    const subjects: Subject[] = [];
    const shown = progress(this.context.io, `reading ${side.title}`);
    let done = 0;
    await side
      .read(files, async ({ path }, got) => {
        await shown.step(done++, files.length);
        const recording = this.recording(path, got);
        const bytes = "bytes" in got ? got.bytes.length : 0;
        if (!recording || !wants(recording, { path, bytes })) return;
        subjects.push(subjectOf(path, readName(path).id, recording, { bytes }, known));
      })
      .finally(shown.end);
    return subjects.sort((a, b) => (a.path < b.path ? -1 : 1));
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
      const recording = this.recording(path, got);
      if (recording) found.set(path, recording);
    });
    return found;
  }

  private recording(path: string, got: Got): Recording | null {
    const document = "flaw" in got ? got.flaw : readDocument(got.bytes);
    if (!("message" in document)) return recordingFrom(document.root, document.text);
    if (!this.broken.some((one) => one.path === path)) this.broken.push({ path, ...document });
    return null;
  }
}
