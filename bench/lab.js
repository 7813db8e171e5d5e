import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeTree, TREES } from "./data.js";
import { programs, runOnce, timed } from "./measure.js";

/** How often each tree is measured; the large ones less, for time. */
const ROUNDS = {
  300: { rounds: 11, warmUps: 2 },
  "3,000": { rounds: 11, warmUps: 2 },
  "30,000": { rounds: 7, warmUps: 1 },
  "300,000": { rounds: 3, warmUps: 1 },
};
const QUICK = { rounds: 5, warmUps: 2 };

/** Where things are measured: makes each tree when it is first asked for, and measures it once. */
export class Lab {
  #trees = new Map();
  #listings = new Map();

  /** @param say is told what is being done */
  constructor(dir, { quick, signal, say }) {
    this.dir = dir;
    this.quick = quick;
    this.signal = signal;
    this.say = say;
  }

  /** The names of the trees that are measured. */
  get sizes() {
    return Object.keys(TREES).slice(0, this.quick ? 2 : undefined);
  }

  roundsOf(size) {
    return this.quick ? QUICK : (ROUNDS[size] ?? ROUNDS[300]);
  }

  async tree(size) {
    if (!this.#trees.has(size)) {
      this.say(`making ${size} recordings`);
      this.#trees.set(size, await makeTree(join(this.dir, size), TREES[size], this.signal));
      // What is still to be written to the disk would be written while others are measured.
      spawnSync("sync");
    }
    return this.#trees.get(size);
  }

  /** A cache directory of that name, empty. */
  emptyCache(name) {
    const cache = join(this.dir, "cache", name);
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    return cache;
  }

  /** A cache directory with the index of a tree. @param files how many recordings there must be in it */
  warmCache(name, dir, files) {
    const cache = this.emptyCache(name);
    const { stdout } = runOnce(programs.recctl(dir, cache, ["ls", "--json", "--limit", "0"]), { stdout: "pipe" });
    const { recordings, broken } = JSON.parse(stdout).summary;
    if (files !== undefined && (recordings !== files || broken > 0)) {
      throw new Error(`recctl found ${recordings} recordings and ${broken} broken files where ${files} were made`);
    }
    return { cache, recordings };
  }

  /** The times of `ls` in one tree: without an index, writing one, with one; and of the floors. */
  async listing(size) {
    if (!this.#listings.has(size)) {
      const { dir, files } = await this.tree(size);
      this.#listings.set(size, await this.listingIn(dir, size, files));
    }
    return this.#listings.get(size);
  }

  async listingIn(dir, name, files) {
    this.say(`listing ${name}`);
    const { cache: warm, recordings } = this.warmCache(`${name}-warm`, dir, files);
    const first = this.emptyCache(`${name}-first`);
    const stamp = stampOf(warm);
    const named = {
      read: programs.readAll(dir),
      cold: programs.recctl(dir, first, ["ls", "--no-index"]),
      first: programs.recctl(dir, first, ["ls"], () => this.emptyCache(`${name}-first`)),
      stat: programs.statAll(dir),
      warm: programs.recctl(dir, warm, ["ls"]),
    };
    const times = await timed(named, this.roundsOf(name), this.signal);
    // An index that still holds is not written again.
    return { ...times, recordings, isWarm: stampOf(warm) === stamp };
  }
}

const stampOf = (dir) =>
  readdirSync(dir)
    .map((name) => `${name} ${statSync(join(dir, name)).mtimeMs}`)
    .join("\n");
