import { readName } from "../../src/recording/name.ts";
import { readCollection } from "../../src/usage/collected/index.ts";
import { type Run, readRun, unitedRuns } from "../../src/usage/runs/index.ts";
import { sourceParser } from "../../src/usage/sources/parse.ts";
import { resolveTest } from "../../src/usage/sources/resolve.ts";
import { rootsOf } from "../../src/usage/sources/roots.ts";
import {
  type Candidate,
  collectedOf,
  type Judged,
  judgeAll,
  logOf,
  type Sourced,
} from "../../src/usage/verdicts/index.ts";
import { good } from "./fixtures.ts";

const parse = await sourceParser();

/** Hashes by a letter, and the two tests that every made tree has, so that it has a root. */
export const H = (letter: string): string => letter.repeat(64);
export const F = "tests/a/test_x.py";
export const OTHER = "tests/b/test_other.py";
const BESIDE = [`${OTHER}::test_one`, `${OTHER}::test_two`];
export const NEWEST = "2026-06-17";

/** A tree, and the evidence there is. */
export interface Made {
  /** The test of the recording that is asked about. */
  id?: string | null;
  /** More of that recording. */
  of?: Partial<Candidate>;
  /** Python files by path; `tests/b/test_other.py` is always there but where there are none. */
  files?: Readonly<Record<string, string>> | null;
  collected?: readonly string[];
  /** The recording that a run has in its place. */
  successor?: string;
  complete?: boolean;
  runs?: readonly string[];
  began?: number | null;
  keep?: string;
  scheme?: string;
  unreachable?: boolean;
  guessed?: boolean;
}

/** Text of `pytest --collect-only -q`. */
export const quiet = (...ids: readonly string[]): string =>
  `${ids.join("\n")}\n\n${ids.length} test${ids.length === 1 ? "" : "s"} collected in 0.01s\n`;

/** A recording of the test in the folder that belongs to it. */
export const candidate = (id: string | null, more: Partial<Candidate> = {}): Candidate => {
  const folder = `${(id ?? F).split("::")[0]?.replace(/\/?[^/]*$/, "")}/recordings`;
  const path = more.path ?? `${folder}/${H("a")}.json`;
  return {
    path,
    place: `/r/${path}`,
    bytes: 100,
    unreadable: null,
    name: readName(path),
    kind: "inference",
    testId: id,
    verifies: [NEWEST],
    recorded: Date.UTC(2026, 0, 1),
    ...more,
  };
};

/** The verdict on the recording, by the real readers of all that is given. */
export async function judgedIn(made: Made): Promise<Judged> {
  const { id = `${F}::test_y`, of = {}, collected, runs, keep, complete = false, unreachable = false } = made;
  const subject = candidate(id, of);
  const files: Record<string, string> =
    made.files === null ? {} : { [OTHER]: "def test_one(): pass\ndef test_two(): pass", ...made.files };
  const candidates = [subject, ...(made.files === null ? [] : BESIDE.map((one) => candidate(one)))];
  const recorded = candidates.map(({ place, testId }) => ({
    place: place.slice(0, place.lastIndexOf("/")),
    testId: testId ?? "",
  }));
  const roots = rootsOf(recorded, (path) => files[path.replace("/r/", "")] !== undefined);
  const sourced = new Map<Candidate, Sourced>(
    candidates.map((one, at) => {
      const root = roots[at] as (typeof roots)[number];
      if (root.root === null) return [one, { root }];
      const read = (path: string) => (files[path] === undefined ? "absent" : parse(files[path]));
      return [one, { resolved: resolveTest(one.testId ?? "", { read }) }];
    }),
  );
  const isThere = ({ testId }: Candidate): boolean => files[(testId ?? "").split("::")[0] as string] !== undefined;
  const isFile = (path: string): boolean => files[path] !== undefined;
  const collections = collected && (await Promise.all(collected.map((text) => readCollection(text, "c", isFile))));
  const united = collections && collectedOf(collections.map(good), { complete, isThere, isAmbiguous: () => false });
  const read =
    runs && (await Promise.all(runs.map(async (text): Promise<Run> => good(await readRun(text, "r", isFile)))));
  const all = judgeAll(candidates, {
    keep: keep === undefined ? [] : [{ pattern: keep, from: "--keep" }],
    ...(united && { collected: united }),
    ...(read && {
      log: logOf(
        unitedRuns(read),
        united?.ids ?? null,
        undefined,
        made.began === undefined ? Date.UTC(2026, 5, 1) : made.began,
      ),
    }),
    ...(made.successor !== undefined && {
      superseded: { by: new Map([[subject.place, made.successor]]), complete },
    }),
    sourced: (one) => sourced.get(one),
    naming: { today: { date: made.scheme ?? NEWEST, from: made.guessed ? "auto" : "option" }, unreachable },
  });
  return all[0] as Judged;
}

/** What a test computed the hash of, and what came of looking it up. */
type Asked = readonly [test: string, hash: string, ending?: "found" | "missed" | "list"];

/** A debug log in JSON lines: each test computes a hash, and looks it up unless it is that of a list. */
export const cutLog = (...asked: readonly Asked[]): string =>
  asked.flatMap(([test, hash, ending = "found"]) => [...computed(test, hash), ...lookedUp(hash, ending)]).join("");

/** The same with the end of pytest's output, without which the last test may have gone on. */
export const log = (...asked: readonly Asked[]): string => `${cutLog(...asked)}=== 1 passed in 0.1s ===\n`;

/** Lines of the recorder's. */
export const said = (...events: readonly string[]): string[] => events.map((event) => `${JSON.stringify({ event })}\n`);

const computed = (test: string, hash: string): string[] =>
  said("[RECORDING DEBUG] Hash computation:", `  Test ID: ${test}`, `  Computed hash: ${hash}`);

function lookedUp(hash: string, ending: Asked[2]): string[] {
  if (ending === "list") return [];
  const head = [
    "[RECORDING DEBUG] Looking up recording:",
    `  Request hash: ${hash}`,
    `  Primary path: /r/${hash}.json`,
  ];
  return ending === "found"
    ? said(...head, "  Primary exists: True", "  Found in primary location")
    : said(
        ...head,
        "  Primary exists: False",
        "  Fallback path: /f",
        "  Fallback exists: False",
        "  Recording not found in either location",
      );
}

/** What became of tests, as `-v` writes it, to the end of the run. */
export const outcomes = (word: string, ...ids: readonly string[]): string =>
  `${ids.map((id) => `${id} ${word} [ 50%]\n`).join("")}=== ${ids.length} passed in 0.1s ===\n`;
