import { UserError } from "../../errors.ts";
import { gitFailure, lacksObjects } from "./failure.ts";
import type { Git } from "./open.ts";
import { endOf, startGit } from "./run.ts";

/** Is given each blob in the order asked for; null for one that this clone does not have. */
export type TakeBlob = (oid: string, bytes: Buffer | null) => void | Promise<void>;

/**
 * An older git dies at the first object that a partial clone lacks, where a newer one goes on. It is started
 * again behind it, but not for ever.
 */
const MOST_STARTS = 20;

/** Reads blobs with one process, one after another: no more than one is held, and none is read ahead of `take`. */
export async function readBlobs(git: Git, oids: readonly string[], take: TakeBlob): Promise<void> {
  let done = 0;
  for (let start = 0; start < MOST_STARTS && done < oids.length; start++) {
    done += await readSome(git, oids.slice(done), take);
    if (done < oids.length) await take(oids[done++] as string, null);
  }
  while (done < oids.length) await take(oids[done++] as string, null);
}

/** Tells how many were read before git gave up at a missing one. */
async function readSome(git: Git, oids: readonly string[], take: TakeBlob): Promise<number> {
  const child = startGit(git.realRoot, git.env, ["cat-file", "--batch", "--buffer"]);
  const ended = endOf(child, git.realRoot);
  // Waited for below, and nobody's business before.
  ended.catch(() => undefined);
  const input = new Input((child.stdout as NodeJS.ReadableStream)[Symbol.asyncIterator]() as AsyncIterator<Buffer>);
  child.stdin?.end(oids.map((oid) => `${oid}\n`).join(""));
  let read = 0;
  try {
    for (; read < oids.length; read++) {
      const header = await input.line();
      if (header === null) break;
      const [, type, size] = header.split(" ");
      const bytes = size === undefined ? null : await input.bytes(Number(size) + 1);
      if (size !== undefined && bytes === null) break;
      await take(oids[read] as string, type === "blob" && bytes ? bytes.subarray(0, -1) : null);
    }
  } finally {
    if (read < oids.length) child.kill();
    child.stdout?.destroy();
  }
  const { stderr } = await ended;
  if (read < oids.length && !lacksObjects(stderr)) {
    throw stderr ? gitFailure(stderr, git.root) : new UserError("git ended before it had read everything");
  }
  return read;
}

/** Bytes that arrive in pieces, taken by line or by length. */
class Input {
  private pieces: Buffer[] = [];
  private length = 0;

  constructor(private readonly source: AsyncIterator<Buffer>) {}

  /** The text up to the next newline; null at the end. */
  async line(): Promise<string | null> {
    for (;;) {
      const held = this.joined();
      const end = held.indexOf(10);
      if (end >= 0) return this.taken(end + 1).toString("latin1", 0, end);
      if (!(await this.more())) return null;
    }
  }

  /** That many bytes; null where fewer come. */
  async bytes(count: number): Promise<Buffer | null> {
    while (this.length < count) if (!(await this.more())) return null;
    return this.taken(count);
  }

  private async more(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done) return false;
    this.pieces.push(next.value);
    this.length += next.value.length;
    return true;
  }

  private joined(): Buffer {
    if (this.pieces.length !== 1) this.pieces = [Buffer.concat(this.pieces)];
    return this.pieces[0] as Buffer;
  }

  private taken(count: number): Buffer {
    const held = this.joined();
    this.pieces = [held.subarray(count)];
    this.length -= count;
    return held.subarray(0, count);
  }
}
