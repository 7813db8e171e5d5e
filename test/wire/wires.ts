import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { dialectFor } from "../../src/dialects/index.ts";
import { framesOf } from "../../src/replay/frames.ts";
import { openRecordings } from "../../src/store/open.ts";

/** The recordings that lie in this repository. */
export const RECORDINGS = resolve(import.meta.dirname, "../../recordings");
/** More of them, to be had with RECCTL_CORPUS=FOLDER; null where that is unset. */
export const CORPUS = process.env.RECCTL_CORPUS ? resolve(process.env.RECCTL_CORPUS) : null;

/** A recording as `replay --as wire` sends it, beside what `JSON.parse` alone makes of the file. */
export interface Wire {
  path: string;
  dialect: string;
  endpoint: string;
  model: string;
  streamed: boolean;
  failed: boolean;
  /** Whether the stream says `[DONE]` at its end, as OpenAI's do. */
  done: boolean;
  /** The joined text of these is the body of the response; none where nothing was sent. */
  frames: readonly string[];
  /** The chunks, the JSON of the `data:` lines, the elements of a list, or the one body. */
  recorded: readonly unknown[];
}

/** Every recording below `folder`, in the order of their paths. @throws Error at a file that is none */
export function* wiresOf(folder: string): Generator<Wire> {
  const open = openRecordings({ cwd: folder });
  for (const path of recordingsIn(folder)) {
    const recording = open(path);
    if ("message" in recording) throw new Error(`${path}: ${recording.message}`);
    const { head, failure } = recording;
    const dialect = dialectFor(head);
    const frames = framesOf(recording, dialect, "wire").map(({ text }) => text);
    yield {
      path,
      dialect: dialect.id,
      endpoint: head.endpoint ?? "",
      model: head.model ?? "",
      streamed: head.streaming,
      failed: failure !== null,
      done: frames.at(-1) === "data: [DONE]\n\n",
      frames,
      recorded: recordedIn(readFileSync(join(folder, path), "utf8")),
    };
  }
}

function recordingsIn(folder: string): string[] {
  const inside = (path: string): boolean => join(folder, path).split(sep).includes("recordings");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => path.endsWith(".json") && inside(path)).sort();
}

/** What the client should yield: read without recctl, but for the format's own rules. */
function recordedIn(file: string): unknown[] {
  let text = file;
  const ids: Record<string, string> = JSON.parse(text).id_normalization_mapping ?? {};
  for (const [id, original] of Object.entries(ids)) text = text.replaceAll(original, id);
  const { body } = JSON.parse(text).response;
  const values: unknown[] = Array.isArray(body) ? body : body === null ? [] : [body];
  return values.flatMap((value) => {
    if (typeof value !== "string") return [dataOf(value)];
    return value.startsWith("data: ") && value !== "data: [DONE]" ? [JSON.parse(value.slice("data: ".length))] : [];
  });
}

function dataOf(value: unknown): unknown {
  const typed = value as { __type__?: string; __data__?: unknown };
  return typed?.__type__ === undefined ? value : typed.__data__;
}
