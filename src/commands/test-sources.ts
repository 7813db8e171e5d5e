import { cacheDir } from "../store/paths.ts";
import { lookAtSource, readSource, SourceMemory } from "../store/sources.ts";
import { decodeSource } from "../usage/sources/encoding.ts";
import type { ParseSource } from "../usage/sources/parse.ts";
import { brokenSource, type TestSource } from "../usage/sources/source.ts";
import type { Context } from "./command.ts";
import { progress } from "./progress.ts";

/** What is known of a Python file. */
export type Known = TestSource | "absent" | "unreadable";

/**
 * The Python files of a run: on the disk, else in git's index (a sparse checkout has them there alone). Whoever asks gets
 * what is known at once; what had to be guessed is found out by {@link settle}, and must be asked for again.
 */
export class TestSources {
  private readonly memory: SourceMemory<TestSource>;
  private readonly found = new Map<string, Known>();
  private readonly texts = new Map<string, string | null>();
  private readonly toParse = new Set<string>();
  private readonly toAsk = new Set<string>();
  private guesses = 0;

  constructor(private readonly context: Context) {
    const { io } = context;
    // The bundle's names hold digests of what is in them: another reader remembers anew.
    this.memory = new SourceMemory(cacheDir(io.env), context, import.meta.url, io.now());
  }

  /** Whether a file is there. @param path absolute */
  isFile(path: string): boolean {
    const known = this.found.get(path);
    if (known !== undefined) return known !== "absent";
    const looked = lookAtSource(path);
    if (looked !== "absent") return looked !== "unreadable";
    this.ask(path);
    return false;
  }

  /** What a file defines. @param path absolute */
  read(path: string): Known {
    const known = this.found.get(path);
    if (known !== undefined) return known;
    const looked = lookAtSource(path);
    if (looked === "unreadable") return this.learn(path, looked);
    if (looked === "absent") return this.ask(path);
    const remembered = this.memory.known(path, looked.stat);
    if (remembered) return this.learn(path, remembered);
    this.toParse.add(path);
    return this.guess();
  }

  /** The text of a file with settings, of the disk alone; null where there is none. @param path absolute */
  text(path: string): string | null {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const looked = lookAtSource(path);
    const bytes = typeof looked === "string" ? null : (readSource(path)?.bytes ?? null);
    const text = bytes && new TextDecoder().decode(bytes);
    this.texts.set(path, text);
    return text;
  }

  /** How often an answer was a guess. Where this stands as it did, all answers since are certain. */
  get guessed(): number {
    return this.guesses;
  }

  /** Finds out what was guessed at; false where there was nothing. */
  async settle(): Promise<boolean> {
    if (this.toParse.size + this.toAsk.size === 0) return false;
    const parse = lazily(async () => (await import("../usage/sources/parse.ts")).sourceParser());
    const shown = progress(this.context.io, "reading test sources");
    try {
      for (const [done, path] of [...this.toParse].entries()) {
        await shown.step(done, this.toParse.size);
        const read = readSource(path);
        const source = read && sourceIn(read.bytes, await parse());
        this.learn(path, source ?? "unreadable");
        if (read && source) this.memory.add(path, read.stamp, source);
      }
      this.toParse.clear();
      await this.askGit(parse);
    } finally {
      await shown.end();
    }
    return true;
  }

  /** Remembers for the next run what was asked for in this one, which should be all there is. */
  save(): void {
    this.memory.save();
  }

  /** Those of the files (absolute paths) that git ignores. */
  async ignored(paths: readonly string[]): Promise<ReadonlySet<string>> {
    return (await import("../store/git/state.ts")).ignoredPaths(paths, this.context.io.env);
  }

  private async askGit(parse: () => Promise<ParseSource>): Promise<void> {
    if (this.toAsk.size === 0) return;
    const paths = [...this.toAsk];
    this.toAsk.clear();
    for (const path of paths) this.learn(path, "absent");
    // Most runs find every file on the disk.
    const { readIndexed } = await import("../store/git/indexed.ts");
    await readIndexed(paths, this.context.io.env, async (path, text) => {
      this.learn(path, text === null ? "unreadable" : sourceIn(text, await parse()));
    });
  }

  private learn(path: string, known: Known): Known {
    this.found.set(path, known);
    return known;
  }

  private ask(path: string): Known {
    this.toAsk.add(path);
    return this.guess();
  }

  private guess(): Known {
    this.guesses++;
    return "unreadable";
  }
}

function sourceIn(bytes: Uint8Array, parse: ParseSource): TestSource {
  const text = decodeSource(bytes);
  return text === null ? brokenSource(1, "its encoding is not understood") : parse(text);
}

function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
