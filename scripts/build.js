// Bundles src/ into dist/: one chunk a command, so that each loads only what it uses; an entry for the command, one for its threads, one for the library.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { esbuildInk } from "./ink.js";
import { esbuildSchema } from "./schema.js";

rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: {
    cli: "src/cli.ts",
    "check-thread": "src/commands/check-thread.ts",
    "browse-thread": "src/commands/browsing/thread.ts",
    index: "src/library.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  metafile: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // Less to read at start-up. Names stay, for the traces of bugs.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  // CommonJS dependencies (commander) ask for Node's own modules with require().
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  logLevel: "warning",
  plugins: [{ name: "no-child-process", setup: withoutChildProcess }, esbuildSchema, esbuildInk],
});
copyFileSync("src/library/public.d.ts", "dist/index.d.ts");
// For TypeScript in CommonJS: it compiles no require() of what is an ES module, which every Node that this is for takes.
copyFileSync("src/library/public.d.ts", "dist/index.d.cts");
writeFileSync("dist/LICENSES.txt", licences(Object.keys(metafile.inputs)));

/** commander asks for child_process at start-up, 3 ms, for subcommands that are programs of their own: there are none. */
function withoutChildProcess({ onResolve, onLoad }) {
  onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
    /[\\/]commander[\\/]/.test(importer) ? { path: "none", namespace: "no-child-process" } : undefined,
  );
  onLoad({ filter: /.*/, namespace: "no-child-process" }, () => ({ contents: "module.exports = {};" }));
}

/** The licences of the libraries that are part of the bundle. */
function licences(inputs) {
  const found = inputs.flatMap((path) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? []);
  const folders = new Set(found.filter((_, index) => index % 2 === 0).map((folder) => folder.replace(/\/$/, "")));
  return [...folders]
    .sort()
    .map(licence)
    .join(`\n${"=".repeat(80)}\n\n`);
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${name} ${version} (${license})\n\n${text}`;
}
