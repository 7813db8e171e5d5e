import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as library from "../../src/library.ts";
import { succeed } from "../hooks/command.ts";
import { HAS_NPM, type Place, place } from "../hooks/installing.ts";
import { ROOT } from "../run.ts";
import { RECORDINGS, wiresOf } from "../wire/wires.ts";

const TYPES = join(ROOT, "src/library/public.d.ts");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

const OPTIONS = [
  "--strict",
  "--noEmit",
  "--skipLibCheck",
  "false",
  "--target",
  "es2022",
  "--exactOptionalPropertyTypes",
];

/** A use of all that is public, as somebody would write it. */
const USE = `import { createFetch, type Fetch, type FetchOptions, type JournalEntry, RecctlError, type RecctlFetch } from "recctl";
const entries: JournalEntry[] = [];
const options: FetchOptions = {
  recordings: process.argv[2] ?? ".",
  mode: "replay",
  match: "request",
  testId: () => undefined,
  pace: { ttft: 0 },
  journal: (entry) => { entries.push(entry); },
};
const fetch: RecctlFetch = createFetch(options);
const plain: Fetch = fetch;
const response = await plain(process.argv[3] ?? "", { method: "POST", body: process.argv[4] ?? "" });
const outcome: "hit" | "miss" | "recorded" | "live" | "refused" | "aborted" | undefined = entries[0]?.outcome;
try {
  await createFetch({ strict: true, recordings: options.recordings })("http://localhost/v1/embeddings", {
    method: "POST",
    body: '{"model": "none", "input": "?"}',
  });
} catch (error) {
  if (!(error instanceof RecctlError)) throw error;
  const told: "miss" | "refused" = error.outcome;
  console.log(told, error.recording?.length, error.status);
}
// @ts-expect-error: no such mode
const wrong: FetchOptions = { mode: "play" };
console.log(outcome, fetch.counts.hit, response.status, (await response.text()).length > 0, typeof wrong);
await fetch.close();
`;

/** What of Node it names, for who has no types of Node. */
const NODE = "declare const process: { argv: string[] }; declare const console: { log(...values: unknown[]): void };\n";

it("its types name what it exports, and every member says what it is", () => {
  const text = readFileSync(TYPES, "utf8");
  const values = [...text.matchAll(/^export declare (?:class|function|const) (\w+)/gm)].map(([, name]) => name);
  expect(values.sort()).toEqual(Object.keys(library).sort());
  expect(text).not.toMatch(/^import |(?:from|import\() ?"\.|reference /m);
  const lines = text.split("\n");
  const members = lines.flatMap((line, at) => (/^ {2}(?:(?:override )?readonly )?\w+\??[:(]/.test(line) ? [at] : []));
  expect(members.length).toBeGreaterThan(35);
  for (const at of members) expect(lines[at - 1], lines[at]).toMatch(/\*\/$/);
  const exported = lines.flatMap((line, at) => (line.startsWith("export ") ? [at] : []));
  for (const at of exported) expect(lines[at - 1], lines[at]).toMatch(/\*\/$|^\/\/ biome-ignore/);
});

describe.skipIf(!HAS_NPM)("packed, and installed in an empty folder (needs npm)", () => {
  let at: Place;
  let folder: string;
  beforeAll(async () => {
    at = await place();
    folder = at.folder;
    // It is built: the tests' own run did that.
    const env = { ...at.env, npm_config_ignore_scripts: "true" };
    const { stdout } = await succeed("npm", ["pack", "--pack-destination", folder], { cwd: ROOT, env });
    writeFileSync(join(folder, "package.json"), '{"type": "module"}\n');
    await succeed("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${stdout.trim()}`], {
      cwd: folder,
      env,
    });
    writeFileSync(join(folder, "use.ts"), NODE + USE);
  }, 120_000);
  afterAll(() => at?.remove());

  const run = (...args: readonly string[]) => succeed(process.execPath, args, { cwd: folder, env: at.env });

  it("brings no other package", () => {
    const installed = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["recctl"]);
  });

  it.each([
    ["with the DOM's types", "nodenext", []],
    ["as a bundler resolves it", "bundler", []],
    ["without types of any fetch", "nodenext", ["--lib", "es2022"]],
  ])("compiles %s", async (_what, resolution, more) => {
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const options = [...OPTIONS, "--module", module, "--moduleResolution", resolution, "--types", "", ...more];
    await run(TSC, ...options, "use.ts");
  });

  it.each(["node16", "nodenext"])("compiles in CommonJS, and runs there (%s)", async (module) => {
    const text = `import { createFetch, RecctlError } from "recctl";
      const fetch = createFetch({ strict: true, cwd: __dirname, recordings: "node_modules" });
      void fetch("http://localhost/v1/nothing").catch((error) => console.log(error instanceof RecctlError));`;
    writeFileSync(join(folder, "common.cts"), `declare const __dirname: string; ${NODE}${text}`);
    const options = OPTIONS.filter((option) => option !== "--noEmit");
    await run(TSC, ...options, "--module", module, "--types", "", "common.cts");
    expect((await run("--no-warnings", "common.cjs")).stdout).toBe("true\n");
  });

  it("compiles where it is closed by await using", async () => {
    const text = `import { createFetch } from "recctl";\nawait using fetch = createFetch();\nawait fetch("http://localhost");\n`;
    writeFileSync(join(folder, "using.ts"), text);
    const options = [...OPTIONS, "--module", "nodenext", "--types", "", "--lib", "es2022,esnext.disposable,dom"];
    await run(TSC, ...options, "using.ts");
  });

  it("compiles with the types of Node, and for the libraries that it is for", async () => {
    const libraries = `
import Anthropic from "@anthropic-ai/sdk";
import { Ollama } from "ollama";
import OpenAI from "openai";
import { createFetch } from "recctl";
const fetch = createFetch();
export const clients = [new OpenAI({ fetch }), new Anthropic({ fetch }), new Ollama({ fetch })];
`;
    writeFileSync(join(folder, "clients.ts"), libraries);
    const paths = Object.fromEntries(
      ["openai", "ollama", "@anthropic-ai/sdk"].map((name) => [name, [join(ROOT, "node_modules", name)]]),
    );
    const config = {
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: "es2022",
        module: "esnext",
        moduleResolution: "bundler",
        types: ["node"],
        typeRoots: [join(ROOT, "node_modules/@types")],
        paths,
      },
      files: ["clients.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    await run(TSC, "-p", ".");
  });

  it("runs: replays, misses, and lets the process end", async () => {
    const wire = [...wiresOf(RECORDINGS)].find(({ endpoint, streamed }) => endpoint === "/api/generate" && streamed);
    const { request } = JSON.parse(readFileSync(join(RECORDINGS, wire?.path ?? ""), "utf8"));
    const script = USE.replaceAll(/, type \w+|(?<=\w): [\w<>[\]" |]+(?= =)/g, "");
    expect(script).toContain("const fetch = createFetch(options);");
    writeFileSync(join(folder, "use.mjs"), script.replace("const entries[]", "const entries"));
    const { stdout } = await run("use.mjs", RECORDINGS, request.url, JSON.stringify(request.body));
    expect(stdout).toBe("miss 64 404\nhit 1 200 true object\n");
    const required = `const { createFetch } = require("recctl"); console.log(typeof createFetch().close);`;
    writeFileSync(join(folder, "use.cjs"), required);
    // Node 20.19 says that this is an experiment.
    expect((await run("--no-warnings", "use.cjs")).stdout).toBe("function\n");
  });
});
