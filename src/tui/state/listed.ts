import type { Entry } from "../../listing/entry.ts";
import { matcher } from "../../listing/filter.ts";
import { forShell } from "../../text/escape.ts";
import { fileOf, MOST_PATHS } from "./refs.ts";
import type { Filter, State } from "./state.ts";
import { recordings, type TestRow } from "./tree.ts";

/** What stands behind `ls`, ready for a shell, and which recordings that lists. */
interface Choice {
  readonly words: readonly string[];
  lists(entry: Entry): boolean;
}

/** What stands behind an `ls` that lists the recordings of a row as the filter leaves them, and how many others it lists. */
export function listed(state: State, row: TestRow | null): { words: readonly string[]; others: number } {
  const own = row === null ? [] : recordings(state).order.slice(row.from, row.to);
  const paths = new Set(own.map(({ path }) => path));
  const choices = row === null ? [wholeOf(state)] : choicesOf(state, row, own);
  const { entries } = state.tree;
  const exact = choices.find(({ lists }) => entries.every((entry) => lists(entry) === paths.has(entry.path)));
  if (exact) return { words: exact.words, others: 0 };
  if (own.length > 0 && own.length <= MOST_PATHS) {
    return { words: own.map(({ path }) => forShell(fileOf(path))), others: 0 };
  }
  const wider = choices.filter(({ lists }) => own.every(lists));
  const least = wider
    .map((choice) => ({ words: choice.words, others: entries.filter(choice.lists).length - own.length }))
    .sort((a, b) => a.others - b.others)[0];
  return least ?? { words: wholeOf(state).words, others: 0 };
}

/** By test, by test and what else the filter wants of it, all that is shown, by folder. */
function choicesOf(state: State, row: TestRow, own: readonly Entry[]): Choice[] {
  const choices = [wholeOf(state), ...inFolder(state, own)];
  if (row.kind === "shared") return choices;
  const id = row.kind === "test" ? (own[0]?.head.testId ?? "") : row.key.slice(2);
  const tests = state.filter?.tests?.texts.map((text) => `${id}*${text}`);
  return [byTest(state, [id]), ...(tests ? [byTest(state, tests)] : []), ...choices];
}

/** All that the filter leaves. */
const wholeOf = ({ filter, places }: State): Choice => ({
  words: [...lineOf(filter), ...places.map(forShell)],
  lists: ({ path }) => filter === null || filter.kept.has(path),
});

const lineOf = (filter: Filter | null): string[] => (filter === null ? [] : [filter.line]);

/** Of tests that hold one of some texts, in place of what the filter wants of tests: `ls` takes either. */
function byTest({ filter, places }: State, texts: readonly string[]): Choice {
  const others = filter?.tests ? filter.tests.others : (filter?.line ?? "");
  const wanted = texts.map(matcher);
  const before = filter?.tests?.texts.map(matcher);
  return {
    words: [
      ...texts.flatMap((text) => ["-t", forShell(text)]),
      ...(others === "" ? [] : [others]),
      ...places.map(forShell),
    ],
    lists({ path, head }) {
      const id = head.testId ?? "";
      if (!wanted.some((holds) => holds(id))) return false;
      // Of what other tests have nobody knows what the rest of the filter says.
      return filter === null || filter.kept.has(path) || (before !== undefined && !before.some((holds) => holds(id)));
    },
  };
}

/** What lies in the innermost folder that holds all of a row, where looking there alone finds what is found now. */
function inFolder({ filter, places }: State, own: readonly Entry[]): Choice[] {
  const folder = commonFolder(own.map(({ path }) => path));
  const given = places.filter((place) => !place.startsWith("--"));
  const isWithin = given.some((place) => folder.startsWith(`${place.replace(/\/+$/, "")}/`));
  const isFound = given.length === 0 ? /(?:^|\/)recordings\//.test(folder) : isWithin;
  if (!isFound) return [];
  const flags = places.filter((place) => place.startsWith("--"));
  return [
    {
      words: [...lineOf(filter), ...flags, forShell(fileOf(folder))],
      lists: ({ path }) => path.startsWith(folder) && (filter === null || filter.kept.has(path)),
    },
  ];
}

/** The folder that all paths begin with, and the slash behind it. */
function commonFolder([first = "", ...others]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf("/") + 1);
  for (const path of others) {
    while (!path.startsWith(folder)) folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  }
  return folder;
}
