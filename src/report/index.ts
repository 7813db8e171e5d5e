import { type Jsonable, quoteJson, STRICT, writeJson } from "../recording/json/write.ts";
import { forTerminalJson, forTerminalLine } from "../text/escape.ts";
import type { Report, Screen } from "./report.ts";

/** The table of formats: each turns a report into pieces of text. */
export const FORMATS = {
  text: (report: Report, screen: Screen) => lines(report.text(screen)),
  json: (report: Report, screen: Screen) => escaped(documentText(report.document()), screen),
  ndjson: (report: Report, screen: Screen) => escaped(lines(map(report.items(), jsonLine)), screen),
  markdown: (report: Report, screen: Screen) => {
    const text = lines(report.markdown?.() ?? []);
    return screen.terminal ? map(text, (piece) => lineByLine(piece, forTerminalLine)) : text;
  },
} as const;

/** Formats of findings, loaded when they are asked for. */
export const FINDING_FORMATS = ["github", "sarif", "junit"] as const;
export type Format = keyof typeof FORMATS | (typeof FINDING_FORMATS)[number];

/** The pieces of text of a report. One that has no findings to give knows the first three formats alone. */
export async function rendered(report: Report, format: Format, screen: Screen): Promise<Iterable<string>> {
  if (format in FORMATS) return FORMATS[format as keyof typeof FORMATS](report, screen);
  const { CI_FORMATS } = await import("./ci/index.ts");
  const pieces = CI_FORMATS[format as keyof typeof CI_FORMATS](
    report.findings?.() ?? { by: { command: "", none: "" }, findings: [], titles: {} },
  );
  return screen.terminal ? map(pieces, (piece) => lineByLine(piece, forTerminalLine)) : pieces;
}

const lineByLine = (text: string, change: (line: string) => string): string => text.split("\n").map(change).join("\n");

/** A terminal gets no raw control character in JSON either. */
const escaped = (json: Iterable<string>, { terminal }: Screen): Iterable<string> =>
  terminal ? map(json, forTerminalJson) : json;

const jsonLine = (item: Jsonable): string => writeJson(item, STRICT);

function* lines(texts: Iterable<string>): Generator<string> {
  for (const text of texts) yield `${text}\n`;
}

function* map<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item);
}

/** One JSON document, its lists an item a line: machines do not mind, people can read and diff it. */
function* documentText(members: ReturnType<Report["document"]>): Generator<string> {
  yield "{";
  let first = true;
  for (const [name, value] of Object.entries(members)) {
    yield `${first ? "" : ","}\n  ${quoteJson(name, false)}: `;
    first = false;
    if (isList(value)) yield* listText(value);
    else yield jsonLine(value as Jsonable);
  }
  yield "\n}\n";
}

const isList = (value: unknown): value is Iterable<Jsonable> =>
  typeof value === "object" && value !== null && Symbol.iterator in value;

function* listText(items: Iterable<Jsonable>): Generator<string> {
  let any = false;
  for (const item of items) {
    yield `${any ? "," : "["}\n    ${jsonLine(item)}`;
    any = true;
  }
  yield any ? "\n  ]" : "[]";
}
