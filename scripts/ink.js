// What the bundle puts in place of parts of Ink 8, so that a frame takes 2 ms instead of 30 (160×48 cells, every row changed).

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Files of Ink in place of which ours stand, as they were when ours were written. */
const OURS = {
  // Ink parses all cells of the screen anew for each frame. Our rows are whole lines that fit.
  output: "5e6c511c0a573f48cd5765d7f1f16583d2595f7b05775608382bdb990b63f225",
  // Ink keeps the beginning of a row by widths on which terminals disagree.
  "line-update": "3101b3bbf790a845dc0268343f1d5d033ffa6468f2b8ea8947336c03d50d828f",
};

/** @type {import("esbuild").Plugin} */
export const esbuildInk = {
  name: "ink",
  setup({ onResolve, onLoad }) {
    // Ink measures every cell with string-width, which takes most of a frame; ours gives the same for text without escapes in it.
    onResolve({ filter: /^string-width$/ }, () => ({ path: resolve("src/tui/ink/string-width.ts") }));
    onResolve({ filter: /^\.\/(?:output|line-update)\.js$/ }, ({ importer, path }) => {
      if (!/[\\/]node_modules[\\/]ink[\\/]/.test(importer)) return undefined;
      const name = path.slice(2, -3);
      const digest = createHash("sha256")
        .update(readFileSync(resolve(`node_modules/ink/build/${name}.js`)))
        .digest("hex");
      if (digest !== OURS[name])
        throw new Error(`ink/build/${name}.js is not the one that src/tui/ink/${name}.ts stands for: ${digest}`);
      return { path: resolve(`src/tui/ink/${name}.ts`) };
    });
    // For developers of React alone.
    onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: "none", namespace: "none" }));
    onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export default {};" }));
  },
};
