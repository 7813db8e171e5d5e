import { distinctMisses } from "../misses.ts";
import { type Lookup, type Miss, shortOf } from "../run.ts";
import { BLOCKS, type Block, type Said } from "./blocks.ts";
import type { Entry } from "./entries.ts";

/** The block whose lines are being read. */
interface Open {
  readonly block: Block;
  readonly marked: boolean;
  readonly at: number;
  /** How many of the block's fields have gone by. */
  next: number;
  hash: string | null;
  testId: string | null;
  readonly said: Map<string, string>;
}

const OTHER: Block = { kind: "other", fields: [] };

/**
 * Puts the recorder's lines together. A block's lines stand in a fixed order, so a line out of order shows that
 * those of several processes are mixed: then a hash is kept, for it stands whole on its own line, and what other lines
 * would say about it is dropped, until the rest of every block that was broken off has gone by.
 */
export class RecorderReader {
  readonly lookups: Lookup[] = [];
  readonly seen = new Set<string>();
  readonly seenShort = new Set<string>();
  /** Whether lines of several processes are mixed, or tests take turns. */
  parallel = false;
  /** The test that was named last, as far as its id is known. */
  last: string | null = null;
  private readonly told: Miss[] = [];
  private open: Open | null = null;
  /** Broken blocks whose last line has not gone by yet. */
  private owing = 0;
  /** Heads whose hash has not gone by yet, and hashes that were cut. */
  private headless = 0;
  private cut = 0;
  private readonly tests = new Map<string, string | null>();
  /** What the computation of a hash says of the request. */
  private readonly computed = new Map<string, Miss["says"]>();

  take(said: Said, entry: Entry): void {
    if (said.is === "head") {
      this.leave();
      const block = BLOCKS[said.block] ?? OTHER;
      this.open = { block, marked: said.marked, at: entry.at, next: 0, hash: null, testId: null, said: new Map() };
    } else if (said.is === "end") this.end(said.found);
    else this.field(said.name, said.value, entry);
  }

  /** Hashes that were announced and not read. */
  get dropped(): number {
    const announced = this.open?.block.hash !== undefined && this.open.hash === null;
    return this.headless + this.cut + (announced ? 1 : 0);
  }

  /** The end of the log: whether it ends within a block. */
  finish(): { midway: boolean; lookups: Lookup[]; misses: Miss[] } {
    const { open } = this;
    const midway = open !== null && !isWhole(open) && open.block.fields.length > 0;
    if (open?.hash != null) this.keep(open, null, isWhole(open));
    // A look-up does not say its test; the computation of its hash before it does.
    const lookups = this.lookups.map((one) =>
      one.testId === null && one.kind !== "hash computation"
        ? { ...one, testId: this.tests.get(one.hash) ?? null }
        : one,
    );
    return { midway, lookups, misses: distinctMisses([...this.told, ...this.missed(lookups)]) };
  }

  /** Look-ups that found nothing: where the log has no more of them, this tells their miss. */
  private missed(lookups: readonly Lookup[]): Miss[] {
    return lookups.flatMap(({ hash, testId, found, kind }) =>
      kind !== "look-up" || found !== "missed"
        ? []
        : [{ form: "log", hash, testId, says: this.computed.get(hash) ?? {} }],
    );
  }

  private field(name: string, value: string, entry: Entry): void {
    const { open } = this;
    const place = open === null ? -1 : open.block.fields.indexOf(name);
    if (name === "Test ID" || name === "Test context") this.note(value, entry, open?.marked ?? false);
    if (open === null || place < open.next) {
      if (open !== null) this.breakOff(open);
      this.stray(name, value, entry.at);
      return;
    }
    open.next = place + 1;
    open.said.set(name, value);
    const exact = entry.form === "event" || (entry.form === "line" && open.marked);
    if ((name === "Test ID" || name === "Test context") && exact && value !== "None") open.testId = value;
    if (name === open.block.hash) {
      if (isHash(value)) open.hash = value.trim();
      else this.cut++;
    }
    if (open.block.kind !== "look-up" && open.next === open.block.fields.length) this.close(open, null);
  }

