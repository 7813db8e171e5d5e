import { join } from "node:path";
import type { Broken, Entry } from "../../listing/entry.ts";
import { headOf } from "../../recording/head.ts";
import type { JsonObject } from "../../recording/json/value.ts";
import { readName } from "../../recording/name.ts";
import type { MatchMode } from "../../server/matching/match.ts";
import { insert, StoredRecordings } from "../../server/matching/store.ts";
import type { KnownHead, Place, StorePort, Wanted, Written } from "../../server/serve/types.ts";
import type { Found } from "../../store/find.ts";
import { OpenedFiles } from "../../store/opened.ts";
import { absolute, shown } from "../../store/paths.ts";
import { statAt } from "../../store/stamp.ts";
import { indexed, indexedOf } from "./known.ts";
import { Looking } from "./looking.ts";

const NOTHING = "nothing is written here";

/** What was read of a tree. */
export interface Read {
  readonly entries: readonly Entry[];
  readonly broken: readonly Broken[];
}

/** A store, with what there is to say of it. */
export interface LiveStore extends StorePort {
  count(): number;
  /** What could not be read when the tree was looked at last. */
  readonly flaws: readonly Broken[];
}

/** What a store of recordings is made of. */
export interface StoreParts {
  /** Absolute; paths of recordings are shown relative to it. */
  readonly cwd: string;
  readonly now: () => number;
  readonly match: MatchMode;
  /** `isAgain`: what was there at first may be gone. */
  readonly find: (isAgain: boolean) => Promise<Found>;
  /** Those of them that are served, and what stands there and cannot be read. */
  readonly read: (found: Found) => Promise<Read>;
  /** Where a folder of a {@link Place} is, absolute. */
  readonly folderOf: (folder: string) => string;
  /** Writes a file below the root, over one that is there only where it may; null where nothing may be written. */
  readonly write: ((place: Place, root: JsonObject, mayReplace: boolean) => Promise<Written>) | null;
  /** Why nothing could be written to such a place below the root; null as `write`. */
  readonly whyNot: ((place: Wanted) => string | null) | null;
}

/** The recordings of a tree, kept up to date while they are served. */
export async function liveStore(parts: StoreParts): Promise<LiveStore> {
  const { cwd, now, match } = parts;
  const files = new OpenedFiles({ cwd }, now);
  const open = (path: string) => files.open(path);
  const tree = new Looking(cwd, (path) => absolute({ cwd }, path), now);
  let looks = 0;
  let heads: Entry[] = [];
  let flaws: readonly Broken[] = [];
  /** By the hash in their names. */
  let broken = new Map<string, string[]>();
  let known = new StoredRecordings([]);
  let recordings = known.view();
  /** What is written here while the tree is read must not be lost. */
  let own = new Map<string, Entry>();
  const take = (entries: readonly Entry[]): void => {
    // The order of paths decides between equals.
    heads = [...entries].sort(byPath);
    known = new StoredRecordings(indexedOf(heads, match, open));
    recordings = known.view();
  };
  const look = async (): Promise<void> => {
    const before = own;
    own = new Map();
    const began = now();
    const found = await parts.find(looks++ > 0);
    const read = await parts.read(found);
    const { entries } = read;
    flaws = read.broken;
    broken = new Map();
    for (const { path } of flaws) {
      const { hash } = readName(path);
      broken.set(hash, [...(broken.get(hash) ?? []), path]);
    }
    tree.read(found, began);
    const paths = new Set(entries.map(({ path }) => path));
    // Of what was written here and is filtered out, only what is there still.
    const more = [...before.values(), ...own.values()].filter(({ path }) => !paths.has(path) && open(path) !== null);
    own = new Map([...before, ...own]);
    take([...entries, ...more.filter(({ path }, at) => more.findIndex((one) => one.path === path) === at)]);
  };
  await look();
  let looking: Promise<void> | null = null;
  const again = async (): Promise<void> => {
    // Who looks already may have begun too early.
    if (looking) await looking;
    looking ??= look().finally(() => {
      looking = null;
    });
    await looking;
  };
  const placeOf = ({ folder, name }: Place): string => join(parts.folderOf(folder), name);
  return {
    get recordings() {
      return recordings;
    },
    count: () => heads.length,
    get flaws() {
      return flaws;
    },
    broken: (hash) => broken.get(hash) ?? [],
    shut: () => tree.shut(),
    async refresh(folders) {
      if (looking) await looking;
      if (!tree.isDue(folders.map(parts.folderOf))) return false;
      const before = heads;
      await again();
      return !isSame(before, heads);
    },
    again,
    standing: (place) => (statAt(placeOf(place)) ? shown({ cwd }, placeOf(place)) : null),
    open,
    *heads(): Generator<KnownHead> {
      for (const { path, head } of heads) yield { path, ...head };
    },
    whyNot: (place) => (parts.whyNot ? parts.whyNot(place) : NOTHING),
    async write(place, root, mayReplace) {
      if (!parts.write) return { refused: NOTHING };
      const { write } = parts;
      const written = await tree.own(parts.folderOf(place.folder), () => write(place, root, mayReplace));
      if ("there" in written) tree.hurry();
      if (!("path" in written) || written.was === "same") return written;
      const { path } = written;
      files.drop(path);
      const head = headOf(root);
      const entry: Entry = { path, id: readName(path).id, bytes: 0, head };
      own.set(path, entry);
      // Another array: who looks compares it with the one before.
      heads = [...heads];
      insert(heads, entry);
      known.put(indexed(path, head, match, open));
      recordings = known.view();
      return written;
    },
  };
}

const byPath = (one: { path: string }, other: { path: string }): number =>
  one.path < other.path ? -1 : one.path === other.path ? 0 : 1;

const isSame = (one: readonly Entry[], other: readonly Entry[]): boolean =>
  one.length === other.length &&
  one.every(({ path, bytes }, at) => path === other[at]?.path && bytes === other[at]?.bytes);
