import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeSource } from "../../src/usage/sources/encoding.ts";
import { sourceParser } from "../../src/usage/sources/parse.ts";
import { HAS_PYTHON, python } from "../python.ts";
import { ROOT } from "../run.ts";
import { madeModule } from "./made.ts";
import { outline, sorted } from "./outline.ts";

const parse = await sourceParser();

describe.skipIf(!HAS_PYTHON)("as CPython's ast and symtable read it", () => {
  const program = readFileSync(join(ROOT, "test/usage/outline.py"), "utf8");
  const whole = Array.from({ length: 400 }, (_, seed) => madeModule(seed));

  it("400 made modules", () => {
    const theirs = JSON.parse(python(program, JSON.stringify(whole)));
    for (const [at, text] of whole.entries()) {
      // A generator whose modules CPython refuses would compare nothing.
      expect(theirs[at], text).not.toBeNull();
      expect(outline(parse(text)), text).toEqual(sorted(theirs[at]));
    }
  });

  it("the same cut off: what CPython accepts is read alike, and most of what it refuses is refused", () => {
    const cut = whole.map((text, seed) => text.slice(0, (seed * 7919) % text.length));
    const theirs = JSON.parse(python(program, JSON.stringify(cut)));
    let refused = 0;
    let both = 0;
    for (const [at, text] of cut.entries()) {
      if (theirs[at] !== null) expect(outline(parse(text)), text).toEqual(sorted(theirs[at]));
      else {
        refused++;
        if (outline(parse(text)) === null) both++;
      }
    }
    expect(both / refused).toBeGreaterThan(0.75);
  });

  it("many blank lines, which make @lezer/python end classes early", () => {
    const text = `class A:\n${"    def test_a(self): pass\n\n\n".repeat(1_000)}`;
    const [theirs] = JSON.parse(python(program, JSON.stringify([text])));
    expect(outline(parse(text))).toEqual(sorted(theirs));
  });
});

describe("hostile texts end, and are broken", () => {
  it.each([
    ["1 MB of brackets", "(".repeat(1_000_000)],
    ["1 MB of closing brackets", "]".repeat(1_000_000)],
    ["150,000 operands", `x = ${"(a) + ".repeat(150_000)}`],
    ["1,000 blocks", Array.from({ length: 1_000 }, (_, at) => `${" ".repeat(at)}if a:\n`).join("")],
    ["f-strings in f-strings", 'f"{'.repeat(300_000)],
    ["formats in formats", `f"${"{a:".repeat(300_000)}`],
    ["1 MB of quotes", "'".repeat(1_000_001)],
    ["1 MB of backslashes", "\\".repeat(1_000_000)],
    ["1 MB of @", "@".repeat(1_000_000)],
    ["1 MB of NUL", "\0".repeat(1_000_000)],
    ["tabs and spaces mixed", "if a:\n        b\n\tc\n"],
    ["a dedent that fits no block", "if a:\n    b\n  c\n"],
    ["a merge's marks", "def f():\n    pass\n<<<<<<< HEAD\n"],
    ["Python 2", "def f():\n    print 'a'\n"],
    ["a text that fell out of a string", "def f():\n    '''a\n    '''Does this.'''\n    '''\n"],
    ["a character of typography", "x = “a”"],
  ])("%s", (_, text) => {
    expect(parse(text).broken).not.toBeNull();
  });
});

describe("hostile texts that are Python", () => {
  it.each([
    ["a list of 1 MB", `x = [${"[1, 'a'], ".repeat(100_000)}]\ndef test_y(): pass`],
    ["1 MB of calls", `x${"()".repeat(500_000)}\ndef test_y(): pass`],
    ["a sum of 20,000", `x = 1${" + 1".repeat(20_000)}\ndef test_y(): pass`],
    ["a condition of 200", `if a${" or a".repeat(200)}:\n    def test_y(): pass`],
    ["20,000 functions", "def test_y():\n  yield\n".repeat(20_000)],
    ["a BOM and CRLF", "\uFEFFx = 1\r\n\r\ndef test_y():\r\n\tpass\r\n"],
    ["form feeds", "class A:\n    pass\n\f\n    \fdef test_y():\n        pass"],
    ["strings of Python 3.12 and 3.14", `def test_y():\n    f"{x["a"]:{"b"}} {'\\n'}"; t'{a}'\n`],
    ["a string with a line that looks like a definition", "'''\ndef test_n(): pass\n'''\ndef test_y(): pass"],
  ])("%s", (_, text) => {
    const { broken, module } = parse(text);
    // What overflows the library's stack is broken, and all else must be read.
    if (broken?.why === "it is nested too deeply") return;
    expect(broken).toBeNull();
    expect(new Set(module.functions.map(({ name }) => name))).toEqual(new Set(["test_y"]));
  });
});

describe("bytes", () => {
  it.each<[string, Uint8Array, string | null]>([
    ["UTF-8", Buffer.from("größe = 1"), "größe = 1"],
    ["with a BOM", Buffer.from("\uFEFFa"), "a"],
    ["declared", Buffer.from("#!/a\n# -*- coding: latin-1 -*-\n# ö", "latin1"), "#!/a\n# -*- coding: latin-1 -*-\n# ö"],
    ["in the third line, where it means nothing", Buffer.from("\n\n# coding: shift_jis"), "\n\n# coding: shift_jis"],
    ["after code, where it means nothing", Buffer.from("a = 1\n# coding: cp037"), "a = 1\n# coding: cp037"],
    ["not UTF-8", Buffer.from("ö", "latin1"), null],
    ["an encoding where a backslash may be half a letter", Buffer.from("# vim: fileencoding=shift_jis\n"), null],
    ["an encoding nobody knows", Buffer.from("# coding: x-y\n"), null],
  ])("%s", (_, given, expected) => {
    expect(decodeSource(given)).toBe(expected);
  });
});
