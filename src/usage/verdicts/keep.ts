import { type Candidate, type Evidence, evidence } from "./evidence.ts";

/** What is to be kept: globs of paths, test files, or test ids with `*`; and where that is written. */
export interface Keep {
  readonly pattern: string;
  /** `--keep`, or the configuration's file. */
  readonly from: string;
}

/** What the patterns say of a recording: the first that fits it. */
export function fromKeep(candidate: Candidate, keep: readonly Keep[]): Evidence | null {
  const by = keep.find((one) => keeps(one.pattern, candidate));
  return by ? evidence("kept", `${by.from} keeps ${by.pattern}`) : null;
}

/** The patterns that fit no recording: misspelt, or of no use any more. */
export const unused = (keep: readonly Keep[], candidates: readonly Candidate[]): Keep[] =>
  keep.filter(({ pattern }) => !candidates.some((candidate) => keeps(pattern, candidate)));

/** Whether a pattern keeps a recording. */
export function keeps(pattern: string, { path, place, testId }: Pick<Candidate, "path" | "place" | "testId">): boolean {
  const wanted = pattern.replaceAll("\\", "/").replace(/^(?:\.\/+)+/, "");
  if (pattern.includes("::")) return testId !== null && isOfTest(pattern, testId);
  const file = (testId ?? "").split("::", 1)[0]?.replaceAll("\\", "/") as string;
  if (file !== "" && wanted.endsWith(".py") && fits(wanted, file)) return true;
  return fits(wanted, path.replace(/^(?:\.\/+)+/, "")) || (wanted.startsWith("/") && fits(wanted, place));
}

/**
 * A glob against a path with `/`: `*` and `?` stand for anything within a name, `**` for folders too, all else for
 * itself. A folder stands for all in it, and a pattern without `/` for a name at any depth.
 */
export function fits(glob: string, path: string): boolean {
  const whole = glob.endsWith("/") ? `${glob}**` : glob;
  const anywhere = glob.replace(/\/$/, "").includes("/") ? whole : `**/${whole}`;
  return compiled(anywhere).test(path);
}

/** A test id with `*` for anything; classes, functions and parameters below what it names are kept with it. */
function isOfTest(pattern: string, testId: string): boolean {
  const parts = pattern.split("*");
  const text = parts.map(literal).join(".*");
  return new RegExp(`^${text}(?:$|\\[|::)`, "s").test(testId);
}

const known = new Map<string, RegExp>();

function compiled(glob: string): RegExp {
  const before = known.get(glob);
  if (before) return before;
  const body = glob
    .replace(/(?:\*\*\/)+/g, "**/")
    .split(/(\*\*\/|\*+|\?)/)
    .map((part, at) => (at % 2 === 0 ? literal(part) : (WILD[part] ?? (part === "*" ? "[^/]*" : ".*"))))
    .join("");
  const made = new RegExp(`^${body}(?:/.*)?$`, "s");
  known.set(glob, made);
  return made;
}

const WILD: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "?": "[^/]" };

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
