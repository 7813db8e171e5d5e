import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { VERBS } from "../src/commands/index.ts";
import { DIALECTS } from "../src/dialects/index.ts";
import { ROOT } from "./run.ts";

const SRC = join(ROOT, "src");

/** What each room may import: CONTRIBUTING draws the same picture. Libraries are named by their package. */
const ROOMS: Record<string, { rooms: readonly string[]; libraries: readonly string[] }> = {
  ".": {
    rooms: ["commands", "io", "library", "report", "text", "listing", "recording", "store"],
    libraries: ["node:path", "commander"],
  },
  io: { rooms: ["."], libraries: ["node:child_process", "node:fs", "node:os", "node:tty"] },
  commands: {
    rooms: [
      ".",
      "checks",
      "compare",
      "config",
      "dialects",
      "listing",
      "mend",
      "recording",
      "replay",
      "report",
      "server",
      "store",
      "text",
      "tui",
      "usage",
    ],
    libraries: ["node:crypto", "node:os", "node:path", "node:vm", "node:worker_threads", "commander"],
  },
  // What the library and the command do to the process alike.
  library: { rooms: [".", "commands", "config", "server", "store", "text"], libraries: ["node:path"] },
  config: { rooms: ["recording", "checks", "text"], libraries: ["smol-toml"] },
  recording: { rooms: ["text"], libraries: ["node:buffer", "node:crypto"] },
  dialects: { rooms: ["recording", "text"], libraries: [] },
  checks: { rooms: ["recording", "dialects", "text"], libraries: ["node:crypto", "virtual:recording-schema"] },
  mend: { rooms: ["recording", "checks", "text"], libraries: ["node:crypto"] },
  listing: { rooms: ["recording", "dialects", "text"], libraries: [] },
  replay: { rooms: ["recording", "dialects", "text"], libraries: [] },
  store: {
    rooms: [".", "recording", "listing", "text"],
    libraries: ["node:child_process", "node:crypto", "node:fs", "node:os", "node:path", "node:zlib", "globby"],
  },
  report: {
    rooms: ["recording", "dialects", "listing", "checks", "compare", "mend", "text", "usage"],
    libraries: ["node:crypto"],
  },
  usage: { rooms: ["recording", "checks", "text"], libraries: ["saxes", "@lezer/common", "@lezer/python"] },
  compare: { rooms: ["recording", "dialects", "text", "usage"], libraries: ["diff"] },
  server: {
    rooms: ["recording", "dialects", "checks", "replay", "compare", "text"],
    libraries: [
      "node:crypto",
      "node:http",
      "node:https",
      "node:net",
      "node:stream",
      "node:tls",
      "node:util",
      "node:zlib",
    ],
  },
  tui: {
    rooms: [".", "checks", "dialects", "listing", "recording", "replay", "report", "text", "usage"],
    libraries: ["ink", "react", "node:stream"],
  },
  text: { rooms: [], libraries: ["node:util", "fast-string-width", "fast-wrap-ansi"] },
};

const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));

const files = sources.map((path) => {
  const text = readFileSync(join(SRC, path), "utf8");
  const imports = [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map((found) => found[1] as string);
  return { path, room: path.includes("/") ? (path.split("/")[0] as string) : ".", text, imports };
});

/** Comments may name anything. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

describe("every file keeps to what its room may import", () => {
  it.each(files)("src/$path", ({ path, room, imports }) => {
    const allowed = ROOMS[room];
    expect(allowed, `no room called ${room}`).toBeDefined();
    for (const name of imports) {
      if (name.startsWith(".")) {
        const target = relative(SRC, join(SRC, dirname(path), name));
        if (target.startsWith("..")) continue;
        const to = target.includes("/") ? (target.split("/")[0] as string) : ".";
        // Errors are the one thing that every room may throw.
        if (to !== room && target !== "errors.ts") expect(allowed?.rooms, `${path} -> ${target}`).toContain(to);
      } else {
        const library = name.startsWith("@") ? name.split("/").slice(0, 2).join("/") : name.split("/")[0];
        expect(allowed?.libraries, `${path} -> ${name}`).toContain(library);
      }
    }
  });
});

it("of usage, compare takes what misses are, and nothing that runs", () => {
  const taken = files.filter(({ room, text }) => room === "compare" && /^import (?!type)[^;]*\/usage\//m.test(text));
  expect(taken.map(({ path }) => path)).toEqual([]);
});

it("the grammar of Python is loaded by one file, and when it is needed", () => {
  const loading = files.filter(({ text }) => /import (?!type)[^;]*"@lezer|import\("@lezer/.test(code(text)));
  expect(loading.map(({ path }) => path)).toEqual(["usage/sources/grammar.ts"]);
  expect(loading[0]?.text).toContain('await import("@lezer/python")');
});

it("only tui/ink knows the terminal UI's libraries", () => {
  const knowing = files.filter(({ imports }) => imports.some((name) => name === "ink" || name === "react"));
  expect(knowing.length).toBeGreaterThan(1);
  expect(knowing.filter(({ path }) => !path.startsWith("tui/ink/")).map(({ path }) => path)).toEqual([]);
});

/** Of the command, and of the library. */
const IO = ["io.ts", "io/host.ts", "io/signals.ts", "io/terminal.ts"];

it("only io.ts and io/ name the process, and no file the console", () => {
  const naming = files.filter(({ text }) => /\bprocess\./.test(code(text))).map(({ path }) => path);
  expect(naming.sort()).toEqual(IO);
  expect(files.filter(({ text }) => /\bconsole\./.test(code(text))).map(({ path }) => path)).toEqual([]);
});

it("only io.ts knows what time it is", () => {
  expect(
    files
      .filter(({ text }) => /Date\.now|new Date\(\)|performance\.now/.test(code(text)))
      .map(({ path }) => path)
      .sort(),
  ).toEqual(["io.ts"]);
});

it("files are small", () => {
  expect(files.filter(({ text }) => text.split("\n").length > 250).map(({ path }) => path)).toEqual([]);
});

it("what ls loads holds neither a terminal UI nor a library for globs or TOML", () => {
  const seen = new Set<string>();
  const load = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(ROOT, "dist", file), "utf8");
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) load(name as string);
  };
  const bundles = readdirSync(join(ROOT, "dist")).filter((name) => name.endsWith(".js"));
  for (const start of ["cli", "program"]) {
    load(bundles.find((name) => name === `${start}.js` || name.startsWith(`${start}-`)) as string);
  }
  const loaded = [...seen].map((file) => readFileSync(join(ROOT, "dist", file), "utf8")).join("");
  expect(seen.size).toBeGreaterThan(3);
  expect(loaded).toMatch(/CommanderError/);
  expect(loaded).toContain("every recording below the current folder");
  expect(loaded).not.toMatch(/react-reconciler|fast-glob|micromatch|TomlError/);
});

describe("every verb", () => {
  it.each(VERBS)("$name has examples that name it, and says what its exit statuses mean", async (entry) => {
    const verb = await entry.load();
    expect(verb.examples.length).toBeGreaterThan(1);
    for (const [typed] of verb.examples) expect(typed).toContain(`recctl ${entry.name}`);
    expect(verb.exits.map(([status]) => status)).toEqual(expect.arrayContaining([0, 2]));
  });
});

it("every dialect has a name of its own and a file that is called after it", () => {
  const ids = DIALECTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const named = files.filter(({ room }) => room === "dialects").map(({ path }) => path);
  for (const id of ids) expect(named).toContain(`dialects/${id}.ts`);
});
