import { plainText } from "../lines.ts";
import type { Miss } from "./run.ts";
import { isServedLine, servedLine, servedTest } from "./served.ts";

/** A whole hash: one that pytest cut ends in dots, or early. A traceback quotes code that has none. */
const HASH = "(?:(?<hash>[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-zA-Z.…])|[0-9a-f]{4})";

/** The forms of a message: what its first line is, and the line behind it. */
const FORMS: readonly { form: Miss["form"]; first: RegExp; next?: RegExp }[] = [
  {
    form: "inference",
    first: new RegExp(`Recording not found for request hash: ${HASH}`),
    next: /^Model: (?<Model>.*?) \| Request: (?<Method>[A-Z]+) (?<URL>\S+)/,
  },
  {
    form: "genai",
    first: new RegExp(`Recording not found for genai request hash: ${HASH}`),
    next: /^Model: (?<Model>.*?) \| Endpoint: (?<Endpoint>\S+)/,
  },
  { form: "rerank", first: /Recording not found for rerank request \| URL: (?<URL>[^\s{]\S*)/ },
  { form: "httpx stream", first: /Recording not found for httpx stream (?<Method>POST) (?<URL>[^\s{]\S*)/ },
  { form: "httpx", first: /Recording not found for httpx (?<Method>POST) (?<URL>[^\s{]\S*)/ },
  {
    form: "tool",
    first: /Recording not found for (?<Provider>[\w-]{1,100})\.(?<Tool>[\w-]{1,100}) \| Request: (?<Request>.*)/,
  },
  {
    form: "before 2025-10-09",
    first: new RegExp(`No recorded response found for request hash: ${HASH}`),
    // The body is the literal of a Python dict: the only form that tells what was asked.
    next: /^Request: (?<Method>[A-Z]+) (?<URL>\S+)(?: (?<Body>.*))?/,
  },
  {
    form: "serve",
    first: new RegExp(`recctl has no recording of this request: ${HASH}`),
    next: /^(?<Method>[A-Z]+) (?<Endpoint>\S+?)(?: \((?<Model>.{1,100}?)\))?, (?<Test>no test id|test .*?)(?:; \d+ forms of it were looked for)?$/,
  },
];

/** Whether a line may begin such a message. */
export const mayBeMiss = (line: string): boolean =>
  line.includes("Recording not found for ") ||
  line.includes("No recorded response found for ") ||
  line.includes("recctl has no recording of this request: ") ||
  isServedLine(line);

/** A body as a literal may be long; what is longer than this is cut. */
const LONGEST_MESSAGE = 200_000;

/** How many lines a message may be wrapped into, so far as it is read. */
export const MESSAGE_LINES = 4;

/** All misses that a text tells of: a test's output may have those of several requests. In a traceback each line has an `E` in front. */
export const missesIn = (text: string, testId: string | null = null): Miss[] => missesOf([text], testId);

/** The misses that begin in the first of some lines, which may go on in the others. */
export function missesOf([first = "", ...others]: readonly string[], testId: string | null): Miss[] {
  if (!mayBeMiss(first)) return [];
  const text = plainText(first.slice(0, LONGEST_MESSAGE));
  const lines = text.split(BREAK);
  const isLiteral = text.includes("\\n  ");
  const behind = others.map((line) => line.slice(0, LONGEST_MESSAGE)).join("\n");
  return lines.flatMap((line, at) => {
    if (!mayBeMiss(line)) return [];
    const more = [...lines.slice(at + 1, at + MESSAGE_LINES), ...behind.split(BREAK)].slice(0, MESSAGE_LINES - 1);
    return missAt([line, ...more.map((one) => bare(isLiteral ? unescaped(one) : one))], testId) ?? [];
  });
}

/** Where a message was written as a Python or JSON literal its newlines are two characters. */
const BREAK = /\n|\\n(?=Model: |Request: |\\n|Run | {2})/;

/** What a literal writes with a backslash: test ids have some of their own. */
const unescaped = (line: string): string => line.replace(/\\(['"\\])/g, "$1");

/** A line without what a traceback or a box puts around it. */
const bare = (line: string): string => line.replace(/^(?:[E│]\s)?\s*/, "").replace(/\s*│$/, "");

function missAt(lines: readonly string[], testId: string | null): Miss | null {
  const served = servedLine(lines[0] ?? "");
  if (served !== null) return served;
  const [line, used] = unwrapped(lines);
  for (const { form, first, next } of FORMS) {
    const found = first.exec(line);
    if (found === null) continue;
    const [second = "", third = ""] = lines.slice(used);
    // A console puts all of it on one line again, and may have wrapped it anywhere.
    const rest = line.slice(found.index + found[0].length).trimStart();
    const said = next && (next.exec(second) ?? next.exec(rest) ?? next.exec(`${second} ${third}`));
    const { hash, ...says } = { ...found.groups, ...said?.groups };
    const told = Object.entries(says).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const miss: Miss = { form, hash: hash ?? null, testId, says: Object.fromEntries(told) };
    if (form !== "serve") return miss;
    return servedTest(/^why\b/.test(third) ? { ...miss, says: { ...miss.says, Why: third } } : miss);
  }
  return null;
}

/** The first line with its hash, where that was wrapped: the whole of it, or a piece that all 64 digits are made up of. */
function unwrapped([line = "", second = ""]: readonly string[]): [line: string, used: number] {
  const cut = /(request hash|of this request): ?([0-9a-f]{0,63})\s*│?$/.exec(line.slice(-200));
  const more = cut && /^[0-9a-f]{1,64}(?![0-9a-zA-Z.…])/.exec(second)?.[0];
  if (!cut || !more) return [line, 1];
  const [, label, piece = ""] = cut;
  const length = piece.length + more.length;
  if (length !== 64 && !(piece === "" && length === 12)) return [line, 1];
  const start = line.length - cut[0].length;
  return [`${line.slice(0, start)}${label}: ${piece}${second}`, 2];
}

/** The same miss is told by the log, the traceback and the summary: once is enough, in its longest form. */
export function distinctMisses(misses: readonly Miss[]): Miss[] {
  const out = new Map<string, Miss>();
  const whole = new Set(misses.flatMap(({ hash }) => (hash?.length === 64 ? [hash] : [])));
  for (const told of misses) {
    const miss = inFull(told, whole);
    const key = miss.hash ?? JSON.stringify([miss.form, miss.says, miss.testId]);
    const before = out.get(key);
    if (before === undefined) out.set(key, miss);
    else {
      const form = before.form === "log" ? miss.form : before.form;
      out.set(key, { ...before, form, testId: before.testId ?? miss.testId, says: { ...miss.says, ...before.says } });
    }
  }
  return withoutShorter([...out.values()]);
}

/** A miss of a server that printed no more than the start of a hash, with the whole of it where another line has that. */
function inFull(miss: Miss, whole: ReadonlySet<string>): Miss {
  const { form, hash } = miss;
  if (form !== "serve" || hash?.length !== 12) return miss;
  return { ...miss, hash: [...whole].find((one) => one.startsWith(hash)) ?? hash };
}

/** Without misses of which another tells the same and more: a hash where this one has none, or whose it is. */
function withoutShorter(misses: readonly Miss[]): Miss[] {
  const hashed = new Set<string>();
  const named = new Set<string>();
  for (const { hash, testId, form, says } of misses) {
    const place = placeOf(form, says);
    if (hash !== null) for (const whose of [testId, "any"]) hashed.add(JSON.stringify([place, whose]));
    if (hash !== null && testId !== null) hashed.add(JSON.stringify(["", testId]));
    if (testId !== null) named.add(place);
  }
  return misses.filter(({ hash, testId, form, says }) => {
    if (hash !== null) return true;
    // A line of pytest's summary is cut within the hash, and tells whose it is.
    if (Object.keys(says).length === 0) return testId === null || !hashed.has(JSON.stringify(["", testId]));
    const place = placeOf(form, says);
    if (testId === null) return !named.has(place) && !hashed.has(JSON.stringify([place, "any"]));
    return !hashed.has(JSON.stringify([place, testId]));
  });
}

/** What misses that may be one have in common. */
const placeOf = (form: Miss["form"], says: Miss["says"]): string =>
  says.URL === undefined ? JSON.stringify([form, says]) : `url ${says.URL}`;
