// What the bundle puts in place of parts of Ink 8, so that a frame takes 2 ms instead of 30 (160×48 cells, every row changed).

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The file that ours was written for, in place of which it stands. */
const OUTPUT = "5e6c511c0a573f48cd5765d7f1f16583d2595f7b05775608382bdb990b63f225";

/** @type {import("esbuild").Plugin} */
export const esbuildInk = {
  name: "ink",
  setup({ onResolve, onLoad }) {
    // Ink measures every cell with string-width, which takes most of a frame; ours gives the same for text without escapes in it.
    onResolve({ filter: /^string-width$/ }, () => ({ path: resolve("src/tui/ink/string-width.ts") }));
    // Ink parses all cells of the screen anew for each frame. Our rows are whole lines that fit.
    onResolve({ filter: /^\.\/output\.js$/ }, ({ importer }) => {
      if (!/[\\/]node_modules[\\/]ink[\\/]/.test(importer)) return undefined;
      const digest = createHash("sha256")
        .update(readFileSync(resolve("node_modules/ink/build/output.js")))
        .digest("hex");
      if (digest !== OUTPUT)
        throw new Error(`ink/build/output.js is not the one that src/tui/ink/output.ts stands for: ${digest}`);
      return { path: resolve("src/tui/ink/output.ts") };
    });
    // For developers of React alone.
    onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: "none", namespace: "none" }));
    onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export default {};" }));
  },
};
