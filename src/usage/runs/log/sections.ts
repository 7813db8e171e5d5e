import { LONGEST } from "../../node-id.ts";

/** `____ TestK.test_x[a] ____`, above what became of a test; of its set-up and teardown, too. */
const HEADING = /^_{2,} (?:ERROR at (?:setup|teardown) of )?(\S.*?) _{2,}$/;

/** Tells whose part of pytest's output a line stands in: its headings name a test without its file. */
export class SectionReader {
  /** The name in the last heading; null outside of such parts. */
  name: string | null = null;
  /** Whether the tests have run, and what follows is pytest's report of them. */
  over = false;

  read(line: string): void {
    if (line.length > LONGEST) return;
    if (line.startsWith("=")) {
      const [, title] = /^={3,}(?: (.*) ={3,})?$/.exec(line.trimEnd()) ?? [];
      if (title === undefined) return;
      this.name = null;
      this.over = /^(?:ERRORS|FAILURES|PASSES|XFAILURES|XPASSES|warnings summary.*|short test summary info)$/.test(
        title,
      );
    } else if (line.startsWith("__")) {
      const found = HEADING.exec(line.trimEnd());
      if (found !== null) this.name = found[1] as string;
    }
  }
}

/** By the name that a heading has: the test's id, where no other test has that name. */
export function idsByName(ids: Iterable<string>): ReadonlyMap<string, string | null> {
  const out = new Map<string, string | null>();
  for (const id of ids) {
    const name = nameOf(id);
    out.set(name, out.has(name) ? null : id);
  }
  return out;
}

/** `TestK.test_x[a::b]` of `a.py::TestK::test_x[a::b]` */
function nameOf(id: string): string {
  const start = id.indexOf("::") + 2;
  const cut = id.indexOf("[", start);
  const end = cut < 0 ? id.length : cut;
  return id.slice(start, end).replaceAll("::", ".") + id.slice(end);
}
