/** Random numbers that are the same in every run (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Statements of a function's body: what the grammar does not know, and what looks like a definition. */
const BODIES = [
  "yield",
  "x = yield",
  "return {'a': [1, 2.], \"b\": (3)}",
  "'''\ndef test_in_text(): pass\n'''",
  "f\"{x!r:>{width}} {{}} {d['key']} {'}'}\"",
  "rb'\\'' ; x = 1",
  "global test_global, other_global; test_global = 1",
  "def test_inner():\n    pass",
  "class TestInner:\n    def test_a(self): pass",
  "with (open(a) as f, open(b) as g):\n    pass",
  "for a, (b, *c) in d: pass\nelse: pass",
  "x = [\n  1, # a comment ]\n]",
  "assert x, \\\n  y",
  "match x:\n    case [1, *rest]: pass\n    case {'a': b}: pass",
];

/** Statements that bind names, or seem to. `N` stands for a fresh name. */
const SIMPLE = [
  "N = 1",
  "N = test_a",
  "N: int = 20.",
  "N, (N2, *N3) = f(a=b), 2",
  "N = N2 = lambda a=1: (a := 2)",
  "[N, x.y, z[0]] = a",
  "N += 1",
  "import N.sub",
  "import a.b as N, c as N2",
  "from . import N",
  "from ...pack.mod import x as N, N2",
  "from mod import (\n  N, # one\n  N2 as N3,\n)",
  "for N in range(3): N2 = 1",
  "while False: N = 1",
  "with f() as N, g(): pass",
  "try:\n    N = 1\nexcept* A as N2: pass\nfinally: N3 = 2",
  "try:\n    import N\nexcept (A, B): N = None\nelse: pass",
  "print(N := f(x))",
  "if (N := 1) and x == 2: pass",
  "match x:\n    case A.B | 1 | {'k': N, **N2}: pass\n    case [a, N3] as N4 if (N5 := 1): pass\n    case _: pass",
  "'a string'; N = 'a' 'b'; x.N2 = 1",
  "f(N2, [N for N in x if N], {N: 1}, lambda N: N)",
  "'''def test_text():\n  pass\n'''",
  "d = {\n'a': 1,\n\n# comment\n}",
  "__all__ = ['N', 'b']",
  "assert N is not None, f'{N}'",
  "a.N = b[N] = 3",
  "del x",
  "type = N",
  "N = 0x_ff + 1_0.5e-3j if a else .5",
];

/** The text of a module with every way to bind a name, made from a number. */
export function madeModule(seed: number): string {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  let names = 0;
  const fresh = (): string => `${pick(["test_", "Test", "_n", "größe", "x"])}${names++}`;
  const indented = (text: string, by: string): string =>
    text.includes("'''") ? by + text : text.replace(/^(?=.)/gm, by);
  const block = (depth: number, by: string): string => {
    const count = 1 + random(depth === 0 ? 8 : 3);
    return Array.from({ length: count }, () => statement(depth, by)).join("");
  };
  const statement = (depth: number, by: string): string => {
    const deeper = by + pick(["  ", "    ", "\t"]);
    const kind = random(depth > 3 ? 4 : 10);
    const blank = pick(["", "", "\n", "  \n", "# comment\n", `${by}# comment\n`, "\n\n\n"]);
    const decorator = pick(["", "", `${by}@pytest.mark.skip\n`, `${by}@a.b(\n1, [2\n])\n`, `${by}@f # why\n`]);
    if (kind < 5) return `${blank}${indented(pick(SIMPLE).replace(/N(?=\d?\b)/g, fresh), by)}\n`;
    if (kind < 7) {
      const head = pick([
        "def N(a, b=1.,\n  *, c: 'x' = {1: 2}) -> A[int]:",
        "async def N():",
        "def N(self, /):",
        "def  N ( ) :",
      ]);
      const body = pick(BODIES);
      const tail = body.includes("\n") || random(2) ? `\n${indented(body, deeper)}\n` : ` ${body}\n`;
      return `${blank}${decorator}${indented(head.replace("N", fresh()), by)}${tail}`;
    }
    if (kind < 9) {
      const bases = pick(["", "()", "(A)", "(a.b.C, D[int], metaclass=M)", "(f(), *x, **y)", "(A, k=1,)"]);
      return `${blank}${decorator}${by}class ${fresh()}${bases}:\n${block(depth + 1, deeper)}`;
    }
    const head = pick(["if a == b:", "for i in x:", "while y:", "with a.b(c):", "try:"]);
    const tail = head === "try:" ? `${by}finally:\n${block(depth + 1, deeper)}` : "";
    return `${blank}${by}${head}\n${block(depth + 1, deeper)}${tail}`;
  };
  const text = block(0, "") + (random(4) === 0 ? "x = 1" : "");
  return pick([text, text, text.replaceAll("\n", "\r\n"), `\uFEFF${text}`, `\f\n${text}`]);
}
