import { plainText } from "./lines.ts";
import { Refused } from "./refusal.ts";

/** What became of a test, as JUnit can tell it: an unexpected pass of a test marked xfail looks like any other. */
export type CaseOutcome = "passed" | "failed" | "error" | "skipped" | "xfailed";

/** One `<testcase>`. */
export interface Case {
  readonly classname: string;
  readonly name: string;
  /** The test file, which only the older form (`junit_family=xunit1`) tells. */
  readonly file: string | null;
  readonly outcome: CaseOutcome;
  readonly message: string;
  /** What stands within it: tracebacks, and what it wrote and logged. */
  readonly text: string;
}

/** Tells whether a path, from the folder that node ids start at, is a file. */
export type IsFile = (path: string) => boolean | Promise<boolean>;

/** Whether a text means to be JUnit XML; a tree of pytest's begins with `<Dir` or `<Module`. */
export const isJunit = (text: string): boolean =>
  /^\s*<(?:\?xml\b|!|testsuites?\b)/.test(plainText(text.slice(0, 4096)));

/**
 * The test cases of a JUnit file, and when its suites began where they say it with a time zone.
 * @throws Refused where it is not whole, no JUnit, or has a document type: entities are nothing that pytest writes
 */
export async function readCases(text: string): Promise<{ cases: Case[]; times: number[] }> {
  const { SaxesParser } = await import("./xml.ts");
  const parser = new SaxesParser();
  const cases: { -readonly [K in keyof Case]: Case[K] }[] = [];
  const times: number[] = [];
  let root = "";
  let inside = false;
  let depth = 0;
  parser.on("error", (error) => {
    throw new Refused(`no whole XML: ${error.message.replace(/^\d+:\d+: /, "")}`, parser.line);
  });
  parser.on("doctype", () => {
    throw new Refused("XML with a document type, which pytest never writes", parser.line);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (++depth > DEEPEST) throw new Refused("XML nested deeper than any JUnit", parser.line);
    if (root === "") {
      root = name;
      if (!/^testsuites?$/.test(name)) throw new Refused(`XML, but no JUnit: it begins with <${name}>`, parser.line);
    }
    const { classname = "", name: test = "", file = null, message = "", type = "", timestamp } = attributes;
    if (name === "testsuite" && timestamp !== undefined && /(?:Z|[+-]\d\d:\d\d)$/.test(timestamp)) {
      times.push(Date.parse(timestamp));
    } else if (name === "testcase") {
      cases.push({ classname, name: test, file, outcome: "passed", message: "", text: "" });
      inside = true;
    } else if (inside && OUTCOMES.has(name)) {
      const now = cases.at(-1) as (typeof cases)[number];
      // Of several the worst stands: a test may fail, and its teardown too.
      const outcome = type === "pytest.xfail" ? "xfailed" : (OUTCOMES.get(name) as CaseOutcome);
      if (now.outcome === "passed" || outcome === "failed") now.outcome = outcome;
      now.message = now.message === "" ? message : `${now.message}\n${message}`;
    }
  });
  parser.on("text", (piece) => {
    const now = inside ? cases.at(-1) : undefined;
    if (now !== undefined && now.text.length < LONGEST_TEXT) now.text += piece;
  });
  parser.on("closetag", ({ name }) => {
    depth--;
    if (name === "testcase") inside = false;
  });
  parser.write(plainText(text)).close();
  return { cases, times: times.filter(Number.isFinite) };
}

/** How much of a case's output is kept, so far as it comes in pieces. */
const LONGEST_TEXT = 1_000_000;

/** Suites in suites, a case, its properties: a report has no more. */
const DEEPEST = 100;

const OUTCOMES = new Map<string, CaseOutcome>([
  ["failure", "failed"],
  ["error", "error"],
  ["skipped", "skipped"],
]);

/** The node ids that a test case may have, those of the deepest test file first. */
export function candidates({ classname, name, file }: Case): { file: string; id: string }[] {
  const parts = classname.split(".");
  const out: { file: string; id: string }[] = [];
  for (let cut = parts.length; cut > 0; cut--) {
    const path = `${parts.slice(0, cut).join("/")}.py`;
    out.push({ file: path, id: [path, ...parts.slice(cut), name].join("::") });
  }
  return file === null ? out : out.filter((one) => one.file === file.replaceAll("\\", "/"));
}

/** Reads the node ids of test cases, asking once for each file. */
export function caseIds(isFile: IsFile): (one: Case) => Promise<{ known: string[]; all: string[] }> {
  const asked = new Map<string, boolean>();
  return async (one) => {
    const all = candidates(one);
    const known: string[] = [];
    for (const { file, id } of all) {
      let is = asked.get(file);
      if (is === undefined) {
        is = one.file !== null || (await isFile(file));
        asked.set(file, is);
      }
      if (is) known.push(id);
    }
    return { known, all: all.map(({ id }) => id) };
  };
}
