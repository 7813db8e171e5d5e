import { dialectFor } from "../../dialects/index.ts";
import { piecesOf } from "../../dialects/units.ts";
import { sha256 } from "../../recording/digest.ts";
import type { Kind } from "../../recording/kinds.ts";
import { readName } from "../../recording/name.ts";
import { splitUrl } from "../../recording/names/url.ts";
import type { Recording } from "../../recording/recording.ts";
import { askedHash, Known, type Marks, markedOf, type TurnMark } from "./marks.ts";
import { type Sketch, sketchOf } from "./sketch.ts";
import { isAnswer } from "./turns.ts";

/** What pairing needs of a recording. Kept of thousands, so it holds hashes and numbers, and no part of the file. */
export interface Subject {
  /** Relative to the root of OLD or NEW, with `/`. */
  path: string;
  /** The hash in the file's name; `<hash>-<d8>` for a model list. */
  id: string;
  testId: string | null;
  kind: Kind;
  endpoint: string | null;
  model: string | null;
  host: string | null;
  /** The tool that was invoked, for requests of kind tool. */
  tool: string | null;
  turns: readonly TurnMark[];
  /** Hashes of all turns, but for ids and the like: as they stand, and in any order. */
  said: { inOrder: string; any: string };
  /** How many answers the turns hold: the place in the test's conversation. */
  place: number;
  tools: Marks;
  parameters: Marks;
  /** The whole request as names see it, without its test id. */
  asked: string;
  bytes: number;
  /** A digest of the response, where the caller has one. */
  answer: string | null;
  /** For a model list: the hash in its name, and its models. */
  list: { hash: string; models: Sketch } | null;
}

/** What a caller knows of the file beside what it holds. */
export interface FileFacts {
  bytes: number;
  answer?: string;
}

const hashOf = (turns: readonly string[]): string => sha256(turns.join()).slice(0, 16);

/** The subject of a recording; `known` is one for all of OLD and NEW. */
export function subjectOf(path: string, id: string, recording: Recording, file: FileFacts, known: Known): Subject {
  const { head } = recording;
  const own = (text: string | null): string | null => (text === null ? null : known.text(text));
  const dialect = dialectFor(head);
  const marked = markedOf(recording, dialect, known);
  const turns = marked.turns.map(({ loose }) => loose);
  const name = readName(path);
  const models = (): string[] =>
    piecesOf(recording, dialect).flatMap((piece) => (piece.type === "item" ? [piece.text] : []));
  return {
    path,
    id,
    testId: own(head.testId),
    kind: head.kind,
    endpoint: own(head.endpoint),
    model: own(head.model),
    host: head.url === null ? null : own(splitUrl(head.url).netloc),
    tool: own(head.tool),
    ...marked,
    said: { inOrder: known.text(hashOf(turns)), any: known.text(hashOf([...turns].sort())) },
    place: marked.turns.filter(isAnswer).length,
    asked: askedHash(recording),
    bytes: file.bytes,
    answer: file.answer ?? null,
    list: name.digest === null ? null : { hash: name.hash, models: sketchOf(...models()) },
  };
}

export { Known };
