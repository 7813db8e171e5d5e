import type { Miss } from "./run.ts";

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
];

/** Whether a line may begin such a message. */
export const mayBeMiss = (line: string): boolean =>
  line.includes("Recording not found for ") || line.includes("No recorded response found for ");

/** A body as a literal may be long; what is longer than this is cut. */
const LONGEST_MESSAGE = 200_000;

/** The miss that a message tells of, else null; in a traceback each of its lines has an `E` in front. */
export function missOf(message: string, testId: string | null = null): Miss | null {
  // Where a message was written as a Python or JSON literal its newlines are two characters.
  const lines = message.slice(0, LONGEST_MESSAGE).split(/\n|\\n(?=Model: |Request: |\\n|Run )/);
  const start = lines.findIndex(mayBeMiss);
  if (start < 0) return null;
  for (const { form, first, next } of FORMS) {
    const found = first.exec(lines[start] as string);
    if (found === null) continue;
    const second = next?.exec((lines[start + 1] ?? "").replace(/^(?:E\s)?\s*/, ""));
    const { hash, ...says } = { ...found.groups, ...second?.groups };
    const told = Object.entries(says).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { form, hash: hash ?? null, testId, says: Object.fromEntries(told) };
  }
  return null;
}

/** The same miss is told by the log, the traceback and the summary: once is enough, in its longest form. */
export function distinctMisses(misses: readonly Miss[]): Miss[] {
  const out = new Map<string, Miss>();
  for (const miss of misses) {
    const key = miss.hash ?? JSON.stringify([miss.form, miss.says]);
    const before = out.get(key);
    if (before === undefined) out.set(key, miss);
    else {
      const form = before.form === "log" ? miss.form : before.form;
      out.set(key, { ...before, form, testId: before.testId ?? miss.testId, says: { ...miss.says, ...before.says } });
    }
  }
  return [...out.values()];
}
