/** A test by its file, its class if it has one, and its function. */
export interface Test {
  file: string;
  class: string | null;
  name: string;
}

/** Numbers below 1 that a seed decides. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function testOf(id: string): Test {
  const [file = "", ...names] = id.replace(/\[.*$/s, "").split("::");
  const name = names.pop() as string;
  return { file, class: names.join("::") || null, name };
}

export const nameOf = (test: Test): string => [test.file, test.class, test.name].filter(Boolean).join("::");

const choose = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)] as T;

/** Some of them, at least one. */
const some = <T>(from: readonly T[], share: number, random: () => number): T[] => {
  const chosen = from.filter(() => random() < share);
  return chosen.length > 0 ? chosen : [choose(from, random)];
};

/** Which tests are left out: those of some whole files, some whole classes, and some functions. */
export function leftOut(tests: readonly Test[], random: () => number): { names: Set<string>; files: Set<string> } {
  const files = new Set(some([...new Set(tests.map(({ file }) => file))], 0.15, random));
  const inClasses = tests.filter((test) => test.class !== null && !files.has(test.file));
  const classOf = (test: Test): string => `${test.file}::${test.class}`;
  const classes = new Set(some([...new Set(inClasses.map(classOf))], 0.3, random));
  const functions = new Set(some(tests, 0.15, random).map(nameOf));
  const out = tests.filter((test) => files.has(test.file) || classes.has(classOf(test)) || functions.has(nameOf(test)));
  return { names: new Set(out.map(nameOf)), files };
}

const INDENTED = /^(?=.)/gm;
const indent = (text: string): string => text.replace(INDENTED, "    ");

/** A function in one of the ways in which people define tests. */
function defined({ class: owner, name }: Test, random: () => number): string {
  const plain = `def ${name}(${owner === null ? "" : "self, "}client):\n    assert client\n`;
  return choose(
    [
      plain,
      `async ${plain}`,
      `@pytest.mark.parametrize(\n    "model",\n    ["def test_none(): pass", "]"],\n)\n${plain}`,
      `if os.environ.get("LIVE"):\n    LIVE = True\nelse:\n${indent(plain)}`,
      `try:\n${indent(plain)}finally:\n    pass\n`,
    ],
    random,
  );
}

/** Python files, by path, that define these tests and no others; some by way of base classes, here and in other files. */
export function sourcesOf(tests: readonly Test[], random: () => number): Record<string, string> {
  const files: Record<string, string> = {};
  for (const file of new Set(tests.map((test) => test.file))) {
    const own = tests.filter((test) => test.file === file);
    const folder = file.slice(0, file.lastIndexOf("/"));
    const parts = ["import os\n\nimport pytest\n"];
    for (const test of own) if (test.class === null) parts.push(defined(test, random));
    for (const name of new Set(own.flatMap((test) => test.class ?? []))) {
      const methods = own.filter((test) => test.class === name).map((test) => indent(defined(test, random)));
      const body = methods.join("\n");
      const base = choose(["none", "here", "elsewhere"], random);
      if (base === "none") parts.push(`class ${name}:\n${body}`);
      else {
        const from = base === "here" ? "" : `from .bases import Base${name}\n\n\n`;
        parts.push(`${from}class ${name}(Base${name}):\n    pass\n`);
        const text = `class Base${name}:\n${body}`;
        if (base === "here") parts.splice(1, 0, text);
        else
          files[`${folder}/bases.py`] = `${files[`${folder}/bases.py`] ?? "import os\n\nimport pytest\n"}\n\n${text}`;
      }
    }
    files[file] = parts.join("\n\n");
  }
  return files;
}