  private end(found: "primary" | "fallback" | "missed"): void {
    const { open } = this;
    if (open === null || open.block.kind !== "look-up") {
      if (open !== null && open.block.kind !== "other") this.breakOff(open);
      this.owing = Math.max(0, this.owing - 1);
    } else this.close(open, agrees(open.said, found) ? found : null);
  }

  /** A head follows: most blocks may end before their last field, a look-up never does. */
  private leave(): void {
    if (this.open !== null) {
      if (isWhole(this.open)) this.close(this.open, null);
      else this.breakOff(this.open);
    }
  }

  private close(open: Open, found: Lookup["found"]): void {
    this.open = null;
    if (open.hash !== null) this.keep(open, found, true);
  }

  private breakOff(open: Open): void {
    this.open = null;
    this.parallel = true;
    const { kind, hash } = open.block;
    if (hash !== undefined && open.hash === null) this.headless++;
    if (kind === "look-up" || (kind === "hash computation" && open.hash === null)) this.owing++;
    if (open.hash !== null) this.keep(open, null, false);
  }

  /** A line of no block that is open. */
  private stray(name: string, value: string, at: number): void {
    if (name !== "Request hash" && name !== "Computed hash") return;
    if (name === "Computed hash") this.owing = Math.max(0, this.owing - 1);
    if (!isHash(value)) {
      this.cut++;
      return;
    }
    this.headless = Math.max(0, this.headless - 1);
    const kind = name === "Request hash" ? "look-up" : "hash computation";
    this.lookups.push({ hash: value.trim(), testId: null, path: null, found: null, kind, at });
  }

  private keep({ block, hash, testId, said, at }: Open, found: Lookup["found"], whole: boolean): void {
    const sure = whole && this.owing === 0;
    if (hash === null || block.kind === "other") return;
    if (block.kind === "miss") {
      const says = Object.fromEntries([...said].filter(([name]) => MISS_SAYS.has(name)));
      this.told.push({ form: "log", hash, testId: sure ? testId : null, says: sure ? says : {} });
      return;
    }
    if (block.kind === "hash computation" && sure) {
      this.tests.set(hash, testId);
      this.computed.set(hash, Object.fromEntries([...said].filter(([name]) => MISS_SAYS.has(name))));
    }
    const where = said.get(found === "fallback" ? "Fallback path" : block.kind === "stored" ? "File" : "Primary path");
    // A path has the hash in it, so it cannot be that of another look-up.
    const path = where?.endsWith(".json") && where.includes(hash) && !where.includes(" ") ? where : null;
    this.lookups.push({
      hash,
      testId: sure ? testId : null,
      path,
      found: sure ? found : null,
      kind: block.kind,
      at,
    });
  }

  private note(value: string, entry: Entry, marked: boolean): void {
    if (value === "None" || value === "") return;
    const exact = entry.form === "event" || (entry.form === "line" && marked);
    const id = exact ? value : shortOf(value);
    const known = exact ? this.seen : this.seenShort;
    if (id !== this.last && known.has(id)) this.parallel = true;
    known.add(id);
    this.last = id;
  }
}

const MISS_SAYS = new Set(["Method", "URL", "Endpoint", "Model"]);

const isHash = (value: string): boolean => /^\s*(?:[0-9a-f]{64}|[0-9a-f]{12})\s*$/.test(value);

/** Whether a block needs no further line. */
const isWhole = ({ block, hash }: Open): boolean =>
  block.kind === "other" || (block.kind !== "look-up" && hash !== null);

/** Whether what the disk showed is what the look-up says it found. */
function agrees(said: ReadonlyMap<string, string>, found: "primary" | "fallback" | "missed"): boolean {
  const primary = said.get("Primary exists")?.trim();
  const fallback = said.get("Fallback exists")?.trim();
  if (primary !== undefined && primary !== (found === "primary" ? "True" : "False")) return false;
  return fallback === undefined || fallback === (found === "fallback" ? "True" : "False");
}
